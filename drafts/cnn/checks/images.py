"""Problem 2: correlation of images."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, told, verdict


def correlation(image, kernel):
    """Of one channel (H, W) with one filter (K, L), where it fits, by slow loops."""
    k, m = kernel.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - m + 1
    y = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        y[i, j] = np.sum(image[i : i + k, j : j + m] * kernel)
    return y


class OneChannel(Check):
    """One channel and one filter; what was padded before is compared with padding."""

    question = "images/one-channel"

    def inputs(self, rng):
        images = rng.normal(size=(2, 6, 9, 1))
        return {
            "images": images,
            "kernel": rng.normal(size=(3, 2, 1, 1)),
            "padded": np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0))),
        }

    @staticmethod
    def run(student, images, kernel, padded):
        of = student.correlate_images
        return {
            "plain": of(images, kernel),
            "stride": of(images, kernel, stride=2),
            "padding": of(images, kernel, padding=2),
            "padded": of(padded, kernel),
        }


class SumsOverWindows(OneChannel):
    name = "images/sums-over-windows"
    weight = 2.0

    def mark(self, result, inputs):
        kernel = inputs["kernel"][:, :, 0, 0]

        def with_(kernel):
            stack = [correlation(image[:, :, 0], kernel) for image in inputs["images"]]
            return np.stack(stack)[..., None]

        difference = compare(result["plain"], with_(kernel))
        if difference and compare(result["plain"], with_(kernel[::-1, ::-1])) is None:
            difference = "turns the kernel around"
        look_at = (
            "each output is the sum over a window of image times kernel; rows go with "
            "rows, columns with columns."
        )
        return verdict(told("`correlate_images`", difference, look_at))


class ImageStride(OneChannel):
    name = "images/stride"

    def mark(self, result, inputs):
        plain = array(result["plain"])
        if plain is None or plain.ndim != 4 or not plain.any():
            return verdict("`correlate_images` gives no images to judge the stride of.")
        look_at = (
            "compared with every second row and column of your own result at stride 1."
        )
        difference = compare(result["stride"], plain[:, ::2, ::2])
        return verdict(told("`correlate_images` with a stride", difference, look_at))


class ImagePadding(OneChannel):
    name = "images/padding"

    def mark(self, result, inputs):
        padded = array(result["padded"])
        if padded is None or padded.ndim != 4 or not padded.any():
            return verdict("`correlate_images` gives no images to judge padding of.")
        look_at = (
            "compared with your own result on images that have zeros on all four "
            "sides already."
        )
        difference = compare(result["padding"], padded)
        return verdict(told("`correlate_images` with padding", difference, look_at))


class Channels(Check):
    """Compared with the student's own results, one channel and one filter at a time."""

    def inputs(self, rng):
        return {
            "images": rng.normal(size=(2, 6, 9, self.channels)),
            "kernels": rng.normal(size=(3, 2, self.channels, self.filters)),
        }

    @staticmethod
    def run(student, images, kernels):
        of, channels, filters = student.correlate_images, *kernels.shape[2:]
        alone = []
        for c in range(channels):
            for f in range(filters):
                one = of(
                    images[:, :, :, c : c + 1], kernels[:, :, c : c + 1, f : f + 1]
                )
                alone.append(one)
        return {"together": of(images, kernels), "alone": alone}

    def mark(self, result, inputs):
        alone = array(result["alone"])
        if alone is None or alone.ndim != 5 or not alone.any():
            return verdict(
                "`correlate_images` with one channel and one filter gives no images "
                "of shape (B, H', W', 1)."
            )
        expected = self.expected(alone)
        difference = compare(result["together"], expected)
        return verdict(told(self.subject, difference, self.look_at))


class InputChannels(Channels):
    name = "images/channels-are-summed"
    channels, filters = 3, 1
    subject = "`correlate_images` of three channels"
    look_at = "compared with the sum of your own results for each channel alone."

    def expected(self, alone):
        return alone.sum(axis=0)


class Filters(Channels):
    name = "images/filters-stay-apart"
    channels, filters = 1, 3
    subject = "`correlate_images` with three filters"
    look_at = (
        "compared with your own results for each filter alone: filter f gives output "
        "channel f, the last axis."
    )

    def expected(self, alone):
        return np.concatenate(list(alone), axis=-1)


checks = [
    SumsOverWindows(),
    ImageStride(),
    ImagePadding(),
    InputChannels(),
    Filters(),
]
