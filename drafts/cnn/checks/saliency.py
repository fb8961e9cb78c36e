"""Problem 9: saliency maps and Grad-CAM."""

import numpy as np

from autograder.checks import Check, Verdict, compare, finite_differences

from .common import array, told, verdict


def scores(x, weights, shift):
    """What the probes' `score` gives for one image, in NumPy."""
    s = x.reshape(1, -1) @ weights + shift
    return (s * s * s / 3.0 + s)[0]


class Gradients(Check):
    """Scores of four classes that are no linear function of the image.

    Where the class is not the idea, all classes have the same score.
    """

    sides = (3, 4, 3)
    classes_differ, signs_differ = True, True

    def inputs(self, rng):
        weights = 0.4 * rng.normal(size=(int(np.prod(self.sides)), 4))
        shift = rng.normal(size=4)
        if not self.classes_differ:
            weights, shift = np.repeat(weights[:, :1], 4, 1), np.repeat(shift[:1], 4)
        if not self.signs_differ:
            weights = np.abs(weights)
        else:  # the slopes of the first pixel's channels are all negative
            weights[: self.sides[2]] = -np.abs(weights[: self.sides[2]])
        x = rng.normal(size=self.sides)
        # Neither the largest score nor the first.
        label = 1 + int(np.argmin(scores(x, weights, shift)[1:]))
        return {"x": x, "weights": weights, "shift": shift, "label": label}

    def slopes(self, inputs):
        def of_class(x):
            return scores(x, inputs["weights"], inputs["shift"])[inputs["label"]]

        return finite_differences(of_class, inputs["x"])


class Saliency(Gradients):
    @staticmethod
    def run(student, x, weights, shift, label):
        def score(images):
            flat = ops.reshape(images, (-1, weights.shape[0]))  # noqa: F821
            s = ops.matmul(flat, weights) + shift  # noqa: F821
            return s * s * s / 3.0 + s

        return student.saliency(score, x, label)


class SaliencyOfOneChannel(Saliency):
    name, question = "saliency/gradient-of-the-class", "saliency/one-channel"
    weight = 2.0
    sides = (3, 4, 1)

    def mark(self, result, inputs):
        expected = np.abs(self.slopes(inputs))[:, :, 0]
        own, difference = array(result), compare(result, expected, 1e-3)
        if own is not None and compare(np.abs(own), expected, 1e-3) is None:
            difference = None  # a sign that was kept is another check's idea
        look_at = (
            "compared with differences of the score of the class that was asked for; "
            "one number per pixel."
        )
        return verdict(told("`saliency` of one channel", difference, look_at))


class SaliencySign(SaliencyOfOneChannel):
    name = "saliency/nowhere-negative"
    weight = 0.5

    def mark(self, result, inputs):
        own = array(result)
        if own is None or not own.any():
            return verdict("`saliency` gives no numbers, or only zeros.")
        sentence = "`saliency` is negative in places: take the absolute value."
        return verdict(sentence if own.min() < 0 else None)


class SaliencyOfChannels(Saliency):
    """Over the channels, the largest of the slopes without their signs."""

    name = "saliency/largest-channel"
    classes_differ = False

    def mark(self, result, inputs):
        slopes = self.slopes(inputs)
        difference = compare(result, np.abs(slopes).max(axis=-1), 1e-3)
        if compare(result, slopes.max(axis=-1), 1e-3) is None:
            difference = None  # signs are another check's idea
        look_at = "of the slopes of a pixel's channels, without signs, the largest."
        return verdict(told("`saliency` of three channels", difference, look_at))


class GradCam(Gradients):
    """Features of both signs, so that some places speak against the class."""

    question = "saliency/grad-cam"
    sides = (4, 3, 5)

    @staticmethod
    def run(student, x, weights, shift, label):
        def head(features):
            flat = ops.reshape(features, (-1, weights.shape[0]))  # noqa: F821
            s = ops.matmul(flat, weights) + shift  # noqa: F821
            return s * s * s / 3.0 + s

        return student.grad_cam(head, x, label)

    def sums(self, inputs):
        """The weighted sums of the maps, before the negative ones become 0."""
        alpha = self.slopes(inputs).mean(axis=(0, 1))
        return np.sum(alpha * inputs["x"], axis=-1)


class GradCamSums(GradCam):
    """Where the map is positive, and up to a positive factor."""

    name = "saliency/grad-cam-sums"
    weight = 1.5

    def mark(self, result, inputs):
        expected, own = self.sums(inputs), array(result)
        if own is None or own.shape != expected.shape:
            shape = None if own is None else own.shape
            return verdict(
                f"`grad_cam` gives shape {shape} for features {inputs['x'].shape}: one "
                f"number per place."
            )
        speaks_for = expected > 0
        if not speaks_for.any():
            return Verdict(1.0)
        own, expected = own[speaks_for], expected[speaks_for]
        factor = np.sum(own * expected) / np.sum(expected**2)
        difference = "is 0, or of the wrong sign" if factor <= 1e-9 else None
        difference = difference or compare(own / factor, expected, 1e-3)
        look_at = (
            "up to a factor, where it should be positive. One weight per map, the mean "
            "of its slopes; then the sum over the maps."
        )
        return verdict(told("`grad_cam`", difference, look_at))


class GradCamPositive(GradCam):
    name = "saliency/grad-cam-only-for"
    weight = 0.5

    def mark(self, result, inputs):
        own = array(result)
        if own is None or not own.any():
            return verdict("`grad_cam` gives no numbers, or only zeros.")
        sentence = "`grad_cam` is negative where the maps speak against the class."
        return verdict(sentence if own.min() < 0 else None)


class GradCamMean(GradCam):
    """A single map: there is nothing but the weight's size to get wrong."""

    name, question = "saliency/grad-cam-mean", ""
    sides = (4, 3, 1)
    classes_differ, signs_differ = False, False

    def mark(self, result, inputs):
        expected, own = self.sums(inputs), array(result)
        if own is None or own.shape != expected.shape or not own.any():
            return verdict("`grad_cam` gives no map whose size could be judged.")
        expected = np.maximum(expected, 0)
        times = np.abs(own[expected > 0]).sum() / expected.sum()
        if abs(times - 1) < 1e-3:
            return Verdict(1.0)
        return verdict(
            f"`grad_cam` of a single map is {times:.2g} times as large as it should "
            f"be: a map's weight is the mean of its slopes over all places."
        )


checks = [
    SaliencyOfOneChannel(),
    SaliencySign(),
    SaliencyOfChannels(),
    GradCamSums(),
    GradCamPositive(),
    GradCamMean(),
]
