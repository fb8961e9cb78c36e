# Keras models and layers as classes, parts made in __init__.


# %% solution="block"
class ConvolutionAndNorm(keras.layers.Layer):
    def __init__(self, filters, size, stride):
        super().__init__()
        self.convolution = keras.layers.Conv2D(
            filters, size, stride, padding="same", use_bias=False
        )
        self.norm = keras.layers.BatchNormalization()

    def call(self, x):
        return self.norm(self.convolution(x))


class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.one = ConvolutionAndNorm(filters, 3, stride)
        self.two = ConvolutionAndNorm(filters, 3, 1)
        self.filters, self.stride = filters, stride

    def build(self, input_shape):
        self.past = keras.layers.Identity()
        if (self.stride, self.filters) != (1, input_shape[-1]):
            self.past = ConvolutionAndNorm(self.filters, 1, self.stride)

    def call(self, x):
        return ops.relu(self.past(x) + self.two(ops.relu(self.one(x))))


# %% solution="resnet"
class Network(keras.Model):
    def __init__(self, plan, classes, make_block):
        super().__init__()
        self.stem = ConvolutionAndNorm(plan[0][0], 3, 1)
        self.blocks = []
        for filters, stride in plan:
            self.blocks.append(make_block(filters, stride))
        self.head = keras.layers.Dense(classes)

    def call(self, x, training=None):
        x = ops.relu(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return self.head(ops.mean(x, axis=[1, 2]))


def resnet(plan, channels, classes, make_block):
    return Network(plan, classes, make_block)


# %% solution="with_new_head"
class NewHead(keras.Model):
    def __init__(self, features, classes):
        super().__init__()
        self.features = list(features)
        self.head = keras.layers.Dense(classes)

    def call(self, x):
        for layer in self.features:
            x = layer(x)
        return self.head(x)


def with_new_head(model, classes):
    new = NewHead(model.layers[:-1], classes)
    new(ops.zeros((1, *model.input_shape[1:])))
    return new


# %% solution="fine_tune"
class Recorder(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))


def fine_tune(model, x, labels, rate, steps):
    recorder = Recorder()
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=rate, momentum=0.0),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(x, labels, batch_size=1000, epochs=steps, verbose=0, callbacks=[recorder])
    return recorder.losses


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.sum = keras.layers.Add()

    def build(self, input_shape):
        self.mixture = keras.layers.Conv2D(
            input_shape[-1], 1, use_bias=False, kernel_initializer="zeros"
        )

    def call(self, x):
        return self.sum([x, self.mixture(x)])


# %% solution="with_adapters"
class Adapted(keras.Model):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


def with_adapters(model, make_adapter):
    steps = []
    for layer in model.layers:
        layer.trainable = False
        steps += [layer]
        steps += [make_adapter()] if isinstance(layer, keras.layers.Conv2D) else []
    adapted = Adapted(steps)
    adapted(ops.zeros((1, *model.input_shape[1:])))
    return adapted
