"""A training step of our models beside the same nets from Keras's layers, and native.

    KERAS_BACKEND=torch python benchmarks/training_step.py [NET ...] [--rounds 9]

Each net of `benchmarks/nets` gives `ours()` and `keras_layers()`, two models of the same
sizes, and data; if it has `native(backend)`, that gives a function that trains so many
steps without Keras. All are trained by Adam, alternately, an epoch of `STEPS` steps a
round. Results go to `benchmarks/results/training_step-BACKEND.json`;
`python benchmarks/tables.py` makes `docs/benchmarks.md` of them.
"""

import argparse
import importlib
import os
import pkgutil
import statistics

os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras  # noqa: E402
import nets  # noqa: E402
import results  # noqa: E402
import timing  # noqa: E402

import kerasdl  # noqa: E402


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


def measure(net, rounds: int) -> dict:
    """Milliseconds per step of each way, and how many times the others ours takes."""
    ways = {"ours": trained(net, net.ours()), "keras": trained(net, net.keras_layers())}
    native = getattr(net, "native", None)
    if native is not None:
        ways["native"] = native(keras.config.backend())
    for way in ways.values():
        way()  # compiles
    seconds = timing.alternately(ways, rounds)
    entry = {
        f"{name} ms": round(1000 * statistics.median(values) / net.STEPS, 3)
        for name, values in seconds.items()
    }
    for other in set(ways) - {"ours"}:
        entry[f"ours / {other}"] = round(timing.ratio(seconds, "ours", other), 3)
    return entry


def trained(net, model):
    """A function that trains the model for an epoch of `STEPS` steps."""
    kerasdl.seed(0)
    x, y = net.data()
    model.compile(keras.optimizers.Adam(1e-3), loss=net.LOSS)
    size = net.BATCH
    return lambda: model.fit(x, y, batch_size=size, shuffle=False, verbose=0)


if __name__ == "__main__":
    main()
