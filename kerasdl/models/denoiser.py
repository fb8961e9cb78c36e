"""The network of a diffusion model: it predicts the noise in a noisy example."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.layers.dense import Dense
from kerasdl.layers.one_hot import one_hot
from kerasdl.layers.timestep_embedding import TimestepEmbedding
from kerasdl.nested import deserialized, serialized
from kerasdl.seeding import Normal


@keras.saving.register_keras_serializable("kerasdl")
class Denoiser(Layer):
    """Noisy examples `(batch, ...)`, timesteps `(batch,)` to the noise in them.

    The timestep, and the label if there are classes, become one embedding, which the
    network is given beside the example:

        e = silu(W_2 silu(W_1 sinusoid(t) + b_1) + b_2 + table[label])

    With d = embedding_dim it has 2 d (d + 1) parameters, (classes + 1) d more if it
    has classes, and those of the network.

    Args:
        network: called as `network(x, embedding)`, it returns what has the shape of x:
            a `ConditionedMLP` for points, a `UNet` for images.
        embedding_dim: size of the embedding, even.
        classes: number of classes, or 0 for examples without labels. The table has one
            more row: the label `classes` stands for "no label".

    Call arguments:
        x: noisy examples.
        steps: timesteps, integers from 0.
        labels: integers `(batch,)` in [0, classes], if there are classes.

    Raises:
        ValueError: for an odd embedding_dim, negative classes, labels without classes
            or classes without labels.

    Source: Ho et al. 2020, https://arxiv.org/abs/2006.11239, appendix B.
    """

    def __init__(self, network, embedding_dim=32, classes=0, **kwargs):
        super().__init__(**kwargs)
        check_whole("Denoiser", 0, classes=classes)
        self.network = network
        self.embedding_dim = embedding_dim
        self.classes = classes
        policy = self.dtype_policy
        self.timestep = TimestepEmbedding(embedding_dim, dtype=policy)
        self.hidden = Dense(embedding_dim, "silu", dtype=policy)
        self.projection = Dense(embedding_dim, dtype=policy)

    def build(self, x_shape, steps_shape, labels_shape=None):
        embedding_shape = (x_shape[0], self.embedding_dim)
        self.timestep.build(steps_shape)
        self.hidden.build(embedding_shape)
        self.projection.build(embedding_shape)
        if self.classes:
            shape = (self.classes + 1, self.embedding_dim)
            self.table = self.add_weight(shape, Normal(stddev=1.0), name="table")
        if not self.network.built:
            self.network.build(x_shape, embedding_shape)

    def call(self, x, steps, labels=None):
        if (labels is None) != (self.classes == 0):
            raise ValueError(
                "Denoiser takes labels if it has classes, and only then. Received: "
                f"classes={self.classes}, {'no ' if labels is None else ''}labels. "
                "Set `classes`; a label equal to `classes` stands for no label."
            )
        embedding = self.projection(self.hidden(self.timestep(steps)))
        if labels is not None:
            # Dense, so that optimizers treat all rows alike on every backend.
            rows = one_hot(labels, self.classes + 1, embedding.dtype)
            embedding = embedding + ops.matmul(rows, self.table)
        return self.network(x, ops.silu(embedding))

    def compute_output_shape(self, x_shape, steps_shape, labels_shape=None):
        return x_shape

    def get_config(self):
        return {
            **super().get_config(),
            "network": serialized(self.network),
            "embedding_dim": self.embedding_dim,
            "classes": self.classes,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**deserialized(config, "network"))
