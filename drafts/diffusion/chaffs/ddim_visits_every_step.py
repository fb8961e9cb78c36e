# caught by: ddim/steps-for-the-denoiser
# Ignores how many steps are asked for.

# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    visited = list(range(len(alpha_bar)))[::-1]
    for t, s in zip(visited, [*visited[1:], -1], strict=True):
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = ddim_step(x, t, s, noise, alpha_bar)
    return x
