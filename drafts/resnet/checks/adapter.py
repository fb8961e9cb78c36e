"""Problem 8: residual adapters."""

import numpy as np

from autograder.checks import Check, SameValues, Verdict, compare

from .common import array, told, verdict


class Layer(Check):
    question = "adapter/layer"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(2, 6, 6, 3)),
            "alpha": rng.normal(size=(3, 3)),
            "slopes": rng.normal(size=(2, 6, 6, 3)),
        }

    @staticmethod
    def run(student, x, alpha, slopes):
        from kerasdl import autodiff

        layer = student.Adapter()
        start = layer(x)
        shapes = [[int(size) for size in w.shape] for w in layer.weights]
        weights = layer.trainable_weights

        def loss():
            return ops.sum(layer(x) * slopes)  # noqa: F821

        gradients = autodiff.variable_gradients(loss, weights, layer.variables)[1]
        for weight in layer.weights:
            if int(np.prod(weight.shape)) == 9:
                weight.assign(ops.reshape(alpha, weight.shape))  # noqa: F821
        return {
            "start": start,
            "shapes": shapes,
            "gradients": gradients,
            "mixed": layer(x),
        }


class Identity(Layer):
    name = "adapter/starts-as-the-identity"

    def mark(self, result, inputs):
        difference = compare(result["start"], inputs["x"])
        look_at = "at the start it hands on what it gets: alpha is 0, and x is added."
        return verdict(told("A new `Adapter`", difference, look_at))


class OneMatrix(Layer):
    name = "adapter/one-matrix"

    def mark(self, result, inputs):
        if result["shapes"] in ([[3, 3]], [[1, 1, 3, 3]]):
            return Verdict(1.0)
        return verdict(
            f"`Adapter` on three channels has weights of shapes {result['shapes']}: "
            f"alpha is the only one, a number for each pair of channels."
        )


class Mixes(Layer):
    name = "adapter/mixes-the-channels"

    def mark(self, result, inputs):
        x, alpha = inputs["x"], inputs["alpha"]
        difference = compare(result["mixed"], x + np.einsum("bhwc,cf->bhwf", x, alpha))
        look_at = "with a given alpha[c, f], which leads from channel c to channel f."
        return verdict(told("`Adapter`", difference, look_at))


class CanLearn(Layer):
    """Whatever a wrong adapter computes, some slope at the start must not be 0."""

    name = "adapter/can-learn"

    def mark(self, result, inputs):
        gradients = [array(gradient) for gradient in result["gradients"]]
        if any(g is not None and np.abs(g).max() > 1e-4 for g in gradients):
            return Verdict(1.0)
        return verdict(
            "No trainable weight of a new `Adapter` has a gradient: it never leaves "
            "its start. Compute with keras.ops, and start one factor at 0, not two."
        )


class Adapted(Check):
    """Adapters of which only the probe knows what they do."""

    question = "adapter/model"

    def inputs(self, rng):
        return {"x": rng.normal(size=(2, 6, 6, 3))}

    @staticmethod
    def run(student, x):
        made = []

        class Shift(keras.layers.Layer):  # noqa: F821
            def build(self, input_shape):
                self.size = self.add_weight(shape=(1, 1), initializer="zeros")

            def call(self, x):
                return x + self.size[0, 0]

        def make():
            made.append(Shift())
            return made[-1]

        layers = keras.layers  # noqa: F821
        parts = [
            layers.Conv2D(3, 3, padding="same"),
            layers.BatchNormalization(),
            layers.Conv2D(3, 3, padding="same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ]
        model = keras.Sequential([keras.Input((6, 6, 3)), *parts])  # noqa: F821
        parts[1].gamma.assign([2.0, 3.0, 4.0])
        before = model(x)
        adapted = student.with_adapters(model, make)
        answer = {"before": before, "start": adapted(x), "made": len(made)}
        learned = adapted.trainable_weights
        answer["learned"] = [[int(size) for size in w.shape] for w in learned]
        taken = [w for w in adapted.weights if tuple(w.shape) != (1, 1)]
        if [tuple(w.shape) for w in taken] == [tuple(w.shape) for w in model.weights]:
            for one, other in zip(taken, model.weights, strict=True):
                one.assign(other.value)  # for layers that were not taken over
        for weight in adapted.weights:
            if tuple(weight.shape) == (1, 1):
                weight.assign([[0.7]])
        answer["shifted"] = adapted(x)
        x = parts[2](parts[1](parts[0](x) + 0.7)) + 0.7
        answer["expected"] = parts[4](parts[3](x))
        return answer


class Kept(Adapted):
    name = "adapter/layers-with-their-weights"

    def mark(self, result, inputs):
        difference = compare(result["start"], result["before"], 1e-3)
        look_at = "with adapters that do nothing it computes what the old model did."
        return verdict(told("The model of `with_adapters`", difference, look_at))


class Behind(Adapted):
    name = "adapter/behind-each-convolution"

    def mark(self, result, inputs):
        difference = compare(result["shifted"], result["expected"], 1e-3)
        look_at = (
            "with adapters that add a number. They stand behind each Conv2D, before "
            "whatever layer follows it, and nowhere else."
        )
        return verdict(told("The model of `with_adapters`", difference, look_at))


class OneEach(Adapted):
    name = "adapter/one-for-each"

    def mark(self, result, inputs):
        if result["made"] == 2:
            return Verdict(1.0)
        return verdict(
            f"`with_adapters` calls make_adapter {result['made']} times for two "
            f"convolutions: each has an adapter of its own."
        )


class OnlyAdapters(Adapted):
    """Of the adapters that are there: how many is another check's idea."""

    name = "adapter/only-adapters-learn"

    def mark(self, result, inputs):
        learned = result["learned"]
        if learned and all(shape == [1, 1] for shape in learned):
            return Verdict(1.0)
        return verdict(
            f"Weights of shapes {learned} learn in the model of `with_adapters`: all "
            f"layers of the old model are frozen, the adapters are not."
        )


def some_convolutions(rng):
    convolutions = [
        [int(rng.choice([1, 3, 5])), *(int(n) for n in rng.integers(2, 9, 2))]
        for _ in range(4)
    ]
    return convolutions, int(rng.integers(3, 8))


class Parameters(SameValues):
    """One of the two counts."""

    def __init__(self, idea, place, reference, look_at):
        super().__init__(
            f"adapter/{idea}",
            "domain_parameters",
            some_convolutions,
            reference,
            look_at,
        )
        self.place = place

    def mark(self, result, inputs):
        counts = array(result)
        if counts is None or counts.shape != (2,):
            return verdict("`domain_parameters` gives two numbers: (copies, adapted).")
        return super().mark(counts[self.place], inputs)


def copies(convolutions, domains):
    return float(sum(domains * k * k * c * f for k, c, f in convolutions))


def with_adapters(convolutions, domains):
    return float(sum(k * k * c * f + domains * f * f for k, c, f in convolutions))


checks = [
    Identity(),
    OneMatrix(),
    Mixes(),
    CanLearn(),
    Kept(),
    Behind(),
    OneEach(),
    OnlyAdapters(),
    Parameters(
        "copies",
        0,
        copies,
        "the first number counts a whole copy of all convolutions for each domain.",
    ),
    Parameters(
        "shared-filters",
        1,
        with_adapters,
        "the second number counts the convolutions once, and for each domain an "
        "adapter behind each: channels out, squared.",
    ),
]
