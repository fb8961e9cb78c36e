# caught by: step/leaves-what-came-in
# Moves the discriminator along, in place.

# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):
    def loss_of(weights, others):
        return loss(discriminator(others, generator(weights, noise)))

    both = autodiff.grad(loss_of, argnums=(0, 1))(g_weights, list(d_weights))
    d_weights[:] = [w - rate * g for w, g in zip(d_weights, both[1], strict=True)]
    return [w - rate * g for w, g in zip(g_weights, both[0], strict=True)]
