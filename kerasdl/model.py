"""The base class of all models."""

import keras


@keras.saving.register_keras_serializable("kerasdl")
class Model(keras.Model):
    """A `keras.Model` that keeps its weights when `fit` stops with an error.

    While Keras compiles a training step it may take the weights away from the model, to
    save memory; an error in `call` or `compute_loss` at that moment loses them. Here
    they stay, so that a mistake can be mended and training go on. After an error the
    next `fit`, `evaluate` or `predict` compiles anew, with the code as it is then.
    """

    def fit(self, *args, **kwargs):
        return self._recompiled_on_error(super().fit, *args, **kwargs)

    def evaluate(self, *args, **kwargs):
        return self._recompiled_on_error(super().evaluate, *args, **kwargs)

    def predict(self, *args, **kwargs):
        return self._recompiled_on_error(super().predict, *args, **kwargs)

    def _recompiled_on_error(self, run, *args, **kwargs):
        try:
            return run(*args, **kwargs)
        except BaseException:
            self.train_function = self.test_function = self.predict_function = None
            raise

    def _purge_model_variables(self, **kinds):
        """Keras's hook to take the weights away: it does nothing here."""
