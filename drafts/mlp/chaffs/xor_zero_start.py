# caught by: xor/right-side, xor/within-0.2
# Starts from zeros: all hidden units stay copies of each other.

# %% solution="solve_xor"
def solve_xor(seed):
    weights = [ops.zeros(shape) for shape in ((2, 8), (8,), (8, 1), (1,))]

    def error(v, v0, w, w0):
        z = ops.sigmoid(ops.matmul(xor_points, v) + v0)
        y = ops.sigmoid(ops.matmul(z, w) + w0)
        return 0.5 * ops.mean((xor_targets - y) ** 2)

    gradients = autodiff.jit(autodiff.value_and_grad(error, argnums=(0, 1, 2, 3)))
    for _ in range(300):
        _, slopes = gradients(*weights)
        weights = [w - 8.0 * slope for w, slope in zip(weights, slopes, strict=True)]
    return weights
