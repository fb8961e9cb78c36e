"""Problem 7, second part: the learning rate of one cycle."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, told, verdict


class OneCycle(Check):
    """Rates of all steps; judged by the student's own ends and peak where possible."""

    question = "training/one-cycle"

    def inputs(self, rng):
        steps = int(rng.choice([21, 31, 41]))
        return {"steps": steps, "peak": float(rng.uniform(0.3, 3.0))}

    @staticmethod
    def run(student, steps, peak):
        return [student.one_cycle(step, steps, peak) for step in range(steps)]

    def mark(self, result, inputs):
        rates = array([np.squeeze(rate) for rate in result])
        if rates is None or np.ptp(rates) < 1e-6:
            return verdict("`one_cycle` gives no finite rates, or always the same.")
        sentence = self.wrong(rates, inputs["peak"], 3 * (len(rates) - 1) // 10)
        return verdict(sentence)


class CyclePeak(OneCycle):
    name = "training/cycle-peak"

    def wrong(self, rates, peak, top):
        if int(np.argmax(rates)) != top or compare(rates.max(), peak, 1e-3):
            return (
                f"`one_cycle` of {len(rates)} steps is largest at step "
                f"{int(np.argmax(rates))}: the peak is reached at 0.3 of the last "
                f"step's number."
            )


class CycleEnds(OneCycle):
    name = "training/cycle-ends"

    def wrong(self, rates, peak, top):
        ends = rates[[0, -1]] / (peak / 25) * np.array([1, 1e4])
        look_at = "look at the rates of the steps 0 and steps - 1."
        return told("`one_cycle` at its ends", compare(ends, np.ones(2), 0.02), look_at)


class CycleCosine(OneCycle):
    """Between the student's own first rate, peak and last rate."""

    name = "training/cycle-cosine"

    def wrong(self, rates, peak, top):
        top = int(np.argmax(rates))
        rise, fall = rates[: top + 1], rates[top:]
        for name, part in (("rise", rise), ("fall", fall)):
            if len(part) < 3:
                return f"`one_cycle` has no {name}."
            turn = (1 - np.cos(np.linspace(0, np.pi, len(part)))) / 2
            expected = part[0] + (part[-1] - part[0]) * turn
            difference = compare(part / rates.max(), expected / rates.max(), 5e-3)
            if difference:
                return f"`one_cycle`'s {name} {difference}: it is half a cosine."


checks = [
    CyclePeak(),
    CycleEnds(),
    CycleCosine(),
]
