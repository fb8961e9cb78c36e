"""Ready-made checks: same values, a property, copied weights, learning."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.checks.check import Check, Verdict
from autograder.checks.compare import as_array, compare

Arguments = Callable[[np.random.Generator], Sequence[Any]]


class SameValues(Check):
    """The student's function gives the same values as a reference.

    Args:
        name: `"problem/idea"`.
        function: what the student calls it.
        arguments: makes its positional arguments from a random generator.
        reference: the same function in NumPy, of the same arguments.
        look_at: ends the student's sentence: where to look.
        tolerance: absolute plus relative, in float32 arithmetic.
    """

    def __init__(
        self,
        name: str,
        function: str,
        arguments: Arguments,
        reference: Callable[..., Any],
        look_at: str,
        weight: float = 1.0,
        tolerance: float = 1e-4,
    ) -> None:
        self.name, self.weight, self.tolerance = name, weight, tolerance
        self.function, self.arguments = function, arguments
        self.reference, self.look_at = reference, look_at

    def inputs(self, rng: np.random.Generator) -> dict[str, Any]:
        return {"function": self.function, "arguments": list(self.arguments(rng))}

    @staticmethod
    def run(student, function, arguments):
        return getattr(student, function)(*arguments)

    def mark(self, result: Any, inputs: dict[str, Any]) -> Verdict:
        expected = self.reference(*inputs["arguments"])
        difference = compare(result, expected, self.tolerance)
        if difference is None:
            return Verdict(1.0)
        return Verdict(0.0, f"`{self.function}` {difference}: {self.look_at}")


class Property(Check):
    """A property holds of what the student's code returns.

    Args:
        inputs: makes the probe's inputs from a random generator.
        run: the probe, a plain function of `student` and the inputs that it names.
        holds: `(result, inputs)` to None, or to the sentence that says what failed.
    """

    def __init__(
        self,
        name: str,
        inputs: Callable[[np.random.Generator], dict[str, Any]],
        run: Callable[..., Any],
        holds: Callable[[Any, dict[str, Any]], str | None],
        weight: float = 1.0,
        seconds: float | None = None,
    ) -> None:
        self.name, self.weight, self.seconds = name, weight, seconds
        self.inputs, self.run, self.holds = inputs, run, holds

    def mark(self, result: Any, inputs: dict[str, Any]) -> Verdict:
        sentence = self.holds(result, inputs)
        return Verdict(0.0, sentence) if sentence else Verdict(1.0)


class CopiedWeights(Check):
    """The student's layer gives the reference's output once it has given weights.

    The weights are matched by shape, so their names and order are free.

    Args:
        layer: the class's name; `arguments` go to its constructor.
        weights: makes the weights from a random generator, shapes all different.
        inputs: makes the layer's input from a random generator.
        reference: `(x, *weights)` to the output, in NumPy.
    """

    def __init__(
        self,
        name: str,
        layer: str,
        arguments: Sequence[Any],
        weights: Arguments,
        inputs: Callable[[np.random.Generator], np.ndarray],
        reference: Callable[..., np.ndarray],
        look_at: str,
        weight: float = 1.0,
        tolerance: float = 1e-4,
    ) -> None:
        self.name, self.weight, self.tolerance = name, weight, tolerance
        self.layer, self.arguments, self.weights = layer, list(arguments), weights
        self.x, self.reference, self.look_at = inputs, reference, look_at

    def inputs(self, rng: np.random.Generator) -> dict[str, Any]:
        return {
            "layer": self.layer,
            "arguments": self.arguments,
            "x": self.x(rng),
            "weights": list(self.weights(rng)),
        }

    @staticmethod
    def run(student, layer, arguments, x, weights):
        built = getattr(student, layer)(*arguments)
        built(x)
        shapes = [tuple(int(size) for size in v.shape) for v in built.weights]
        given = {tuple(int(size) for size in w.shape): w for w in weights}
        if sorted(shapes) != sorted(given):
            return {"shapes": [list(shape) for shape in shapes], "output": None}
        for variable, shape in zip(built.weights, shapes, strict=True):
            variable.assign(given[shape])
        return {"shapes": [list(shape) for shape in shapes], "output": built(x)}

    def mark(self, result: Any, inputs: dict[str, Any]) -> Verdict:
        wanted = sorted(list(weight.shape) for weight in inputs["weights"])
        shapes = result.get("shapes") if isinstance(result, dict) else None
        if not isinstance(shapes, list) or sorted(map(list, shapes)) != wanted:
            return Verdict(
                0.0,
                f"`{self.layer}` has weights of shapes {shapes}, expected "
                f"{wanted}: {self.look_at}",
            )
        expected = self.reference(inputs["x"], *inputs["weights"])
        difference = compare(result.get("output"), expected, self.tolerance)
        if difference is None:
            return Verdict(1.0)
        return Verdict(
            0.0, f"`{self.layer}` with given weights {difference}: {self.look_at}"
        )


class Learns(Check):
    """A model that the student's function trains predicts unseen labels.

    Args:
        function: `(x_train, y_train, x_validation, y_validation)` to a trained model.
        data: makes those four, `x_test` and `y_test`; `y_test` stays outside the box.
        at_least: accuracy in [0, 1], set from measured right answers.
    """

    def __init__(
        self,
        name: str,
        function: str,
        data: Callable[[np.random.Generator], dict[str, np.ndarray]],
        at_least: float,
        look_at: str,
        weight: float = 1.0,
        seconds: float | None = None,
    ) -> None:
        self.name, self.weight, self.seconds = name, weight, seconds
        self.function, self.data = function, data
        self.at_least, self.look_at = at_least, look_at

    def inputs(self, rng: np.random.Generator) -> dict[str, Any]:
        return {"function": self.function, **self.data(rng)}

    @staticmethod
    def run(student, function, x_train, y_train, x_validation, y_validation, x_test):
        train = getattr(student, function)
        model = train(x_train, y_train, x_validation, y_validation)
        return model.predict(ops.convert_to_numpy(x_test), verbose=0)  # noqa: F821

    def mark(self, result: Any, inputs: dict[str, Any]) -> Verdict:
        labels = np.asarray(inputs["y_test"])
        scores = as_array(result)
        if scores is None or scores.ndim != 2 or len(scores) != len(labels):
            shape = None if scores is None else scores.shape
            return Verdict(
                0.0,
                f"`{self.function}`'s model predicts shape {shape} for {len(labels)} "
                f"examples, expected (examples, classes): {self.look_at}",
            )
        accuracy = float(np.mean(np.argmax(scores, axis=1) == labels))
        if accuracy >= self.at_least:
            return Verdict(1.0)
        return Verdict(
            0.0,
            f"`{self.function}`'s model gets {accuracy:.0%} of unseen examples right, "
            f"expected at least {self.at_least:.0%}: {self.look_at}",
        )
