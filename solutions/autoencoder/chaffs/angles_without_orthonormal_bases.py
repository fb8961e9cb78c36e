# caught by: subspaces/any-basis
# Takes the bases as they are.

# %% solution="principal_angles"
def principal_angles(first, second):
    first, second = ops.convert_to_numpy(first), ops.convert_to_numpy(second)
    cosines = np.linalg.svd(first.T @ second, compute_uv=False)
    return np.degrees(np.arccos(np.clip(cosines, -1, 1)))
