# Keras variables, an optimizer and its steps; both players written once.


# %% solution="discriminator_step"
def descended(weights, rate, loss_of):
    """The weights after one step of a Keras optimizer."""
    variables = [keras.Variable(ops.copy(weight)) for weight in weights]
    optimizer = keras.optimizers.SGD(learning_rate=rate)
    optimizer.build(variables)
    _, gradients = autodiff.variable_gradients(
        lambda: loss_of([v.value for v in variables]), variables, variables
    )
    optimizer.apply(gradients, variables)
    return [ops.stop_gradient(v.value) for v in variables]


def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    fake = generator(g_weights, noise)
    return descended(
        d_weights,
        rate,
        lambda w: loss(discriminator(w, real), discriminator(w, fake)),
    )


# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):
    variables = [keras.Variable(ops.copy(weight)) for weight in g_weights]

    def loss_of():
        fake = generator([v.value for v in variables], noise)
        return loss(discriminator(d_weights, fake))

    _, gradients = autodiff.variable_gradients(loss_of, variables, variables)
    for variable, gradient in zip(variables, gradients, strict=True):
        variable.assign_sub(rate * gradient)
    return [ops.convert_to_numpy(variable.value) for variable in variables]


# %% solution="play"
def play(one_round, theta, logits, rounds):
    yet_to_come = [(theta, logits)]
    while len(yet_to_come) <= rounds:
        yet_to_come.append(one_round(*yet_to_come[-1]))
    thetas = [ops.convert_to_tensor(pair[0], dtype="float32") for pair in yet_to_come]
    return ops.sigmoid(ops.stack(thetas))


# %% solution="build_generator"
def build_generator(noise_size, classes):
    class Generator(keras.layers.Layer):
        def build(self, shapes):
            rows = noise_size + classes
            self.first = self.add_weight(shape=(rows, 40), name="first")
            self.second = self.add_weight(shape=(40, 64), name="second")
            self.offset = self.add_weight(shape=(64,), initializer="zeros")

        def call(self, inputs):
            noise, labels = inputs
            known = ops.one_hot(labels, classes, dtype="float32")
            h = ops.concatenate([noise, known], axis=-1)
            h = ops.matmul(ops.gelu(ops.matmul(h, self.first)), self.second)
            return ops.reshape(ops.clip(h + self.offset, -1.0, 1.0), (-1, 8, 8, 1))

    inputs = [keras.Input((noise_size,)), keras.Input((), dtype="int32")]
    return keras.Model(inputs, Generator()(inputs))


# %% solution="build_discriminator"
def build_discriminator(classes):
    body = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(48, activation="relu"),
            keras.layers.Dense(classes),
        ]
    )
    images, labels = keras.Input((8, 8, 1)), keras.Input((), dtype="int32")
    chosen = body(images) * ops.one_hot(labels, classes, dtype="float32")
    return keras.Model([images, labels], ops.sum(chosen, axis=1, keepdims=True))


# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    logits = ops.reshape(fake_logits, (-1,))
    return ops.mean(ops.stack([-ops.softplus(logit) for logit in logits]))
