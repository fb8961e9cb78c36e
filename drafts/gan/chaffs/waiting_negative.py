# caught by: sampling/waiting-times, sampling/waiting-times-grow-with-u
# Loses the minus.

# %% solution="exponential"
def sample_exponential(u, rate):
    return ops.log(1.0 - u) / rate
