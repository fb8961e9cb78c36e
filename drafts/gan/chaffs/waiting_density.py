# caught by: sampling/waiting-times, sampling/waiting-times-grow-with-u
# The density at u, not the inverse of F.

# %% solution="exponential"
def sample_exponential(u, rate):
    return rate * ops.exp(-rate * u)
