# caught by: xor/parameter-count
# The lecture's count, which leaves out v0.

# %% solution="count_parameters"
def count_parameters(inputs, hidden):
    return hidden * inputs + hidden + hidden
