"""Problem 5: pooling."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, first, told, verdict

SIZE = 3


class Pooling(Check):
    """Windows side by side; other strides are compared with the student's own values.

    The sides are such that no stride leaves anything over.
    """

    question = "pooling/windows"

    def inputs(self, rng):
        images = rng.normal(size=(1, 9, 15, 2)) - 6.0  # all negative
        return {"images": images, "size": SIZE, "strides": [1, 2, SIZE, 2 * SIZE]}

    @staticmethod
    def run(student, images, size, strides):
        functions = ("max_pool", "average_pool")
        return {
            name: [getattr(student, name)(images, size, stride) for stride in strides]
            for name in functions
        }


class Values(Pooling):
    def __init__(self, name, function, reduce, look_at):
        self.name, self.function = name, function
        self.reduce, self.look_at = reduce, look_at

    def mark(self, result, inputs):
        expected = np.zeros((1, 3, 5, 2))
        for i, j in np.ndindex(3, 5):
            rows, columns = (slice(SIZE * n, SIZE * (n + 1)) for n in (i, j))
            window = inputs["images"][:, rows, columns]
            expected[:, i, j] = self.reduce(window, axis=(1, 2))
        difference = compare(result[self.function][2], expected)
        subject = f"`{self.function}` of windows side by side"
        return verdict(told(subject, difference, self.look_at))


class PoolingStride(Pooling):
    """Overlaps and gaps."""

    name = "pooling/stride"

    def mark(self, result, inputs):
        strides = inputs["strides"]
        return verdict(first(*(self.wrong(result[f], f, strides) for f in result)))

    def wrong(self, own, function, strides):
        plain = array(own[0])
        if plain is None or plain.shape != (1, 7, 13, 2):
            shape = None if plain is None else plain.shape
            return (
                f"`{function}` of 9 x 15 pixels with size 3 and stride 1 has shape "
                f"{shape}: windows may overlap."
            )
        for stride, pooled in zip(strides, own, strict=True):
            difference = compare(pooled, plain[:, ::stride, ::stride])
            if difference:
                look_at = "compared with your own result at stride 1, a part of it."
                return told(f"`{function}` with stride {stride}", difference, look_at)


class Leftovers(Check):
    """Windows side by side, on sides that they do not fill."""

    name = "pooling/what-fills-no-window"
    weight = 0.5

    def inputs(self, rng):
        images = rng.normal(size=(1, 7, 5, 2))
        return {"images": images, "whole": images[:, :6, :4]}

    @staticmethod
    def run(student, images, whole):
        functions = (student.max_pool, student.average_pool)
        return [[pool(images, 2, 2), pool(whole, 2, 2)] for pool in functions]

    def mark(self, result, inputs):
        for uneven, even in result:
            own = array(even)
            if own is None or own.ndim != 4:
                return verdict("Pooling with size and stride 2 gives no images.")
            difference = compare(uneven, own)
            if difference:
                look_at = "compared with your own result without the last row, column."
                return verdict(told("Pooling 7 x 5 pixels by 2", difference, look_at))
        return Verdict(1.0)


class Adaptive(Check):
    question = "pooling/adaptive"

    def inputs(self, rng):
        shapes = ((1, 8, 6, 2), (1, 6, 6, 2), (1, 7, 5, 2))
        images = [rng.normal(size=shape) for shape in shapes]
        return {"images": images, "bins": 3, "fewer": 2}

    @staticmethod
    def run(student, images, bins, fewer):
        of = student.adaptive_average_pool
        return [*(of(each, bins) for each in images), of(images[0], fewer)]

    def expected(self, images, reduce=np.mean):
        """The mean over each bin, by a slow loop."""
        y = np.zeros((1, 3, 3, images.shape[-1]))
        for i, j in np.ndindex(3, 3):
            (top, bottom), (left, right) = (
                (int(np.floor(n * side / 3)), int(np.ceil((n + 1) * side / 3)))
                for n, side in zip((i, j), images.shape[1:3], strict=True)
            )
            y[0, i, j] = reduce(images[0, top:bottom, left:right], axis=(0, 1))
        return y


class AdaptiveSize(Adaptive):
    name = "pooling/adaptive-size"
    weight = 0.5

    def mark(self, result, inputs):
        given = [(images.shape, inputs["bins"]) for images in inputs["images"]]
        given.append((given[0][0], inputs["fewer"]))
        for own, (sides, bins) in zip(result, given, strict=True):
            shape = None if array(own) is None else array(own).shape
            if shape != (1, bins, bins, 2):
                return verdict(
                    f"`adaptive_average_pool` with {bins} bins makes {shape} of "
                    f"{sides}: {bins} rows and columns, whatever the size."
                )
        return Verdict(1.0)


class AdaptiveMeans(Adaptive):
    """Sides that the bins divide, where they do not overlap."""

    name = "pooling/adaptive-means"

    def mark(self, result, inputs):
        difference = compare(result[1], self.expected(inputs["images"][1]))
        look_at = "bins that share nothing: the mean of each, per channel."
        return verdict(told("`adaptive_average_pool` of 6 x 6", difference, look_at))


class AdaptiveBins(Adaptive):
    """Whether it is the mean of a bin, or its largest or its sum: another's idea."""

    name = "pooling/adaptive-bins"

    def mark(self, result, inputs):
        uneven = result[0], result[2]
        pairs = zip(uneven, inputs["images"][::2], strict=True)
        return verdict(first(*(self.wrong(own, images) for own, images in pairs)))

    def wrong(self, own, images):
        kinds = (np.mean, np.max, np.sum)
        differences = [compare(own, self.expected(images, kind)) for kind in kinds]
        if None in differences:
            return None
        look_at = (
            "a bin's start is rounded down and its end up, so bins may overlap; rows "
            "by the height, columns by the width."
        )
        subject = f"`adaptive_average_pool` of {images.shape[1]} x {images.shape[2]}"
        return told(subject, differences[0], look_at)


checks = [
    Values(
        "pooling/max",
        "max_pool",
        np.max,
        "the largest number of each window and channel, also where all are negative.",
    ),
    Values(
        "pooling/average",
        "average_pool",
        np.mean,
        "the mean of each window and channel, over all of its size x size numbers.",
    ),
    PoolingStride(),
    Leftovers(),
    AdaptiveSize(),
    AdaptiveMeans(),
    AdaptiveBins(),
]
