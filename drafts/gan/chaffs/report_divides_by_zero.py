# caught by: collapse/no-sample-counts
# Divides by 0 where nothing counts.

# %% solution="mode_report"
def mode_report(counts, total, shares, least):
    counts, shares = ops.convert_to_numpy(counts), ops.convert_to_numpy(shares)
    found = counts / counts.sum()
    imbalance = np.abs(found - shares).sum() / 2
    return counts.sum() / total, np.mean(counts >= least * shares * total), imbalance
