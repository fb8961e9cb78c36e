# keras.ops throughout, without a loop; ready-made cross-entropy; one-hot labels.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    found = ops.searchsorted(ops.cumsum(probabilities), u, side="right")
    return ops.clip(found, 0, probabilities.shape[0] - 1)


# %% solution="exponential"
def sample_exponential(u, rate):
    return ops.negative(ops.log1p(ops.negative(u))) / rate


# %% solution="observed"
def sample_observed(u, observations):
    order = ops.argsort(observations)
    place = ops.cast(u * observations.shape[0], "int32")
    return ops.take(observations, ops.take(order, place))


# %% solution="discriminator_loss"
cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)


def discriminator_loss(real_logits, fake_logits):
    on_real = cross_entropy(ops.ones_like(real_logits), real_logits)
    return on_real + cross_entropy(ops.zeros_like(fake_logits), fake_logits)


# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return -entropy(ops.zeros_like(fake_logits), fake_logits)


# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return entropy(ops.ones_like(fake_logits), fake_logits)


# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    def loss(real, fake):
        return ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(fake))

    return autodiff.grad(loss, argnums=(0, 1))(real_logits, fake_logits)


# %% solution="generator_gradients"
def generator_gradients(fake_logits):
    saturating = autodiff.grad(lambda x: ops.mean(ops.log_sigmoid(-x)))
    other = autodiff.grad(lambda x: ops.mean(-ops.log_sigmoid(x)))
    return saturating(fake_logits), other(fake_logits)


# %% solution="best_discriminator"
def best_discriminator(p, q):
    return ops.divide(p, ops.add(p, q))


# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    both = ops.stack([p, q])
    middle = ops.mean(both, axis=0)
    safe = ops.where(both > 0, both, 1.0)
    known = ops.where(middle > 0, middle, 1.0)
    return ops.einsum("ik,ik->", both, ops.log(safe) - ops.log(known)) / 2


# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    q = ops.sigmoid(tensor([-theta, theta]))
    p = tensor([1.0 - heads, heads])
    cost = ops.stack([ops.softplus(-logits), ops.softplus(logits)])
    d_loss = ops.einsum("ik,ik->", ops.stack([p, q]), cost)
    return d_loss, ops.einsum("k,k->", q, cost[0])


# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    p = tensor([1.0 - heads, heads])

    def d_loss(w, theta):
        q = ops.sigmoid(theta * tensor([-1.0, 1.0]))
        return ops.sum(p * ops.softplus(-w) + q * ops.softplus(w))

    def g_loss(theta, w):
        q = ops.sigmoid(theta * tensor([-1.0, 1.0]))
        return ops.sum(q * ops.softplus(-w))

    theta = ops.convert_to_tensor(theta, dtype="float32")
    logits = logits - d_rate * autodiff.grad(d_loss)(logits, theta)
    return theta - g_rate * autodiff.grad(g_loss)(theta, logits), logits


# %% solution="build_generator"
def build_generator(noise_size, classes):
    noise = keras.Input((noise_size,))
    labels = keras.Input((), dtype="int32")
    h = ops.concatenate([noise, ops.one_hot(labels, classes)], axis=1)
    h = keras.layers.Dense(96, activation="leaky_relu")(h)
    h = keras.layers.Dense(64)(h)
    return keras.Model([noise, labels], ops.tanh(ops.reshape(h, (-1, 8, 8, 1))))


# %% solution="build_discriminator"
def build_discriminator(classes):
    images = keras.Input((8, 8, 1))
    labels = keras.Input((), dtype="int32")
    h = ops.reshape(images, (-1, 64))
    h = ops.concatenate([h, ops.one_hot(labels, classes)], axis=1)
    h = keras.layers.Dense(96, activation="leaky_relu")(h)
    return keras.Model(inputs=[images, labels], outputs=keras.layers.Dense(1)(h))


# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    fakes = generator([noise, labels])
    all_images = ops.concatenate([images, fakes])
    logits = discriminator([all_images, ops.concatenate([labels, labels])])
    on_real, on_fake = ops.split(logits, 2)
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    d_loss = entropy(ops.ones_like(on_real), on_real)
    d_loss = d_loss + entropy(ops.zeros_like(on_fake), on_fake)
    return d_loss, entropy(ops.ones_like(on_fake), on_fake)


# %% solution="wasserstein"
def wasserstein(x, y):
    ordered = ops.sort(ops.stack([x, y]), axis=1)
    return ops.mean(ops.abs(ordered[0] - ordered[1]))


# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    products = ops.einsum("id,jd->ij", a, b)
    of_a, of_b = ops.einsum("id,id->i", a, a), ops.einsum("jd,jd->j", b, b)
    squares = of_a[:, None] + of_b[None, :] - 2 * products
    return ops.exp(-0.5 * squares / bandwidth**2)


# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    n, m = x.shape[0], y.shape[0]
    others = [(1.0 - ops.eye(k)) / (k * (k - 1)) for k in (n, m)]
    in_x = ops.einsum("ij,ij->", kernel(x, x), others[0])
    in_y = ops.einsum("ij,ij->", kernel(y, y), others[1])
    return in_x + in_y - 2 * ops.einsum("ij->", kernel(x, y)) / (n * m)


# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    squares = ops.sum((samples[:, None] - centres[None]) ** 2, axis=-1)
    is_nearest = squares == ops.min(squares, axis=1, keepdims=True)
    return ops.sum(ops.cast(is_nearest & (squares <= radius**2), "int32"), axis=0)


# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    found = ops.sum(counts)
    covered = ops.mean(ops.cast(counts >= least * total * shares, "float32"))
    apart = ops.sum(ops.abs(counts / ops.maximum(found, 1.0) - shares)) / 2
    return found / total, covered, ops.where(found > 0, apart, 1.0)


# %% solution="label_spread"
def label_spread(images, labels, classes):
    flat = ops.reshape(images, (len(images), -1))
    chosen = ops.one_hot(labels, classes, dtype="float32")
    chosen = chosen / ops.sum(chosen, axis=0)
    mean = ops.einsum("bc,bp->cp", chosen, flat)
    gaps = ops.square(flat[:, None] - mean[None])
    return ops.mean(ops.sqrt(ops.einsum("bc,bcp->cp", chosen, gaps)), axis=1)
