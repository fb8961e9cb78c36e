# caught by: transfer/loss-before-each-step
# The loss after each step.


# %% solution="fine_tune"
def fine_tune(model, x, labels, rate, steps):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(rate), loss)
    losses = []
    for _ in range(steps):
        model.train_on_batch(x, labels)
        losses.append(float(loss(labels, model(x))))
    return losses
