# caught by: ddpm/no-noise-in-the-last-step
# Adds noise in the last step, too.

# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1.0 - betas)
    mean = x_t - betas[t] / ops.sqrt(1.0 - kept[t]) * predicted_noise
    mean = mean / ops.sqrt(1.0 - betas[t])
    variance = betas[t] * (1.0 - kept[max(t - 1, 0)]) / (1.0 - kept[t])
    return mean + ops.sqrt(variance) * fresh
