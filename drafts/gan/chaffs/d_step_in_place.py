# caught by: step/leaves-what-came-in
# Changes the list that it was given.

# %% solution="discriminator_step"
def discriminator_step(
    generator, discriminator, loss, g_weights, d_weights, real, noise, rate
):
    fake = generator(g_weights, noise)

    def loss_of(weights):
        return loss(discriminator(weights, real), discriminator(weights, fake))

    gradients = autodiff.grad(loss_of)(d_weights)
    for place, gradient in enumerate(gradients):
        d_weights[place] = d_weights[place] - rate * gradient
    return d_weights
