"""Problem 6: the order of the tokens."""

import numpy as np

from autograder.checks import Check, SameValues, Verdict

from .common import array, nearest, told, verdict


def cycle(rng, tokens):
    """An order that moves every token, and is not its own inverse."""
    along, order = rng.permutation(tokens), np.zeros(tokens, dtype=int)
    order[along] = np.roll(along, 1)
    return order


class Gap(Check):
    question = "permutation/gap"

    def inputs(self, rng):
        order = cycle(rng, 4)
        # Along the cycle the positions rise by 3 and once fall by 9: of a table and
        # its negative, one has its largest difference below 0.
        places, place = rng.uniform(0.0, 0.5, (4, 3)), 0
        for number in range(4):
            places[place, 0] += 3.0 * number
            place = order[place]
        return {
            "x": rng.normal(size=(2, 4, 3)),
            "order": order,
            "tables": [places, -places],
        }

    @staticmethod
    def run(student, x, order, tables):
        def same_kind(function):
            """A function of arrays as one of arrays or tensors."""

            def part(*given):
                arrays = isinstance(given[0], np.ndarray)
                result = function(*(ops.convert_to_numpy(x) for x in given))  # noqa: F821
                return result if arrays else ops.convert_to_tensor(result)  # noqa: F821

            return part

        def own_gap(layer):
            try:
                sides = [
                    layer(student.permute_tokens(x, order)),
                    student.permute_tokens(layer(x), order),
                ]
                one, other = (ops.convert_to_numpy(side) for side in sides)  # noqa: F821
                return float(np.max(np.abs(one - other)))
            except Exception:
                return None

        def blind(x):
            return x + np.mean(np.tanh(x), axis=1, keepdims=True)

        tables = [ops.convert_to_numpy(table) for table in tables]  # noqa: F821
        seeing = [same_kind(lambda x, table=table: x + table) for table in tables]
        return {
            "blind": student.equivariance_gap(same_kind(blind), x, order),
            "seeing": [student.equivariance_gap(layer, x, order) for layer in seeing],
            "own": [own_gap(layer) for layer in seeing],
        }


def number(value):
    value = array(value)
    return None if value is None or value.size != 1 else float(value.squeeze())


class BothSides(Gap):
    name = "permutation/order-changed-on-both-sides"

    def mark(self, result, inputs):
        blind, seeing = number(result["blind"]), number(result["seeing"][0])
        if blind is None or seeing is None:
            return verdict("`equivariance_gap` does not return one finite number.")
        if abs(blind) > 1e-4:
            return verdict(
                f"`equivariance_gap` is {blind:.2g} for a layer that does not see the "
                f"order: one side changes the order before the layer, the other after."
            )
        if abs(seeing) < 1e-4:
            return verdict(
                "`equivariance_gap` is 0 for a layer that adds a position to each "
                "token: compare two sides that differ in when the order is changed."
            )
        return Verdict(1.0)


class Largest(Gap):
    name = "permutation/largest-difference"

    def mark(self, result, inputs):
        order = inputs["order"]
        look_at = "look at the largest difference, of either sign, over everything."
        text = "`equivariance_gap` of a layer that adds positions"
        for found, own, places in zip(
            result["seeing"], result["own"], inputs["tables"], strict=True
        ):
            candidates = [float(np.max(np.abs(places - places[order])))]
            candidates += [] if own is None else [float(own)]
            if difference := nearest(found, candidates, 1e-3):
                return verdict(told(text, difference, look_at))
        return Verdict(1.0)


def tokens_and_order(rng):
    return [rng.normal(size=(2, 4, 3)), cycle(rng, 4)]


checks = [
    SameValues(
        "permutation/tokens",
        "permute_tokens",
        tokens_and_order,
        lambda x, order: np.stack([[example[t] for t in order] for example in x]),
        "token t of the result is token order[t] of x, in every example.",
    ),
    BothSides(),
    Largest(),
]
