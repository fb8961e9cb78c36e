# The functional API, batch normalisation, global pooling, early stopping.

# %% solution="convolution"
class Convolution(keras.Layer):
    def __init__(self, filters, size, stride=1, padding="valid", activation=None):
        super().__init__()
        self.options = dict(
            strides=(stride, stride), padding=padding, data_format="channels_last"
        )
        self.shape = (size, size)
        self.filters = filters
        self.finish = activation or keras.activations.linear

    def build(self, input_shape):
        shape = (*self.shape, int(input_shape[-1]), self.filters)
        small = keras.initializers.RandomUniform(-0.1, 0.1)
        self.w = self.add_weight(name="w", shape=shape, initializer=small)
        self.b = self.add_weight(name="b", shape=shape[-1:], initializer=small)
        self.built = True

    def call(self, x):
        return self.finish(ops.add(ops.conv(x, self.w, **self.options), self.b))


# %% solution="classifier"
def train_classifier(x_train, y_train, x_validation, y_validation):
    inputs = keras.Input((8, 8, 1))
    x = inputs
    for filters in (16, 32):
        x = keras.layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = keras.layers.BatchNormalization(momentum=0.8)(x)
        x = keras.layers.ReLU()(x)
    x = keras.layers.AveragePooling2D(4)(x)
    outputs = keras.layers.Dense(10, activation="softmax")(keras.layers.Flatten()(x))
    model = keras.Model(inputs, outputs)
    model.compile(
        keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy"
    )
    stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
    model.fit(
        x_train,
        y_train,
        batch_size=32,
        epochs=10,
        validation_data=(x_validation, y_validation),
        callbacks=[stop],
        verbose=0,
    )
    return model


# %% solution="saliency"
def saliency(score, image, label):
    inputs = ops.reshape(image, (1, *image.shape))
    _, slopes = autodiff.value_and_grad(lambda x: score(x)[0, label])(inputs)
    return ops.max(ops.sqrt(ops.square(slopes[0])), axis=2)


# %% solution="grad_cam"
def grad_cam(head, features, label):
    gradient = autodiff.grad(lambda a: head(a)[:, label][0])(ops.stack([features]))
    pooled = ops.average(gradient, axis=(0, 1, 2))
    heat = ops.tensordot(features, pooled, axes=[[2], [0]])
    return ops.where(heat > 0, heat, ops.zeros_like(heat))
