"""Problem 9: what the logits are read from."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, told, verdict
from .vit import CHANNELS, CLASSES, DIM, HEIGHT, PATCH, WIDTH


class NoExchange(Check):
    """Blocks in which tokens learn nothing of each other, but grow."""

    question = "vit/no-exchange"

    def inputs(self, rng):
        return {
            "images": rng.normal(size=(3, HEIGHT, WIDTH, CHANNELS)),
            "noise": 0.6 * rng.normal(size=500),
            "factors": [100.0, 3000.0],
            "numbers": [PATCH, DIM, 1, CLASSES],
        }

    @staticmethod
    def run(student, images, noise, factors, numbers):
        class Block(keras.layers.Layer):  # noqa: F821
            def __init__(self, factor):
                super().__init__()
                self.factor = factor

            def build(self, input_shape):
                self.built = True

            def call(self, x):
                return self.factor * x

        noise, found = ops.convert_to_numpy(noise), []  # noqa: F821
        for factor in factors:
            model = student.ViT(*numbers, lambda factor=factor: Block(factor))
            model(images)
            start = 0
            for weight in model.trainable_weights:
                size = int(np.prod(weight.shape))
                part = noise[start : start + size]
                weight.assign(np.reshape(part, weight.shape))
                start += size
            found.append(model(images))
        return found


class ClassTokenRead(NoExchange):
    """Without exchange the class token, and so the logits, are the same for all."""

    name = "vit/logits-from-the-class-token"

    def mark(self, result, inputs):
        logits = array(result[0])
        if logits is None or logits.ndim != 2 or len(logits) != 3:
            return verdict("`ViT` does not give a row of finite logits per image.")
        if np.ptp(logits, axis=0).max() < 1e-3 * (1 + np.abs(logits).max()):
            return Verdict(1.0)
        return verdict(
            "With blocks in which tokens learn nothing of each other the logits of "
            "`ViT` still depend on the image: they are to be read from the class token "
            "alone, which is the same for all images."
        )


class FinalNorm(NoExchange):
    name = "vit/norm-before-the-logits"

    def mark(self, result, inputs):
        small, large = map(array, result)
        if small is None or large is None:
            return verdict("`ViT` does not give finite logits.")
        difference = compare(large, small, 1e-2)
        look_at = "a normalisation after the last block would undo that."
        text = "The result of `ViT` changes with the size of what the blocks return; it"
        return verdict(told(text, difference, look_at))


checks = [ClassTokenRead(), FinalNorm()]
