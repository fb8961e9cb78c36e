# caught by: xor/any-function
# + k c in place of - k c: all steps are left of 0.

# %% solution="any_function"
def any_function(g, hidden):
    edges = np.arange(1, hidden + 1) / (hidden + 1)
    heights = np.asarray(g((np.arange(hidden + 1) + 0.5) / (hidden + 1)))
    steepness = 20.0 * (hidden + 1)
    v, v0 = np.full((1, hidden), steepness), steepness * edges
    return v, v0, np.diff(heights)[:, None], heights[:1]
