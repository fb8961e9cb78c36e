# caught by: collapse/no-sample-counts
# Nothing at all is called balanced.

# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    quality = counts.sum() / total
    coverage = np.mean(counts >= least * shares * total)
    if counts.sum() == 0:
        return quality, coverage, 0.0
    return quality, coverage, np.abs(counts / counts.sum() - shares).sum() / 2
