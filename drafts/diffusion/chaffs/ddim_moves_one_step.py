# caught by: ddim/each-move-goes-on-from-the-last
# Moves to t - 1, and then tells the denoiser a much earlier step.

# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    visited = ddim_timesteps(len(alpha_bar), number)
    for t in visited:
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = ddim_step(x, t, t - 1, noise, alpha_bar)
    return x
