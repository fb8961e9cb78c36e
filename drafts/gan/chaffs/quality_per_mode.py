# caught by: collapse/quality
# The mean number at a mode.

# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    quality = counts.mean() / total
    coverage = np.mean(counts >= least * shares * total)
    if counts.sum() == 0:
        return quality, coverage, 1.0
    return quality, coverage, np.abs(counts / counts.sum() - shares).sum() / 2
