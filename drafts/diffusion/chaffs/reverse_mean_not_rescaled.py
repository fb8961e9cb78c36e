# caught by: ddpm/mean
# Forgets to divide by sqrt(1 - beta).

# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1.0 - betas)
    mean = x_t - betas[t] / ops.sqrt(1.0 - kept[t]) * predicted_noise
    if t == 0:
        return mean
    variance = betas[t] * (1.0 - kept[t - 1]) / (1.0 - kept[t])
    return mean + ops.sqrt(variance) * fresh
