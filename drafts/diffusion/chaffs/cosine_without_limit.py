# caught by: schedules/largest-beta
# Always limits to 0.999, whatever is asked for.

# %% solution="betas"
def linear_betas(steps, first, last):
    return np.linspace(first, last, steps)


def cosine_betas(steps, offset=0.008, largest=0.999):
    way = np.arange(steps + 1) / steps
    left = np.cos((way + offset) / (1 + offset) * np.pi / 2) ** 2
    return np.minimum(1 - left[1:] / left[:-1], 0.999)
