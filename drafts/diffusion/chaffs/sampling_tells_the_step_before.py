# caught by: ddpm/steps-for-the-denoiser
# Tells the denoiser t + 1, as papers count.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in reversed(range(len(fresh))):
        noise = denoiser(x, ops.full((len(x),), t + 1, dtype="int32"))
        x = step(x, t, noise, fresh[t])
    return x
