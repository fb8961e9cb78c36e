# A subclass of keras.Model: two hidden layers, tanh, dropout, one-hot labels.

# %% solution="solve_xor"
def solve_xor(seed):
    """Adam written out, on the cross-entropy, with five tries at most."""
    rng = np.random.default_rng(seed)

    def error(v, v0, w, w0):
        z = ops.sigmoid(ops.matmul(xor_points, v) + v0)
        logits = ops.matmul(z, w) + w0
        return ops.mean(ops.softplus(logits) - xor_targets * logits)

    gradients = autodiff.jit(autodiff.value_and_grad(error, argnums=(0, 1, 2, 3)))
    for _ in range(5):
        shapes = ((2, 4), (4,), (4, 1), (1,))
        weights = [rng.normal(size=shape).astype("float32") for shape in shapes]
        first = [np.zeros(shape) for shape in shapes]
        second = [np.zeros(shape) for shape in shapes]
        for step in range(1, 301):
            value, slopes = gradients(*weights)
            for i, slope in enumerate(map(ops.convert_to_numpy, slopes)):
                first[i] = 0.9 * first[i] + 0.1 * slope
                second[i] = 0.99 * second[i] + 0.01 * slope**2
                mean = first[i] / (1 - 0.9**step)
                size = np.sqrt(second[i] / (1 - 0.99**step)) + 1e-8
                weights[i] = (weights[i] - 0.1 * mean / size).astype("float32")
        if float(value) < 0.1:
            break
    return weights


# %% solution="dense"
class DenseLayer(keras.layers.Layer):
    """Wide inputs start smaller; the product is written as a sum of outer axes."""

    def __init__(self, units, activation=None):
        super().__init__()
        self.units, self.activation = units, activation

    def build(self, shape):
        *_, n = shape
        limit = float(np.sqrt(3 / n))
        start = keras.initializers.RandomUniform(-limit, limit)
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")
        self.kernel = self.add_weight(shape=(n, self.units), initializer=start)
        self.built = True

    def call(self, inputs, training=False):
        sums = ops.tensordot(inputs, self.kernel, axes=1)
        sums = ops.add(sums, self.bias)
        if self.activation is not None:
            sums = self.activation(sums)
        return sums


# %% solution="classifier"
class Classifier(keras.Model):
    def __init__(self, widths):
        super().__init__()
        self.hidden = [keras.layers.Dense(width, "tanh") for width in widths]
        self.drop = keras.layers.Dropout(0.1)
        self.output_layer = keras.layers.Dense(10, "softmax")

    def call(self, x, training=False):
        for layer in self.hidden:
            x = layer(x)
        return self.output_layer(self.drop(x, training=training))


def train_classifier(x_train, y_train, x_validation, y_validation):
    model = Classifier([64, 32])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["acc"])
    model.fit(
        x_train,
        keras.utils.to_categorical(y_train, 10),
        validation_data=(x_validation, keras.utils.to_categorical(y_validation, 10)),
        batch_size=32,
        epochs=16,
        verbose=0,
    )
    return model
