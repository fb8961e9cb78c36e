# caught by: classifier/learns-the-given-labels, classifier/validation-only-watched, classifier/probabilities
# Trains on the data set it knows, not on what it is given.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    images, labels = data.load("digits", "train")
    model = keras.Sequential(
        [
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
    model.fit(images.reshape(-1, 64), labels, epochs=15, verbose=0)
    return model
