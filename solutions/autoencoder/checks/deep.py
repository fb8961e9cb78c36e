"""Problem 4: deep and denoising autoencoders."""

import functools

import numpy as np
from sklearn.datasets import load_digits

from autograder.checks import Check, Verdict, compare

from .common import array, numbers, shape, told, verdict


class Built(Check):
    """Encoder and decoder of 6-5-3, at rows that tell linear maps from others."""

    question = "deep/built"

    def inputs(self, rng):
        # a, b, a + b and 0: an affine map f has f(a) + f(b) = f(a + b) + f(0).
        rows = []
        for size in (6, 3):
            a, b = 100.0 * rng.normal(size=(2, 32, size))
            rows.append(np.concatenate([a, b, a + b, 0.0 * a]))
        return {"sizes": [6, 5, 3], "rows": rows}

    @staticmethod
    def run(student, sizes, rows):
        found = []
        models = student.build_autoencoder(sizes)
        for model, one in zip(models, rows, strict=True):
            model(one)  # it may get its weights only now
            count = int(model.count_params())
            # Of ten times the weights, also bounded hidden layers give large outputs.
            model.set_weights([10.0 * weight for weight in model.get_weights()])
            found.append({"outputs": model(one), "count": count})
        return found

    def mark(self, result, inputs):
        named = zip(("encoder", "decoder"), result, strict=True)
        sentences = [self.wrong(name, **found) for name, found in named]
        return verdict(next(filter(None, sentences), None))


class BuiltShapes(Built):
    name = "deep/shapes"
    weight = 0.5

    def wrong(self, name, outputs, count):
        expected = (128, 3) if name == "encoder" else (128, 6)
        if shape(outputs) != expected:
            return (
                f"`build_autoencoder`: the {name} gives {shape(outputs)} for 128 rows, "
                f"expected {expected}: look at its last size."
            )


class BuiltLayers(Built):
    name = "deep/mirrored-layers"

    def wrong(self, name, outputs, count):
        expected = 6 * 5 + 5 + 5 * 3 + 3 if name == "encoder" else 3 * 5 + 5 + 5 * 6 + 6
        if count != expected:
            return (
                f"`build_autoencoder`: the {name} has {count} parameters, which is not "
                f"what its sizes give: look at the hidden layers, their order and the "
                f"biases."
            )


class LinearEnds(Built):
    """Large weights make the output of a linear layer large, of either sign."""

    name = "deep/linear-ends"

    def wrong(self, name, outputs, count):
        outputs = array(outputs)
        if outputs is None or outputs.min() > -1.5 or outputs.max() < 1.5:
            return (
                f"`build_autoencoder`: the {name}'s outputs are limited: its last "
                f"layer is linear, without activation."
            )


class HiddenActivation(Built):
    name = "deep/hidden-activation"

    def wrong(self, name, outputs, count):
        outputs = array(outputs)
        if outputs is None or len(outputs) != 128:
            return f"`build_autoencoder`: the {name} has no output to judge."
        a, b, both, zero = np.split(outputs, 4)
        if compare((a + b - both - zero) / np.abs(outputs).max(), 0.0 * a, 1e-3):
            return None
        return (
            f"`build_autoencoder`: the {name} is linear as a whole: its hidden layers "
            f"need an activation."
        )


class Denoising(Check):
    """Records what `reconstruct` is given. The losses are of three batches."""

    question = "deep/denoising"

    def inputs(self, rng):
        x, noise = rng.normal(size=(3, 5, 4)), rng.normal(size=(3, 5, 4))
        return {"x": x, "noise": noise, "batches": list(zip(x, noise, strict=True))}

    @staticmethod
    def run(student, batches):
        seen = []

        def reconstruct(rows):
            seen.append(rows)
            return 0.5 * rows * rows

        loss = student.denoising_loss
        losses = [loss(reconstruct, x, noise) for x, noise in batches]
        return {"losses": losses, "seen": seen}

    def seen(self, result):
        """What `reconstruct` was given, in one call for a batch or row by row."""
        rows = [array(part) for part in result["seen"]]
        if any(part is None or part.shape[-1:] != (4,) for part in rows):
            return None
        rows = np.concatenate([part.reshape(-1, 4) for part in rows] or [np.zeros(0)])
        return rows.reshape(3, 5, 4) if rows.size == 60 else None

    def errors(self, result, target):
        """Sums of squared errors, for the inputs that `reconstruct` was given."""
        seen = self.seen(result)
        if seen is None:
            return None
        return np.sum((0.5 * seen**2 - target) ** 2, axis=(1, 2))


class NoisyInput(Denoising):
    name = "deep/noisy-input"

    def mark(self, result, inputs):
        seen = self.seen(result)
        difference = "is not the 5 rows of a batch, once for each loss"
        if seen is not None:
            difference = compare(seen, inputs["x"] + inputs["noise"])
        look_at = "it is x plus the noise."
        return verdict(told("What `reconstruct` is given", difference, look_at))


class CleanTarget(Denoising):
    """Up to a factor: sum or mean is the next check's idea."""

    name = "deep/clean-target"

    def mark(self, result, inputs):
        expected, own = self.errors(result, inputs["x"]), numbers(result["losses"])
        difference = "cannot be judged, as `reconstruct` was not called once"
        if expected is not None and own is not None:
            ratio = own / expected
            right = compare(ratio, np.full(3, ratio.mean()), 1e-3) is None
            difference = None if right else "does not follow from what it returned"
        look_at = "the reconstruction is compared with the clean x, by squares."
        return verdict(told("`denoising_loss`", difference, look_at))


class SumAndMean(Denoising):
    name = "deep/sum-and-mean"
    weight = 0.5

    def mark(self, result, inputs):
        own = numbers(result["losses"])
        targets = (inputs["x"], inputs["x"] + inputs["noise"], inputs["noise"])
        for expected in (self.errors(result, target) for target in targets):
            if expected is None or own is None:
                continue
            ratio = 5 * own / expected
            if np.ptp(ratio) < 1e-3 * abs(ratio.mean()) and abs(ratio[0] - 1) > 1e-3:
                return verdict(
                    f"`denoising_loss` is {ratio[0]:.3g} times as large as it should "
                    f"be: sum over the 4 features, mean over the 5 examples."
                )
        if own is None:
            return verdict("`denoising_loss` is not one number for the batch.")
        return Verdict(1.0)


@functools.cache
def digits():
    return load_digits().data / 16


class Denoises(Check):
    name = "deep/denoises-unseen-images"
    weight = 2.0
    seconds = 30
    at_most = 0.85

    def inputs(self, rng):
        images = digits()[rng.permutation(len(digits()))][:, rng.permutation(64)]
        x, clean = images[:800], images[800:1100]
        level = float(rng.uniform(0.45, 0.55))
        return {
            "x": x,
            "noisy": clean + rng.normal(0, level, clean.shape),
            "level": level,
            "seed": int(rng.integers(10_000)),
            "clean": clean,
        }

    @staticmethod
    def run(student, x, noisy, level, seed):
        x = np.asarray(ops.convert_to_numpy(x))  # noqa: F821
        return student.train_denoiser(x, level, seed)(noisy)

    def mark(self, result, inputs):
        clean, cleaned = inputs["clean"], array(result)
        if shape(result) != clean.shape:
            return verdict(
                f"`train_denoiser`: what it returned maps {clean.shape} to "
                f"{shape(result)}, expected the same shape."
            )
        base = np.sum((clean - inputs["x"].mean(axis=0)) ** 2)
        share = np.sum((clean - cleaned) ** 2) / base
        if share < self.at_most:
            return Verdict(1.0)
        return verdict(
            f"`train_denoiser`: on unseen noisy images the error is {share:.0%} of "
            f"that of the mean image, expected below {self.at_most:.0%}: look at what "
            f"is input and what is target, and how long it trains."
        )


checks = [
    BuiltShapes(),
    BuiltLayers(),
    LinearEnds(),
    HiddenActivation(),
    NoisyInput(),
    CleanTarget(),
    SumAndMean(),
    Denoises(),
]
