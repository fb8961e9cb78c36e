"""Makes feature_net_*.npz: trains the networks of `kerasdl.metrics.load_feature_net`.

    KERAS_BACKEND=... python make_feature_nets.py

The weights are kept with 16 bits, which costs no accuracy and half the file. They are
part of what the metrics mean: after a change of them no figure compares with before.
"""

from pathlib import Path

import numpy as np

import kerasdl
from kerasdl.recipes import feature_net


def main() -> None:
    for name, epochs in (("digits", 30), ("mnist5k", 12)):
        kerasdl.seed(0)
        net = feature_net.train(name, seed=0, epochs=epochs)
        file = Path(__file__).with_name(f"feature_net_{name}.npz")
        np.savez_compressed(file, *[w.astype("float16") for w in net.get_weights()])


if __name__ == "__main__":
    main()
