# caught by: deep/linear-ends
# The output has a sigmoid.

# %% solution="build_autoencoder"
def half(sizes, last):
    layers = [keras.Input((sizes[0],))]
    for size in sizes[1:-1]:
        layers.append(keras.layers.Dense(size, "relu", use_bias=True))
    layers.append(keras.layers.Dense(sizes[-1], last, use_bias=True))
    return keras.Sequential(layers)


def build_autoencoder(sizes):
    return half(sizes, None), half(sizes[::-1], "sigmoid")
