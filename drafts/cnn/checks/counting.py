"""Problem 4: counting parameters and pixels."""

from autograder.checks import Check, Verdict

from .common import verdict


def convolution(rng, padding=0):
    size, stride, filters = rng.integers(2, 6), rng.integers(1, 3), rng.integers(5, 12)
    return {
        "kind": "convolution",
        "size": int(size),
        "stride": int(stride),
        "padding": int(padding),
        "filters": int(filters),
    }


def pooling(rng):
    sizes = {"size": int(rng.integers(2, 4)), "stride": int(rng.integers(2, 4))}
    return {"kind": "pooling", **sizes}


def dense(rng):
    return {"kind": "dense", "units": int(rng.integers(5, 30))}


def whole(value):
    """A number that came back, or None."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


class Parameters(Check):
    """Counts of networks, each next to what it should be; all have to agree."""

    def inputs(self, rng):
        networks = self.networks(rng)
        return {
            "networks": networks,
            "side": int(rng.integers(38, 48)),
            "channels": int(rng.integers(2, 5)),
        }

    @staticmethod
    def run(student, networks, side, channels):
        return [student.count_parameters(layers, side, channels) for layers in networks]

    def mark(self, result, inputs):
        counts = [whole(count) for count in result]
        if None not in counts and self.right(counts, inputs):
            return Verdict(1.0)
        return verdict(self.sentence)


class ConvolutionParameters(Parameters):
    name = "layer/parameters-of-convolutions"
    sentence = (
        "`count_parameters` of convolutions and pooling: a filter has a number for "
        "each place and each channel that comes in, and a bias; pooling learns nothing."
    )

    def networks(self, rng):
        one, two = convolution(rng), convolution(rng)
        return [[one], [one, two], [one, pooling(rng), two]]

    def right(self, counts, inputs):
        expected = []
        for layers in inputs["networks"]:
            total, channels = 0, inputs["channels"]
            for layer in layers:
                if layer["kind"] == "convolution":
                    numbers = layer["size"] * layer["size"] * channels
                    total += layer["filters"] * (numbers + 1)
                    channels = layer["filters"]
            expected.append(total)
        return counts == expected


class DenseParameters(Parameters):
    name = "layer/parameters-of-dense-layers"
    sentence = (
        "`count_parameters` of dense layers on an image: each unit has a weight for "
        "every number that comes in, of all pixels and channels, and a bias."
    )

    def networks(self, rng):
        one, two = dense(rng), dense(rng)
        return [[one], [one, two]]

    def right(self, counts, inputs):
        one, two = (layer["units"] for layer in inputs["networks"][1])
        first = inputs["side"] ** 2 * inputs["channels"] * one + one
        return counts == [first, first + one * two + two]


class Flattened(Parameters):
    """What the dense layer adds to the student's own count without it."""

    name = "layer/sides-before-the-dense-layer"
    sentence = (
        "`count_parameters`: a dense layer after windows adds a wrong number to your "
        "own count without it. Look at how padding, size and stride change the sides."
    )

    def networks(self, rng):
        padded = convolution(rng, padding=rng.integers(1, 3))
        padded["stride"] = 1
        strided = {**convolution(rng), "stride": 2, "size": 4}
        networks = []
        for layers in ([padded], [strided], [padded, pooling(rng)]):
            networks += [layers, [*layers, dense(rng)]]
        return networks

    def right(self, counts, inputs):
        for without, with_dense, layers in zip(
            counts[::2], counts[1::2], inputs["networks"][1::2], strict=True
        ):
            side, channels = inputs["side"], inputs["channels"]
            for layer in layers[:-1]:
                room = side + 2 * layer.get("padding", 0) - layer["size"]
                side = room // layer["stride"] + 1
                channels = layer.get("filters", channels)
            units = layers[-1]["units"]
            weights, added = side**2 * channels * units, with_dense - without
            # A forgotten bias is another check's idea.
            if added not in (weights + units, weights):
                return False
        return True


class Fields(Check):
    question = "layer/receptive-fields"

    def inputs(self, rng):
        plain = [{**convolution(rng), "stride": 1} for _ in range(3)]
        strided = [convolution(rng), pooling(rng), convolution(rng), pooling(rng)]
        strided.append(convolution(rng, padding=2))
        alone = [
            {**convolution(rng), "size": size, "stride": 1} for size in range(2, 6)
        ]
        return {
            "plain": [plain[:1], plain],
            "strided": [strided[:3], strided],
            "alone": [[layer] for layer in alone],
        }

    @staticmethod
    def run(student, plain, strided, alone):
        of = student.receptive_field
        return {
            "plain": [of(layers) for layers in plain],
            "strided": [of(layers) for layers in strided],
            "alone": [of([])] + [of(layers) for layers in alone],
        }

    def mark(self, result, inputs):
        own = {part: [whole(field) for field in result[part]] for part in result}
        right = not any(None in fields for fields in own.values())
        return Verdict(1.0) if right and self.right(own, inputs) else verdict(self.told)


class PlainFields(Fields):
    name = "layer/receptive-field"
    told = (
        "`receptive_field` of convolutions with stride 1: every window of size m adds "
        "m - 1 pixels to the one that you begin with."
    )

    def right(self, own, inputs):
        expected = [1 + sum(n["size"] - 1 for n in part) for part in inputs["plain"]]
        return own["plain"] == expected


class StridedFields(Fields):
    """With what the student's single window adds, of each size: only the distances."""

    name = "layer/receptive-field-with-strides"
    told = (
        "`receptive_field` with strides: a layer's own stride counts for the layers "
        "above it, not for itself, and strides multiply. Pooling counts as well."
    )

    def right(self, own, inputs):
        begin, *alone = own["alone"]
        adds = {size: field - begin for size, field in enumerate(alone, 2)}
        if min(adds.values()) <= 0:
            return False
        expected = []
        for layers in inputs["strided"]:
            field, distance = begin, 1
            for layer in layers:
                field += adds[layer["size"]] * distance
                distance *= layer["stride"]
            expected.append(field)
        return own["strided"] == expected


checks = [
    ConvolutionParameters(),
    DenseParameters(),
    Flattened(),
    PlainFields(),
    StridedFields(),
]
