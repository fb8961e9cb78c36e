"""Problem 7: images as tokens.

The pixels of the images say where they come from, so that each idea can be looked at
whatever the others are: which patch, which place in it, which image.
"""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, told, verdict

ROWS, COLUMNS, SIDE, CHANNELS = 3, 2, 2, 3
PIXELS, PATCHES = SIDE * SIDE * CHANNELS, ROWS * COLUMNS


def labelled(rng, batch):
    """Images whose pixels are number of the image, of the patch and of the pixel.

    1000 * image + 20 * patch + pixel, where numbers of images are random.
    """
    shape = (batch, ROWS * SIDE, COLUMNS * SIDE, CHANNELS)
    images = np.zeros(shape)
    numbers = rng.choice(np.arange(1, 99), batch, replace=False)
    for b, row, column, channel in np.ndindex(shape):
        patch = (row // SIDE) * COLUMNS + column // SIDE
        pixel = ((row % SIDE) * SIDE + column % SIDE) * CHANNELS + channel
        images[b, row, column, channel] = 1000 * numbers[b] + 20 * patch + pixel
    return images, numbers


class Cut(Check):
    question = "patches/cut"

    def inputs(self, rng):
        images, numbers = labelled(rng, 2)
        return {"images": images, "numbers": numbers, "patch": SIDE}

    @staticmethod
    def run(student, images, patch):
        return student.cut_patches(images, patch)

    def labels(self, result):
        """Number of the image, the patch and the pixel of each value, or None."""
        found = array(result)
        if found is None or found.shape != (2, PATCHES, PIXELS):
            return None
        found = np.round(found)
        return found // 1000, found % 1000 // 20, found % 20


MISSHAPEN = (
    f"`cut_patches` of 2 images of 6 x 4 pixels with 3 channels in squares of 2 x 2 "
    f"does not have the shape {(2, PATCHES, PIXELS)}, or is not finite."
)


class Squares(Cut):
    """Each token holds the pixels of one square of one image, in some order."""

    name = "patches/squares"

    def mark(self, result, inputs):
        labels = self.labels(result)
        if labels is None:
            return verdict(MISSHAPEN)
        images, patches, pixels = labels
        of_one = (
            np.ptp(images, axis=-1).max() == 0 and np.ptp(patches, axis=-1).max() == 0
        )
        all_there = np.all(np.sort(pixels, axis=-1) == np.arange(PIXELS))
        if of_one and all_there:
            return Verdict(1.0)
        return verdict(
            "A token of `cut_patches` does not hold all pixels of one square: a "
            "reshape alone cuts the image into strips. Which axes say which patch?"
        )


class OrderOfPatches(Cut):
    name = "patches/order-of-patches"

    def mark(self, result, inputs):
        labels = self.labels(result)
        if labels is None:
            return verdict(MISSHAPEN)
        images, patches, _ = (np.median(part, axis=-1) for part in labels)
        in_order = np.all(patches == np.arange(PATCHES))
        if in_order and np.all(images == inputs["numbers"][:, None]):
            return Verdict(1.0)
        return verdict(
            "The tokens of `cut_patches` do not come row by row from the top left: "
            "token 1 is to the right of token 0. Look at images that are not square."
        )


class OrderOfPixels(Cut):
    name = "patches/order-of-pixels"

    def mark(self, result, inputs):
        labels = self.labels(result)
        if labels is None:
            return verdict(MISSHAPEN)
        if np.all(labels[2] == np.arange(PIXELS)):
            return Verdict(1.0)
        return verdict(
            "Within a token of `cut_patches` the numbers do not come row by row, of a "
            "pixel its channels: flatten every square in this order."
        )


class Embed(Check):
    question = "patches/embed"

    def inputs(self, rng):
        return {
            "images": rng.normal(size=(2, ROWS * SIDE, COLUMNS * SIDE, CHANNELS)),
            "kernel": rng.normal(size=(PIXELS, 5)),
            "bias": rng.normal(size=5),
            "token": rng.normal(size=5),
            "patch": SIDE,
        }

    @staticmethod
    def run(student, images, kernel, bias, token, patch):
        try:
            patches = student.cut_patches(images, patch)
        except Exception:
            patches = None
        tokens = student.embed_patches(images, kernel, bias, token, patch)
        return {"tokens": tokens, "patches": patches}


def cut(images):
    """By a slow loop."""
    tokens = []
    for image in np.asarray(images, "float64"):
        for top in range(0, ROWS * SIDE, SIDE):
            for left in range(0, COLUMNS * SIDE, SIDE):
                square = image[top : top + SIDE, left : left + SIDE]
                tokens.append(square.ravel())
    return np.reshape(tokens, (len(images), PATCHES, PIXELS))


class Projection(Embed):
    """Of the right patches or of the student's own, wherever the class token is."""

    name = "patches/projection"

    def mark(self, result, inputs):
        tokens, own = array(result["tokens"]), array(result["patches"])
        if tokens is None or tokens.ndim != 3 or tokens.shape[1] < PATCHES:
            return verdict("`embed_patches` does not give a token per patch.")
        cuts = [cut(inputs["images"])]
        if own is not None and own.shape == cuts[0].shape:
            cuts.append(own)
        differences = []
        for patches in cuts:
            expected = patches @ inputs["kernel"] + inputs["bias"]
            for part in (tokens[:, -PATCHES:], tokens[:, :PATCHES]):
                differences.append(compare(part, expected, 1e-3))
        look_at = "each patch goes through the same kernel and gets the bias."
        difference = None if None in differences else differences[0]
        text = "The patches' tokens in `embed_patches`; their array"
        return verdict(told(text, difference, look_at))


class ClassToken(Embed):
    name = "patches/class-token"

    def mark(self, result, inputs):
        tokens = array(result["tokens"])
        shape = None if tokens is None else tokens.shape
        if shape != (2, 1 + PATCHES, 5):
            return verdict(
                f"`embed_patches` has shape {shape}, expected {(2, 1 + PATCHES, 5)}: "
                f"one class token for each image, beside its patches."
            )
        expected = np.broadcast_to(inputs["token"], (2, 5))
        look_at = "token 0 of every image is the class token as it was given."
        difference = compare(tokens[:, 0], expected)
        return verdict(told("The first token of `embed_patches`", difference, look_at))


checks = [Squares(), OrderOfPatches(), OrderOfPixels(), Projection(), ClassToken()]
