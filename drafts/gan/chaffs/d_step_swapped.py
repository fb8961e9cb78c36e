# caught by: step/discriminator
# Real and fake logits swapped.

# %% solution="discriminator_step"
def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    fake = generator(g_weights, noise)

    def loss_of(weights):
        return loss(discriminator(weights, fake), discriminator(weights, real))

    gradients = autodiff.grad(loss_of)(d_weights)
    return [w - rate * g for w, g in zip(d_weights, gradients, strict=True)]
