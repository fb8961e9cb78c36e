"""What Keras already does for training, and the library therefore does not.

Early stopping with the best weights, moving averages of weights, max-norm: each is
tried with `kerasdl.Model` on the backend that runs.
"""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl.models.mlp import MLP

pytestmark = pytest.mark.backend

X = np.linspace(-1, 1, 32, dtype="float32").reshape(16, 2)
Y = X.sum(axis=1, keepdims=True)


class Kept(keras.callbacks.Callback):
    """Notes the weights after each epoch, and the validation loss."""

    def __init__(self):
        super().__init__()
        self.weights, self.losses = [], []

    def on_epoch_end(self, epoch, logs=None):
        self.weights.append(self.model.get_weights())
        self.losses.append(logs["val_loss"])


def model_of(optimizer, units=(4,)):
    kerasdl.seed(0)
    model = MLP(units, 1)
    model.build((None, 2))
    model.compile(optimizer, "mse")
    return model


def fit(model, callbacks, epochs):
    """Train on targets that the validation contradicts after a while."""
    validation = (X, 0.5 * Y)
    model.fit(
        *(X, Y), batch_size=16, epochs=epochs, validation_data=validation,
        callbacks=callbacks, shuffle=False, verbose=0,
    )  # fmt: skip


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("patience", [2, 1000], ids=["stopped", "to the last epoch"])
def test_early_stopping_restores_the_best_weights(patience):
    kept = Kept()
    model = model_of(keras.optimizers.SGD(0.2), units=())
    model.set_weights([np.zeros((2, 1)), np.zeros(1)])  # on its way it meets 0.5 Y
    stop = keras.callbacks.EarlyStopping(
        patience=patience, min_delta=0, restore_best_weights=True
    )
    fit(model, [kept, stop], epochs=30)
    best = int(np.argmin(kept.losses))
    assert 0 < best < len(kept.losses) - 1  # the last epoch is not the best
    assert (len(kept.losses) == 30) == (patience == 1000)
    assert same(model.get_weights(), kept.weights[best])
    assert not same(model.get_weights(), kept.weights[-1])


def averaged(weights, momentum):
    """Keras starts the average at the weights after the first step."""
    average = weights[0]
    for following in weights[1:]:
        average = [
            momentum * a + (1 - momentum) * w
            for a, w in zip(average, following, strict=True)
        ]
    return average


def test_moving_average_of_the_optimizer_ends_in_the_model():
    kept = Kept()
    fit(model_of(keras.optimizers.SGD(0.1)), [kept], epochs=4)
    averaging = keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.6)
    model = model_of(averaging)
    fit(model, [], epochs=4)
    expected = averaged(kept.weights, 0.6)
    for one, other in zip(model.get_weights(), expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_swapping_judges_the_average_and_goes_on_with_the_weights():
    plain = Kept()
    fit(model_of(keras.optimizers.SGD(0.1)), [plain], epochs=4)
    averaging = keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.6)
    model, kept = model_of(averaging), Kept()
    fit(model, [keras.callbacks.SwapEMAWeights(swap_on_epoch=True), kept], epochs=4)
    for epoch in range(4):
        expected = averaged(plain.weights[: epoch + 1], 0.6)
        for one, other in zip(kept.weights[epoch], expected, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-6)
    for one, other in zip(model.get_weights(), kept.weights[-1], strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_max_norm_holds_after_every_step():
    class Norms(keras.callbacks.Callback):
        largest = 0.0

        def on_train_batch_end(self, batch, logs=None):
            kernel = self.model.get_weights()[0]
            self.largest = max(self.largest, np.linalg.norm(kernel, axis=0).max())

    limit = keras.constraints.MaxNorm(0.7, axis=0)
    start = kerasdl.GlorotUniform(0)
    layer = keras.layers.Dense(3, kernel_initializer=start, kernel_constraint=limit)
    model, norms = keras.Sequential([keras.Input((2,)), layer]), Norms()
    model.compile(keras.optimizers.SGD(0.5), "mse")
    targets = np.repeat(5 * Y, 3, axis=1)
    model.fit(X, targets, batch_size=4, epochs=3, callbacks=[norms], verbose=0)
    assert 0.69 < norms.largest < 0.7 + 1e-5
