# caught by: sampling/waiting-times
# The logarithm to base 2.

# %% solution="exponential"
def sample_exponential(u, rate):
    return -ops.log2(1.0 - u) / rate
