# caught by: forward/q-sample
# The factors of data and noise are swapped.

# %% solution="forward"
def q_sample(x_0, t, noise, alpha_bar):
    kept = ops.take(alpha_bar, t, axis=0)
    kept = ops.reshape(kept, (-1,) + (1,) * (len(x_0.shape) - 1))
    return ops.sqrt(1.0 - kept) * x_0 + ops.sqrt(kept) * noise


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    kept = ops.take(alpha_bar, t, axis=0)
    kept = ops.reshape(kept, (-1,) + (1,) * (len(x_t.shape) - 1))
    return (x_t - ops.sqrt(1.0 - kept) * predicted_noise) / ops.sqrt(kept)
