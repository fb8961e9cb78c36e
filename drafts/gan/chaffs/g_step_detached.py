# caught by: step/generator
# Stops the gradient at the fakes.

# %% solution="generator_step"
def generator_step(generator, discriminator, loss, g_weights, d_weights, noise, rate):

    def loss_of(weights):
        return loss(
            discriminator(d_weights, ops.stop_gradient(generator(weights, noise)))
        )

    gradients = autodiff.grad(loss_of)(g_weights)
    return [w - rate * g for w, g in zip(g_weights, gradients, strict=True)]
