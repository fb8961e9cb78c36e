# caught by: gradients/path-lengths
# Multiplies only branches that stand side by side.


# %% solution="path_lengths"
def path_lengths(slopes):
    w = ops.convert_to_numpy(slopes)
    total = [1.0]
    for k in range(1, len(w) + 1):
        total.append(sum(np.prod(w[i : i + k]) for i in range(len(w) - k + 1)))
    return total
