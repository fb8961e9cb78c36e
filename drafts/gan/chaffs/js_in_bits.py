# caught by: gradients/jensen-shannon
# The logarithm to base 2.

# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    p, q = (ops.convert_to_numpy(each).astype("float64") for each in (p, q))
    middle = (p + q) / 2
    divergences = [
        np.sum(each[each > 0] * np.log2(each[each > 0] / middle[each > 0]))
        for each in (p, q)
    ]
    return sum(divergences) / 2
