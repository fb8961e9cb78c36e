# caught by: xor/shapes
# The biases have shapes (1, p) and (1, 1).

# %% solution="solve_xor"
def solve_xor(seed):
    v = np.array([[9.0, -9.0], [-9.0, 9.0]])
    v0 = np.array([[-9.0, -9.0]])
    w = np.array([[9.0], [9.0]])
    w0 = np.array([[-4.0]])
    return v, v0, w, w0
