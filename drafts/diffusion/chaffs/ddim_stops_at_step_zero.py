# caught by: ddim/last-move-to-clean-data
# Returns x of step 0, which is still a little noisy.

# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    visited = ddim_timesteps(len(alpha_bar), number)
    for t, s in zip(visited, [*visited[1:], None], strict=True):
        if s is None:
            denoiser(x, ops.full((len(x),), t, dtype="int32"))
            break
        noise = denoiser(x, ops.full((len(x),), t, dtype="int32"))
        x = ddim_step(x, t, s, noise, alpha_bar)
    return x
