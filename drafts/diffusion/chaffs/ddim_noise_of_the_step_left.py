# caught by: ddim/move-to-an-earlier-step
# Adds as much noise as there was.

# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    return [int(round(t)) for t in np.linspace(steps - 1, 0, number)]


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    x_0 = (x_t - ops.sqrt(1.0 - alpha_bar[t]) * predicted_noise) / ops.sqrt(
        alpha_bar[t]
    )
    if s < 0:
        return x_0
    return ops.sqrt(alpha_bar[s]) * x_0 + ops.sqrt(1.0 - alpha_bar[t]) * predicted_noise
