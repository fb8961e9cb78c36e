# caught by: xor/parameter-count
# Counts the matrices only.

# %% solution="count_parameters"
def count_parameters(inputs, hidden):
    return hidden * inputs + hidden
