# caught by: transfer/gradient-descent, transfer/loss-before-each-step
# Trains the whole network.


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    for layer in model.layers:
        layer.trainable = True
    model.compile(
        keras.optimizers.SGD(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(x, labels, batch_size=x.shape[0], epochs=steps, verbose=0)
    return history.history["loss"]
