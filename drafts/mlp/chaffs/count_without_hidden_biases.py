# caught by: xor/parameter-count
# Forgets the hidden units' biases.

# %% solution="count_parameters"
def count_parameters(inputs, hidden):
    return hidden * inputs + hidden + 1
