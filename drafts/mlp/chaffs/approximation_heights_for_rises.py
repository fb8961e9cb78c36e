# caught by: xor/any-function
# Each step adds the whole height, not what it rises.

# %% solution="any_function"
def any_function(g, hidden):
    edges = np.arange(1, hidden + 1) / (hidden + 1)
    heights = np.asarray(g((np.arange(hidden + 1) + 0.5) / (hidden + 1)))
    steepness = 20.0 * (hidden + 1)
    v, v0 = np.full((1, hidden), steepness), -steepness * edges
    return v, v0, heights[1:, None], heights[:1]
