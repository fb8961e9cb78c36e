"""Problem 4: a ResNet."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, convolution, relu, told, verdict

PLAN = [[4, 1], [4, 1], [6, 2], [8, 2]]
CLASSES = 5


class Model(Check):
    """With blocks that write down what they are, what they get and what they give."""

    question = "resnet/model"
    seconds = 40

    def inputs(self, rng):
        return {
            "images": rng.normal(size=(2, 6, 6, 3)),
            "kernel": rng.normal(size=(3, 3, 3, 4)),
            "gamma": rng.permutation([-1.5, -0.7, 0.8, 1.3]),
            "weights": rng.normal(size=(8, CLASSES)),
            "bias": rng.normal(size=CLASSES),
            "plan": PLAN,
            "sizes": [3, CLASSES],
        }

    @staticmethod
    def run(student, images, kernel, gamma, weights, bias, plan, sizes):
        made, seen = [], []

        class Block(keras.layers.Layer):  # noqa: F821
            def __init__(self, filters, stride):
                super().__init__()
                self.filters, self.stride = int(filters), int(stride)
                self.number = len(made)
                made.append([self.filters, self.stride])

            def call(self, x):
                try:
                    x = ops.convert_to_numpy(x)  # noqa: F821
                except Exception:  # symbolic: Keras asks for the shape alone
                    y = ops.mean(x[:, :: self.stride, :: self.stride], -1)  # noqa: F821
                    return ops.stack([y] * self.filters, axis=-1)  # noqa: F821
                waves = np.arange(1, self.filters + 1, dtype="float32")
                mean = x[:, :: self.stride, :: self.stride].mean(axis=-1, keepdims=True)
                y = np.sin((1 + 2 * mean) * waves)
                seen.append([self.number, x, y])
                return ops.convert_to_tensor(y)  # noqa: F821

        model = student.resnet([tuple(pair) for pair in plan], *sizes, Block)
        model(images)
        given = {tuple(part.shape): part for part in (kernel, weights, bias)}
        shapes = []
        for weight in model.trainable_weights:
            shape = tuple(int(size) for size in weight.shape)
            shapes.append(list(shape))
            if shape in given:
                weight.assign(given[shape])
            elif shape == (4,) and np.all(ops.convert_to_numpy(weight.value) == 1):  # noqa: F821
                weight.assign(gamma)
        del seen[:]
        logits = model(images)
        return {"made": made, "seen": list(seen), "logits": logits, "shapes": shapes}


class Weights(Model):
    name = "resnet/weights"

    def mark(self, result, inputs):
        expected = [[3, 3, 3, 4], [4], [4], [8, CLASSES], [CLASSES]]
        if sorted(result["shapes"]) == sorted(expected):
            return Verdict(1.0)
        return verdict(
            f"Besides its blocks `resnet` learns weights of shapes "
            f"{result['shapes']}. Look at the stem, a convolution without bias and a "
            f"norm, and at the dense layer, with a weight per channel and class."
        )


class Logits(Model):
    name = "resnet/logits"

    def mark(self, result, inputs):
        logits = array(result["logits"])
        shape = None if logits is None else logits.shape
        if shape != (2, CLASSES):
            return verdict(
                f"`resnet` gives {shape} for 2 images and {CLASSES} classes: a row of "
                f"logits per image."
            )
        if logits.min() >= 0 and compare(logits.sum(axis=-1), np.ones(2), 1e-3) is None:
            return verdict(
                "`resnet` gives probabilities: it is asked for logits, whose softmax "
                "the loss takes."
            )
        return Verdict(1.0)


class Plan(Model):
    name = "resnet/blocks-of-the-plan"

    def mark(self, result, inputs):
        if result["made"] == PLAN:
            return Verdict(1.0)
        return verdict(
            f"`resnet` calls make_block for {result['made']}: each entry of the plan "
            f"once, in its order, as (filters, stride)."
        )


class Chain(Model):
    """Every block that was made, whatever was made."""

    name = "resnet/blocks-one-after-the-other"

    def mark(self, result, inputs):
        seen = result["seen"]
        used = [number for number, _, _ in seen]
        if not used or used != list(range(len(result["made"]))):
            return verdict(
                f"For a batch `resnet` calls its blocks {used}, counted from 0 in the "
                f"order in which they were made: each once, one after the other."
            )
        for (_, _, before), (_, after, _) in zip(seen, seen[1:], strict=False):
            if compare(after, before):
                return verdict(
                    "A block of `resnet` does not receive what the block before it "
                    "returned."
                )
        return Verdict(1.0)


class Stem(Model):
    name = "resnet/stem"

    def mark(self, result, inputs):
        if [3, 3, 3, 4] not in result["shapes"] or not result["seen"]:
            return verdict(
                "`resnet` has no kernel (3, 3, 3, 4) for images of three channels "
                "before blocks of 4 filters."
            )
        y = convolution(inputs["images"], inputs["kernel"]) * inputs["gamma"]
        difference = compare(result["seen"][0][1], relu(y), 1e-2)
        look_at = (
            "the stem is a convolution with same padding and stride 1, a batch "
            "normalisation, and a ReLU."
        )
        return verdict(told("What the first block receives", difference, look_at))


class Head(Model):
    """From what the student's own last block returned."""

    name = "resnet/mean-over-places"

    def mark(self, result, inputs):
        seen = result["seen"]
        last = array(seen[-1][2]) if seen else None
        logits = array(result["logits"])
        if last is None or last.shape[-1] != 8 or logits is None:
            return verdict("`resnet` gives no logits of its last block's output.")
        scores = last.mean(axis=(1, 2)) @ inputs["weights"]
        if [CLASSES] in result["shapes"]:
            scores = scores + inputs["bias"]
        kernel = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = kernel / kernel.sum(axis=1, keepdims=True)
        own = probabilities if self.sums_to_one(logits) else scores
        difference = compare(logits, own, 1e-3)
        look_at = (
            "compared with the dense layer of the means over rows and columns of what "
            "the last block returns."
        )
        return verdict(told("The logits of `resnet`", difference, look_at))

    def sums_to_one(self, logits):
        """Whether there is a softmax, which is another check's idea."""
        return logits.min() >= 0 and np.allclose(logits.sum(axis=-1), 1, atol=1e-3)


checks = [Weights(), Logits(), Plan(), Chain(), Stem(), Head()]
