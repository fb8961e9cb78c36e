# caught by: norms/norms-of-the-model-learn, norms/norms-inside-of-layers-learn
# Freezes the model as a whole, and then thaws its norms.


# %% solution="learn_only_norms"
def learn_only_norms(model):
    model.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def silent_share(model, threshold):
    gammas = [
        ops.convert_to_numpy(layer.gamma)
        for layer in all_layers(model)
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    return float(np.mean(np.abs(np.concatenate(gammas)) < threshold))
