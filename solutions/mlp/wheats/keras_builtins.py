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
