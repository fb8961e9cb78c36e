# caught by: gradients/jensen-shannon
# m is the sum of p and q.

# %% solution="jensen_shannon"
def jensen_shannon(p, q):
    p, q = (ops.convert_to_numpy(each).astype("float64") for each in (p, q))
    middle = p + q
    divergences = [
        np.sum(each[each > 0] * np.log(each[each > 0] / middle[each > 0]))
        for each in (p, q)
    ]
    return sum(divergences) / 2
