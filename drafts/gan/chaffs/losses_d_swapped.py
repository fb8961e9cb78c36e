# caught by: conditional/discriminator-loss
# 0 for real and 1 for fake.

# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    on_real = discriminator([images, labels])
    on_fake = discriminator([generator([noise, labels]), labels])
    d_loss = ops.mean(ops.softplus(on_real)) + ops.mean(ops.softplus(-on_fake))
    return d_loss, ops.mean(ops.softplus(-on_fake))
