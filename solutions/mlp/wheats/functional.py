# The functional API, another width, and early stopping on the validation set.

# %% solution="dense"
class DenseLayer(keras.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.activation = activation or keras.activations.linear

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units), initializer="he_normal"
        )
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, x):
        return self.activation(x @ self.w + self.b)


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    inputs = keras.Input((64,))
    x = keras.layers.Rescaling(2.0, offset=-1.0)(inputs)
    x = keras.layers.Dense(96, activation="relu")(x)
    outputs = keras.layers.Dense(10, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
    model.fit(
        x_train,
        y_train,
        validation_data=(x_validation, y_validation),
        epochs=25,
        callbacks=[stop],
        verbose=0,
    )
    return model
