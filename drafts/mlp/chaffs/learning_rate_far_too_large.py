# caught by: classifier/learns-the-given-labels, classifier/validation-only-watched, classifier/probabilities
# Adam with a rate of 1: the units die or saturate in the first steps.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.layers.Dense(64, activation="sigmoid"),
            keras.layers.Dense(32, activation="sigmoid"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(1.0), "sparse_categorical_crossentropy")
    model.fit(x_train, y_train, epochs=15, verbose=0)
    return model
