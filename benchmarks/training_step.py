"""A training step of our models beside the same nets from Keras's layers, and native.

    KERAS_BACKEND=torch python benchmarks/training_step.py [NET ...] [--rounds 9]

Each net of `benchmarks/nets` is trained by Adam in several ways, alternately, an epoch
of `STEPS` steps a round:

    ours                    our model, Keras's `fit`
    keras                   the twin of Keras's own layers, Keras's `fit`
    eight at once           the same, `compile(steps_per_execution=8)` (not torch)
    stepwise                our model, `kerasdl.training.Stepwise`
    native                  the net without Keras, where it is written: see `native`
    channels_first          the twin with the channels first (torch, nets of images)
    channels_first stepwise the same twin, trained by `Stepwise`

Results go to `benchmarks/results/training_step-BACKEND.json`;
`python benchmarks/tables.py` makes `docs/benchmarks.md` of them.
"""

import argparse
import functools
import importlib
import inspect
import os
import pkgutil
import statistics

for variable in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ.setdefault(variable, "1")

import keras  # noqa: E402
import nets  # noqa: E402
import numpy as np  # noqa: E402
import results  # noqa: E402
import timing  # noqa: E402

import kerasdl  # noqa: E402
from kerasdl.training import Player, Stepwise  # noqa: E402


def main() -> None:
    known = [file.name for file in pkgutil.iter_modules(nets.__path__)]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NET", help="all if none is named")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"no net {', '.join(unknown)}; there are {', '.join(known)}")
    for name in options.names or known:
        entry = measure(importlib.import_module(f"nets.{name}"), options.rounds)
        results.store("training_step", name, entry)
        print(name, entry, flush=True)
        keras.utils.clear_session()


def measure(net, rounds: int) -> dict:
    """Milliseconds per step of each way, and ratios of the times within a round."""
    ways = ways_of(net)
    for way in ways.values():
        way()  # compiles
    seconds = timing.alternately(ways, rounds)
    entry = {
        f"{name} ms": round(1000 * statistics.median(values) / net.STEPS, 3)
        for name, values in seconds.items()
    }
    for base in {"keras", "native"} & set(ways):
        for name in set(ways) - {base}:
            ratio = timing.ratio(seconds, name, base)
            entry[f"{name} / {base}"] = round(ratio, 3)
    return entry


def ways_of(net) -> dict:
    """The ways to train a net, by name: functions that train it for an epoch."""
    kerasdl.seed(0)
    x, y = net.data()
    if hasattr(net, "trained_in_turns"):  # not by `fit`
        batches = [rows(net, x, y, step) for step in range(net.STEPS)]
        models = {"ours": net.ours(), "keras": net.keras_layers()}
        return {n: net.trained_in_turns(m, batches) for n, m in models.items()}
    ways = {
        "ours": fitted(net, net.ours(), x, y),
        "keras": fitted(net, net.keras_layers(), x, y),
        "stepwise": stepwise(net, net.ours(), x, y),
    }
    if keras.config.backend() != "torch":  # which takes one step at a time
        ways["eight at once"] = fitted(net, net.ours(), x, y, steps_per_execution=8)
    has_layout = "layout" in inspect.signature(net.keras_layers).parameters
    if keras.config.backend() == "torch" and has_layout:
        x, y = channels_first(x), channels_first(y)
        model = functools.partial(net.keras_layers, "channels_first")
        ways["channels_first"] = fitted(net, model(), x, y)
        ways["channels_first stepwise"] = stepwise(net, model(), x, y)
    if hasattr(net, "native"):
        ways["native"] = net.native(keras.config.backend())
    return ways


def fitted(net, model, x, y, **options):
    """A function that trains the model for an epoch by Keras's `fit`."""
    model.compile(keras.optimizers.Adam(1e-3), loss=net.LOSS, **options)
    size = net.BATCH
    return lambda: model.fit(x, y, batch_size=size, shuffle=False, verbose=0)


def stepwise(net, model, x, y):
    """A function that trains the model for an epoch by `Stepwise`."""
    batches = [rows(net, x, y, step) for step in range(net.STEPS)]
    model(keras.tree.map_structure(lambda a: a[:1], x))  # builds it

    def loss(x, y=None):
        training = {"training": True} if model._call_has_training_arg else {}
        outputs = model(x, **training)
        if net.LOSS is None:
            return model.compute_loss(x=x, y=y, y_pred=outputs, training=True)
        return net.LOSS(y, outputs) + sum(model.losses)

    optimizer = keras.optimizers.Adam(1e-3)
    player = Player("loss", loss, model.trainable_variables, optimizer)
    trainer = Stepwise(model, [player])
    return lambda: trainer.fit(batches)


def rows(net, x, y, step):
    """The arrays of one batch: `(x,)`, or `(x, y)` if there are targets."""
    part = slice(step * net.BATCH, (step + 1) * net.BATCH)
    arrays = (x,) if y is None else (x, y)
    return keras.tree.map_structure(lambda a: a[part], arrays)


def channels_first(images):
    """`(batch, height, width, channels)` to `(batch, channels, height, width)`."""
    if images.ndim != 4:  # labels
        return images
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2))


if __name__ == "__main__":
    main()
