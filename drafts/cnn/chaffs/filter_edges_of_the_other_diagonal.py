# caught by: images/edges
# Top right plus bottom left.

# %% solution="lecture_filter"
def lecture_filter(name):
    filters = {
        "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        "box_blur": np.ones((3, 3)) / 9,
        "gaussian_blur": np.outer([1, 2, 1], [1, 2, 1]) / 16,
        "laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        "all_edges": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "diagonal_edges": [[-1, 0, 1], [0, 0, 0], [1, 0, -1]],
        "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "shift_right": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
    }
    return np.array(filters[name])
