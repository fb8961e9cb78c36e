"""Images to tokens: patches, and the class token."""

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layer import Layer
from kerasdl.layers.dense import Dense
from kerasdl.layers.multi_head_attention import check_tokens
from kerasdl.seeding import Normal


def cut_patches(images, patch):
    """Images `(batch, height, width, channels)` to `(batch, patches, pixels)`.

    The squares of patch x patch pixels, row by row; within a patch the pixels row by
    row, and of each pixel its channels: pixels = patch^2 channels. height and width are
    whole multiples of patch.
    """
    height, width, channels = images.shape[1:]
    rows, columns = height // patch, width // patch
    cut = ops.reshape(images, (-1, rows, patch, columns, patch, channels))
    by_patch = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
    return ops.reshape(by_patch, (-1, rows * columns, patch * patch * channels))


@keras.saving.register_keras_serializable("kerasdl")
class PatchEmbedding(Layer):
    """Patch embedding, `(batch, height, width, channels)` to `(batch, tokens, dim)`.

    The image is cut into tokens = (height / patch)(width / patch) squares, row by row;
    each, flattened, goes through the same dense layer. (A convolution whose kernel and
    stride are patch x patch does the same.)

    Number of parameters: patch^2 channels dim + dim.

    Args:
        patch: side of the squares, in pixels.
        dim: size of the tokens.

    Raises:
        ValueError: when patch is not a positive integer, the input is not an image of
            known size, or patch does not divide its height and width.

    Source: Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929, section 3.1;
        lecture, vision transformers.
    """

    def __init__(self, patch, dim, **kwargs):
        super().__init__(**kwargs)
        check_whole("PatchEmbedding", patch=patch)
        self.patch = patch
        self.dense = Dense(dim, name="dense", dtype=self.dtype_policy)

    def build(self, input_shape):
        check_images("PatchEmbedding", input_shape, sides_known=True)
        batch, height, width, channels = input_shape
        if height % self.patch or width % self.patch:
            raise ValueError(
                "PatchEmbedding needs a patch that divides height and width. Received: "
                f"patch={self.patch}, images of {height} x {width}. "
                "Take a common divisor, or pad the images."
            )
        self.dense.build((batch, None, self.patch**2 * channels))
        self.input_spec = keras.InputSpec(shape=(None, height, width, channels))

    def call(self, images):
        return self.dense(cut_patches(images, self.patch))

    def compute_output_shape(self, input_shape):
        batch, height, width, _ = input_shape
        tokens = (height // self.patch) * (width // self.patch)
        return (batch, tokens, self.dense.units)


@keras.saving.register_keras_serializable("kerasdl")
class ClassToken(Layer):
    """Class token, `(batch, tokens, dim)` to `(batch, 1 + tokens, dim)`.

    Puts one learned token, the same for every example, before the others. Attention
    gathers in it what the class depends on. dim parameters.

    Source: Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929, section 3.1;
        lecture, class token.
    """

    def build(self, input_shape):
        check_tokens("ClassToken", input_shape)
        self.token = self.add_weight(
            shape=(1, 1, input_shape[-1]), initializer=Normal(stddev=0.02), name="token"
        )
        self.input_spec = keras.InputSpec(ndim=3, axes={-1: input_shape[-1]})

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        batch, _, dim = ops.shape(x)
        token = ops.broadcast_to(ops.cast(self.token, x.dtype), (batch, 1, dim))
        return ops.concatenate([token, x], axis=1)

    def compute_output_shape(self, input_shape):
        batch, tokens, dim = input_shape
        return (batch, None if tokens is None else tokens + 1, dim)
