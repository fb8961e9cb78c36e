"""Full data sets through `tensorflow_datasets`, an optional package.

Of the data sets' files this is the only one that names it.
"""

import importlib.util
import os

import numpy as np

from kerasdl.data import network

PACKAGE = "tensorflow_datasets"
_MNIST = "https://storage.googleapis.com/cvdf-datasets/mnist/"
_FASHION = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
_CIFAR = "https://www.cs.toronto.edu/~kriz/"

# A file that a download begins with: when its server is silent, none is started.
FILES = {
    "mnist": _MNIST + "train-images-idx3-ubyte.gz",
    "fashion_mnist": _FASHION + "train-images-idx3-ubyte.gz",
    "cifar10": _CIFAR + "cifar-10-binary.tar.gz",
}


def split_arrays(
    name: str, split: str, download: bool
) -> tuple[np.ndarray, np.ndarray]:
    """The images `(n, height, width, channels)` and labels `(n,)` of one split, uint8.

    Raises:
        ModuleNotFoundError: when a package is missing.
        FileNotFoundError: when the data set is not prepared and `download` is False.
        ConnectionError: when it should be downloaded and there is no network.
    """
    builder = package().builder(name)
    if not (builder.data_path / "dataset_info.json").exists():
        _check_download(name, os.fspath(builder.data_path), download)
        builder.download_and_prepare(file_format="array_record")
    examples = _examples(builder, split)
    return examples["image"], examples["label"].astype("uint8")


def package():
    """The package itself, or an error that says how to get it."""
    try:
        import tensorflow_datasets
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"Full data sets need the package {PACKAGE}. Received: {error}. "
            "Install it: pip install 'kerasdl[tfds]'."
        ) from error
    return tensorflow_datasets


def _check_download(name: str, folder: str, download: bool) -> None:
    if not download:
        raise FileNotFoundError(
            f"Expected the data set {name!r} in {folder}. Received: no such files, and "
            f"no leave to download them. Write load({name!r}, download=True), or set "
            "KERASDL_DOWNLOAD=1. Without a network there are 'digits' and 'mnist5k'."
        )
    preparing = PACKAGE.removesuffix("_datasets")
    if importlib.util.find_spec(preparing) is None:
        raise ModuleNotFoundError(
            f"{PACKAGE} needs the package {preparing} once, to prepare {name!r} after "
            f"the download; it reads without. Install it: pip install {preparing}."
        )
    if not network.answers(FILES[name]):
        raise ConnectionError(
            f"Expected an answer from {FILES[name]} to download {name!r}. Received: "
            "none in time. Without a network there are 'digits' and 'mnist5k'."
        )


def _examples(builder, split: str) -> dict[str, np.ndarray]:
    try:
        source = builder.as_data_source(split)
    except NotImplementedError:  # prepared in a format that is read in sequence only
        whole = builder.as_dataset(split=split, batch_size=-1)
        return package().as_numpy(whole)
    examples = source.__getitems__(range(len(source)))
    return {
        key: np.stack([example[key] for example in examples])
        for key in ("image", "label")
    }
