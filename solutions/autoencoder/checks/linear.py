"""Problem 3: the linear autoencoder."""

import numpy as np

from autograder.checks import Check, Verdict, compare, finite_differences

from .common import array, factor, no_multiple, shape, told, verdict
from .subspaces import largest_angle, table


class Gradients(Check):
    question = "linear/gradients"

    def inputs(self, rng):
        shapes = {"encoder": (5, 2), "decoder": (2, 5), "x": (7, 5)}
        return {name: rng.normal(size=size) for name, size in shapes.items()}

    @staticmethod
    def run(student, encoder, decoder, x):
        return list(student.linear_gradients(encoder, decoder, x))

    def expected(self, encoder, decoder, x):
        """Both gradients, by differences of the loss."""

        def error(encoder, decoder):
            return np.sum((x @ encoder @ decoder - x) ** 2) / len(x)

        return [
            finite_differences(lambda part: error(part, decoder), encoder),
            finite_differences(lambda part: error(encoder, part), decoder),
        ]


class Direction(Gradients):
    """Up to a factor, which is another check's idea."""

    def __init__(self, part, number, look_at):
        self.name, self.part = f"linear/{part}-gradient", part
        self.number, self.look_at = number, look_at

    def mark(self, result, inputs):
        value, expected = result[self.number], self.expected(**inputs)[self.number]
        if factor(value, expected) is not None:
            return Verdict(1.0)
        subject = f"`linear_gradients`: d_{self.part}"
        return verdict(told(subject, no_multiple(value, expected), self.look_at))


class Scale(Gradients):
    name = "linear/sign-and-mean"

    def mark(self, result, inputs):
        pairs = zip(result, self.expected(**inputs), strict=True)
        found = [factor(value, expected) for value, expected in pairs]
        found = [scale for scale in found if scale is not None]
        if not found:
            return verdict("`linear_gradients`: no part has a direction to judge.")
        wrong = [scale for scale in found if abs(scale - 1.0) > 1e-3]
        if not wrong:
            return Verdict(1.0)
        if wrong[0] < 0:
            return verdict("`linear_gradients` has the wrong sign: it points uphill.")
        return verdict(
            f"`linear_gradients` is {wrong[0]:.3g} times as large as it should be: "
            f"look at the 2, and at the mean over the 7 examples, not the 5 features."
        )


class Training(Check):
    """Twice from one seed, and once from another. The mean is taken as it is."""

    question = "linear/training"
    seconds = 20

    def inputs(self, rng):
        spreads = np.array([0.95, 0.75, 0.2, 0.15, 0.1, 0.1])
        seeds = [int(seed) for seed in rng.choice(10_000, 2, replace=False)]
        return {"x": table(rng, 120, spreads), "seeds": [seeds[0], *seeds]}

    @staticmethod
    def run(student, x, seeds):
        def gradients(encoder, decoder, rows):
            given = (encoder, decoder, rows)
            if not all(isinstance(part, np.ndarray) for part in given):
                given = [ops.convert_to_tensor(p, "float32") for p in given]  # noqa: F821
            encoder, decoder, rows = given

            def flipped(part):
                if isinstance(part, np.ndarray):
                    return part.T
                return ops.transpose(part)  # noqa: F821

            codes = rows @ encoder
            scaled = (codes @ decoder - rows) * (2.0 / rows.shape[0])
            return flipped(rows) @ (scaled @ flipped(decoder)), flipped(codes) @ scaled

        return [list(student.train_linear(x, 2, seed, gradients)) for seed in seeds]

    def mark(self, result, inputs):
        for mean, encoder, decoder in result:
            found = [shape(part) for part in (mean, encoder, decoder)]
            if found[1:] != [(6, 2), (2, 6)]:
                return verdict(
                    f"`train_linear`: encoder and decoder have the shapes {found[1:]}, "
                    f"expected [(6, 2), (2, 6)]."
                )
        return verdict(self.wrong(result, inputs["x"]))

    def centred(self, mean, x):
        """The table minus the student's mean, where that can be subtracted."""
        mean = array(mean)
        fits = mean is not None and mean.shape in ((), (1,), (6,), (1, 6))
        return x - mean if fits else x - x.mean(axis=0)


class TrainedMean(Training):
    name = "linear/mean"
    weight = 0.5

    def wrong(self, result, x):
        difference = compare(result[0][0], x.mean(axis=0), 1e-3)
        look_at = "it is one mean per feature, and x is not centred."
        return told("`train_linear`: mean", difference, look_at)


def best_axes(centred, dim=2):
    return np.linalg.svd(centred, full_matrices=False)[2][:dim].T


class TrainedSpan(Training):
    name = "linear/span-of-pca"

    def wrong(self, result, x):
        for mean, _, decoder in result:
            rows = array(decoder)
            angle = 90.0
            if np.linalg.matrix_rank(rows) == 2:
                angle = largest_angle(rows.T, best_axes(self.centred(mean, x)))
            if angle > 2.0:
                return (
                    f"`train_linear`: the largest angle between the span of the "
                    f"decoder's rows and that of the principal axes is {angle:.1f} "
                    f"degrees. Look at what is centred, the rate and the steps."
                )
        return None


class Reconstruction(Training):
    """The encoder that belongs to the decoder, whatever that spans."""

    name = "linear/reconstruction"

    def wrong(self, result, x):
        for mean, encoder, decoder in result:
            encoder, decoder = array(encoder), array(decoder)
            centred = self.centred(mean, x)
            basis = np.linalg.qr(decoder.T)[0]
            best = np.sum((centred - centred @ basis @ basis.T) ** 2)
            error = np.sum((centred - centred @ encoder @ decoder) ** 2)
            if error > 1.2 * best:
                return (
                    f"`train_linear`: the reconstruction error is {error / best:.2f} "
                    f"times the smallest one with your decoder: look at the encoder, "
                    f"which has to bring W_D W_E to the identity."
                )
        return None


class Seeds(Training):
    name = "linear/other-weights-from-another-seed"
    weight = 0.5

    def wrong(self, result, x):
        one, again, other = (array(decoder) for _, _, decoder in result)
        if not np.allclose(one, again, atol=1e-3):
            return (
                "`train_linear` gives other matrices when it is called again with the "
                "same seed: draw the start from np.random.default_rng(seed)."
            )
        if np.allclose(one, other, atol=1e-3):
            return (
                "`train_linear` gives the same matrices for two seeds: start from "
                "random weights that the seed decides, and train from there."
            )
        return None


checks = [
    Direction(
        "encoder", 0, "the error at the codes is R W_D^T; look at transpositions."
    ),
    Direction("decoder", 1, "it pairs codes with residuals; look at transpositions."),
    Scale(),
    TrainedMean(),
    TrainedSpan(),
    Reconstruction(),
    Seeds(),
]
