"""Problem 1: correlation and convolution of signals."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, told, verdict

STRIDE, PADDING = 3, 2


def correlation(signal, kernel):
    """At the places where the kernel fits, by a slow loop."""
    places = range(len(signal) - len(kernel) + 1)
    return np.array(
        [sum(kernel[k] * signal[n + k] for k in range(len(kernel))) for n in places]
    )


class Correlations(Check):
    """What `correlate` says with and without stride and padding, and of a signal that
    was padded before: the last is compared with the student's own padding."""

    question = "signals/correlations"

    def inputs(self, rng):
        signal = rng.normal(size=12)
        return {
            "signal": signal,
            "kernel": rng.normal(size=4),
            "padded": np.pad(signal, PADDING),
            "stride": STRIDE,
            "padding": PADDING,
        }

    @staticmethod
    def run(student, signal, kernel, padded, stride, padding):
        of = student.correlate
        return {
            "plain": of(signal, kernel),
            "stride": of(signal, kernel, stride=stride),
            "padding": of(signal, kernel, padding=padding),
            "padded": of(padded, kernel),
            "both": of(signal, kernel, stride, padding),
        }


class SumsOfProducts(Correlations):
    name = "signals/sums-of-products"
    weight = 2.0

    def mark(self, result, inputs):
        expected = correlation(inputs["signal"], inputs["kernel"])
        difference = compare(result["plain"], expected)
        if (
            difference
            and compare(
                result["plain"], correlation(inputs["signal"], inputs["kernel"][::-1])
            )
            is None
        ):
            difference = "turns the kernel around"
        look_at = "y[n] is the sum of f[k] g[n + k]; look at the sign before k."
        return verdict(told("`correlate`", difference, look_at))


class Stride(Correlations):
    name = "signals/stride"

    def mark(self, result, inputs):
        plain = array(result["plain"])
        if plain is None or plain.ndim != 1 or not plain.any():
            return verdict("`correlate` gives no signal whose stride could be judged.")
        difference = compare(result["stride"], plain[:: inputs["stride"]])
        look_at = (
            "compared with your own correlation at stride 1. With stride s keep the "
            "places 0, s, 2s, ... where the kernel fits."
        )
        return verdict(told("`correlate` with a stride", difference, look_at))


class Padding(Correlations):
    name = "signals/padding"

    def mark(self, result, inputs):
        padded = array(result["padded"])
        if padded is None or padded.ndim != 1 or not padded.any():
            return verdict("`correlate` gives no signal whose padding could be judged.")
        look_at = (
            "compared with your own correlation of a signal that has zeros at both "
            "ends: padding is as many zeros at each end."
        )
        difference = compare(result["padding"], padded)
        return verdict(told("`correlate` with padding", difference, look_at))


class WholeConvolution(Check):
    question = "signals/convolutions"

    def inputs(self, rng):
        return {"signal": rng.normal(size=12), "kernel": rng.normal(size=4)}

    @staticmethod
    def run(student, signal, kernel):
        return [student.convolve(signal, kernel), student.convolve(kernel, signal)]

    def expected(self, inputs):
        """By a slow loop: y[n] = sum_k f[k] g[n - k]."""
        signal, kernel = inputs["signal"], inputs["kernel"]
        y = np.zeros(len(signal) + len(kernel) - 1)
        for n in range(len(y)):
            for k in range(len(kernel)):
                if 0 <= n - k < len(signal):
                    y[n] += kernel[k] * signal[n - k]
        return y


class ConvolutionLength(WholeConvolution):
    name = "signals/convolution-length"
    weight = 0.5

    def mark(self, result, inputs):
        expected = self.expected(inputs).shape
        shapes = [None if array(y) is None else array(y).shape for y in result]
        if shapes == [expected, expected]:
            return Verdict(1.0)
        return verdict(
            f"`convolve` of 12 and of 4 numbers has shape {shapes[0]}, of 4 and of 12 "
            f"{shapes[1]}: return every place where kernel and signal overlap at all."
        )


class ConvolutionFlips(WholeConvolution):
    """Right, whole or the middle of it: the length is another check's idea."""

    name = "signals/convolution-flips"

    def mark(self, result, inputs):
        whole, own = self.expected(inputs), array(result[0])
        if own is None or own.ndim != 1 or not 9 <= len(own) <= len(whole):
            return verdict("`convolve` gives no signal that could be compared.")
        spare = len(whole) - len(own)
        parts = [whole[start : start + len(own)] for start in range(spare + 1)]
        differences = [compare(own, part) for part in parts]
        look_at = (
            "each number of the signal adds a copy of the kernel, the right way round, "
            "from its place on: y[n] is the sum of f[k] g[n - k]."
        )
        difference = None if None in differences else differences[spare // 2]
        return verdict(told("`convolve`", difference, look_at))


checks = [
    SumsOfProducts(),
    Stride(),
    Padding(),
    ConvolutionLength(),
    ConvolutionFlips(),
]
