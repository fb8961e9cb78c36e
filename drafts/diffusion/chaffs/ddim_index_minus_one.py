# caught by: ddim/move-to-clean-data
# alpha_bar[-1] is the last one, not 1.

# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    return [int(round(t)) for t in np.linspace(steps - 1, 0, number)]


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    x_0 = (x_t - ops.sqrt(1.0 - alpha_bar[t]) * predicted_noise) / ops.sqrt(
        alpha_bar[t]
    )
    return ops.sqrt(alpha_bar[s]) * x_0 + ops.sqrt(1.0 - alpha_bar[s]) * predicted_noise
