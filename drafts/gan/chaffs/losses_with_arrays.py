# caught by: conditional/gradient-reaches-the-generator
# Makes arrays of the logits.

# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    on_real = ops.convert_to_numpy(discriminator([images, labels]))
    fake = generator([noise, labels])
    on_fake = ops.convert_to_numpy(discriminator([fake, labels]))
    d_loss = np.mean(np.logaddexp(0, -on_real)) + np.mean(np.logaddexp(0, on_fake))
    return d_loss, np.mean(np.logaddexp(0, -on_fake))
