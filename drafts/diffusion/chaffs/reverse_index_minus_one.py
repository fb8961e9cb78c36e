# caught by: ddpm/no-noise-in-the-last-step
# alpha_bar[-1] is the last one: the mean at t = 0 is wrong.

# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1.0 - betas)
    x_0 = (x_t - ops.sqrt(1.0 - kept[t]) * predicted_noise) / ops.sqrt(kept[t])
    mean = ops.sqrt(kept[t - 1]) * betas[t] * x_0
    mean = mean + ops.sqrt(1.0 - betas[t]) * (1.0 - kept[t - 1]) * x_t
    mean = mean / (1.0 - kept[t])
    variance = betas[t] * (1.0 - kept[t - 1]) / (1.0 - kept[t])
    return mean + (ops.sqrt(variance) * fresh if t > 0 else 0.0)
