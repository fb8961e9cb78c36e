# caught by: schedules/cosine
# The ratio of step t is that of the step before.

# %% solution="betas"
def linear_betas(steps, first, last):
    return np.linspace(first, last, steps)


def cosine_betas(steps, offset=0.008, largest=0.999):
    way = np.arange(-1, steps) / steps
    left = np.cos((way + offset) / (1 + offset) * np.pi / 2) ** 2
    return np.minimum(1 - left[1:] / left[:-1], largest)
