# caught by: adapter/copies
# Counts one copy for all domains.


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = sum(
        (size**2 * channels * filters for size, channels, filters in convolutions)
    )
    own = sum((filters**2 for _, _, filters in convolutions))
    return (shared, shared + domains * own)
