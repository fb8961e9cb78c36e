# caught by: conditional/labels-go-along
# Makes the fakes for the labels in another order.

# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    on_real = discriminator([images, labels])
    on_fake = discriminator([generator([noise, ops.flip(labels)]), labels])
    d_loss = ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))
    return d_loss, ops.mean(ops.softplus(-on_fake))
