# caught by: adapter/shared-filters
# Counts the shared filters once per domain.


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = sum(
        (size**2 * channels * filters for size, channels, filters in convolutions)
    )
    own = sum((filters**2 for _, _, filters in convolutions))
    return (domains * shared, domains * (shared + own))
