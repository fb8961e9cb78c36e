# caught by: ddpm/steps-for-the-denoiser
# Gives the denoiser a single step.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in reversed(range(len(fresh))):
        noise = denoiser(x, t)
        x = step(x, t, noise, fresh[t])
    return x
