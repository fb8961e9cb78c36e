"""The U-Net: from images to images."""

import keras

from kerasdl.arguments import check_images, check_whole
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.unet import DoubleCorrelation, DownBlock, UpBlock, check_embedding
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class UNet(Model):
    """U-Net, `(batch, height, width, channels)` to `(batch, height, width, outputs)`.

        down:    `DownBlock(w_1)` ... `DownBlock(w_L-1)`, each halves the image
        bottom:  `DoubleCorrelation(w_L)`
        up:      `UpBlock(w_L-1)` ... `UpBlock(w_1)`, each with the features of its size
        1x1 correlation to the outputs

    The outputs are logits for each pixel, of its class for example, or any numbers.

    With an `embedding_dim` it is called as `model(x, embedding)`; a vector per example,
    such as a timestep of a diffusion model, shifts the features at each level.

    Parameters: with widths w_1 ... w_L, w_0 = channels, e = embedding_dim and
    D(c, f) = 9 f (c + f) + 2 f, or 9 f (c + f) + f (e + 3) with an embedding,
    sum_i D(w_i-1, w_i) + sum_i<L [(4 w_i+1 + 1) w_i + D(2 w_i, w_i)]
    + (w_1 + 1) outputs.

    Args:
        outputs: number of channels of the output.
        widths: number of filters at each level, from the full image down.
        embedding_dim: length of the vector, or None for a model of images alone.

    Raises:
        ValueError: for sizes below 1, no widths, sides that 2^(L-1) does not divide, or
            an embedding that is missing, of another shape or unexpected.

    Source: Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597 (there without
    padding, and five levels); lecture, U-Net for segmentation.
    """

    def __init__(self, outputs, widths=(16, 32), embedding_dim=None, **kwargs):
        super().__init__(**kwargs)
        self.outputs, self.widths = outputs, tuple(widths)
        self.embedding_dim = embedding_dim
        check_whole("UNet", outputs=outputs, levels=len(self.widths))
        *above, lowest = self.widths
        options = {"embedding_dim": embedding_dim, "dtype": self.dtype_policy}
        self.down = [DownBlock(width, **options) for width in above]
        self.bottom = DoubleCorrelation(lowest, **options)
        self.up = [UpBlock(width, **options) for width in reversed(above)]
        self.head = Correlation2D(outputs, kernel_size=1, dtype=self.dtype_policy)

    def build(self, x_shape, embedding_shape=None):
        self._check(x_shape)
        kept_shapes = []
        for block in self.down:
            block.build(x_shape)
            kept, x_shape = block.compute_output_shape(x_shape)
            kept_shapes.append(kept)
        self.bottom.build(x_shape)
        x_shape = self.bottom.compute_output_shape(x_shape)
        for block, kept in zip(self.up, reversed(kept_shapes), strict=True):
            block.build(x_shape, kept)
            x_shape = block.compute_output_shape(x_shape, kept)
        self.head.build(x_shape)

    def _check(self, x_shape):
        check_images("UNet", x_shape)
        factor = 2 ** len(self.down)
        if any(side is not None and side % factor for side in x_shape[1:3]):
            raise ValueError(
                f"UNet with {len(self.widths)} widths needs sides that {factor} "
                f"divides. Received: x_shape={tuple(x_shape)}. "
                "Pad the images, or take fewer widths."
            )

    def call(self, x, embedding=None):
        check_embedding("UNet", embedding, self.embedding_dim)
        kept = []
        for block in self.down:
            features, x = block(x, embedding)
            kept.append(features)
        x = self.bottom(x, embedding)
        for block in self.up:
            x = block(x, kept.pop(), embedding)
        return self.head(x)

    def compute_output_shape(self, x_shape):
        return (*x_shape[:-1], self.outputs)

    def get_config(self):
        return {
            **super().get_config(),
            "outputs": self.outputs,
            "widths": self.widths,
            "embedding_dim": self.embedding_dim,
        }
