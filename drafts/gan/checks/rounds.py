"""Problem 5, second half: who moves when, told by recorders in place of networks."""

import numpy as np

from autograder.checks import Check

from .common import array, number, verdict

STEPS = 3


class Round(Check):
    question = "step/round"

    def inputs(self, rng):
        return {
            "start": rng.normal(size=2),
            "reals": rng.normal(size=STEPS),
            "noises": rng.normal(size=STEPS + 1),
        }

    @staticmethod
    def run(student, start, reals, noises):
        from keras import ops

        seen, count = [], len(reals)

        def plain(value):
            return float(np.ravel(ops.convert_to_numpy(value))[0])

        def d_step(g_weights, d_weights, real, noise):
            new = [0.5 * d_weights[0] + real + 2.0 * noise]
            parts = g_weights[0], d_weights[0], real, noise, new[0]
            names = ("g", "d", "real", "noise", "new")
            values = [plain(part) for part in parts]
            seen.append({"who": "d", **dict(zip(names, values, strict=True))})
            return new

        def g_step(g_weights, d_weights, noise):
            new = [0.3 * g_weights[0] + d_weights[0] - noise]
            parts = g_weights[0], d_weights[0], noise, new[0]
            values = [plain(part) for part in parts]
            names = ("g", "d", "noise", "new")
            seen.append({"who": "g", **dict(zip(names, values, strict=True))})
            return new

        batches = [(reals[i : i + 1], noises[i : i + 1]) for i in range(count)]
        g, d = [start[:1]], [start[1:]]
        result = student.play_round(d_step, g_step, g, d, batches, noises[count:])
        return {"seen": seen[:50], "result": list(result)}

    def mark(self, result, inputs):
        seen = result["seen"]
        calls = {who: [each for each in seen if each["who"] == who] for who in "dg"}
        if not calls["d"] or not calls["g"]:
            return verdict("`play_round` does not call both steps.")
        return verdict(self.wrong(calls["d"], calls["g"], result, inputs))


def same(a, b):
    return np.allclose(a, b, atol=1e-4)


class Batches(Round):
    name = "step/each-batch-of-the-round"

    def wrong(self, of_d, of_g, result, inputs):
        found = np.array([[each["real"], each["noise"]] for each in of_d])
        wanted = np.stack([inputs["reals"], inputs["noises"][:-1]], axis=1)
        if found.shape != wanted.shape or not same(found, wanted):
            return (
                f"`play_round` with {STEPS} batches: the discriminator takes "
                f"{len(of_d)} steps. It takes one for each pair, in order."
            )


class GoesOn(Round):
    name = "step/each-step-from-the-last-weights"

    def wrong(self, of_d, of_g, result, inputs):
        before = [inputs["start"][1], *[each["new"] for each in of_d[:-1]]]
        if not same([each["d"] for each in of_d], before):
            return (
                "`play_round`: each step of the discriminator starts with the weights "
                "that its last one has made."
            )
        if not same([each["g"] for each in of_d], inputs["start"][0]):
            return "`play_round`: the generator stands still while the other moves."


class MeetsTheNew(Round):
    """The student's own last weights of the discriminator, and the right noise."""

    name = "step/generator-meets-the-new-discriminator"

    def wrong(self, of_d, of_g, result, inputs):
        last, noise = of_d[-1]["new"], inputs["noises"][-1]
        if len(of_g) != 1:
            return f"`play_round`: the generator takes {len(of_g)} steps, not one."
        if not same(of_g[0]["d"], last):
            return (
                "`play_round`: the generator does not meet the discriminator as it is "
                "after all its steps."
            )
        if not same([of_g[0]["g"], of_g[0]["noise"]], [inputs["start"][0], noise]):
            return "`play_round`: the generator's step has its own weights and noise."


class Returns(Round):
    name = "step/new-weights-of-both"
    weight = 0.5

    def wrong(self, of_d, of_g, result, inputs):
        own = [first(each) for each in result["result"]]
        if None not in own and len(own) == 2:
            if same(own, [of_g[-1]["new"], of_d[-1]["new"]]):
                return None
        return (
            "`play_round` returns a pair: the generator's new weights, then the "
            "discriminator's."
        )


def first(weights):
    """The number of a list of one weight."""
    found = array(weights)
    return None if found is None or found.size != 1 else number(found.ravel()[0])


checks = [Batches(), GoesOn(), MeetsTheNew(), Returns()]
