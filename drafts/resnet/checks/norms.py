"""Problem 6: batch normalisation alone."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import verdict


class Frozen(Check):
    """A network with norms outside of layers, inside, and inside of those."""

    question = "norms/frozen"

    @staticmethod
    def run(student):
        class Pair(keras.layers.Layer):  # noqa: F821
            def __init__(self, *parts):
                super().__init__()
                self.parts = list(parts)

            def call(self, x):
                for part in self.parts:
                    x = part(x)
                return x

        def norm(name):
            return keras.layers.BatchNormalization(name=name)  # noqa: F821

        dense = keras.layers.Dense  # noqa: F821
        outer, inner, deepest = norm("outer"), norm("inner"), norm("deepest")
        model = keras.Sequential(  # noqa: F821
            [
                keras.Input((4,)),  # noqa: F821
                dense(3),
                outer,
                Pair(dense(3), inner, Pair(deepest)),
                keras.layers.ReLU(),  # noqa: F821
                dense(2),
            ]
        )
        kinds = {}
        for layer in (outer, inner, deepest):
            kind = "outer" if layer is outer else "inner"
            kinds |= {id(layer.gamma): kind, id(layer.beta): kind}
        count = student.learn_only_norms(model)
        learned = {id(weight) for weight in model.trainable_weights}
        rows = [
            [kinds.get(id(w), "other"), id(w) in learned, int(np.prod(w.shape))]
            for w in model.weights
        ]
        return {"weights": rows, "count": count}


class Learned(Frozen):
    def __init__(self, idea, kind, expected, sentence):
        self.name = f"norms/{idea}"
        self.kind, self.expected, self.sentence = kind, expected, sentence

    def mark(self, result, inputs):
        flags = [flag for kind, flag, _ in result["weights"] if kind == self.kind]
        wrong = sum(flag != self.expected for flag in flags)
        if not wrong:
            return Verdict(1.0)
        return verdict(f"{wrong} of {len(flags)} {self.sentence}")


class Count(Frozen):
    name = "norms/count"

    def mark(self, result, inputs):
        own = sum(size for _, flag, size in result["weights"] if flag)
        difference = compare(result["count"], own)
        return verdict(
            difference
            and f"The number that `learn_only_norms` returns {difference}: it is how "
            f"many numbers, not arrays, the model can still learn after your call."
        )


class SilentShare(Check):
    name = "norms/silent-share"

    def inputs(self, rng):
        threshold = float(rng.uniform(0.2, 0.8))
        small = threshold * rng.uniform(-0.8, 0.8, 3)
        large = threshold * rng.uniform(1.3, 3.0, 2) * [-1.0, 1.0]
        return {
            "gammas": [
                np.concatenate([small[:2], large[:1]]),
                np.concatenate([small[2:], large[1:]]),
            ],
            "threshold": threshold,
        }

    @staticmethod
    def run(student, gammas, threshold):
        class Wrapped(keras.layers.Layer):  # noqa: F821
            def __init__(self):
                super().__init__()
                self.dense = keras.layers.Dense(2)  # noqa: F821
                self.norm = keras.layers.BatchNormalization()  # noqa: F821

            def call(self, x):
                return self.norm(self.dense(x))

        outer, wrapped = keras.layers.BatchNormalization(), Wrapped()  # noqa: F821
        parts = [keras.Input((4,)), keras.layers.Dense(3), outer, wrapped]  # noqa: F821
        model = keras.Sequential(parts)  # noqa: F821
        for layer, gamma in zip((outer, wrapped.norm), gammas, strict=True):
            layer.gamma.assign(gamma)
        return student.silent_share(model, threshold)

    def mark(self, result, inputs):
        gammas = np.abs(np.concatenate(inputs["gammas"]))
        difference = compare(result, float(np.mean(gammas < inputs["threshold"])))
        return verdict(
            difference
            and f"`silent_share` {difference}: the share among all gammas together, "
            f"those inside of layers too, by their absolute values."
        )


checks = [
    Learned(
        "norms-of-the-model-learn",
        "outer",
        True,
        "gammas and betas of a norm that stands in the model itself are frozen: "
        "those are to learn.",
    ),
    Learned(
        "norms-inside-of-layers-learn",
        "inner",
        True,
        "gammas and betas of norms inside of layers are frozen: look into layers that "
        "consist of layers, and do not freeze those as a whole.",
    ),
    Learned(
        "all-else-is-frozen",
        "other",
        False,
        "weights that are no gamma or beta still learn: kernels, biases, the last "
        "layer, those inside of layers too.",
    ),
    Count(),
    SilentShare(),
]
