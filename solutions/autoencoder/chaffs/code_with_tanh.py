# caught by: deep/linear-ends
# The code is squashed by tanh.

# %% solution="build_autoencoder"
def half(sizes, last):
    layers = [keras.Input((sizes[0],))]
    for size in sizes[1:-1]:
        layers.append(keras.layers.Dense(size, "relu"))
    return keras.Sequential([*layers, keras.layers.Dense(sizes[-1], last)])


def build_autoencoder(sizes):
    return half(sizes, "tanh"), half(sizes[::-1], None)
