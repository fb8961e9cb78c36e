"""Problem 6, second half: the losses, with players that tell what they are asked."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, number, numbers, softplus, told, verdict

BATCH = 4
FAKES_FROM = 10.0  # the brightness of a fake is this, its label, and a little noise


class Losses(Check):
    question = "conditional/losses"

    def inputs(self, rng):
        brightness = rng.permutation(np.linspace(-0.9, 0.9, BATCH))
        return {
            "images": brightness[:, None, None, None] * np.ones((BATCH, 2, 2, 1)),
            "labels": rng.permutation(BATCH),
            "equal": np.full(BATCH, int(rng.integers(1, BATCH))),
            "noise": rng.uniform(-0.3, 0.3, (BATCH, 2)),
        }

    @staticmethod
    def run(student, images, labels, equal, noise):
        from keras import ops

        from kerasdl import autodiff

        seen, made = [], []

        def rows(value):
            return np.ravel(ops.convert_to_numpy(value))[:50]

        def player(shift=0.0, told=True):
            def generator(inputs):
                noise, labels = inputs
                if told:
                    made.append(rows(labels))
                wanted = ops.cast(labels, "float32")
                brightness = 10.0 + shift + wanted + noise[:, 0] + 0.3 * noise[:, 1]
                shape = (-1, 1, 1, 1)
                return ops.reshape(brightness, shape) * ops.ones((1, 2, 2, 1))

            return generator

        def discriminator(inputs, told=True):
            images, labels = inputs
            brightness = ops.mean(images, axis=(1, 2, 3))
            if told:
                seen.append({"images": rows(brightness), "labels": rows(labels)})
            logits = 2.0 * ops.sin(brightness) + 0.5 * ops.cast(labels, "float32")
            return logits[:, None]

        def silent(inputs):
            return discriminator(inputs, told=False)

        def generator_loss(shift):
            given = player(shift, told=False), silent, images, equal, noise
            return ops.sum(student.conditional_losses(*given)[1])

        student.conditional_losses(player(), discriminator, images, labels, noise)
        given = player(told=False), silent, images, equal, noise
        own = list(student.conditional_losses(*given))
        zero = ops.convert_to_tensor(0.0)
        ends = [generator_loss(zero + 0.05), generator_loss(zero - 0.05)]
        try:
            slope = autodiff.grad(generator_loss)(zero)
        except Exception:  # an array cannot be differentiated
            slope = None
        return {"seen": seen, "made": made, "own": own, "ends": ends, "slope": slope}

    @staticmethod
    def logits(inputs):
        """Of the real images and of the fakes, where all have one label."""
        noise, label = inputs["noise"].astype("float64"), inputs["equal"]
        fake = FAKES_FROM + label + noise[:, 0] + 0.3 * noise[:, 1]
        real = inputs["images"][:, 0, 0, 0].astype("float64")
        return [2 * np.sin(each) + 0.5 * label for each in (real, fake)]


class DiscriminatorLoss(Losses):
    """With one label for all, so that labels are another check's idea."""

    name = "conditional/discriminator-loss"

    def mark(self, result, inputs):
        real, fake = self.logits(inputs)
        expected = np.mean(softplus(-real)) + np.mean(softplus(fake))
        own, difference = number(result["own"][0]), "is not one finite number"
        if own is not None:
            difference = compare(own, expected, 1e-3)
        look_at = "two means: of real images, and of fakes of this noise."
        return verdict(told("`conditional_losses`: L_D", difference, look_at))


class GeneratorLoss(Losses):
    name = "conditional/generator-loss"

    def mark(self, result, inputs):
        expected = np.mean(softplus(-self.logits(inputs)[1]))
        own, difference = number(result["own"][1]), "is not one finite number"
        if own is not None:
            difference = compare(own, expected, 1e-3)
        look_at = "the non-saturating loss, of fakes alone."
        return verdict(told("`conditional_losses`: L_G", difference, look_at))


class LabelsGoAlong(Losses):
    name = "conditional/labels-go-along"

    def mark(self, result, inputs):
        for labels in result["made"]:
            if not np.array_equal(np.ravel(labels), inputs["labels"]):
                return verdict(
                    "`conditional_losses` asks the generator for other labels than "
                    "those of the real images, row by row."
                )
        real = inputs["images"][:, 0, 0, 0]
        for each in result["seen"]:
            brightness, labels = array(each["images"]), array(each["labels"])
            if len(brightness) != len(labels):
                return verdict("The discriminator sees other labels than images.")
            for light, label in zip(brightness, labels, strict=True):
                own = round(light - FAKES_FROM)
                if light < FAKES_FROM / 2:
                    own = inputs["labels"][np.argmin(np.abs(real - light))]
                if label != own:
                    kind = "a real image" if light < FAKES_FROM / 2 else "a fake"
                    return verdict(
                        f"`conditional_losses` shows the discriminator {kind} with "
                        f"another label than its own."
                    )
        return verdict(None)


class Slope(Losses):
    """The student's own loss, when all fakes grow a little brighter."""

    name = "conditional/gradient-reaches-the-generator"

    def mark(self, result, inputs):
        ends, slope = numbers(result["ends"]), number(result["slope"])
        if ends is not None and slope is not None:
            expected = (ends[0] - ends[1]) / 0.1
            if abs(slope - expected) < 2e-2 * (1 + abs(expected)):
                return verdict(None)
        return verdict(
            "`conditional_losses`: the gradient of L_G does not reach the generator. "
            "Was a tensor made an array, or a gradient stopped?"
        )


checks = [DiscriminatorLoss(), GeneratorLoss(), LabelsGoAlong(), Slope()]
