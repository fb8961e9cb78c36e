# caught by: schedules/linear
# T steps of length (last - first) / T: the last beta is never reached.

# %% solution="betas"
def linear_betas(steps, first, last):
    return first + (last - first) * np.arange(steps) / steps


def cosine_betas(steps, offset=0.008, largest=0.999):
    way = np.arange(steps + 1) / steps
    left = np.cos((way + offset) / (1 + offset) * np.pi / 2) ** 2
    return np.minimum(1 - left[1:] / left[:-1], largest)
