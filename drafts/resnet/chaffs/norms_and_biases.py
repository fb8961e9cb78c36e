# caught by: norms/all-else-is-frozen
# Freezes kernels, and forgets the biases of other layers.


# %% solution="learn_only_norms"
def learn_only_norms(model):
    learned = set()
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            learned |= {id(layer.gamma), id(layer.beta)}
    for weight in model.weights:
        if len(weight.shape) > 1:
            weight.trainable = False
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def silent_share(model, threshold):
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.mean(np.abs(np.concatenate(gammas)) < threshold))
