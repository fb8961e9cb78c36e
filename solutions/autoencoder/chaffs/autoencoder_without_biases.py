# caught by: deep/mirrored-layers
# No layer has a bias.

# %% solution="build_autoencoder"
def half(sizes, last):
    layers = [keras.Input((sizes[0],))]
    for size in sizes[1:-1]:
        layers.append(keras.layers.Dense(size, "relu", use_bias=False))
    layers.append(keras.layers.Dense(sizes[-1], last, use_bias=False))
    return keras.Sequential(layers)


def build_autoencoder(sizes):
    return half(sizes, None), half(sizes[::-1], None)
