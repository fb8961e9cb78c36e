# caught by: gradients/path-lengths
# Counts the paths and takes the mean slope for each branch.


# %% solution="path_lengths"
import math


def path_lengths(slopes):
    slopes = ops.convert_to_numpy(slopes)
    mean, count = slopes.mean(), len(slopes)
    return [math.comb(count, k) * mean**k for k in range(count + 1)]
