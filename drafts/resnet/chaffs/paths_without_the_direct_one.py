# caught by: gradients/path-lengths
# Forgets the path past all branches.


# %% solution="path_lengths"
def path_lengths(slopes):
    total = np.ones(1)
    for slope in ops.convert_to_numpy(slopes):
        total = np.append(total, 0) + slope * np.append(0, total)
    return total[1:]
