# caught by: ddpm/fresh-noise-of-each-step
# Takes the noises in the order of use.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in reversed(range(len(fresh))):
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = step(x, t, noise, fresh[len(fresh) - 1 - t])
    return x
