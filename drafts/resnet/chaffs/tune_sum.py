# caught by: transfer/gradient-descent, transfer/loss-before-each-step
# The loss is a sum over the examples.


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    model.compile(
        keras.optimizers.SGD(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum"),
    )
    history = model.fit(x, labels, batch_size=x.shape[0], epochs=steps, verbose=0)
    return history.history["loss"]
