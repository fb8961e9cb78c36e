# Functional models, where a model is asked for.


# %% solution="block"
class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.filters = filters
        self.stride = stride

    def build(self, input_shape):
        inputs = keras.Input(tuple(input_shape)[1:])
        options = {"padding": "same", "use_bias": False}
        y = inputs
        for stride in (self.stride, 1):
            if y is not inputs:
                y = keras.layers.ReLU()(y)
            y = keras.layers.Conv2D(self.filters, 3, strides=stride, **options)(y)
            y = keras.layers.BatchNormalization()(y)
        shortcut = inputs
        if y.shape != inputs.shape:
            shortcut = keras.layers.Conv2D(
                self.filters, 1, strides=self.stride, **options
            )(shortcut)
            shortcut = keras.layers.BatchNormalization()(shortcut)
        outputs = keras.layers.ReLU()(keras.layers.Add()([shortcut, y]))
        self.model = keras.Model(inputs, outputs)

    def call(self, x, training=None):
        return self.model(x, training=training)


# %% solution="resnet"
def resnet(plan, channels, classes, make_block):
    images = keras.Input((None, None, channels))
    stem = keras.layers.Conv2D(plan[0][0], (3, 3), padding="same", use_bias=False)
    x = keras.activations.relu(keras.layers.BatchNormalization()(stem(images)))
    for filters, stride in plan:
        x = make_block(filters, stride)(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(images, keras.layers.Dense(classes)(x))


# %% solution="with_new_head"
def with_new_head(model, classes):
    inputs = keras.Input(model.input_shape[1:])
    x = inputs
    for layer in model.layers[:-1]:
        x = layer(x)
    return keras.Model(inputs, keras.layers.Dense(classes, name="new_head")(x))


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    model.trainable = False
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers:
        x = layer(x)
        if isinstance(layer, keras.layers.Conv2D):
            x = make_adapter()(x)
    return keras.Model(inputs, x)


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        channels = input_shape[-1]
        self.mix = keras.layers.Dense(
            channels, use_bias=False, kernel_initializer="zeros"
        )
        self.mix.build(input_shape)

    def call(self, x):
        return keras.layers.add([x, self.mix(x)])
