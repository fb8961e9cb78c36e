# caught by: classifier/learns-the-given-labels, classifier/validation-only-watched, classifier/probabilities
# Builds the model and forgets to fit it.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax", kernel_initializer="zeros"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
    return model
