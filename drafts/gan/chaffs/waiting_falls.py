# caught by: sampling/waiting-times-grow-with-u
# The same distribution, upside down.

# %% solution="exponential"
def sample_exponential(u, rate):
    return -ops.log(u) / rate
