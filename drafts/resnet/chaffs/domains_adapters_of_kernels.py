# caught by: adapter/shared-filters
# Adapters from channels in to channels out.


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = sum(
        (size**2 * channels * filters for size, channels, filters in convolutions)
    )
    own = sum((channels * filters for _, channels, filters in convolutions))
    return (domains * shared, shared + domains * own)
