"""Problem 7: early stopping."""

import numpy as np

from autograder.checks import Check

from .common import verdict

MOST = 16  # epochs, where the patience should end it


def courses(rng):
    """Validation losses, epoch by epoch, on a scale drawn at random."""
    falling = [0.9, 0.7, 0.5, 0.3] + [0.4 + 0.05 * n for n in range(MOST)]
    second = [0.9, 0.6, 0.7, 0.4, 0.5, 0.45] + [0.42 + 0.05 * n for n in range(10)]
    equal = [0.9, 0.5] + [0.5] * MOST
    ever_better = [1.0 / n for n in range(1, MOST + 1)]
    scale = float(rng.uniform(0.5, 2.0))
    return {
        name: [round(scale * loss, 6) for loss in losses]
        for name, losses in (
            ("falling", falling),
            ("second", second),
            ("equal", equal),
            ("ever_better", ever_better),
        )
    }


class EarlyStopping(Check):
    """What comes back from a few courses of the validation loss.

    The first weight counts the epochs, so the weights tell which epoch they are from.
    """

    question = "training/early-stopping"

    def inputs(self, rng):
        losses = courses(rng)
        return {
            "cases": [
                [losses["falling"], 3, MOST, False],
                [losses["second"], 3, MOST, False],
                [losses["equal"], 3, MOST, False],
                [losses["ever_better"], 3, 6, False],
                [losses["falling"], 3, MOST, True],
            ]
        }

    @staticmethod
    def run(student, cases):
        def epoch_of(weights):
            first = np.asarray(ops.convert_to_numpy(weights[0]))  # noqa: F821
            return int(round(float(first.ravel()[0])))

        def watched(losses, patience, most, in_place):
            ran = []

            def epoch(weights):
                ran.append(len(ran) + 1)
                if not in_place:
                    weights = [np.array(part) for part in weights]
                for part in weights:
                    part += 1.0
                return weights

            def validation_loss(weights):
                return losses[min(epoch_of(weights), len(losses)) - 1]

            start = [np.zeros(2), np.zeros((2, 3))]
            given = (epoch, validation_loss, start, patience, most)
            best, said = student.early_stopping(*given)
            return [epoch_of(best), int(said), len(ran)]

        return [watched(*case) for case in cases]

    def mark(self, result, inputs):
        best, said, ran = np.array(result).T
        losses = [case[0] for case in inputs["cases"]]
        return verdict(self.wrong(best, said, ran, losses))

    def waited(self, ran, losses):
        """For how many epochs the student's loop waits after the best one."""
        return ran[0] - int(np.argmin(losses[0])) - 1

    def epochs(self, ran, losses, case):
        """How many the student's loop runs in another case, if it waits as long."""
        if ran[0] == MOST:  # it never stops
            return MOST
        best = int(np.argmin(losses[case])) + 1
        return min(best + self.waited(ran, losses), MOST)


class BestWeights(EarlyStopping):
    """Of the epochs that were run, whatever made the student's loop end."""

    name = "training/best-weights"

    def wrong(self, best, said, ran, losses):
        for case in (0, 1, 3):
            smallest = int(np.argmin(losses[case][: ran[case]])) + 1
            if best[case] != smallest:
                return (
                    f"`early_stopping` ran {ran[case]} epochs and returns the weights "
                    f"of another one than that with the smallest validation loss."
                )


class Patience(EarlyStopping):
    name = "training/patience"

    def wrong(self, best, said, ran, losses):
        if self.waited(ran, losses) != 3:
            return (
                f"`early_stopping` with a patience of 3 ran "
                f"{self.waited(ran, losses)} epochs after the best one."
            )


class PatienceAnew(EarlyStopping):
    """Judged by how long the student's own loop waits."""

    name = "training/patience-starts-anew"

    def wrong(self, best, said, ran, losses):
        if ran[1] != self.epochs(ran, losses, case=1):
            return (
                f"`early_stopping` ran {ran[1]} epochs where the loss improves once "
                f"more after a while: the count of epochs without improvement begins "
                f"anew with each loss that is smaller than all before."
            )


class Strictly(EarlyStopping):
    name = "training/equal-is-no-improvement"

    def wrong(self, best, said, ran, losses):
        if ran[2] != self.epochs(ran, losses, case=2):
            return (
                f"`early_stopping` ran {ran[2]} epochs of a loss that stays equal: "
                f"only a strictly smaller one is an improvement."
            )


class MostEpochs(EarlyStopping):
    name = "training/most-epochs"

    def wrong(self, best, said, ran, losses):
        if ran[3] != 6:
            return (
                f"`early_stopping` ran {ran[3]} epochs of a loss that always improves, "
                f"with `most_epochs` 6."
            )


class EpochsCounted(EarlyStopping):
    name = "training/epochs-counted"
    weight = 0.5

    def wrong(self, best, said, ran, losses):
        if np.any(said != ran):
            return (
                f"`early_stopping` says {said[0]} epochs where {ran[0]} were run: the "
                f"second result counts them all, up to where it stopped."
            )


class Copied(EarlyStopping):
    """The same course as the first, now with weights that are changed in place."""

    name = "training/copy-of-the-weights"

    def wrong(self, best, said, ran, losses):
        if best[4] != best[0]:
            return (
                "`early_stopping` returns other weights when `epoch` changes the "
                "arrays in place: keep a deep copy of the best ones."
            )


checks = [
    BestWeights(),
    Patience(),
    PatienceAnew(),
    Strictly(),
    MostEpochs(),
    EpochsCounted(),
    Copied(),
]
