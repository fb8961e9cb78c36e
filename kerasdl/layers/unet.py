"""The pieces of a U-Net: two correlations, a step down, a step up."""

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layer import Layer
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.pooling import MaxPooling2D
from kerasdl.seeding import HeNormal


@keras.saving.register_keras_serializable("kerasdl")
class DoubleCorrelation(Layer):
    """Two 3x3 correlations, `(batch, height, width, channels)` to `(..., filters)`.

        y = relu(W2 * relu(W1 * x + b1 + V e) + b2)

    The term V e is there with an `embedding_dim` only: a vector e for each example,
    such as a timestep or a class, shifts the features of all its pixels.

    Parameters: 9 filters (channels + filters) + 2 filters; with an embedding
    filters (embedding_dim + 1) more.

    Args:
        filters: number of channels of the output.
        embedding_dim: length of e, or None; then `call` takes no embedding.

    Raises:
        ValueError: for filters or an embedding_dim below 1, inputs that are not images,
            or an embedding that is missing or of another shape.

    Source: Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597 (there without
    padding); lecture, U-Net. The embedding: Ho et al. 2020,
    https://arxiv.org/abs/2006.11239, appendix B.
    """

    def __init__(self, filters, embedding_dim=None, **kwargs):
        super().__init__(**kwargs)
        check_whole("DoubleCorrelation", filters=filters)
        self.filters, self.embedding_dim = int(filters), embedding_dim
        self.first = _correlation(filters, 3, self.dtype_policy)
        self.second = _correlation(filters, 3, self.dtype_policy)
        self.shift = None
        if embedding_dim is not None:
            check_whole("DoubleCorrelation", embedding_dim=embedding_dim)
            self.shift = Dense(filters, dtype=self.dtype_policy)

    def build(self, input_shape):
        check_images("DoubleCorrelation", input_shape)
        self.first.build(input_shape)
        self.second.build(self.compute_output_shape(input_shape))
        if self.shift is not None:
            self.shift.build((None, self.embedding_dim))

    def call(self, x, embedding=None):
        check_embedding("DoubleCorrelation", embedding, self.embedding_dim)
        x = self.first(x)
        if embedding is not None:
            x = x + ops.expand_dims(self.shift(embedding), (1, 2))
        return ops.relu(self.second(ops.relu(x)))

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.filters)


@keras.saving.register_keras_serializable("kerasdl")
class DownBlock(Layer):
    """A step down, `(batch, height, width, channels)` to features and their half.

    The features are `DoubleCorrelation(filters)` of x, `(batch, height, width,
    filters)`. They are returned for the way up, together with what goes on down: the
    largest of every 2x2 of them, `(batch, height/2, width/2, filters)`.

    Parameters: those of `DoubleCorrelation`.

    Args:
        filters: number of channels of the features.
        embedding_dim: as in `DoubleCorrelation`.

    Raises:
        ValueError: as `DoubleCorrelation`; or for an image with an odd side.

    Source: as `DoubleCorrelation`.
    """

    def __init__(self, filters, embedding_dim=None, **kwargs):
        super().__init__(**kwargs)
        self.filters, self.embedding_dim = filters, embedding_dim
        policy = self.dtype_policy
        self.correlations = DoubleCorrelation(filters, embedding_dim, dtype=policy)
        self.pooling = MaxPooling2D(2, dtype=policy)

    def build(self, input_shape):
        check_images("DownBlock", input_shape)
        if any(side is not None and side % 2 for side in input_shape[1:3]):
            raise ValueError(
                "DownBlock needs images with even sides, so that they can be halved. "
                f"Received: input_shape={tuple(input_shape)}. Pad or crop the images."
            )
        self.correlations.build(input_shape)
        self.pooling.build(self.correlations.compute_output_shape(input_shape))

    def call(self, x, embedding=None):
        features = self.correlations(x, embedding)
        return features, self.pooling(features)

    def compute_output_shape(self, input_shape):
        features = self.correlations.compute_output_shape(input_shape)
        return features, self.pooling.compute_output_shape(features)


@keras.saving.register_keras_serializable("kerasdl")
class UpBlock(Layer):
    """A step up, small images and the features of their size to `(..., filters)`.

    x `(batch, height, width, channels)` is doubled, each pixel becoming 2x2; a 2x2
    correlation leaves `filters` channels; the features kept on the way down `(batch,
    2 height, 2 width, kept)` are concatenated, and `DoubleCorrelation(filters)` joins
    both: what is there from below, and where exactly from the side.

    Parameters: (4 channels + 1) filters, and those of `DoubleCorrelation` for
    filters + kept channels.

    Args:
        filters: number of channels of the output.
        embedding_dim: as in `DoubleCorrelation`.

    Raises:
        ValueError: as `DoubleCorrelation`; or for features of another size.

    Source: as `DoubleCorrelation`.
    """

    def __init__(self, filters, embedding_dim=None, **kwargs):
        super().__init__(**kwargs)
        self.filters, self.embedding_dim = filters, embedding_dim
        policy = self.dtype_policy
        self.up = _correlation(filters, 2, policy)
        self.correlations = DoubleCorrelation(filters, embedding_dim, dtype=policy)

    def build(self, x_shape, features_shape):
        check_images("UpBlock", x_shape)
        _check_doubled(x_shape, features_shape)
        self.up.build(x_shape)
        *outside, kept = features_shape
        self.correlations.build((*outside, self.filters + kept))

    def call(self, x, features, embedding=None):
        _check_doubled(x.shape, features.shape)
        doubled = ops.repeat(ops.repeat(x, 2, axis=1), 2, axis=2)
        both = ops.concatenate([features, self.up(doubled)], axis=-1)
        return self.correlations(both, embedding)

    def compute_output_shape(self, x_shape, features_shape):
        return (*features_shape[:-1], self.filters)


def _check_doubled(x, features):
    pairs = zip(x[1:3], features[1:3], strict=False)
    if any(None not in pair and 2 * pair[0] != pair[1] for pair in pairs):
        raise ValueError(
            "UpBlock needs features with twice the height and width of x. "
            f"Received: x of shape {tuple(x)}, features of shape {tuple(features)}."
        )


def check_embedding(layer, embedding, dim):
    """Raise a ValueError unless an embedding is there exactly where dim is a number."""
    shape = None if embedding is None else tuple(embedding.shape)
    if (shape is None and dim is None) or (
        shape and len(shape) == 2 and shape[1] == dim
    ):
        return
    expected = (
        "no embedding" if dim is None else f"an embedding of shape (batch, {dim})"
    )
    raise ValueError(
        f"{layer} was made with embedding_dim={dim} and needs {expected}. "
        f"Received: {'none' if shape is None else f'one of shape {shape}'}."
    )


def _correlation(filters, size, dtype):
    return Correlation2D(
        filters,
        size,
        padding="same",
        kernel_initializer=HeNormal(),
        dtype=dtype,
    )
