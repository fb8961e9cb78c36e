# caught by: conditional/discriminator-loss
# Forgets the fakes.

# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    on_real = discriminator([images, labels])
    on_fake = discriminator([generator([noise, labels]), labels])
    d_loss = ops.mean(ops.softplus(-on_real))
    return d_loss, ops.mean(ops.softplus(-on_fake))
