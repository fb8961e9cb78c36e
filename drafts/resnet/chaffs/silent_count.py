# caught by: norms/silent-share
# A number of gammas, not a share.


# %% solution="learn_only_norms"
def learn_only_norms(model):
    learned = set()
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            learned |= {id(layer.gamma), id(layer.beta)}
    for weight in model.weights:
        weight.trainable = id(weight) in learned
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def silent_share(model, threshold):
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.sum(np.abs(np.concatenate(gammas)) < threshold))
