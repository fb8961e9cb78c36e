# caught by: ddpm/all-steps-downwards
# Begins with the least noisy step.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in range(len(fresh)):
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = step(x, t, noise, fresh[t])
    return x
