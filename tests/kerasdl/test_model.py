"""A mistake inside `fit`, `evaluate` or `predict` costs no weights."""

import keras
import numpy as np
import pytest

import kerasdl

pytestmark = pytest.mark.backend

X = np.ones((6, 3), "float32")
Y = np.ones((6, 2), "float32")


class Mistaken(kerasdl.Model):
    """Raises where it is told to."""

    def __init__(self, where=None):
        super().__init__()
        self.dense = kerasdl.Dense(2)
        self.where = where

    def build(self, input_shape):
        self.dense.build(input_shape)

    def call(self, x):
        if self.where == "call":
            raise KeyError("a mistake")
        return self.dense(x)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        if self.where == "loss":
            raise KeyError("a mistake")
        return super().compute_loss(x, y, y_pred, sample_weight, training)


def compiled(**options):
    model = Mistaken(**options)
    model.build((None, 3))
    model.compile(keras.optimizers.SGD(0.1), "mse")
    return model


@pytest.mark.parametrize("method", ["fit", "evaluate"])
def test_weights_survive_and_training_goes_on(method):
    model = compiled(where="loss")
    start = model.get_weights()
    with pytest.raises(KeyError):
        getattr(model, method)(X, Y, verbose=0)
    for one, other in zip(start, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    model.where = None
    losses = model.fit(X, Y, epochs=3, verbose=0).history["loss"]
    assert losses[2] < losses[0]
    assert model.predict(X, verbose=0).shape == (6, 2)


@pytest.mark.parametrize("batches", [True, False])
def test_weights_are_the_same_whoever_builds(batches):
    weights = []
    for built in (True, False):
        kerasdl.seed(3)
        model = kerasdl.MLP((4,), 2)
        if built:
            model.build((None, 3))
        model.compile(keras.optimizers.SGD(0.0), "mse")
        x = [kerasdl.Batches(X, Y, 2, seed=0)] if batches else [X, Y]
        model.fit(*x, verbose=0)
        weights.append(model.get_weights())
    for one, other in zip(*weights, strict=True):
        np.testing.assert_array_equal(one, other)


@keras.saving.register_keras_serializable("tests")
class Scaled(kerasdl.Model):
    def __init__(self, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        pass

    def call(self, x):
        return self.factor * x


def test_arguments_are_saved_without_a_config_of_its_own(tmp_path):
    model = Scaled(3.0)
    model(X)
    model.save(tmp_path / "scaled.keras")
    loaded = keras.models.load_model(tmp_path / "scaled.keras")
    assert loaded.factor == 3.0
    np.testing.assert_array_equal(keras.ops.convert_to_numpy(loaded(X)), 3 * X)


def test_saved_file_leaves_compiling_to_the_backend(tmp_path):
    model = kerasdl.MLP((4,), 2)
    model.compile("sgd", "mse")
    model.fit(X, Y, verbose=0)
    assert model.get_compile_config()["jit_compile"] == "auto"
    model.save(tmp_path / "mlp.keras")
    loaded = keras.models.load_model(tmp_path / "mlp.keras")
    loaded.fit(X, Y, verbose=0)


def test_predict():
    model = compiled(where="call")
    with pytest.raises(KeyError):
        model.predict(X, verbose=0)
    model.where = None
    assert np.isfinite(model.predict(X, verbose=0)).all()


def test_steps_before_the_error_are_kept():
    """The mistake shows at the second, smaller batch only."""
    model = compiled()
    model.fit(X[:4], Y[:4], batch_size=4, shuffle=False, verbose=0)
    expected = model.get_weights()
    model = compiled()
    model.set_weights([np.ones_like(w) for w in expected])

    class Stop(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            if batch == 1:
                raise KeyError("a mistake")

    start = model.get_weights()
    with pytest.raises(KeyError):
        model.fit(X, Y, batch_size=4, shuffle=False, verbose=0, callbacks=[Stop()])
    assert not np.array_equal(start[0], model.get_weights()[0])
    assert np.isfinite(model.get_weights()[0]).all()
