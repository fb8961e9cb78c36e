# One gradient for lists and dictionaries, compiled; both players' logits in one call.


# %% solution="discriminator_step"
def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    def step(d_weights, g_weights, real, noise):
        def loss_of(weights):
            x = ops.concatenate([real, generator(g_weights, noise)])
            logits = discriminator(weights, x)
            return loss(logits[: real.shape[0]], logits[real.shape[0] :])

        gradients = autodiff.grad(loss_of)(d_weights)
        return keras.tree.map_structure(lambda w, g: w - rate * g, d_weights, gradients)

    return autodiff.jit(step)(list(d_weights), list(g_weights), real, noise)


# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):
    def loss_of(players):
        return loss(discriminator(players["d"], generator(players["g"], noise)))

    value_and_grad = autodiff.value_and_grad(loss_of)
    _, gradients = value_and_grad({"d": list(d_weights), "g": list(g_weights)})
    pairs = zip(g_weights, gradients["g"], strict=True)
    return tuple(ops.subtract(w, ops.multiply(rate, g)) for w, g in pairs)


# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    import functools

    trained = functools.reduce(
        lambda weights, pair: d_step(g_weights, weights, *pair), batches, d_weights
    )
    return g_step(g_weights, trained, noise), trained


# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    def gradient(logits, label):
        return (ops.sigmoid(logits) - label) / ops.cast(ops.size(logits), "float32")

    return [gradient(real_logits, 1.0), gradient(fake_logits, 0.0)]


# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    share = 1.0 / fake_logits.shape[0]
    return share * ops.stack([-ops.sigmoid(fake_logits), -ops.sigmoid(-fake_logits)])


# %% solution="best_discriminator"
def best_discriminator(p, q):
    return 1.0 - q / (p + q)


# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    sides = tensor([-1.0, 1.0])
    p = 0.5 + (heads - 0.5) * sides
    q = ops.sigmoid(theta * sides)
    after = logits + d_rate * (p * ops.sigmoid(-logits) - q * ops.sigmoid(logits))
    slope = ops.sum(q[0] * q[1] * sides * ops.softplus(-after))
    return ops.reshape(theta - g_rate * slope, (1,)), after


# %% solution="observed"
def sample_observed(u, observations):
    ordered, count = ops.sort(observations), len(observations)
    table = ops.one_hot(ops.cast(u * count, "int32"), count, dtype="float32")
    return ops.matmul(table, ordered)


# %% solution="label_spread"
def label_spread(images, labels, classes):
    found = {}
    labels = ops.convert_to_numpy(labels)
    for label in sorted(set(labels.tolist())):
        own = ops.take(images, np.flatnonzero(labels == label).astype("int32"), axis=0)
        found[label] = ops.mean(ops.std(own, axis=0))
    return list(found.values())
