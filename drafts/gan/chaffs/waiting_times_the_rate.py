# caught by: sampling/waiting-times
# Multiplies by the rate.

# %% solution="exponential"
def sample_exponential(u, rate):
    return -ops.log(1.0 - u) * rate
