"""How long `import kerasdl` takes after `import keras`, and what it loads.

    KERAS_BACKEND=torch python benchmarks/imports.py [--rounds 9]

Each round starts a fresh process that imports Keras and then kerasdl, and takes the
time of both. Medians go to `benchmarks/results/imports-BACKEND.json`, with whether
TensorFlow is loaded then; `python benchmarks/tables.py` makes `docs/benchmarks.md`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

PROGRAM = """
import json, sys, time
start = time.perf_counter()
import keras
between = time.perf_counter()
import kerasdl
end = time.perf_counter()
print(json.dumps([between - start, end - between, "tensorflow" in sys.modules]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    rounds = [fresh_process() for _ in range(parser.parse_args().rounds)]
    keras_seconds, added, loaded = zip(*rounds, strict=True)
    entry = {
        "keras s": round(statistics.median(keras_seconds), 3),
        "added s": round(statistics.median(added), 3),
        "loads TensorFlow": any(loaded),
    }
    import results  # only now: it imports Keras, for the name of the backend

    results.store("imports", "kerasdl", entry)
    print(entry)


def fresh_process() -> list:
    """Seconds of `import keras` and then `import kerasdl`; is TensorFlow loaded?"""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    output = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    return json.loads(output.stdout)


if __name__ == "__main__":
    main()
