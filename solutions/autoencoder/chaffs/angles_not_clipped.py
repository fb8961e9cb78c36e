# caught by: subspaces/equal-spans
# Cosines above 1 by rounding become NaN.

# %% solution="principal_angles"
def principal_angles(first, second):
    first, second = ops.convert_to_numpy(first), ops.convert_to_numpy(second)
    one, two = np.linalg.qr(first)[0], np.linalg.qr(second)[0]
    return np.degrees(np.arccos(np.linalg.svd(one.T @ two, compute_uv=False)))
