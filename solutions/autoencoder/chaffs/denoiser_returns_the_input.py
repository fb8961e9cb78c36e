# caught by: deep/denoises-unseen-images
# Gives the noisy image back.

# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    return lambda noisy: noisy
