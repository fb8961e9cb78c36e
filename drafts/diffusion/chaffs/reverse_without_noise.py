# caught by: ddpm/size-of-the-noise
# Returns the mean.

# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1.0 - betas)
    mean = x_t - betas[t] / ops.sqrt(1.0 - kept[t]) * predicted_noise
    mean = mean / ops.sqrt(1.0 - betas[t])
    return mean
