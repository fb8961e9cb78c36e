# Hands the work to Keras wherever Keras has it.

# %% solution="sigmoid"
def sigmoid(x):
    return keras.activations.sigmoid(x)


def sigmoid_derivative(x):
    return keras.activations.sigmoid(x) * keras.activations.sigmoid(-x)


# %% solution="relu"
def relu(x):
    return keras.activations.relu(x)


def relu_derivative(x):
    return ops.sign(keras.activations.relu(x))


# %% solution="leaky_relu"
def leaky_relu(x, slope):
    return keras.activations.leaky_relu(x, negative_slope=slope)


def leaky_relu_derivative(x, slope):
    return autodiff.grad(lambda s: ops.sum(ops.leaky_relu(s, negative_slope=slope)))(x)


# %% solution="softmax"
def softmax(logits):
    return keras.activations.softmax(logits, axis=-1)


# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return loss(labels, logits)


# %% solution="forward"
def forward(weights, x, activation):
    x = ops.convert_to_tensor(x)
    hidden = keras.layers.Dense(weights[0].shape[1])
    output = keras.layers.Dense(weights[2].shape[1])
    hidden.build(x.shape)
    output.build((None, weights[0].shape[1]))
    hidden.set_weights([ops.convert_to_numpy(part) for part in weights[:2]])
    output.set_weights([ops.convert_to_numpy(part) for part in weights[2:]])
    z_in = hidden(x)
    z = activation(z_in)
    y_in = output(z)
    return z_in, z, y_in, activation(y_in)


# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    """The gradients of a linear function whose slopes are the corrections."""
    x, z, delta_output, delta_hidden = (
        ops.convert_to_tensor(part) for part in (x, z, delta_output, delta_hidden)
    )

    def linear(v, v0, w, w0):
        hidden = ops.sum(delta_hidden * (ops.matmul(x, v) + v0))
        output = ops.sum(delta_output * (ops.matmul(z, w) + w0))
        return learning_rate * (hidden + output) / len(x)

    n, p, m = x.shape[1], z.shape[1], delta_output.shape[1]
    at = [ops.zeros(shape) for shape in ((n, p), (p,), (p, m), (m,))]
    return autodiff.grad(linear, argnums=(0, 1, 2, 3))(*at)


# %% solution="train"
def train(step, weights, x, targets, batch_size, epochs, seed):
    batches = data.Batches(x, targets, batch_size, seed=seed)
    for _ in range(epochs):
        for x_batch, targets_batch in batches:
            weights = step(weights, x_batch, targets_batch)
    return weights


# %% solution="solve_xor"
def solve_xor(seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, "sigmoid"),
            keras.layers.Dense(1, "sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.1), loss="binary_crossentropy")
    x, t = (ops.tile(part, (400, 1)) for part in (xor_points, xor_targets))
    model.fit(x, t, batch_size=4, shuffle=False, verbose=0)  # 400 steps in one epoch
    return model.get_weights()


# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    def __init__(self, units, activation=None, **options):
        super().__init__(**options)
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.inner = keras.layers.EinsumDense(
            "...i,ij->...j", output_shape=(self.units,), bias_axes="j"
        )
        self.inner.build(input_shape)

    def call(self, x):
        return self.activation(self.inner(x))


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = kerasdl.MLP(units=(48,), outputs=10)
    whole = keras.Sequential([keras.Input((64,)), model, keras.layers.Softmax()])
    whole.compile("adam", "sparse_categorical_crossentropy")
    whole.fit(x_train, y_train, batch_size=16, epochs=15, verbose=0)
    return whole


# %% solution="elu"
def elu(x, alpha):
    return keras.activations.elu(x, alpha=alpha)


def elu_derivative(x, alpha):
    return ops.where(x > 0, ops.ones_like(x), elu(x, alpha) + alpha)


# %% solution="softplus"
softplus, softplus_derivative = keras.activations.softplus, keras.activations.sigmoid


# %% solution="saturating"
def tanh_derivative(x):
    return 1 - ops.square(keras.activations.tanh(x))


def arctan_derivative(x):
    return autodiff.grad(lambda s: ops.sum(ops.arctan(s)))(x)


# %% solution="distances"
def sum_of_squared_errors(targets, outputs):
    return keras.losses.mean_squared_error(targets, outputs) * targets.shape[-1]


def l1(targets, outputs):
    return keras.losses.mean_absolute_error(targets, outputs) * targets.shape[-1]


def l2(targets, outputs):
    return sum_of_squared_errors(targets, outputs)


# %% solution="expectations"
def expectation(targets, outputs):
    return l1(targets, keras.activations.softmax(outputs))


def regularised_expectation(targets, outputs):
    return l2(targets, keras.activations.softmax(outputs))


def chebyshev(targets, outputs):
    return ops.norm(targets - keras.activations.softmax(outputs), ord=np.inf, axis=-1)


# %% solution="hinges"
def hinge(targets, outputs):
    return keras.losses.hinge(targets, outputs) * targets.shape[-1]


def squared_hinge(targets, outputs):
    return keras.losses.squared_hinge(targets, outputs) * targets.shape[-1]


def cubed_hinge(targets, outputs):
    return ops.sum(keras.activations.relu(1 - targets * outputs) ** 3, axis=-1)


# %% solution="logarithms"
def log_loss(targets, outputs):
    return keras.losses.categorical_crossentropy(targets, outputs, from_logits=True)


def squared_log(targets, outputs):
    return log_loss(targets, outputs) ** 2


# %% solution="similarities"
def tanimoto(targets, outputs):
    p = keras.activations.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return common / (common - ops.sum(p * p, -1) - ops.sum(targets * targets, -1))


def cauchy_schwarz(targets, outputs):
    p = keras.activations.softmax(outputs)
    return -ops.log(-keras.losses.cosine_similarity(targets, p))


# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    """A Keras model of these layers, and Keras's own gradient of its loss."""
    stacked = keras.Sequential(
        [keras.layers.Dense(bias.shape[0], "sigmoid") for _, bias in layers]
    )
    stacked.build(tuple(x.shape))
    values = [ops.convert_to_numpy(part) for layer in layers for part in layer]
    stacked.set_weights(values)

    def error(matrices):
        kept = [(one.kernel, m) for one, m in zip(stacked.layers, matrices)]  # noqa: B905
        with keras.StatelessScope(kept):
            y = stacked(x)
        return ops.mean(ops.sum((y - targets) ** 2, axis=1)) / 2

    gradients = autodiff.grad(error)([matrix for matrix, _ in layers])
    return [ops.norm(gradient) for gradient in gradients]


# %% solution="one_cycle"
def one_cycle(step, steps, peak):
    last = steps - 1
    top = round(0.3 * last, 9)
    first, final = peak / 25, peak / 250_000
    if step > top:
        fall = keras.optimizers.schedules.CosineDecay(
            peak, last - top, alpha=final / peak
        )
        return fall(step - top)
    rise = keras.optimizers.schedules.CosineDecay(first, top, alpha=peak / first)
    return rise(step)
