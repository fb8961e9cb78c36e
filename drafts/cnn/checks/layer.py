"""Problem 4: a convolution layer."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, told, verdict
from .images import correlation


class Layer(Check):
    """Two layers with given weights, as far as they have them; both get all stages."""

    question = "layer/given-weights"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(2, 7, 9, 2)),
            "kernel": rng.normal(size=(3, 3, 2, 4)),
            "bias": rng.normal(size=4),
        }

    @staticmethod
    def run(student, x, kernel, bias):
        import kerasdl

        def output(x, **options):
            kerasdl.seed(0)  # for weights that cannot be given
            layer = student.Convolution(4, 3, **options)
            layer(x)
            found = [0, 0]
            for weight in layer.trainable_weights:
                given = (bias, kernel)[len(weight.shape) == 4]
                if tuple(weight.shape) == tuple(given.shape):
                    weight.assign(given)
                    found[len(weight.shape) == 4] += 1
            return {"found": found, "output": layer(x)}

        return {
            "plain": output(x),
            "stride": output(x, stride=2),
            "same": output(x, padding="same"),
            "activated": output(x, activation=lambda s: s * s - 3.0),
            "around": output(ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))),  # noqa: F821
        }


class LayerWeights(Layer):
    name = "layer/weights"

    def mark(self, result, inputs):
        if result["plain"]["found"] == [1, 1]:
            return Verdict(1.0)
        return verdict(
            "`Convolution(4, 3)` on two channels needs a trainable kernel (3, 3, 2, 4) "
            "and a bias (4,): Keras knows those made by self.add_weight."
        )


class LayerCorrelation(Layer):
    """With the weights that the layer has: a missing bias is another check's idea."""

    name = "layer/correlation"

    def mark(self, result, inputs):
        biases, kernels = result["plain"]["found"]
        if kernels != 1:
            return verdict("`Convolution` has no trainable kernel to judge.")
        x, kernel = inputs["x"], inputs["kernel"]
        expected = np.zeros((2, 5, 7, 4))
        for b, c, f in np.ndindex(2, 2, 4):
            expected[b, :, :, f] += correlation(x[b, :, :, c], kernel[:, :, c, f])
        expected = expected + biases * inputs["bias"]
        difference = compare(result["plain"]["output"], expected)
        look_at = "correlation with given weights plus bias, no activation by itself."
        return verdict(told("`Convolution`", difference, look_at))


class LayerStride(Layer):
    name = "layer/stride"

    def mark(self, result, inputs):
        own = array(result["plain"]["output"])
        if own is None or own.ndim != 4:
            return verdict("`Convolution` gives no images to judge the stride of.")
        difference = compare(result["stride"]["output"], own[:, ::2, ::2])
        look_at = "compared with every second row and column of it at stride 1."
        return verdict(told("`Convolution` with stride 2", difference, look_at))


class LayerSame(Layer):
    name = "layer/same-padding"

    def mark(self, result, inputs):
        own = array(result["around"]["output"])
        if own is None or own.ndim != 4:
            return verdict("`Convolution` gives no images to judge the padding of.")
        difference = compare(result["same"]["output"], own)
        look_at = 'compared with "valid" on images with a border of zeros.'
        return verdict(told('`Convolution` with "same"', difference, look_at))


class LayerActivation(Layer):
    name = "layer/activation"

    def mark(self, result, inputs):
        own = array(result["plain"]["output"])
        if own is None or own.ndim != 4:
            return verdict("`Convolution` gives no images to judge the activation of.")
        difference = compare(result["activated"]["output"], own**2 - 3.0)
        look_at = "compared with the function of its output without one."
        return verdict(told("`Convolution` with an activation", difference, look_at))


class LayerStart(Check):
    name = "layer/random-start"
    weight = 0.5

    def inputs(self, rng):
        return {"x": rng.normal(size=(2, 7, 9, 2))}

    @staticmethod
    def run(student, x):
        starts = []
        for _ in range(2):
            layer = student.Convolution(4, 3)
            layer(x)
            starts.append([w.value for w in layer.weights if len(w.shape) == 4])
        return starts

    def mark(self, result, inputs):
        if not all(result):
            return verdict("`Convolution` has no kernel that Keras knows of.")
        one, two = (array(start[0]) for start in result)
        if one is None or np.std(one) < 1e-4:
            return verdict(
                "`Convolution` starts with equal numbers: all filters stay copies of "
                "each other. Start from small random numbers."
            )
        if np.std(one) > 0.75:
            return verdict(
                f"`Convolution`'s kernel starts with a spread of {np.std(one):.2g}: "
                f"small numbers, below the square root of 1 / 18 or so."
            )
        same = two is not None and np.allclose(one, two)
        sentence = "Two `Convolution`s start with the same kernel: draw new numbers."
        return verdict(sentence if same else None)


checks = [
    LayerWeights(),
    LayerCorrelation(),
    LayerStride(),
    LayerSame(),
    LayerActivation(),
    LayerStart(),
]
