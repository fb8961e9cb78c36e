"""Problem 9: a vision transformer; what it reads is in class_token.py."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, verdict

HEIGHT, WIDTH, CHANNELS, PATCH, DIM, DEPTH, CLASSES = 4, 6, 2, 2, 5, 3, 4
PLACES = 1 + (HEIGHT // PATCH) * (WIDTH // PATCH)


def weights_expected():
    """The sum of the problem's text; a block of the probe has DIM weights."""
    patches = PATCH * PATCH * CHANNELS * DIM + DIM
    ends = 2 * DIM + (DIM + 1) * CLASSES
    return patches + DIM + PLACES * DIM + DEPTH * DIM + ends


def with_patches_moved(images, rng):
    """The images with their patches in another order."""
    b, rows, columns = len(images), HEIGHT // PATCH, WIDTH // PATCH
    parts = images.reshape(b, rows, PATCH, columns, PATCH, CHANNELS)
    parts = parts.transpose(0, 1, 3, 2, 4, 5).reshape(b, PLACES - 1, PATCH, PATCH, -1)
    parts = parts[:, np.roll(np.arange(PLACES - 1), rng.integers(1, PLACES - 1))]
    parts = parts.reshape(b, rows, columns, PATCH, PATCH, CHANNELS)
    return parts.transpose(0, 1, 3, 2, 4, 5).reshape(images.shape)


class Model(Check):
    """Blocks that exchange means and write down what they see; random weights."""

    question = "vit/model"

    def inputs(self, rng):
        images = rng.normal(size=(3, HEIGHT, WIDTH, CHANNELS))
        return {
            "images": images,
            "moved": with_patches_moved(images, rng),
            "noise": 0.6 * rng.normal(size=500),
            "numbers": [PATCH, DIM, DEPTH, CLASSES],
        }

    @staticmethod
    def run(student, images, moved, noise, numbers):
        seen, made = [], []

        class Block(keras.layers.Layer):  # noqa: F821
            def __init__(self):
                super().__init__()
                self.number = len(made)
                made.append(self.number)

            def build(self, input_shape):
                self.gain = self.add_weight(shape=(5,), initializer="ones")

            def call(self, x):
                y = x + ops.mean(ops.tanh(x), axis=1, keepdims=True) * self.gain  # noqa: F821
                try:
                    parts = [ops.convert_to_numpy(part) for part in (x, y)]  # noqa: F821
                    ends = [float(np.sum(part**2)) for part in parts]
                except Exception:  # symbolic: Keras asks for the shape alone
                    ends = [0.0, 0.0]
                seen.append([self.number, int(x.shape[-1]), *ends])
                return y

        noise = ops.convert_to_numpy(noise)  # noqa: F821
        model = student.ViT(*numbers, Block)
        model(images)
        shapes = [[int(size) for size in w.shape] for w in model.trainable_weights]
        start = 0
        for weight in model.trainable_weights:
            size = int(np.prod(weight.shape))
            part = noise[start : start + size]
            weight.assign(np.reshape(part, weight.shape))
            start += size
        del seen[:]
        logits = model(images)
        order = list(seen)
        return {
            "shapes": shapes,
            "logits": logits,
            "moved": model(moved),
            "made": len(made),
            "order": order,
        }


class Logits(Model):
    name = "vit/logits"

    def mark(self, result, inputs):
        logits = array(result["logits"])
        shape = None if logits is None else logits.shape
        if shape != (3, CLASSES):
            return verdict(
                f"`ViT` gives {shape} for 3 images and {CLASSES} classes, expected "
                f"(3, {CLASSES}): a row of logits per image."
            )
        if logits.min() >= 0 and compare(logits.sum(axis=-1), np.ones(3), 1e-3) is None:
            return verdict(
                "`ViT` gives probabilities: it is asked for logits, whose softmax the "
                "loss takes."
            )
        return Verdict(1.0)


class Weights(Model):
    name = "vit/number-of-weights"

    def mark(self, result, inputs):
        count = sum(int(np.prod(shape)) for shape in result["shapes"])
        if count == weights_expected():
            return Verdict(1.0)
        what = "more" if count > weights_expected() else "fewer"
        return verdict(
            f"`ViT` has trainable weights of shapes {result['shapes']}, {count} "
            f"numbers in all: {what} than the sum in the problem's text. Go "
            f"through its six parts."
        )


class Blocks(Model):
    name = "vit/blocks-one-after-the-other"

    def mark(self, result, inputs):
        used = [call[0] for call in result["order"]]
        if result["made"] != DEPTH or sorted(used) != list(range(DEPTH)):
            return verdict(
                f"`ViT` of depth {DEPTH} calls make_block {result['made']} times and, "
                f"for a batch, blocks {used}: each of {DEPTH} new blocks once."
            )
        sizes, received, returned = np.transpose(result["order"])[1:]
        if np.any(sizes != DIM):
            return verdict("The tokens that the blocks receive do not have d features.")
        if np.allclose(received[1:], returned[:-1], rtol=1e-3):
            return Verdict(1.0)
        return verdict(
            "A block of `ViT` does not receive what the block before it returned."
        )


class Positions(Model):
    name = "vit/positions"

    def mark(self, result, inputs):
        logits, moved = array(result["logits"]), array(result["moved"])
        if logits is None or moved is None or logits.shape != moved.shape:
            return verdict("`ViT` does not give finite logits.")
        if np.abs(logits - moved).max() > 1e-3:
            return Verdict(1.0)
        return verdict(
            "`ViT` gives the same logits if the patches of its images change places: "
            "do the tokens know where they stand, and does the class token hear of it?"
        )


class Gradients(Model):
    name = "vit/every-weight-can-learn"
    question = ""

    def inputs(self, rng):
        return {**super().inputs(rng), "slopes": rng.normal(size=(3, CLASSES))}

    @staticmethod
    def run(student, images, noise, slopes, numbers):
        from kerasdl import autodiff

        class Block(keras.layers.Layer):  # noqa: F821
            def build(self, input_shape):
                self.gain = self.add_weight(shape=(5,), initializer="ones")

            def call(self, x):
                return x + ops.mean(ops.tanh(x), axis=1, keepdims=True) * self.gain  # noqa: F821

        noise = ops.convert_to_numpy(noise)  # noqa: F821
        model = student.ViT(*numbers, Block)
        model(images)
        weights, start = model.trainable_weights, 0
        for weight in weights:
            size = int(np.prod(weight.shape))
            part = noise[start : start + size]
            weight.assign(np.reshape(part, weight.shape))
            start += size

        def step(images, slopes):
            def loss():
                return ops.sum(model(images) * slopes)  # noqa: F821

            return autodiff.variable_gradients(loss, weights, model.variables)[1]

        step = autodiff.jit_step(step, model.variables)
        return {
            "gradients": step(images, slopes),
            "shapes": [[int(size) for size in w.shape] for w in weights],
        }

    def mark(self, result, inputs):
        shapes, gradients = result["shapes"], map(array, result["gradients"])
        still = [
            shape
            for shape, gradient in zip(shapes, gradients, strict=True)
            if gradient is None or not np.abs(gradient).max() > 1e-7
        ]
        if shapes and not still:
            return Verdict(1.0)
        return verdict(
            f"The logits of `ViT` do not depend on its trainable weights of shapes "
            f"{still}, or not in a way that Keras can differentiate: compute with "
            f"keras.ops and with every weight that you make."
        )


checks = [
    Logits(),
    Weights(),
    Blocks(),
    Positions(),
    Gradients(),
]
