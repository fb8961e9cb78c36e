# caught by: norms/count
# Counts before it freezes.


# %% solution="learn_only_norms"
def learn_only_norms(model):
    learned = set()
    count = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            learned |= {id(layer.gamma), id(layer.beta)}
    for weight in model.weights:
        weight.trainable = id(weight) in learned
    return count


def silent_share(model, threshold):
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.mean(np.abs(np.concatenate(gammas)) < threshold))
