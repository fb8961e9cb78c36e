# Subclassed Keras models: convolutions, batch normalisation, a projected label.


# %% solution="discrete"
class Die:
    def __init__(self, probabilities):
        self.sums = ops.cumsum(probabilities)
        self.last = int(probabilities.shape[0]) - 1

    def __call__(self, u):
        faces = ops.zeros_like(u, dtype="int32")
        for k in range(self.last):
            faces = faces + ops.cast(u >= self.sums[k], "int32")
        return faces


def sample_discrete(u, probabilities):
    return Die(probabilities)(u)


# %% solution="discriminator_loss"
class Entropy(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return y_true * ops.softplus(-y_pred) + (1.0 - y_true) * ops.softplus(y_pred)


def discriminator_loss(real_logits, fake_logits):
    entropy = Entropy()
    on_fake = entropy(ops.zeros_like(fake_logits), fake_logits)
    return entropy(ops.ones_like(real_logits), real_logits) + on_fake


# %% solution="build_generator"
class Generator(keras.Model):
    """Doubles a small image, smooths it, and limits it at the end."""

    def __init__(self, classes):
        super().__init__()
        self.classes = classes
        self.hidden = keras.layers.Dense(4 * 4 * 8)
        self.norm = keras.layers.BatchNormalization()
        self.larger = keras.layers.UpSampling2D()
        self.smooth = keras.layers.Conv2D(8, 3, padding="same", activation="relu")
        self.head = keras.layers.Conv2D(1, 3, padding="same")

    def call(self, inputs, training=False):
        noise, labels = inputs
        labels = ops.one_hot(labels, self.classes, dtype="float32")
        h = self.hidden(ops.concatenate([noise, labels], axis=1))
        h = ops.relu(self.norm(ops.reshape(h, (-1, 4, 4, 8)), training=training))
        return ops.tanh(self.head(self.smooth(self.larger(h))))


def build_generator(noise_size, classes):
    return Generator(classes)


# %% solution="build_discriminator"
class Discriminator(keras.Model):
    """The label's row, which starts at 0, times the features of the image."""

    def __init__(self, classes):
        super().__init__()
        self.convolve = keras.layers.Conv2D(
            12, 3, strides=2, padding="same", activation="leaky_relu"
        )
        self.rows = keras.layers.Embedding(classes, 4 * 4 * 12, "zeros")
        self.head = keras.layers.Dense(1)

    def call(self, inputs):
        images, labels = inputs
        h = ops.reshape(self.convolve(images), (-1, 4 * 4 * 12))
        return self.head(h) + ops.sum(self.rows(labels) * h, axis=1, keepdims=True)


def build_discriminator(classes):
    return Discriminator(classes)


# %% solution="conditional_losses"
class Players:
    def __init__(self, generator, discriminator):
        self.generator, self.discriminator = generator, discriminator

    def d_loss(self, images, labels, noise):
        fake = ops.stop_gradient(self.generator((noise, labels)))
        on_real = self.discriminator((images, labels))
        on_fake = self.discriminator((fake, labels))
        return ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))

    def g_loss(self, labels, noise):
        fake = self.generator((noise, labels))
        return ops.mean(ops.softplus(-self.discriminator((fake, labels))))


def conditional_losses(generator, discriminator, images, labels, noise):
    players = Players(generator, discriminator)
    return [players.d_loss(images, labels, noise), players.g_loss(labels, noise)]


# %% solution="mode_report"
class Report:
    def __init__(self, counts, total, shares, least):
        self.counts = ops.convert_to_numpy(counts)
        self.shares, self.needed = ops.convert_to_numpy(shares), least * total
        self.found, self.total = self.counts.sum(), total

    @property
    def coverage(self):
        return (self.counts >= self.needed * self.shares).mean()

    @property
    def imbalance(self):
        if self.found == 0:
            return 1
        return np.linalg.norm(self.counts / self.found - self.shares, ord=1) / 2


def mode_report(counts, total, shares, least):
    report = Report(counts, total, shares, least)
    return report.found / report.total, report.coverage, report.imbalance
