"""Data sets by name: what is bundled, what needs a network, what there is without."""

import http.server
import importlib.util
import socket
import subprocess
import sys
import threading
import time
import warnings
import zlib
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from kerasdl import data
from kerasdl.data import loading, network, tfds

pytestmark = pytest.mark.backend

CHECKSUM = 2205285213  # of all test images of mnist5k in order: a change is a decision


def test_mnist5k():
    for split, size in (("train", 4000), ("test", 1000)):
        images, labels = data.load("mnist5k", split)
        assert images.shape == (size, 28, 28, 1) and images.dtype == np.float32
        assert labels.shape == (size,) and labels.dtype == np.int32
        assert images.min() == 0 and images.max() == 1
        assert np.bincount(labels).tolist() == [size // 10] * 10
        assert np.bincount(labels[:100]).tolist() == [10] * 10
        assert len(set(labels[::10])) == 10  # no pattern in the order
    assert zlib.crc32(np.round(images * 255).astype("uint8")) == CHECKSUM


def test_mnist5k_splits_are_disjoint_and_all_images_differ():
    train, test = (data.load("mnist5k", split)[0] for split in ("train", "test"))
    assert len({image.tobytes() for image in (*train, *test)}) == 5000


def test_mnist5k_shows_the_digits_that_its_labels_say():
    """The nearest mean image names three in four; with wrong labels one in ten."""
    images, labels = data.load("mnist5k")
    means = np.stack([images[labels == digit].mean(axis=0) for digit in range(10)])
    images, labels = data.load("mnist5k", "test")
    distances = ((images[:, None] - means) ** 2).sum(axis=(2, 3, 4))
    assert (distances.argmin(axis=1) == labels).mean() > 0.75


def test_names_that_are_nearly_right():
    for name, meant in (("minst", "mnist"), ("fashion-mnist", "fashion_mnist")):
        with pytest.raises(ValueError, match=f"Did you mean '{meant}'"):
            data.load(name)


# Full data sets: a builder of the optional package, the bundled digits in its mouth.


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """No data set is prepared, and no download is allowed."""
    pytest.importorskip("tensorflow_datasets")
    real = tfds.package()
    monkeypatch.delenv("KERASDL_DOWNLOAD", raising=False)
    fake = SimpleNamespace(
        builder=lambda name: real.builder(name, data_dir=tmp_path),
        as_numpy=real.as_numpy,
    )
    monkeypatch.setattr(tfds, "package", lambda: fake)
    return tmp_path


@pytest.fixture
def builder(tmp_path, request):
    """One that prepares mnist5k when asked for any full data set."""
    pytest.importorskip("tensorflow_datasets")
    from kerasdl.data.builders import Mnist5k  # with the real package: before `folder`

    request.getfixturevalue("folder")
    one = Mnist5k(data_dir=tmp_path)
    tfds.package().builder = lambda name: one
    return one


def online(monkeypatch, answer):
    monkeypatch.setattr(network, "answers", lambda url: answer)


@pytest.mark.parametrize("name", ["cifar10", "fashion_mnist"])
def test_a_full_data_set_that_is_not_here(folder, name, monkeypatch):
    monkeypatch.setattr(network, "answers", None)  # not even asked
    start = time.perf_counter()
    with pytest.raises(FileNotFoundError, match="download=True.*KERASDL_DOWNLOAD=1.*"):
        data.load(name)
    assert time.perf_counter() - start < 10
    assert not list(folder.iterdir())


def test_a_download_without_a_network(folder, monkeypatch):
    online(monkeypatch, False)
    with pytest.raises(ConnectionError, match="kriz.*'digits' and 'mnist5k'"):
        data.load("cifar10", download=True)
    monkeypatch.setenv("KERASDL_DOWNLOAD", "1")
    with pytest.raises(ConnectionError, match="fashion"):
        data.load("fashion_mnist")
    with pytest.raises(FileNotFoundError):
        data.load("fashion_mnist", download=False)


def test_a_download_without_the_package_that_prepares(folder, monkeypatch):
    monkeypatch.setattr(tfds, "PACKAGE", "absent_datasets")
    with pytest.raises(ModuleNotFoundError, match="pip install absent"):
        data.load("cifar10", download=True)


def test_no_optional_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'kerasdl\[tfds\]'"):
        data.load("cifar10")
    assert len(data.load("digits")[0]) == 1437


@pytest.mark.parametrize("split", ["train", "test"])
def test_mnist_falls_back_on_its_5000_and_says_so(folder, monkeypatch, split):
    online(monkeypatch, False)
    expected = data.load("mnist5k", split)
    for download in (None, True):
        with pytest.warns(UserWarning, match="'mnist5k' take the place of 'mnist'"):
            received = data.load("mnist", split, download=download)
        for one, other in zip(expected, received, strict=True):
            np.testing.assert_array_equal(one, other)
    with pytest.warns(UserWarning) as caught:
        data.load("mnist")
    assert caught[0].filename == __file__


def test_a_download_is_prepared_once_and_read(builder, monkeypatch):
    with pytest.raises(FileNotFoundError):
        data.load("cifar10")
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("a download cannot be prepared")
    online(monkeypatch, True)
    data.load("cifar10", download=True)
    monkeypatch.setattr(network, "answers", None)  # from here on it is not asked
    for split in ("train", "test"):
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            received = data.load("mnist", split)
        for one, other in zip(data.load("mnist5k", split), received, strict=True):
            np.testing.assert_array_equal(one, other)
            assert one.dtype == other.dtype


@pytest.mark.skipif(keras.config.backend() != "tensorflow", reason="its own format")
def test_a_data_set_prepared_in_the_usual_format(builder):
    builder.download_and_prepare(file_format="tfrecord")
    images, labels = data.load("mnist", "test")
    expected = data.load("mnist5k", "test")
    np.testing.assert_array_equal(images, expected[0])
    np.testing.assert_array_equal(labels, expected[1])


BUILDERS = """
import importlib.machinery, sys
real = importlib.machinery.PathFinder
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] != "tensorflow":
            return real.find_spec(name, path, target)
sys.meta_path[sys.meta_path.index(real)] = Finder  # as if it were not installed
import numpy as np
import kerasdl.data.bundled as bundled, kerasdl.data.builders
from kerasdl.data.tfds import package
for name in ("digits", "mnist5k"):
    for split in ("train", "test"):
        source = package().data_source(name, split=split, data_dir=sys.argv[1])
        examples = source.__getitems__(range(len(source)))
        images, labels = bundled.split_arrays(name, split)
        assert np.array_equal([one["image"] for one in examples], images)
        assert np.array_equal([one["label"] for one in examples], labels)
        assert examples[0]["image"].dtype == np.uint8
"""


@pytest.mark.skipif(keras.config.backend() == "tensorflow", reason="it is hidden here")
def test_builders_give_what_load_gives_without_a_backend_of_their_own(tmp_path):
    pytest.importorskip("tensorflow_datasets")
    command = [sys.executable, "-c", BUILDERS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr


# The network.


class Handler(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_a_server_answers_or_does_not():
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        assert network.answers(f"{url}/here")
        assert not network.answers(f"{url}/gone")
        server.shutdown()
    assert not network.answers(f"{url}/here")


def test_silence_ends_in_time(monkeypatch):
    def seconds():
        start = time.perf_counter()
        assert not network.answers(url, 0.3)
        return time.perf_counter() - start

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/here"
        assert seconds() < 1

    def slow(*_, **__):
        time.sleep(1)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    url = "http://name.invalid/here"
    assert seconds() < 1


def test_every_full_data_set_has_a_file_to_ask_for():
    assert set(tfds.FILES) == set(loading.FULL)
