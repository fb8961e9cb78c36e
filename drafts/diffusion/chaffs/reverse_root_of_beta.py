# caught by: ddpm/mean
# Subtracts sqrt(beta) times the noise, as if the last step had added all of it.

# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1.0 - betas)
    mean = x_t - ops.sqrt(betas[t]) * predicted_noise
    mean = mean / ops.sqrt(1.0 - betas[t])
    if t == 0:
        return mean
    variance = betas[t] * (1.0 - kept[t - 1]) / (1.0 - kept[t])
    return mean + ops.sqrt(variance) * fresh
