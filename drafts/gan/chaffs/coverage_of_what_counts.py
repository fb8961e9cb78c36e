# caught by: collapse/coverage
# A share of the samples that count, not of all.

# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    quality = counts.sum() / total
    coverage = np.mean(counts >= least * shares * counts.sum())
    if counts.sum() == 0:
        return quality, coverage, 1.0
    return quality, coverage, np.abs(counts / counts.sum() - shares).sum() / 2
