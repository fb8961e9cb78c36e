# caught by: ddpm/all-steps-downwards
# range(T - 1, 0, -1) ends before 0.

# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    for t in range(len(fresh) - 1, 0, -1):
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = step(x, t, noise, fresh[t])
    return x
