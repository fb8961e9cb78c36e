# caught by: transfer/gradient-descent, transfer/loss-before-each-step
# Mini-batches of 32.


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    model.compile(
        keras.optimizers.SGD(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(x, labels, epochs=steps, verbose=0)
    return history.history["loss"]
