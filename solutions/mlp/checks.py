"""The hidden checks of the assignment on the multilayer perceptron.

Each looks at one idea and takes the rest of the answer as it is: a hidden delta is
compared with what follows from the student's own output delta, a z with the student's
own z_in. One mistake so costs one idea.
"""

import numpy as np

from autograder.checks import (
    Check,
    Learns,
    Limits,
    SameValues,
    Verdict,
    compare,
    finite_differences,
)

limits = Limits(
    cell_seconds=30, check_seconds=20, submission_seconds=240, memory_mb=2500
)


def verdict(sentence):
    return Verdict(0.0, sentence) if sentence else Verdict(1.0)


def array(value):
    """The value in float64, or None if it is not an array of finite numbers."""
    try:
        value = np.asarray(value, dtype="float64")
    except (TypeError, ValueError):
        return None
    return value if np.all(np.isfinite(value)) else None


def first(*sentences):
    """The first sentence that is one, or None."""
    return next((sentence for sentence in sentences if sentence), None)


def told(subject, difference, look_at):
    return difference and f"{subject} {difference}: {look_at}"


def sizes(rng, count):
    """Sizes that all differ, so that a wrong axis shows in the shape."""
    return [int(size) for size in rng.permutation(np.arange(2, 8))[:count]]


# --- 1 activations ---------------------------------------------------------------


def away_from_zero(rng):
    """Random values whose distance from 0, where ReLUs have a kink, is 0.1 or more."""
    signs = np.where(rng.random((3, 4, 2)) < 0.5, -1.0, 1.0)
    return (signs * rng.uniform(0.1, 4.0, (3, 4, 2)),)


def with_slope(rng):
    return (*away_from_zero(rng), float(rng.uniform(0.1, 0.6)))


def each(function):
    """A function of one number to a function of arrays, by a slow loop."""

    def of_arrays(x, *rest):
        values = [function(float(number), *rest) for number in np.ravel(x)]
        return np.reshape(values, np.shape(x))

    return of_arrays


def slopes(function):
    """The derivative of an elementwise function, by finite differences."""

    def derivative(x, *rest):
        return finite_differences(lambda x: float(np.sum(function(x, *rest))), x)

    return derivative


sigmoid = each(lambda s: 0.5 * (1.0 + np.tanh(0.5 * s)))
relu = each(lambda s: s if s > 0 else 0.0)
leaky_relu = each(lambda s, slope: s if s > 0 else slope * s)

activations = [
    SameValues(
        "activations/sigmoid",
        "sigmoid",
        away_from_zero,
        sigmoid,
        "each element is 1 / (1 + exp(-x)) of itself; look at the sign and for sums.",
    ),
    SameValues(
        "activations/sigmoid-derivative",
        "sigmoid_derivative",
        away_from_zero,
        slopes(sigmoid),
        "compared with differences of the sigmoid at the same x. The argument is the "
        "unit's input: work out f(x) before f (1 - f).",
    ),
    SameValues(
        "activations/relu",
        "relu",
        away_from_zero,
        relu,
        "look at which side of 0 passes through unchanged.",
    ),
    SameValues(
        "activations/relu-derivative",
        "relu_derivative",
        away_from_zero,
        slopes(relu),
        "compared with differences of the ReLU. Look at the slope on each side of 0.",
    ),
    SameValues(
        "activations/leaky-relu",
        "leaky_relu",
        with_slope,
        leaky_relu,
        "look at the values below 0, and whether `slope` is used.",
    ),
    SameValues(
        "activations/leaky-relu-derivative",
        "leaky_relu_derivative",
        with_slope,
        slopes(leaky_relu),
        "compared with differences of the leaky ReLU: below 0 it still rises.",
    ),
]


class SigmoidOfLargeInputs(Check):
    name = "activations/large-inputs"

    def inputs(self, rng):
        return {"x": rng.uniform(200.0, 1000.0, 6) * np.repeat([-1.0, 1.0], 3)}

    @staticmethod
    def run(student, x):
        return student.sigmoid(x)

    def mark(self, result, inputs):
        difference = compare(result, sigmoid(inputs["x"]))
        look_at = "look for infinity divided by infinity at |x| of several hundred."
        return verdict(told("`sigmoid`", difference, look_at))


# --- 2 softmax -------------------------------------------------------------------


def softmax(logits, axis=-1):
    logits = np.asarray(logits, dtype="float64")
    exponentials = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def over_any_axis(result, logits):
    """How the result differs from a softmax over the classes, the batch, or both."""
    return [compare(result, softmax(logits, axis)) for axis in (1, 0, None)]


def surprises(logits, labels):
    """The cross-entropy of each example, by a slow loop."""
    values = []
    for row, label in zip(np.asarray(logits, "float64"), labels, strict=True):
        values.append(np.log(np.sum(np.exp(row - row.max()))) - row[label] + row.max())
    return np.array(values)


def logits_and_labels(rng, examples, classes, scale=2.0):
    logits = scale * rng.normal(size=(examples, classes))
    return logits, rng.integers(0, classes, examples)


class SoftmaxAxis(Check):
    name = "softmax/sums-over-the-last-axis"

    def inputs(self, rng):
        a, b, c = sizes(rng, 3)
        return {"two": 2 * rng.normal(size=(a, b)), "three": rng.normal(size=(c, a, b))}

    @staticmethod
    def run(student, two, three):
        return [student.softmax(two), student.softmax(three)]

    def mark(self, result, inputs):
        for part, logits in zip(result, (inputs["two"], inputs["three"]), strict=True):
            if array(part) is None or array(part).shape != logits.shape:
                return verdict(
                    f"`softmax` does not keep the shape {logits.shape} of its logits."
                )
            totals = array(part).sum(axis=-1)
            if difference := compare(totals, np.ones_like(totals), 1e-3):
                look_at = "look at the axis of the sum, and at `keepdims`."
                text = f"The sums over the last axis of `softmax` of {logits.shape}"
                return verdict(
                    told(text, f"are not 1; their array {difference}", look_at)
                )
        return Verdict(1.0)


class SoftmaxValues(Check):
    """Right over whatever axis: which one is another check's idea."""

    name = "softmax/values"

    def inputs(self, rng):
        return {"logits": 2 * rng.normal(size=sizes(rng, 2))}

    @staticmethod
    def run(student, logits):
        return student.softmax(logits)

    def mark(self, result, inputs):
        differences = over_any_axis(result, inputs["logits"])
        if None in differences:
            return Verdict(1.0)
        look_at = "each value is exp(logit) divided by the sum of all of them."
        return verdict(told("`softmax`", differences[0], look_at))


class SoftmaxOfLargeLogits(Check):
    name = "softmax/large-logits"

    def inputs(self, rng):
        return {
            "logits": 2 * rng.normal(size=sizes(rng, 2)) + 900 * rng.choice([-1, 1])
        }

    @staticmethod
    def run(student, logits):
        return student.softmax(logits)

    def mark(self, result, inputs):
        differences = over_any_axis(result, inputs["logits"])
        if None in differences:
            return Verdict(1.0)
        look_at = "with logits around 900 exp overflows. What can you subtract first?"
        return verdict(told("`softmax`", differences[0], look_at))


class CrossEntropyOfOne(Check):
    name = "softmax/cross-entropy"

    def inputs(self, rng):
        logits, labels = logits_and_labels(rng, 5, 4)
        return {"logits": logits, "labels": labels}

    @staticmethod
    def run(student, logits, labels):
        one = student.cross_entropy
        return [one(logits[i : i + 1], labels[i : i + 1]) for i in range(5)]

    def mark(self, result, inputs):
        own = array([np.squeeze(array(value)) for value in result])
        expected = surprises(inputs["logits"], inputs["labels"])
        difference = compare(own, expected) if own is not None else "is not a number"
        look_at = "one example's loss is minus the log-probability of its own label."
        return verdict(told("`cross_entropy` of one example", difference, look_at))


class CrossEntropyMean(Check):
    """The loss of a batch is the mean of the student's own losses of its examples."""

    name = "softmax/batch-mean"

    def inputs(self, rng):
        logits, labels = logits_and_labels(rng, 5, 3)
        return {"logits": logits, "labels": labels}

    @staticmethod
    def run(student, logits, labels):
        one = student.cross_entropy
        alone = [one(logits[i : i + 1], labels[i : i + 1]) for i in range(5)]
        return {"batch": one(logits, labels), "alone": alone}

    def mark(self, result, inputs):
        alone = array([np.squeeze(array(value)) for value in result["alone"]])
        if alone is None or np.ptp(alone) < 1e-3:
            return verdict("`cross_entropy` is the same for every example.")
        difference = compare(result["batch"], np.mean(alone))
        if difference and compare(result["batch"], np.sum(alone)) is None:
            difference = "is the sum of the examples' losses"
        look_at = "for a batch it is the mean; look at how labels and rows are paired."
        return verdict(told("`cross_entropy` of 5 examples", difference, look_at))


class CrossEntropyOfLargeLogits(Check):
    """Finite earns half; right, the whole."""

    name = "softmax/cross-entropy-of-large-logits"

    def inputs(self, rng):
        rows, labels = logits_and_labels(rng, 1, 4)
        labels[:] = np.argmin(rows, axis=1)  # the surprise is as large as can be
        return {"logits": 700.0 * rows, "labels": labels}

    @staticmethod
    def run(student, logits, labels):
        return student.cross_entropy(logits, labels)

    def mark(self, result, inputs):
        expected = surprises(inputs["logits"], inputs["labels"])[0]
        value = array(result)
        if value is None or value.size != 1:
            return verdict(
                "`cross_entropy` is not finite for logits around 1000: look for the "
                "logarithm of a probability that was rounded to 0."
            )
        if compare(value.ravel()[0], expected, 1e-3) is None:
            return Verdict(1.0)
        return Verdict(
            0.5,
            "`cross_entropy` is finite for logits around 1000, but far too small: a "
            "clipped logarithm hides the error. Use the logits, not probabilities.",
        )


# --- 3 forward -------------------------------------------------------------------


def activation(s):
    """The activation that the probes pass; it is not 0 at 0."""
    return 0.5 + s / (1.0 + s * s)


class Forward(Check):
    keeps_sums, keeps_biases = True, True

    def inputs(self, rng):
        b, n, p, m = sizes(rng, 4)
        draw = [rng.normal(size=shape) for shape in ((n, p), (p,), (p, m), (m,))]
        keep = [self.keeps_sums, self.keeps_biases] * 2
        weights = [part * kept for part, kept in zip(draw, keep, strict=True)]
        return {"weights": weights, "x": rng.normal(size=(b, n))}

    @staticmethod
    def run(student, weights, x):
        signals = student.forward(tuple(weights), x, lambda s: 0.5 + s / (1.0 + s * s))
        return list(signals)

    def mark(self, result, inputs):
        v, v0, w, w0 = inputs["weights"]
        return verdict(self.wrong(*map(array, result), v, v0, w, w0, inputs["x"]))


class ForwardShapes(Forward):
    name = "forward/shapes"
    weight = 0.5

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        hidden, output = np.zeros((len(x), len(v0))), np.zeros((len(x), len(w0)))
        named = (("z_in", z_in), ("z", z), ("y_in", y_in), ("y", y))
        for (name, part), like in zip(
            named, (hidden, hidden, output, output), strict=True
        ):
            if part is None or part.shape != like.shape:
                shape = None if part is None else part.shape
                return (
                    f"`forward`: {name} has shape {shape}, expected {like.shape}: look "
                    f"at the order of the four signals and of the matrix products."
                )


class ForwardSums(Forward):
    name = "forward/weighted-sums"
    keeps_biases = False

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        return first(
            told("`forward`: z_in", compare(z_in, x @ v), "look at the sum over x v."),
            told(
                "`forward`: y_in",
                compare(y_in, z @ w),
                "it is not made of your z; look at what enters the second layer.",
            ),
        )


class ForwardBiases(Forward):
    name = "forward/biases"
    keeps_sums = False

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        look_at = "with v = w = 0 only the bias is left, the same for all examples."
        return first(
            told("`forward`: z_in", compare(z_in, v0 + np.zeros_like(z_in)), look_at),
            told("`forward`: y_in", compare(y_in, w0 + np.zeros_like(y_in)), look_at),
        )


class ForwardActivations(Forward):
    name = "forward/activation-in-both-layers"

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        look_at = "is the activation, the one that was passed, applied here?"
        return first(
            told(
                "`forward`: z, from your z_in,", compare(z, activation(z_in)), look_at
            ),
            told(
                "`forward`: y, from your y_in,", compare(y, activation(y_in)), look_at
            ),
        )


# --- 4 backpropagation -----------------------------------------------------------


def slope_of_activation(s):
    return (1.0 - s * s) / (1.0 + s * s) ** 2


class Deltas(Check):
    def inputs(self, rng):
        b, n, p, m = sizes(rng, 4)
        v, v0, w, w0 = (rng.normal(size=s) for s in ((n, p), (p,), (p, m), (m,)))
        z_in = rng.normal(size=(b, n)) @ v + v0
        y_in = activation(z_in) @ w + w0
        return {
            "weights": [v, v0, w, w0],
            "signals": [z_in, activation(z_in), y_in, activation(y_in)],
            "targets": rng.normal(size=(b, m)),
        }

    @staticmethod
    def run(student, weights, signals, targets):
        def derivative(s):
            return (1.0 - s * s) / ((1.0 + s * s) * (1.0 + s * s))

        return list(student.deltas(tuple(weights), targets, tuple(signals), derivative))


class DeltaOutput(Deltas):
    name = "backpropagation/delta-output"

    def mark(self, result, inputs):
        targets, y_in = inputs["targets"], inputs["signals"][2]

        def error(y_in):
            return 0.5 * np.sum((targets - activation(y_in)) ** 2)

        expected = -finite_differences(error, y_in)
        difference = compare(result[0], expected)
        if difference and compare(-np.asarray(result[0]), expected) is None:
            difference = "has the wrong sign"
        look_at = (
            "compared with differences of E along y_in. Look at t - y, and at what the "
            "derivative is applied to."
        )
        return verdict(told("`deltas`: delta_output", difference, look_at))


class DeltaHidden(Deltas):
    """Right, or what follows from the student's own delta_output."""

    name = "backpropagation/delta-hidden"

    def mark(self, result, inputs):
        _, _, w, w0 = inputs["weights"]
        z_in, _, y_in, _ = inputs["signals"]

        def error(z_in):
            y = activation(activation(z_in) @ w + w0)
            return 0.5 * np.sum((inputs["targets"] - y) ** 2)

        difference = compare(result[1], -finite_differences(error, z_in))
        own = array(result[0])
        if own is not None and own.shape == y_in.shape and np.abs(own).max() > 1e-2:
            follows = (own @ w.T) * slope_of_activation(z_in)
            difference = difference and compare(result[1], follows)
        look_at = (
            "it does not follow from your delta_output. Look at the sum over the "
            "output units and at the derivative, which is taken at z_in."
        )
        return verdict(told("`deltas`: delta_hidden", difference, look_at))


NAMES = ("dv", "dv0", "dw", "dw0")


class Corrections(Check):
    """Direction, learning rate and mean are three ideas: each is looked at alone."""

    def inputs(self, rng):
        b, n, p, m = (size + 1 for size in sizes(rng, 4))
        return {
            "x": rng.normal(size=(b, n)),
            "z": rng.normal(size=(b, p)),
            "delta_output": rng.normal(size=(b, m)),
            "delta_hidden": rng.normal(size=(b, p)),
            "rates": [float(rng.uniform(0.55, 0.65)), float(rng.uniform(0.75, 0.85))],
        }

    @staticmethod
    def run(student, x, z, delta_output, delta_hidden, rates):
        given = (x, z, delta_output, delta_hidden)
        return [list(student.corrections(*given, rate)) for rate in rates]

    def expected(self, inputs):
        """dv, dv0, dw, dw0 for a learning rate of 1, by slow loops."""
        x, z = inputs["x"], inputs["z"]
        outer = [(x, inputs["delta_hidden"]), (z, inputs["delta_output"])]
        parts = []
        for signals, deltas in outer:
            pairs = list(zip(signals, deltas, strict=True))
            weight = sum(np.outer(signal, delta) for signal, delta in pairs)
            parts += [weight / len(x), sum(delta for _, delta in pairs) / len(x)]
        return parts

    def factors(self, parts, inputs):
        """Per part: by what number it is a multiple of the expected one, or None."""
        found = []
        for part, expected in zip(
            map(array, parts), self.expected(inputs), strict=True
        ):
            found.append(None)
            if part is not None and part.shape == expected.shape:
                factor = np.sum(part * expected) / np.sum(expected**2)
                if abs(factor) > 1e-6 and not compare(part / factor, expected, 1e-3):
                    found[-1] = factor
        return found

    def misdirected(self, result, inputs, numbers, look_at):
        found, expected = self.factors(result[0], inputs), self.expected(inputs)
        for number in numbers:
            if found[number] is None:
                part = array(result[0][number])
                shape = None if part is None else part.shape
                what = "is no multiple of the right one"
                if shape != expected[number].shape:
                    what = f"has shape {shape}, expected {expected[number].shape}"
                return verdict(f"`corrections`: {NAMES[number]} {what}: {look_at}")
        return Verdict(1.0)


class WeightCorrections(Corrections):
    name = "backpropagation/weight-corrections"

    def mark(self, result, inputs):
        look_at = (
            "each element pairs one unit's signal with one delta, once, and sums over "
            "the examples of the batch."
        )
        return self.misdirected(result, inputs, (0, 2), look_at)


class BiasCorrections(Corrections):
    name = "backpropagation/bias-corrections"

    def mark(self, result, inputs):
        look_at = "a bias is a weight of a signal that is always 1: one per unit."
        return self.misdirected(result, inputs, (1, 3), look_at)


class LearningRate(Corrections):
    name = "backpropagation/learning-rate"

    def mark(self, result, inputs):
        slow, fast = (self.factors(parts, inputs) for parts in result)
        pairs = [pair for pair in zip(slow, fast, strict=True) if None not in pair]
        if not pairs:
            return verdict("`corrections`: no part has the right direction to judge.")
        if any(factor < 0 for factor, _ in pairs):
            return verdict(
                "`corrections` goes uphill: delta already contains the minus of "
                "gradient descent, and step 8 adds the correction."
            )
        ratio = inputs["rates"][1] / inputs["rates"][0]
        if any(abs(b / a - ratio) > 1e-2 for a, b in pairs):
            return verdict(
                "`corrections` does not grow in proportion to the learning rate: look "
                "at each of the four parts."
            )
        return Verdict(1.0)


class BatchMean(Corrections):
    name = "backpropagation/batch-mean"

    def mark(self, result, inputs):
        rate, batch = inputs["rates"][0], len(inputs["x"])
        found = [factor for factor in self.factors(result[0], inputs) if factor]
        # A wrong sign and a forgotten learning rate are another check's idea.
        scales = [abs(factor) / rate for factor in found if abs(abs(factor) - 1) > 1e-2]
        wrong = [scale for scale in scales if abs(scale - 1) > 1e-2]
        if found and not wrong:
            return Verdict(1.0)
        if not found:
            return verdict("`corrections`: no part has the right direction to judge.")
        return verdict(
            f"`corrections` is {wrong[0]:.2g} times as large as it should be for a "
            f"batch of {batch}: the correction is the mean over the examples."
        )


def weights_and_corrections(rng):
    n, p, m = sizes(rng, 3)
    shapes = ((n, p), (p,), (p, m), (m,))
    return [[rng.normal(size=shape) for shape in shapes] for _ in range(2)]


update = SameValues(
    "backpropagation/update",
    "update",
    weights_and_corrections,
    lambda old, change: [a + b for a, b in zip(old, change, strict=True)],
    "step 8 adds each correction to its own weight, in the same order.",
    weight=0.5,
)


# --- 5 minibatches ---------------------------------------------------------------


class Minibatches(Check):
    """Records what `train` hands to `step`; the first column of x numbers the rows."""

    def inputs(self, rng):
        size = int(rng.integers(4, 7))
        return {
            "numbers": [4 * size + int(rng.integers(1, size)), 4 * size],
            "batch_size": size,
            "epochs": 3,
            "seeds": [int(seed) for seed in rng.choice(10_000, 2, replace=False)],
        }

    @staticmethod
    def run(student, numbers, batch_size, epochs, seeds):
        def record(number, seed):
            calls = {"x": [], "targets": [], "received": [], "final": None}

            def rows(batch, columns):
                batch = np.asarray(ops.convert_to_numpy(batch))  # noqa: F821
                ids = batch.reshape(-1, columns)[:, 0]
                return [int(round(float(each))) for each in ids]

            def step(weights, x_batch, targets_batch):
                calls["x"].append(rows(x_batch, 3))
                calls["targets"].append(rows(targets_batch, 2))
                calls["received"].append(weights["count"])
                return {"count": weights["count"] + 1}

            ids = np.arange(number, dtype="float32")
            x = np.stack([ids, ids / 2, ids % 5], axis=1)
            targets = np.stack([ids, -ids], axis=1)
            final = student.train(
                step, {"count": 0}, x, targets, batch_size, epochs, seed
            )
            if isinstance(final, dict) and len(calls["x"]) < 1000:
                calls["final"] = final.get("count")
            return calls

        again = [record(numbers[0], seed) for seed in (seeds[0], seeds[1])]
        return [record(number, seeds[0]) for number in numbers] + again

    def mark(self, result, inputs):
        return verdict(self.wrong(result, **inputs))

    def orders(self, calls, epochs):
        """The rows' numbers in the order of use, one list per epoch."""
        used = [row for rows in calls["x"] for row in rows]
        length = max(1, len(used) // epochs)
        return [used[start : start + length] for start in range(0, len(used), length)]


class PairsIntact(Minibatches):
    name = "minibatches/x-and-targets-together"

    def wrong(self, result, **inputs):
        for calls in result:
            mixed = sum(
                x != t for x, t in zip(calls["x"], calls["targets"], strict=True)
            )
            if mixed or not calls["x"]:
                return (
                    f"`train`: in {mixed} of {len(calls['x'])} steps the rows of x and "
                    f"of the targets are not of the same examples: use one order for "
                    f"both."
                )


class EachExampleOnce(Minibatches):
    name = "minibatches/each-example-once-per-epoch"

    def wrong(self, result, numbers, epochs, **inputs):
        for calls, number in zip(result, numbers, strict=False):
            used = [row for rows in calls["x"] for row in rows]
            times = np.bincount(np.array(used, dtype=int), minlength=number)
            split = [sorted(order) for order in self.orders(calls, epochs)]
            if np.all(times == epochs) and split == [list(range(number))] * epochs:
                continue
            wrong = int(np.sum(times != epochs))
            return (
                f"`train`: with {number} examples and {epochs} epochs, {wrong} of them "
                f"are used more or less often than once per epoch: look at the last "
                f"batch, and at the loop over epochs."
            )


class BatchSizes(Minibatches):
    name = "minibatches/batch-sizes"

    def wrong(self, result, numbers, batch_size, **inputs):
        for calls, number in zip(result, numbers, strict=False):
            found = [len(rows) for rows in calls["x"]]
            allowed = {batch_size, number % batch_size or batch_size}
            strange = [size for size in found if size not in allowed]
            if strange or not found:
                return (
                    f"`train`: with {number} examples and batch_size {batch_size} "
                    f"there are batches of {sorted(set(strange))}: all are full but "
                    f"the last one of an epoch, and none is empty."
                )


class NewOrder(Minibatches):
    name = "minibatches/new-order-in-each-epoch"

    def wrong(self, result, numbers, epochs, **inputs):
        for calls in result[:2]:
            orders = self.orders(calls, epochs)
            if not orders or orders[0] == sorted(orders[0]):
                return "`train` takes the examples in their stored order: shuffle."
            if any(orders[0] == other for other in orders[1:]):
                return (
                    "`train` uses the same order again in a later epoch: draw a new "
                    "one in each, from a generator that is made only once."
                )


class Seeded(Minibatches):
    name = "minibatches/seed"
    weight = 0.5

    def wrong(self, result, **inputs):
        one, _, same, other = (calls["x"] for calls in result)
        if one != same:
            return (
                "`train` with the same seed gives other batches the second time: draw "
                "all orders from np.random.default_rng(seed)."
            )
        if one == other and one != [sorted(rows) for rows in one]:
            return "`train` gives the same batches for two different seeds: use `seed`."


class WeightsPassedOn(Minibatches):
    name = "minibatches/weights-passed-on"

    def wrong(self, result, **inputs):
        for calls in result:
            steps = len(calls["received"])
            stale = sum(a != b for a, b in zip(calls["received"], range(steps)))  # noqa: B905
            if stale or not steps:
                return (
                    f"`train`: {stale} of {steps} steps did not receive the weights "
                    f"that the step before returned."
                )
            if calls["final"] != steps:
                return "`train` does not return what the last step returned."


# --- 6 xor -----------------------------------------------------------------------

POINTS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
XOR = np.array([[0.0], [1.0], [1.0], [0.0]])


class Xor(Check):
    seconds = 30  # three calls

    def inputs(self, rng):
        return {"seeds": [int(seed) for seed in rng.choice(10_000, 3, replace=False)]}

    @staticmethod
    def run(student, seeds):
        return [list(student.solve_xor(seed)) for seed in seeds]

    def outputs(self, weights):
        """What the network says at the four points, or None if it cannot be worked out.

        A bias of shape (1, p) will do: shapes are another check's idea.
        """
        weights = [array(part) for part in weights]
        if len(weights) != 4 or any(part is None for part in weights):
            return None
        v, v0, w, w0 = weights
        try:
            return sigmoid(sigmoid(POINTS @ v + v0) @ w + w0).reshape(4, 1)
        except ValueError:
            return None

    def mark(self, result, inputs):
        right = sum(self.is_right(self.outputs(weights)) for weights in result)
        if right == len(inputs["seeds"]):
            return Verdict(1.0)
        return Verdict(
            right / len(inputs["seeds"]),
            f"`solve_xor` {self.aim} from {right} of {len(inputs['seeds'])} seeds: "
            f"{self.look_at}",
        )


def misshapen(weights):
    """What is wrong with the shapes of (v, v0, w, w0), or None."""
    if len(weights) != 4 or any(part is None for part in weights):
        return "does not return four arrays of finite numbers"
    hidden = weights[0].shape[-1] if weights[0].ndim else 0
    expected = [(2, hidden), (hidden,), (hidden, 1), (1,)]
    shapes = [part.shape for part in weights]
    if hidden and shapes == expected:
        return None
    return f"returns shapes {shapes}, expected (2, p), (p,), (p, 1), (1,)"


class XorShapes(Xor):
    name = "xor/shapes"
    weight = 0.5

    def inputs(self, rng):
        return {"seeds": [int(rng.integers(10_000))]}

    def mark(self, result, inputs):
        problem = misshapen([array(part) for part in result[0]])
        look_at = "look at the order of the four parts, and at one bias per unit."
        return verdict(told("`solve_xor`", problem, look_at))


class XorRightSide(Xor):
    name = "xor/right-side"
    aim = "has all four outputs on the right side of 0.5"
    look_at = "look at the targets, at the update, and at how the weights start."

    def is_right(self, outputs):
        return outputs is not None and bool(np.all((outputs > 0.5) == (XOR > 0.5)))


class XorClose(Xor):
    name = "xor/within-0.2"
    aim = "comes within 0.2 of all four targets"
    look_at = "train longer, with a larger learning rate, or with more hidden units."

    def is_right(self, outputs):
        return outputs is not None and bool(np.all(np.abs(outputs - XOR) <= 0.2))


# --- 7 layer ---------------------------------------------------------------------


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


# --- 8 classifier ----------------------------------------------------------------


def renamed_digits(rng, train=1000, validation=300):
    """Digits whose classes are renamed at random, so that only y_train tells them."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    order = rng.permutation(len(digits.data))
    x, y = digits.data[order] / 16, rng.permutation(10)[digits.target[order]]
    parts = np.split(np.arange(len(x)), [train, train + validation])
    names = ("train", "validation", "test")
    data = {}
    for name, part in zip(names, parts, strict=True):
        data |= {f"x_{name}": x[part], f"y_{name}": y[part]}
    return data


class LearnsFromArrays(Learns):
    """`Learns`, with the data as NumPy arrays."""

    @staticmethod
    def run(student, function, x_train, y_train, x_validation, y_validation, x_test):
        data = (x_train, y_train, x_validation, y_validation, x_test)
        *known, x_test = (np.asarray(ops.convert_to_numpy(a)) for a in data)  # noqa: F821
        return getattr(student, function)(*known).predict(x_test, verbose=0)


learns = LearnsFromArrays(
    "classifier/learns-the-given-labels",
    "train_classifier",
    renamed_digits,
    at_least=0.85,
    look_at="the classes were renamed, so only `y_train` tells them. Look at the loss, "
    "the learning rate and the number of epochs.",
    weight=2.0,
    seconds=30,
)


class ValidationOnlyWatched(Check):
    """Classes 5 to 9 occur in the validation set alone: nothing may know them."""

    name = "classifier/validation-only-watched"
    most = 0.4
    seconds = 30

    def inputs(self, rng):
        centres = rng.random((40, 64))  # cluster c is of class c % 10

        def drawn(clusters, each):
            clusters = rng.permutation(np.repeat(clusters, each))
            noise = rng.normal(0, 0.05, (len(clusters), 64))
            return np.clip(centres[clusters] + noise, 0, 1), clusters % 10

        known = np.flatnonzero(np.arange(40) % 10 < 5)
        x_train, y_train = drawn(known, 25)
        x_validation, y_validation = drawn(np.arange(40), 8)
        x_test, y_test = drawn(np.setdiff1d(np.arange(40), known), 10)
        return {
            "data": [x_train, y_train, x_validation, y_validation, x_test],
            "y_test": y_test,
        }

    @staticmethod
    def run(student, data):
        *known, x_test = (np.asarray(ops.convert_to_numpy(a)) for a in data)  # noqa: F821
        return student.train_classifier(*known).predict(x_test, verbose=0)

    def mark(self, result, inputs):
        scores = array(result)
        if scores is None or scores.ndim != 2:
            return verdict("The model's predictions are not (examples, classes).")
        knows = float(np.mean(scores.argmax(axis=1) == inputs["y_test"]))
        if knows <= self.most:
            return Verdict(1.0)
        return verdict(
            f"The model knows {knows:.0%} of examples of classes that occur only in "
            f"the validation set: its weights have learned from it. Pass it as "
            f"`validation_data`, never as training data."
        )


class Probabilities(Check):
    name = "classifier/probabilities"
    seconds = 30

    def inputs(self, rng):
        data = renamed_digits(rng, train=200, validation=50)
        names = ("x_train", "y_train", "x_validation", "y_validation")
        return {"data": [data[name] for name in names] + [data["x_test"][:23]]}

    @staticmethod
    def run(student, data):
        *known, x_test = (np.asarray(ops.convert_to_numpy(a)) for a in data)  # noqa: F821
        return student.train_classifier(*known).predict(x_test, verbose=0)

    def mark(self, result, inputs):
        scores = array(result)
        shape = None if scores is None else scores.shape
        if shape != (23, 10):
            return verdict(
                f"The model predicts shape {shape} for 23 examples, expected (23, 10)."
            )
        totals = scores.sum(axis=1)
        if scores.min() < -1e-4 or compare(totals, np.ones(23), 1e-3):
            return verdict(
                f"The model's predictions are no probabilities: their rows sum to "
                f"{totals.min():.2g} ... {totals.max():.2g}, the smallest value is "
                f"{scores.min():.2g}. Look at the last activation."
            )
        return Verdict(1.0)


checks = [
    *activations,
    SigmoidOfLargeInputs(),
    SoftmaxAxis(),
    SoftmaxValues(),
    SoftmaxOfLargeLogits(),
    CrossEntropyOfOne(),
    CrossEntropyMean(),
    CrossEntropyOfLargeLogits(),
    ForwardShapes(),
    ForwardSums(),
    ForwardBiases(),
    ForwardActivations(),
    DeltaOutput(),
    DeltaHidden(),
    WeightCorrections(),
    BiasCorrections(),
    LearningRate(),
    BatchMean(),
    update,
    PairsIntact(),
    EachExampleOnce(),
    BatchSizes(),
    NewOrder(),
    Seeded(),
    WeightsPassedOn(),
    XorShapes(),
    XorRightSide(),
    XorClose(),
    LayerShapes(),
    LayerWeights(),
    LayerProduct(),
    LayerActivation(),
    LayerStart(),
    learns,
    ValidationOnlyWatched(),
    Probabilities(),
]
