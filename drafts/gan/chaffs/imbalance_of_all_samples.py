# caught by: collapse/imbalance
# Shares of all samples, not of those that count.

# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    quality = counts.sum() / total
    coverage = np.mean(counts >= least * shares * total)
    if counts.sum() == 0:
        return quality, coverage, 1.0
    return quality, coverage, np.abs(counts / total - shares).sum() / 2
