# caught by: classifier/learns-the-given-labels
# Sorts the images by label and learns from the first 600: some classes are missing.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    first = np.argsort(y_train)[:600]
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(x_train[first], y_train[first], epochs=10, verbose=0)
    return model
