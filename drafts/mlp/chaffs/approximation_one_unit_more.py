# caught by: xor/units-asked-for
# A step before the first stair, in place of w0.

# %% solution="any_function"
def any_function(g, hidden):
    edges = np.arange(hidden + 1) / (hidden + 1) - 0.5 * (np.arange(hidden + 1) == 0)
    heights = np.asarray(g((np.arange(hidden + 1) + 0.5) / (hidden + 1)))
    v = np.full((1, hidden + 1), 20.0 * (hidden + 1))
    return v, -v[0] * edges, np.diff(heights, prepend=0.0)[:, None], np.zeros(1)
