# caught by: forward/estimate
# Divides only x_t by the signal.

# %% solution="forward"
def q_sample(x_0, t, noise, alpha_bar):
    kept = ops.take(alpha_bar, t, axis=0)
    kept = ops.reshape(kept, (-1,) + (1,) * (len(x_0.shape) - 1))
    return ops.sqrt(kept) * x_0 + ops.sqrt(1.0 - kept) * noise


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    kept = ops.take(alpha_bar, t, axis=0)
    kept = ops.reshape(kept, (-1,) + (1,) * (len(x_t.shape) - 1))
    return x_t / ops.sqrt(kept) - ops.sqrt(1.0 - kept) * predicted_noise
