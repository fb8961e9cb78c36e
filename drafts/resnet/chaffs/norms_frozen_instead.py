# caught by: norms/norms-of-the-model-learn, norms/norms-inside-of-layers-learn, norms/all-else-is-frozen
# Freezes the norms and trains the rest.


# %% solution="learn_only_norms"
def learn_only_norms(model):
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def silent_share(model, threshold):
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.mean(np.abs(np.concatenate(gammas)) < threshold))
