# caught by: schedules/cosine
# Ignores the offset.

# %% solution="betas"
def linear_betas(steps, first, last):
    return np.linspace(first, last, steps)


def cosine_betas(steps, offset=0.008, largest=0.999):
    way = np.arange(steps + 1) / steps
    left = np.cos(way * np.pi / 2) ** 2
    return np.minimum(1 - left[1:] / left[:-1], largest)
