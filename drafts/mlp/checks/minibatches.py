"""Problem 6: what `train` hands to `step`, in which order."""

import numpy as np

from autograder.checks import Check

from .common import verdict


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
            times = np.array([used.count(row) for row in range(number)])
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


checks = [
    PairsIntact(),
    EachExampleOnce(),
    BatchSizes(),
    NewOrder(),
    Seeded(),
    WeightsPassedOn(),
]
