# caught by: deep/shapes
# The decoder gives its numbers a last axis, as of a grey image.

# %% solution="build_autoencoder"
def half(sizes):
    layers = [keras.Input((sizes[0],))]
    for size in sizes[1:-1]:
        layers.append(keras.layers.Dense(size, "relu"))
    return keras.Sequential([*layers, keras.layers.Dense(sizes[-1])])


def build_autoencoder(sizes):
    decoder = half(sizes[::-1])
    decoder.add(keras.layers.Reshape((sizes[0], 1)))
    return half(sizes), decoder
