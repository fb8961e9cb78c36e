# caught by: ddim/steps-for-the-denoiser
# Gives the denoiser a single step.

# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    visited = ddim_timesteps(len(alpha_bar), number)
    for t, s in zip(visited, [*visited[1:], -1], strict=True):
        noise = denoiser(x, t)
        x = ddim_step(x, t, s, noise, alpha_bar)
    return x
