# caught by: transfer/gradient-descent, transfer/loss-before-each-step
# The loss takes the logits for probabilities.


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    model.compile(
        keras.optimizers.SGD(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=False),
    )
    history = model.fit(x, labels, batch_size=x.shape[0], epochs=steps, verbose=0)
    return history.history["loss"]
