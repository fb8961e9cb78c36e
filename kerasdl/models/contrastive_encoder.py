"""An encoder that learns from two views of each example."""

import keras

from kerasdl.contrastive import info_nce, unit
from kerasdl.model import Model
from kerasdl.models.mlp import MLP
from kerasdl.weighting import weighted_mean


@keras.saving.register_keras_serializable("kerasdl")
class ContrastiveEncoder(Model):
    """`(batch, features)` to codes of length 1, `(batch, dim)`, without labels.

    Two views of the same example, such as two distortions of an image, should have
    similar codes, and views of different examples should not: `fit(views, others)`
    minimises `kerasdl.contrastive.info_nce`. What the distortions change is forgotten;
    what they leave is kept. The larger the batch, the harder the task.

    Parameters: those of `MLP(units, dim)`.

    Args:
        units: of the hidden layers, as in `MLP`.
        dim: numbers in a code.
        temperature: as in `info_nce`.

    Raises:
        ValueError: when the temperature is not above 0, or another argument is not one
            that `MLP` takes.

    Source: lecture, closing list; Chen et al. 2020, https://arxiv.org/abs/2002.05709
    """

    def __init__(self, units, dim, temperature=0.1, **kwargs):
        super().__init__(**kwargs)
        if not temperature > 0:
            raise ValueError(
                "ContrastiveEncoder divides similarities by a temperature above 0. "
                f"Received: temperature={temperature}. 0.1 is usual."
            )
        self.encoder = MLP(units, dim, dtype=self.dtype_policy)
        self.temperature = temperature

    def build(self, input_shape):
        self.encoder.build(input_shape)

    def call(self, x):
        return unit(self.encoder(x))

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        others = self(y, training=training)
        losses = info_nce(y_pred, others, self.temperature)
        return weighted_mean(losses, sample_weight)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.encoder.units,
            "dim": self.encoder.head.units,
            "temperature": self.temperature,
        }
