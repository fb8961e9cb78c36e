# caught by: gradients/paths-of-many-layers
# Goes through all paths.


# %% solution="path_lengths"
import itertools


def path_lengths(slopes):
    slopes = ops.convert_to_numpy(slopes)
    total = np.zeros(len(slopes) + 1)
    for through in itertools.product((False, True), repeat=len(slopes)):
        total[sum(through)] += np.prod(slopes[list(through)])
    return total
