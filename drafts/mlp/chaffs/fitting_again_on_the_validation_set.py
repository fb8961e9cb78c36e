# caught by: classifier/validation-only-watched
# Trains, then "fine-tunes" on the validation set.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
    model.fit(x_train, y_train, epochs=15, verbose=0)
    model.fit(x_validation, y_validation, epochs=10, verbose=0)
    return model
