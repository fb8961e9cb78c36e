# caught by: ddpm/each-step-goes-on-from-the-last
# Every step begins at the noise of the start.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in reversed(range(len(fresh))):
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        sample = step(x, t, noise, fresh[t])
    return sample
