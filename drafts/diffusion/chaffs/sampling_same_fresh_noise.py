# caught by: ddpm/fresh-noise-of-each-step
# The same noise in all steps.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in reversed(range(len(fresh))):
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = step(x, t, noise, fresh[0])
    return x
