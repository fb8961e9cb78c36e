# caught by: step/learning-rate
# Gives the generator a slower rate than it is told.

# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):

    def loss_of(weights):
        return loss(discriminator(d_weights, generator(weights, noise)))

    gradients = autodiff.grad(loss_of)(g_weights)
    return [w - 0.1 * rate * g for w, g in zip(g_weights, gradients, strict=True)]
