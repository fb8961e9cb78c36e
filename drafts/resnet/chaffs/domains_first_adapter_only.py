# caught by: adapter/shared-filters
# An adapter behind the last convolution only.


# %% solution="domain_parameters"
def domain_parameters(convolutions, domains):
    shared = sum(
        (size**2 * channels * filters for size, channels, filters in convolutions)
    )
    own = convolutions[-1][2] ** 2
    return (domains * shared, shared + domains * own)
