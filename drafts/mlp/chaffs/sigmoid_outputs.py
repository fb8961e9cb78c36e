# caught by: classifier/probabilities
# Ten sigmoids do not sum to 1.

# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    model = keras.Sequential(
        [
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy")
    targets = keras.utils.to_categorical(y_train, 10)
    model.fit(x_train, targets, epochs=20, verbose=0)
    return model
