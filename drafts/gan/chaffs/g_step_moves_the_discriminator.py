# caught by: step/generator
# Moves the discriminator.

# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):

    def loss_of(weights):
        return loss(discriminator(weights, generator(g_weights, noise)))

    gradients = autodiff.grad(loss_of)(d_weights)
    return [w - rate * g for w, g in zip(d_weights, gradients, strict=True)]
