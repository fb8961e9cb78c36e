# caught by: norms/norms-inside-of-layers-learn
# Goes through model.layers only, and freezes layers with norms inside.


# %% solution="learn_only_norms"
def learn_only_norms(model):
    for layer in model.layers:
        layer.trainable = isinstance(layer, keras.layers.BatchNormalization)
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def silent_share(model, threshold):
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.mean(np.abs(np.concatenate(gammas)) < threshold))
