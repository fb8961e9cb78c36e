# caught by: adapter/shared-filters
# One set of adapters for all domains.


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = sum(
        (size**2 * channels * filters for size, channels, filters in convolutions)
    )
    own = sum((filters**2 for _, _, filters in convolutions))
    return (domains * shared, shared + own)
