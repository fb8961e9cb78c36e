# Weights made by add_weight and operations of keras.ops in place of Keras layers.


# %% solution="block"
class Filter(keras.layers.Layer):
    def __init__(self, filters, size, stride):
        super().__init__()
        self.filters, self.size, self.stride = filters, size, stride
        self.norm = keras.layers.BatchNormalization()

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(self.size, self.size, input_shape[-1], self.filters),
            initializer="he_normal",
        )

    def call(self, x, training=None):
        y = ops.conv(x, self.kernel, self.stride, "same", data_format="channels_last")
        return self.norm(y, training=training)


class ResidualBlock(keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.filters, self.stride = filters, stride
        self.f_1, self.f_2 = Filter(filters, 3, stride), Filter(filters, 3, 1)

    def build(self, input_shape):
        alike = self.stride == 1 and input_shape[-1] == self.filters
        self.s = None if alike else Filter(self.filters, 1, self.stride)

    def call(self, x, training=None):
        f = self.f_2(ops.relu(self.f_1(x, training=training)), training=training)
        s = x if self.s is None else self.s(x, training=training)
        y = f + s
        return ops.where(y > 0, y, ops.zeros_like(y))


# %% solution="resnet"
class ResNet(keras.Model):
    def __init__(self, plan, classes, make_block):
        super().__init__()
        self.stem_filters, self.classes = plan[0][0], classes
        self.norm = keras.layers.BatchNormalization()
        self.blocks = [make_block(*entry) for entry in plan]
        self.last = plan[-1][0]

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(3, 3, input_shape[-1], self.stem_filters), initializer="he_normal"
        )
        self.w = self.add_weight(shape=(self.last, self.classes))
        self.b = self.add_weight(shape=(self.classes,), initializer="zeros")

    def call(self, images, training=None):
        y = ops.conv(images, self.kernel, 1, "same", data_format="channels_last")
        y = ops.relu(self.norm(y, training=training))
        for block in self.blocks:
            y = block(y)
        features = ops.sum(y, axis=(1, 2)) / (y.shape[1] * y.shape[2])
        return ops.matmul(features, self.w) + self.b


def resnet(plan, channels, classes, make_block):
    return ResNet(plan, classes, make_block)


# %% solution="learn_only_norms"
def learn_only_norms(model):
    def visit(layer):
        inner = layer._layers
        if isinstance(layer, keras.layers.BatchNormalization):
            return 2 * layer.gamma.shape[0]
        if not inner:
            layer.trainable = False
        return sum(visit(each) for each in inner)

    return visit(model)


def silent_share(model, threshold):
    flags = []
    for weight in model.weights:
        if weight.path.endswith("gamma"):
            flags += list(np.abs(ops.convert_to_numpy(weight.value)) < threshold)
    return sum(flags) / len(flags)


# %% solution="with_new_head"
class Affine(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, x):
        return ops.matmul(x, self.w) + self.b


def with_new_head(model, classes):
    *features, _ = model.layers
    return keras.Sequential(
        [keras.Input(model.input_shape[1:]), *features, Affine(classes)]
    )


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    labels = ops.convert_to_numpy(labels)
    rows = np.arange(len(labels))
    features = model
    losses = []
    for _ in range(steps):

        def loss():
            logits = features(x, training=True)
            highest = ops.max(logits, axis=1, keepdims=True)
            sums = ops.log(ops.sum(ops.exp(logits - highest), axis=1))
            targets = np.zeros(tuple(logits.shape), dtype="float32")
            targets[rows, labels] = 1
            shifted = (logits - highest) * ops.convert_to_tensor(targets)
            return ops.mean(sums - ops.sum(shifted, axis=1))

        weights = model.trainable_variables
        value, slopes = autodiff.variable_gradients(loss, weights, model.variables)
        for weight, slope in zip(weights, slopes, strict=True):
            weight.assign_sub(rate * slope)
        losses.append(float(value))
    return losses


# %% solution="adapter"
class Adapter(keras.layers.Layer):
    def build(self, input_shape):
        self.channels = int(input_shape[-1])
        self.alpha = self.add_weight(
            shape=(1, 1, self.channels, self.channels), initializer="zeros"
        )

    def call(self, x):
        mixed = ops.conv(x, self.alpha, 1, "valid", data_format="channels_last")
        return mixed + x


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapted = keras.Sequential([keras.Input(tuple(model.inputs[0].shape)[1:])])
    for layer in model.layers:
        adapted.add(layer)
        if type(layer).__name__ == "Conv2D":
            adapted.add(make_adapter())
    for layer in model.layers:
        layer.trainable = False
    return adapted
