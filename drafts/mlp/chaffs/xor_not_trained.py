# caught by: xor/right-side, xor/within-0.2
# Returns the random start.

# %% solution="solve_xor"
def solve_xor(seed):
    rng = np.random.default_rng(seed)
    shapes = ((2, 8), (8,), (8, 1), (1,))
    return tuple(rng.normal(0, 0.5, shape) for shape in shapes)
