# caught by: images/edges, images/sharpen, images/identity-and-shift
# Half of the table.

# %% solution="lecture_filter"
def lecture_filter(name):
    return {
        "identity": np.outer([0, 1, 0], [0, 1, 0]),
        "box_blur": np.ones((3, 3)) / 9,
        "gaussian_blur": np.outer([1, 2, 1], [1, 2, 1]) / 16,
    }[name]
