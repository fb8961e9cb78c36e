# caught by: subspaces/angles, subspaces/any-basis
# Compares column with column, not span with span.

# %% solution="principal_angles"
def principal_angles(first, second):
    first, second = ops.convert_to_numpy(first), ops.convert_to_numpy(second)
    one, two = np.linalg.qr(first)[0], np.linalg.qr(second)[0]
    cosines = np.abs(np.sum(one * two, axis=0))
    return np.sort(np.degrees(np.arccos(np.clip(cosines, -1, 1))))
