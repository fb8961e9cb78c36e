# caught by: classifier/validation-only-watched
# Puts both sets together, to have more to learn from.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    x = np.concatenate([x_train, x_validation])
    y = np.concatenate([y_train, y_validation])
    model = keras.Sequential(
        [
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=20, verbose=0)
    return model
