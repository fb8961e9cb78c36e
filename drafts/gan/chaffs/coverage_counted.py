# caught by: collapse/coverage
# How many modes, not what part of them.

# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    quality = counts.sum() / total
    coverage = np.sum(counts >= least * shares * total)
    if counts.sum() == 0:
        return quality, coverage, 1.0
    return quality, coverage, np.abs(counts / counts.sum() - shares).sum() / 2
