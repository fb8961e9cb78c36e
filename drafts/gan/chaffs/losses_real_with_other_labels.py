# caught by: conditional/labels-go-along
# Judges the real images with labels in another order.

# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    on_real = discriminator([images, ops.roll(labels, 1, axis=0)])
    on_fake = discriminator([generator([noise, labels]), labels])
    d_loss = ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))
    return d_loss, ops.mean(ops.softplus(-on_fake))
