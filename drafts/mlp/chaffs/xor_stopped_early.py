# caught by: xor/within-0.2
# Right in principle, but the outputs have hardly left 0.5.

# %% solution="solve_xor"
def solve_xor(seed):
    v = np.array([[3.0, -3.0], [-3.0, 3.0]])
    v0 = np.array([-3.0, -3.0])
    w = np.array([[1.5], [1.5]])
    w0 = np.array([-1.0])
    return v, v0, w, w0
