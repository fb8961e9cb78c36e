# caught by: subspaces/angles
# Radians.

# %% solution="principal_angles"
def principal_angles(first, second):
    first, second = ops.convert_to_numpy(first), ops.convert_to_numpy(second)
    one, two = np.linalg.qr(first)[0], np.linalg.qr(second)[0]
    cosines = np.linalg.svd(one.T @ two, compute_uv=False)
    return np.arccos(np.clip(cosines, -1, 1))
