"""Problem 9: denoisers that were learned from examples.

They are compared with the best possible ones, of which there are formulas here, and by
what DDIM makes of given noise. The bounds are in the assignment's text.
"""

import numpy as np

from autograder.checks import Check

from .common import array, verdict

ALPHA_BAR = np.cumprod(1 - np.linspace(0.01, 0.35, 30))
COUNT = 1000


class Learning(Check):
    """Trains once, asks about noisy points, and samples."""

    seconds = 30

    def inputs(self, rng):
        law = self.law(rng)
        x, new = (self.drawn(rng, **law) for _ in range(2))
        noise, start = rng.normal(size=(2, *x.shape))
        t = rng.integers(0, len(ALPHA_BAR), COUNT)
        kept = ALPHA_BAR[t][:, None]
        x_t = np.sqrt(kept) * new + np.sqrt(1 - kept) * noise
        given = {"x": x, "alpha_bar": ALPHA_BAR, "seed": int(rng.integers(10_000))}
        return {**law, **given, "x_t": x_t, "t": t, "start": start, "new": new}

    @staticmethod
    def drawn(rng, centres, shares, deviation):
        chosen = centres[rng.choice(len(centres), COUNT, p=shares)]
        return chosen + rng.normal(0, deviation, chosen.shape)

    @staticmethod
    def run(student, x, seed, alpha_bar, x_t, t, start):
        from keras import ops

        def plain(value):
            return np.asarray(ops.convert_to_numpy(value))

        def forward(x_0, t, noise):
            x_0 = ops.convert_to_tensor(x_0, dtype="float32")
            noise = ops.convert_to_tensor(noise, dtype="float32")
            t = ops.cast(ops.convert_to_tensor(t), "int32")
            kept = ops.take(alpha_bar, t, axis=0)[:, None]
            return ops.sqrt(kept) * x_0 + ops.sqrt(1.0 - kept) * noise

        examples = plain(x).astype("float64")
        denoiser = student.train_denoiser(examples, forward, len(alpha_bar), seed)
        predicted = plain(denoiser(x_t, t))
        sample, kept = plain(start), np.append(plain(alpha_bar), 1.0)
        for step in reversed(range(len(alpha_bar))):
            seen = ops.convert_to_tensor(sample.astype("float32"))
            steps = ops.convert_to_tensor(np.full(len(sample), step, "int32"))
            noise = plain(denoiser(seen, steps))
            x_0 = (sample - np.sqrt(1 - kept[step]) * noise) / np.sqrt(kept[step])
            before = kept[step - 1]  # of the step -1 it is 1
            sample = np.sqrt(before) * x_0 + np.sqrt(1 - before) * noise
        return {"predicted": predicted, "sample": sample}

    def mark(self, result, inputs):
        predicted, sample = array(result["predicted"]), array(result["sample"])
        for own in (predicted, sample):
            if own is None or own.shape != inputs["x_t"].shape:
                shape = None if own is None else own.shape
                return verdict(
                    f"The denoiser of `train_denoiser` gives shape {shape} for "
                    f"{inputs['x_t'].shape}, or numbers that are not finite."
                )
        return verdict(self.wrong(predicted, sample, inputs))


class Coin(Learning):
    question = "learning/coin"

    @staticmethod
    def law(rng):
        heads = rng.choice([rng.uniform(0.2, 0.3), rng.uniform(0.7, 0.8)])
        centres = np.array([[1.0], [-1.0]])
        return {"centres": centres, "shares": [heads, 1 - heads], "deviation": 0.0}


class Share(Coin):
    name = "learning/share-of-heads"
    most = 0.15

    def wrong(self, predicted, sample, inputs):
        off = abs(float(np.mean(sample > 0)) - float(np.mean(inputs["x"] > 0)))
        if off > self.most:
            return (
                f"Samples of a coin made with your denoiser are {off:.2f} off its "
                f"share of heads, at most {self.most}: look at how examples and steps "
                f"are drawn, and train longer."
            )


class Sides(Coin):
    name = "learning/sides-of-the-coin"
    most = 0.2

    def wrong(self, predicted, sample, inputs):
        off = float(np.mean(np.abs(np.abs(sample) - 1)))
        if off > self.most:
            return (
                f"Samples of a coin made with your denoiser are {off:.2g} off its "
                f"sides on average, at most {self.most}: look at what the network "
                f"learns to predict, at what it knows of the step, and train longer."
            )


class Plane(Learning):
    question = "learning/plane"

    @staticmethod
    def law(rng):
        angles = rng.uniform(0, 2 * np.pi) + np.array([0, 2, 4]) * np.pi / 3
        angles += rng.uniform(-0.2, 0.2, 3)
        centres = 1.2 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        shares = rng.permutation([0.2, 0.3, 0.5])
        return {"centres": centres, "shares": list(shares), "deviation": 0.2}


def best(x_t, t, centres, shares, deviation):
    """The average noise in points of round clouds: (B, D)."""
    kept = ALPHA_BAR[t][:, None]
    variance = kept * deviation**2 + 1 - kept
    offsets = x_t[:, None] - np.sqrt(kept)[..., None] * centres  # (B, clouds, D)
    odds = np.log(shares) - np.sum(offsets**2, axis=2) / (2 * variance)
    chances = np.exp(odds - odds.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    average = np.sum(chances[..., None] * offsets, axis=1)
    return np.sqrt(1 - kept) * average / variance


class PredictedNoise(Plane):
    name = "learning/noise-in-the-plane"
    most = 0.075

    def wrong(self, predicted, sample, inputs):
        names = ("x_t", "t", "centres", "shares", "deviation")
        right = best(*(inputs[name] for name in names))
        off = float(np.mean((predicted - right) ** 2))
        if off > self.most:
            return (
                f"Your denoiser of points is {off:.2g} (mean square) off the best one, "
                f"at most {self.most}: look at what it learns to predict, at what it "
                f"knows of the step, and train longer."
            )


def mean_distance(a, b):
    return np.mean(np.linalg.norm(a[:, None] - b[None], axis=2))


class Samples(Plane):
    name = "learning/samples-of-the-plane"
    most = 0.1

    def wrong(self, predicted, sample, inputs):
        new = inputs["new"]
        off = 2 * mean_distance(sample, new)
        off -= mean_distance(sample, sample) + mean_distance(new, new)
        if off > self.most:
            return (
                f"Samples made with your denoiser of points have an energy distance of "
                f"{off:.2g} from the data, at most {self.most}: look at the picture of "
                f"your own samples."
            )


checks = [Share(), Sides(), PredictedNoise(), Samples()]
