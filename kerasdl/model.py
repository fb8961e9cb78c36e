"""The base class of all models."""

import keras
import numpy as np
from keras import tree

from kerasdl.arguments import plain
from kerasdl.labels import first_batch


@keras.saving.register_keras_serializable("kerasdl")
class Model(keras.Model):
    """A `keras.Model` that keeps its weights when `fit` stops with an error.

    While Keras compiles a training step it may take the weights away from the model, to
    save memory; an error in `call` or `compute_loss` at that moment loses them. Here
    they stay, so that a mistake can be mended and training go on. After an error the
    next `fit`, `evaluate` or `predict` compiles anew, with the code as it is then.

    `fit` on arrays or a `keras.utils.PyDataset` builds the model first, if it is not:
    its initial weights are then the same whichever way it is built. A saved file does
    not say how to compile: each backend does what suits it.

    Raises:
        ValueError: in `fit`, for sample weights without targets, which Keras drops.
    """

    def __new__(cls, *args, **kwargs):
        # Keras records the arguments of layers for `get_config`, those of models not.
        return keras.layers.Layer.__new__(cls, *plain(args), **plain(kwargs))

    def fit(self, x=None, *args, **kwargs):
        if not args and kwargs.get("y") is None:
            _refuse_weights_alone(kwargs.get("sample_weight"))
        if not self.built:
            self._build_for(x)
        return self._recompiled_on_error(super().fit, x, *args, **kwargs)

    def evaluate(self, *args, **kwargs):
        return self._recompiled_on_error(super().evaluate, *args, **kwargs)

    def predict(self, *args, **kwargs):
        return self._recompiled_on_error(super().predict, *args, **kwargs)

    def get_compile_config(self):
        config = super().get_compile_config()
        return {**config, "jit_compile": "auto"} if config else config

    def _build_for(self, x):
        """Keras's own build inside `fit` would draw initial weights several times."""
        x, _ = first_batch(x)
        if all(isinstance(part, np.ndarray) for part in tree.flatten(x)):
            self.build(tree.map_structure(lambda a: (None, *a.shape[1:]), x))

    def _recompiled_on_error(self, run, *args, **kwargs):
        try:
            return run(*args, **kwargs)
        except BaseException:
            self.train_function = self.test_function = self.predict_function = None
            raise

    def _purge_model_variables(self, **kinds):
        """Keras's hook to take the weights away: it does nothing here."""


def _refuse_weights_alone(sample_weight):
    if sample_weight is not None:
        raise ValueError(
            "Keras passes sample weights on only beside targets. Received: "
            "sample_weight, y=None. Write fit(x, x, sample_weight=weights): models "
            "that need no targets do not look at them."
        )
