"""Problem 7: a new head, freezing, fine-tuning; the training is in fine_tuning.py."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from . import fine_tuning
from .common import array, told, verdict


class NewHead(Check):
    """A trained network is one whose weights are not as they would start."""

    question = "transfer/new-head"

    def inputs(self, rng):
        shapes = ((4, 3), (3,), (3, 2), (2,), (3, 5), (5,))
        return {
            "x": rng.normal(size=(6, 4)),
            "weights": [rng.normal(size=shape) for shape in shapes],
        }

    @staticmethod
    def run(student, x, weights):
        dense = keras.layers.Dense  # noqa: F821
        old = keras.Sequential(  # noqa: F821
            [keras.Input((4,)), dense(3, activation="tanh"), dense(2)]  # noqa: F821
        )
        for weight, value in zip(old.weights, weights, strict=False):
            weight.assign(value)
        new = student.with_new_head(old, 5)
        logits = new(x)
        found = [0, 0]
        for weight in new.weights:
            for place in (0, 1):
                if tuple(weight.shape) == tuple(weights[4 + place].shape):
                    weight.assign(weights[4 + place])
                    found[place] += 1
        shapes = [[int(size) for size in w.shape] for w in new.weights]
        answer = {"start": logits, "shapes": shapes, "found": found, "logits": new(x)}
        answer["old"] = old(x)
        answer["kept"] = [w.value for w in old.weights]
        return answer

    def features(self, inputs):
        kernel, bias = inputs["weights"][:2]
        return np.tanh(inputs["x"] @ kernel + bias)


class NewLogits(NewHead):
    name = "transfer/new-head"

    def mark(self, result, inputs):
        logits = array(result["start"])
        shape = None if logits is None else logits.shape
        if shape != (6, 5):
            return verdict(
                f"`with_new_head(model, 5)` gives {shape} for 6 examples: five logits "
                f"each."
            )
        if logits.min() >= 0 and compare(logits.sum(axis=-1), np.ones(6), 1e-3) is None:
            return verdict("The new head gives probabilities: it is asked for logits.")
        if [3, 2] in result["shapes"] or result["found"] != [1, 1]:
            return verdict(
                f"The new model has weights of shapes {result['shapes']}: the new head "
                f"is a dense layer, with bias, in place of the old head."
            )
        return Verdict(1.0)


class FeaturesKept(NewHead):
    """With a given head, if it has the shape of one; a softmax is another's idea."""

    name = "transfer/features-kept"

    def mark(self, result, inputs):
        logits = array(result["logits"])
        head, bias = inputs["weights"][4:]
        if result["found"][0] != 1 or logits is None:
            return verdict(
                "`with_new_head` has no dense layer from the three features of the old "
                "model to five logits."
            )
        scores = self.features(inputs) @ head + bias * result["found"][1]
        if logits.min() >= 0:
            kernel = np.exp(scores)
            scores = kernel / kernel.sum(axis=1, keepdims=True)
        difference = compare(logits, scores, 1e-3)
        look_at = (
            "with a given head. The layers before it are those of the old model, with "
            "their weights."
        )
        return verdict(told("The new model", difference, look_at))


class OldModel(NewHead):
    name = "transfer/old-model-unchanged"

    def mark(self, result, inputs):
        kernel, bias = inputs["weights"][2:4]
        expected = self.features(inputs) @ kernel + bias
        difference = compare(result["old"], expected, 1e-3)
        look_at = "`with_new_head` makes a new model and leaves the old one as it is."
        return verdict(told("The old model, afterwards,", difference, look_at))


LASTS = [1, 2, 0, 4]


class Freeze(Check):
    """Layers: dense, norm, a layer of a dense layer and a norm, dense."""

    question = "transfer/freeze"

    def inputs(self, rng):
        return {"x": 3.0 * rng.normal(size=(6, 4)) + 2.0, "lasts": LASTS}

    @staticmethod
    def run(student, x, lasts):
        class Pair(keras.layers.Layer):  # noqa: F821
            def __init__(self):
                super().__init__()
                self.dense = keras.layers.Dense(3)  # noqa: F821
                self.norm = keras.layers.BatchNormalization()  # noqa: F821

            def call(self, x):
                return self.norm(self.dense(x))

        pair, outer = Pair(), keras.layers.BatchNormalization()  # noqa: F821
        parts = [keras.layers.Dense(3), outer, pair, keras.layers.Dense(2)]  # noqa: F821
        model = keras.Sequential([keras.Input((4,)), *parts])  # noqa: F821
        plain = [parts[0].kernel, pair.dense.kernel, parts[3].kernel, parts[3].bias]
        scales = [outer.gamma, outer.beta, pair.norm.gamma, pair.norm.beta]
        averages = [outer.moving_mean, pair.norm.moving_mean]

        def state():
            learned = {id(weight) for weight in model.trainable_weights}
            return [[id(w) in learned for w in group] for group in (plain, scales)]

        answer = []
        for last in lasts:
            for part in (model, *parts):
                part.trainable = True
            student.freeze(model, last)
            before = [ops.convert_to_numpy(w.value).copy() for w in averages]  # noqa: F821
            model(x, training=True)
            after = [ops.convert_to_numpy(w.value) for w in averages]  # noqa: F821
            moved = [bool(np.any(a != b)) for a, b in zip(before, after, strict=True)]
            answer.append([*state(), moved])
        model.trainable = False
        student.freeze(model, 2)
        return [*answer, [*state(), []]]

    def plain(self, result, last):
        """Which learn: the kernels of the three dense layers, and the last bias."""
        return result[LASTS.index(last)][0]


class LastLearn(Freeze):
    name = "transfer/last-layers-learn"

    def mark(self, result, inputs):
        one, two = self.plain(result, 1), self.plain(result, 2)
        if one[2:] == [True, True] and two[1:] == [True, True, True]:
            return Verdict(1.0)
        return verdict(
            "`freeze` with `last` 1 or 2 freezes weights of the last layers: of the "
            "last one kernel and bias, and those inside of the last but one."
        )


class RestFrozen(Freeze):
    name = "transfer/rest-is-frozen"

    def mark(self, result, inputs):
        one, two = self.plain(result, 1), self.plain(result, 2)
        if not any([*one[:2], two[0]]):
            return Verdict(1.0)
        return verdict(
            "`freeze` with `last` 1 or 2 leaves weights of earlier layers trainable, "
            "or counts the layers otherwise than `model.layers`."
        )


class NoneOrAll(Freeze):
    """Against the student's own result for 1 and 2 layers."""

    name = "transfer/none-and-all"

    def mark(self, result, inputs):
        none, one, two, four = (sum(self.plain(result, n)) for n in (0, 1, 2, 4))
        if none > one:
            return verdict(
                "`freeze` with `last = 0` leaves weights trainable: look at your slice "
                "of the layers for 0."
            )
        if four < two:
            return verdict(
                "`freeze` with `last` equal to the number of layers freezes kernels: "
                "look at your slice of the layers."
            )
        return Verdict(1.0)


class NormsFrozen(Freeze):
    name = "transfer/norms-are-frozen"

    def mark(self, result, inputs):
        scales = [flag for part in result for flag in part[1]]
        moved = [flag for part in result for flag in part[2]]
        if any(scales):
            return verdict(
                "`freeze` leaves gammas or betas of batch normalisations trainable: "
                "look among the last layers and inside of layers."
            )
        if any(moved):
            return verdict(
                "After `freeze` a batch normalisation still takes the statistics of "
                "the batch in training, and its running averages move: freeze the "
                "layer, not its weights alone."
            )
        return Verdict(1.0)


class Thaws(Freeze):
    """On a model that was frozen, as far as it thaws one that was not."""

    name = "transfer/thaws"

    def mark(self, result, inputs):
        if any(result[-1][0]) or not any(self.plain(result, 2)):
            return Verdict(1.0)
        return verdict(
            "`freeze` of a model that was frozen as a whole leaves it so: set the "
            "model and its last layers trainable."
        )


checks = [
    NewLogits(),
    FeaturesKept(),
    OldModel(),
    LastLearn(),
    RestFrozen(),
    NoneOrAll(),
    NormsFrozen(),
    Thaws(),
    *fine_tuning.checks,
]
