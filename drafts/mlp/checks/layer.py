"""Problem 9: a Keras layer."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, sizes, told, verdict


class LayerShapes(Check):
    name = "layer/output-shapes"
    weight = 0.5

    def inputs(self, rng):
        b, t, n, units = sizes(rng, 4)
        return {
            "two": rng.normal(size=(b, n)),
            "three": rng.normal(size=(b, t, n)),
            "units": units,
        }

    @staticmethod
    def run(student, two, three, units):
        return [student.DenseLayer(units)(x) for x in (two, three)]

    def mark(self, result, inputs):
        for part, x in zip(result, (inputs["two"], inputs["three"]), strict=True):
            expected = (*x.shape[:-1], inputs["units"])
            shape = None if array(part) is None else array(part).shape
            if shape != expected:
                return verdict(
                    f"`DenseLayer` makes {shape} of {x.shape}, expected {expected}: it "
                    f"acts on the last axis and keeps the others."
                )
        return Verdict(1.0)


class LayerWeights(Check):
    name = "layer/weights"

    def inputs(self, rng):
        b, n, units = sizes(rng, 3)
        return {"x": rng.normal(size=(b, n)), "units": units}

    @staticmethod
    def run(student, x, units):
        layer = student.DenseLayer(units)
        layer(x)
        return [[int(size) for size in w.shape] for w in layer.trainable_weights]

    def mark(self, result, inputs):
        expected = sorted([[inputs["x"].shape[1], inputs["units"]], [inputs["units"]]])
        if sorted(result) == expected:
            return Verdict(1.0)
        return verdict(
            f"`DenseLayer` has trainable weights of shapes {result}, expected a matrix "
            f"and a bias, {expected}: Keras knows those made by self.add_weight."
        )


class LayerProduct(Check):
    """With given weights, of those that the layer has."""

    name = "layer/product"

    def inputs(self, rng):
        b, n, units = sizes(rng, 3)
        return {
            "x": rng.normal(size=(b, n)),
            "kernel": rng.normal(size=(n, units)),
            "bias": rng.normal(size=units),
            "units": units,
        }

    @staticmethod
    def run(student, x, kernel, bias, units):
        layer = student.DenseLayer(units)
        layer(x)
        found = [0, 0]
        for weight in layer.trainable_weights:
            given = (bias, kernel)[len(weight.shape) == 2]
            if tuple(weight.shape) == tuple(given.shape):
                weight.assign(given)
                found[len(weight.shape) == 2] += 1
        return {"found": found, "output": layer(x)}

    def mark(self, result, inputs):
        biases, kernels = result["found"]
        if kernels != 1:
            return verdict(
                "`DenseLayer` has no trainable matrix W of shape (n, units)."
            )
        expected = inputs["x"] @ inputs["kernel"] + biases * inputs["bias"]
        look_at = "with given weights; look at the product and at the bias."
        return verdict(
            told("`DenseLayer`", compare(result["output"], expected), look_at)
        )


class LayerActivation(Check):
    """The layer with an activation gives that of what the layer without one gives."""

    name = "layer/activation"

    def inputs(self, rng):
        b, n, units = sizes(rng, 3)
        return {
            "x": rng.normal(size=(b, n)),
            "noise": rng.normal(size=99),
            "units": units,
        }

    @staticmethod
    def run(student, x, noise, units):
        outputs = []
        for activation in (None, lambda s: s * s - 3.0):
            layer = student.DenseLayer(units, activation)
            layer(x)
            for weight in layer.weights:
                size = int(np.prod(weight.shape))
                weight.assign(ops.reshape(noise[:size], weight.shape))  # noqa: F821
            outputs.append(layer(x))
        return outputs

    def mark(self, result, inputs):
        plain, activated = map(array, result)
        difference = "is not finite"
        if plain is not None:
            difference = compare(activated, plain**2 - 3.0)
        look_at = "compared with the function of the output without an activation."
        return verdict(told("`DenseLayer` with an activation", difference, look_at))


class LayerStart(Check):
    name = "layer/random-start"

    def inputs(self, rng):
        return {"x": rng.normal(size=(2, 40)), "units": 30}

    @staticmethod
    def run(student, x, units):
        starts = []
        for _ in range(2):
            layer = student.DenseLayer(units)
            layer(x)
            starts.append([w.value for w in layer.weights if len(w.shape) == 2])
        return starts

    def mark(self, result, inputs):
        if not all(result):
            return verdict("`DenseLayer` has no matrix that Keras knows of.")
        one, two = (array(start[0]) for start in result)
        if one is None or np.std(one) < 1e-4:
            return verdict(
                "`DenseLayer` starts with equal weights: all units stay copies of each "
                "other. Start from small random numbers."
            )
        if np.std(one) > 0.7:
            return verdict(
                f"`DenseLayer`'s weights start with a spread of {np.std(one):.2g}: "
                f"with 40 inputs the sums saturate. Start smaller."
            )
        same = two is not None and np.allclose(one, two)
        sentence = "Two `DenseLayer`s start with the same weights: draw new ones."
        return verdict(sentence if same else None)


checks = [
    LayerShapes(),
    LayerWeights(),
    LayerProduct(),
    LayerActivation(),
    LayerStart(),
]
