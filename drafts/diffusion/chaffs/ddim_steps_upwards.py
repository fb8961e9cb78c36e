# caught by: ddim/number-and-ends
# From 0 up to T - 1.

# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    return [int(round(t)) for t in np.linspace(0, steps - 1, number)]


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    x_0 = (x_t - ops.sqrt(1.0 - alpha_bar[t]) * predicted_noise) / ops.sqrt(
        alpha_bar[t]
    )
    if s < 0:
        return x_0
    return ops.sqrt(alpha_bar[s]) * x_0 + ops.sqrt(1.0 - alpha_bar[s]) * predicted_noise
