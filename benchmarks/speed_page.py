"""The page of speed: training steps, layouts, sampling, import."""

import pathlib
import statistics

from figures import BACKENDS, number, stored, table, times

KERAS_LIMIT = 1.05
NATIVE_LIMITS = {"tensorflow": 1.3, "jax": 1.15, "torch": 2.0}
SEVERAL = "eight at once"
TORCH_WAYS = {
    "keras": "the twin, `fit`",
    "ours": "ours, `fit`",
    "stepwise": "ours, `Stepwise`",
    "channels_first": "the twin with the channels first, `fit`",
    "channels_first stepwise": "the same twin, `Stepwise`",
}

HEAD = """# Speed

Made by `benchmarks/tables.py` from `benchmarks/results`. All times are medians of
rounds in one process on one thread (`OMP_NUM_THREADS=1`), in which the ways to do the
same take turns; a ratio is the median of the ratios within a round, so that other work
on the machine touches it little. Ratios above what is promised are **bold**.

## A training step

*keras* is the same net of Keras's own layers, trained by `fit` like *ours*. *Stepwise*
is our net trained by `kerasdl.training.Stepwise`; *8 at once* ours by `fit` after
`compile(steps_per_execution=8)`, which takes most of what Keras's trainer costs a small
net (Keras has it on TensorFlow and JAX). *native* is the net without Keras: a
hand-written loop with `tf.function`, with `jax.jit`, or in plain torch. Aimed at: ours
at most {keras_limit} times keras; at most {tensorflow} (TensorFlow), {jax} (JAX) and
{torch} (PyTorch) times native. The nets are in `benchmarks/nets`.
"""

SAMPLING = """
## Sampling

One compiled loop beside a Python loop that calls the model at every step: diffusion in
50 steps, and 64 tokens of a GPT. PyTorch runs both eagerly, so they take the same time.
"""

IMPORTS = """
## Import

Seconds that `import kerasdl` takes after `import keras`, in a fresh process, at most
0.1; TensorFlow must not be loaded on the other backends.
"""


def speed_page(folder: pathlib.Path) -> str:
    steps = stored(folder, "training_step")
    head = HEAD.format(keras_limit=KERAS_LIMIT, **NATIVE_LIMITS)
    parts = [head, *(_steps(backend, steps[backend]) for backend in BACKENDS)]
    parts += [_on_torch(steps["torch"])]
    parts += [SAMPLING, _sampling(stored(folder, "sampling"))]
    parts += [IMPORTS, _imports(stored(folder, "imports"))]
    return "\n".join(part.strip("\n") + "\n" for part in parts if part)


def _steps(backend: str, entries: dict) -> str:
    head = ["net", "ours ms", "keras ms", "native ms"]
    ways = {"ours": "ours", SEVERAL: "8 at once", "stepwise": "Stepwise"}
    head += [
        f"{text} / {base}" for base in ("keras", "native") for text in ways.values()
    ]
    limit = NATIVE_LIMITS[backend]
    rows = [
        [
            name,
            *(number(entry.get(f"{way} ms")) for way in ("ours", "keras", "native")),
            times(entry["ours / keras"], KERAS_LIMIT),
            *(times(entry.get(f"{way} / keras")) for way in (SEVERAL, "stepwise")),
            *(times(entry.get(f"{way} / native"), limit) for way in ways),
        ]
        for name, entry in sorted(entries.items())
    ]
    return f"### {BACKENDS[backend]}\n\n{table(head, rows)}"


def _on_torch(entries: dict) -> str:
    """What Keras's trainer and the layout of images cost on torch."""
    native = {k: e for k, e in sorted(entries.items()) if "native ms" in e}
    if not native:
        return ""
    rows = [
        [text, *(times(e.get(f"{way} / native")) for e in native.values())]
        for way, text in TORCH_WAYS.items()
    ]
    return "\n".join(
        [
            "### Where the time goes on PyTorch\n",
            _torch_sentence(native),
            "Times native:\n",
            table(["way", *native], rows),
        ]
    )


def _torch_sentence(native: dict) -> str:
    images = [e for e in native.values() if "channels_first / native" in e]
    fit, turns = (_middle(native.values(), way) for way in ("ours", "stepwise"))
    text = (
        f"In the median over these nets a step by `fit` takes {fit} times native, and "
        f"{turns} times by `Stepwise`, which leaves out Keras's trainer. "
    )
    if images:
        ways = ("keras", "channels_first", "channels_first stepwise")
        last, first, both = (_middle(images, way) for way in ways)
        text += (
            f"For nets of images Keras's layers take {last} times native with the "
            f"channels last, {first} with the channels first, and {both} with the "
            "channels first and `Stepwise`. "
        )
    return text + (
        "The rest is the Python that Keras runs for every layer, metric and variable "
        "at each step; it weighs most in small nets.\n"
    )


def _middle(entries, way: str) -> str:
    return number(statistics.median(entry[f"{way} / native"] for entry in entries))


def _sampling(results: dict) -> str:
    head = ["model", "backend", "compiled ms", "Python loop ms", "times as fast"]
    rows = [
        [
            name,
            title,
            number(entry["compiled ms"], 1),
            number(entry["python ms"], 1),
            number(entry["times as fast"], 1),
        ]
        for name in ("ddpm", "gpt")
        for backend, title in BACKENDS.items()
        for entry in [results[backend].get(name)]
        if entry
    ]
    return table(head, rows)


def _imports(results: dict) -> str:
    head = ["backend", "`import keras` s", "`import kerasdl` adds s", "TensorFlow"]
    rows = [
        [
            title,
            number(entry["keras s"]),
            times(entry["added s"], 0.1),
            "loaded" if entry["loads TensorFlow"] else "not loaded",
        ]
        for backend, title in BACKENDS.items()
        for entry in results[backend].values()
    ]
    return table(head, rows)
