# caught by: transfer/gradient-descent
# Gradient descent with momentum.


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(x, labels, batch_size=x.shape[0], epochs=steps, verbose=0)
    return history.history["loss"]
