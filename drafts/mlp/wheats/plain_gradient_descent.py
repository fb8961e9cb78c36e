# A plain classifier: stochastic gradient descent with momentum, sigmoids.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential()
    model.add(keras.Input(shape=(64,)))
    model.add(keras.layers.Dense(50, activation="sigmoid"))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Activation("softmax"))
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.3, momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(),
    )
    for _ in range(15):
        model.fit(x_train, y_train, batch_size=50, epochs=1, verbose=0)
        model.evaluate(x_validation, y_validation, verbose=0)
    return model


# %% solution="solve_xor"
def solve_xor(seed):
    """Keeps the best of several starts with three hidden units."""
    generator = np.random.default_rng(seed)
    x, t = map(ops.convert_to_numpy, (xor_points, xor_targets))
    best, smallest = None, np.inf
    for _ in range(6):
        v, v0 = generator.normal(size=(2, 3)), generator.normal(size=3)
        w, w0 = generator.normal(size=(3, 1)), generator.normal(size=1)
        for _ in range(1200):
            z = 1 / (1 + np.exp(-x @ v - v0))
            y = 1 / (1 + np.exp(-z @ w - w0))
            error = y - t  # cross-entropy: the output's derivative cancels
            back = error @ w.T * z * (1 - z)
            w, w0 = w - z.T @ error, w0 - error.sum(0)
            v, v0 = v - x.T @ back, v0 - back.sum(0)
        if np.abs(y - t).max() < smallest:
            best, smallest = (v, v0, w, w0), np.abs(y - t).max()
    return best
