"""Problem 5: positions."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, nearest, told, verdict


def clock(tokens, dim, start=0):
    """Sines (T, dim / 2) and cosines, by a slow loop."""
    angles = np.zeros((tokens, dim // 2))
    for t in range(tokens):
        for i in range(dim // 2):
            angles[t, i] = (t + start) / 10000.0 ** (2 * i / dim)
    return np.sin(angles), np.cos(angles)


class Sinusoids(Check):
    question = "positions/sinusoids"

    def inputs(self, rng):
        return {"tokens": int(rng.integers(9, 14)), "dim": 8}

    @staticmethod
    def run(student, tokens, dim):
        return student.sinusoidal_positions(tokens, dim)

    def table(self, result, inputs):
        """The student's table in float64, or None if its shape is wrong."""
        table = array(result)
        if table is not None and table.shape == (inputs["tokens"], inputs["dim"]):
            return table
        return None


MISSHAPEN = "`sinusoidal_positions` is no table of finite numbers of shape (T, d)."


class Turns(Sinusoids):
    """Which columns belong together, whatever the frequencies are."""

    name = "positions/sine-and-cosine-take-turns"

    def mark(self, result, inputs):
        table = self.table(result, inputs)
        if table is None:
            return verdict(MISSHAPEN)
        sines, cosines = table[:, 0::2], table[:, 1::2]
        circle = compare(sines**2 + cosines**2, np.ones(sines.shape), 1e-3)
        sine_first = sines[0, -1] < 0.5 < cosines[0, -1]  # the slow hand hardly moves
        if circle is None and sine_first:
            return Verdict(1.0)
        return verdict(
            "Columns 2i and 2i + 1 of `sinusoidal_positions` are not sine and cosine "
            "of one angle: every frequency has two neighbouring columns, sine first."
        )


class Frequencies(Sinusoids):
    """In this order of columns or another, from t = 0 or 1 on."""

    name = "positions/frequencies"

    def mark(self, result, inputs):
        table = self.table(result, inputs)
        if table is None:
            return verdict(MISSHAPEN)
        candidates = []
        for start in (0, 1):
            pair = clock(inputs["tokens"], inputs["dim"], start)
            for first, second in (pair, pair[::-1]):
                turns = np.stack([first, second], axis=-1).reshape(table.shape)
                candidates += [turns, np.concatenate([first, second], axis=1)]
        look_at = "look at the exponent of 10000, for i = 0 and for i = 1."
        difference = nearest(table, candidates, 1e-3)
        return verdict(told("`sinusoidal_positions`", difference, look_at))


class FirstToken(Sinusoids):
    name = "positions/first-token-at-0"
    weight = 0.5

    def mark(self, result, inputs):
        table = self.table(result, inputs)
        if table is None:
            return verdict(MISSHAPEN)
        half = inputs["dim"] // 2
        expected = np.repeat([0.0, 1.0], half)
        if compare(np.sort(table[0]), expected, 1e-3) is None:
            return Verdict(1.0)
        return verdict(
            "The first row of `sinusoidal_positions` is not that of t = 0, where all "
            "sines are equal, and all cosines: where do you begin to count?"
        )


class Learned(Check):
    question = "positions/learned"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(2, 5, 4)),
            "other": rng.normal(size=(2, 5, 4)),
            "table": rng.normal(size=(5, 4)),
        }

    @staticmethod
    def run(student, x, other, table):
        layer = student.LearnedPositions()
        layer(x)
        shapes = [[int(size) for size in w.shape] for w in layer.trainable_weights]
        table = ops.convert_to_numpy(table)  # noqa: F821
        for weight in layer.trainable_weights:
            size = int(np.prod(weight.shape))
            numbers = np.resize(table, size)
            if size != 20:  # some other numbers, that differ
                numbers = numbers * np.linspace(1.0, 2.0, size, dtype="float32")
            weight.assign(np.reshape(numbers, weight.shape))
        return {"shapes": shapes, "outputs": [layer(x), layer(other)]}


class LearnedTable(Learned):
    name = "positions/learned-table"

    def mark(self, result, inputs):
        if result["shapes"] in ([[5, 4]], [[1, 5, 4]]):
            return Verdict(1.0)
        return verdict(
            f"`LearnedPositions` has trainable weights of shapes {result['shapes']} "
            f"for 5 tokens of 4 features: Keras should know one table, a row per token."
        )


class LearnedAdded(Learned):
    """Added to each example, whatever the shape of the weight."""

    name = "positions/learned-added"

    def mark(self, result, inputs):
        outputs = [array(output) for output in result["outputs"]]
        if any(o is None or o.shape != (2, 5, 4) for o in outputs):
            return verdict("`LearnedPositions` does not keep the shape of the tokens.")
        added = [
            o - x for o, x in zip(outputs, (inputs["x"], inputs["other"]), strict=True)
        ]
        table = inputs["table"]
        if result["shapes"] not in ([[5, 4]], [[1, 5, 4]]):
            table = added[0][0]  # whatever it is: the same for all examples
            if np.abs(table).max() < 1e-3:
                return verdict("`LearnedPositions` adds nothing to the tokens.")
        difference = compare(
            np.stack(added), np.broadcast_to(table, (2, 2, 5, 4)), 1e-3
        )
        look_at = "look at what becomes of the table, and of the tokens."
        text = "What `LearnedPositions` adds is not its table, the same for all; it"
        return verdict(told(text, difference, look_at))


checks = [Turns(), Frequencies(), FirstToken(), LearnedTable(), LearnedAdded()]
