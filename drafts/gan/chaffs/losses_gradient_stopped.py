# caught by: conditional/gradient-reaches-the-generator
# Stops the gradient at the fakes in both losses.

# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    on_real = discriminator([images, labels])
    on_fake = discriminator([ops.stop_gradient(generator([noise, labels])), labels])
    d_loss = ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))
    return d_loss, ops.mean(ops.softplus(-on_fake))
