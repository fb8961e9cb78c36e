# caught by: adapter/copies, adapter/shared-filters
# Windows of k pixels, not k times k.


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = sum(
        (size * channels * filters for size, channels, filters in convolutions)
    )
    own = sum((filters**2 for _, _, filters in convolutions))
    return (domains * shared, shared + domains * own)
