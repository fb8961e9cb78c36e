# caught by: classifier/learns-the-given-labels, classifier/validation-only-watched, classifier/probabilities
# A rate of 0.00001: nothing has been learned when it ends.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.SGD(1e-5), "sparse_categorical_crossentropy")
    model.fit(x_train, y_train, epochs=3, verbose=0)
    return model
