"""Monte-Carlo dropout: a prediction and how sure it is."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class MonteCarlo(Model):
    """Monte-Carlo dropout, `(batch, ...)` to the mean and spread of T predictions.

        mean = 1/T sum_t y_t        deviation = sqrt(1/T sum_t (y_t - mean)^2)

    y_t is the model's output with dropout on, another mask for each t and example. Both
    have the shape of the model's output; `predict` returns the pair. The deviation
    says how much the network's answer depends on its parts; the noise of the data comes
    on top. The T predictions are one batch of T times the size, which is faster than a
    loop.

    Parameters: those of the model.

    Args:
        model: a model with `Dropout`, called as `model(x, training=True)`. What else
            acts in training only acts here too; so batch normalisation must be frozen.
        samples: T, at least 2.

    Raises:
        ValueError: for fewer than 2 samples, or a model with batch normalisation that
            is not frozen.

    Source: Gal and Ghahramani 2016, https://arxiv.org/abs/1506.02142; lecture, dropout
    in testing.
    """

    def __init__(self, model, samples=50, **kwargs):
        super().__init__(**kwargs)
        check_whole("MonteCarlo", least=2, samples=samples)
        self.model, self.samples = model, samples

    def build(self, input_shape):
        if not self.model.built:
            self.model.build(input_shape)

    def call(self, x):
        _check_frozen(self.model)
        repeated = ops.repeat(x, self.samples, axis=0)
        outputs = self.model(repeated, training=True)
        outputs = ops.reshape(outputs, (-1, self.samples, *outputs.shape[1:]))
        return ops.mean(outputs, axis=1), ops.std(outputs, axis=1)

    def get_config(self):
        return {
            **super().get_config(),
            "model": keras.saving.serialize_keras_object(self.model),
            "samples": self.samples,
        }

    @classmethod
    def from_config(cls, config):
        model = keras.saving.deserialize_keras_object(config["model"])
        return cls(**{**config, "model": model})


def _check_frozen(model):
    norms = (BatchNormalization, keras.layers.BatchNormalization)
    awake = [
        layer.name
        for layer in model._flatten_layers()
        if isinstance(layer, norms) and layer.trainable
    ]
    if awake:
        raise ValueError(
            "MonteCarlo needs frozen batch normalisation: else predictions would "
            f"depend on their batch and change the running averages. "
            f"Received: {awake} not frozen. "
            "Call kerasdl.training.freeze(model) after training."
        )
