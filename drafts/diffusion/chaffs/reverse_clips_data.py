# caught by: ddpm/mean
# Clips the estimated data to [-1, 1].

# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1.0 - betas)
    before = kept[t - 1] if t > 0 else ops.ones(())
    x_0 = (x_t - ops.sqrt(1.0 - kept[t]) * predicted_noise) / ops.sqrt(kept[t])
    x_0 = ops.clip(x_0, -1.0, 1.0)
    mean = ops.sqrt(before) * betas[t] * x_0
    mean = mean + ops.sqrt(1.0 - betas[t]) * (1.0 - before) * x_t
    variance = betas[t] * (1.0 - before) / (1.0 - kept[t])
    return mean / (1.0 - kept[t]) + ops.sqrt(variance) * fresh
