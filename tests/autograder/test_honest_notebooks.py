"""What a course's notebooks do works in a box, on every backend; limits hold there too.

Cells run one after the other in one box per backend.
"""

import importlib.util

import pytest

from autograder.box import isolation
from autograder.box.client import BoxDied
from autograder.box.warm import Parent
from autograder.limits import Limits

BACKENDS = [b for b in ("tensorflow", "jax", "torch") if importlib.util.find_spec(b)]
LIMITS = Limits(grace_seconds=2, memory_mb=2500)
SECONDS = 60

pytestmark = pytest.mark.skipif(isolation.best() != "full", reason="no namespaces here")


@pytest.fixture(scope="module", params=BACKENDS)
def boxes(request):
    warm = Parent(request.param, "full")
    yield warm.boxes()
    warm.close()


@pytest.fixture(scope="module")
def box(boxes):
    with boxes.box(LIMITS) as box:
        box.run_cell(SETUP, SECONDS)
        yield box


SETUP = """
import os, keras, matplotlib.pyplot as plt, numpy as np
from keras import ops
x = np.random.default_rng(0).normal(size=(64, 8)).astype("float32")
y = (x[:, 0] > 0).astype("int32")
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4, "relu"),
                          keras.layers.Dense(2, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
"""
CELLS = {
    "fit": "keras.utils.set_random_seed(0)\n"
    "print(model.fit(x, y, epochs=2, verbose=2).history['loss'][-1] < 9)",
    "save": "model.save('m.keras')\nmodel.save_weights('m.weights.h5')\n"
    "again = keras.models.load_model('m.keras')\n"
    "print(np.allclose(again.predict(x, verbose=0), model.predict(x, verbose=0)))",
    "figure": "plt.plot([1, 2], label='$x^2$')\nplt.legend()\nplt.title('loss $J$')\n"
    "plt.semilogy()\nplt.show()\nplt.savefig('figure.png')\n"
    "print(os.path.getsize('figure.png') > 1000)",
    "forest": "from sklearn.ensemble import RandomForestClassifier as Forest\n"
    "print(Forest(n_estimators=4, n_jobs=2).fit(x, y).score(x, y) > 0.5)",
    "joblib": "from joblib import Parallel, delayed\n"
    "print(Parallel(n_jobs=2)(delayed(pow)(i, 2) for i in range(3)) == [0, 1, 4])",
    "pool": "import multiprocessing\n"
    "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
    "    print(pool.map(abs, [-1, 2]) == [1, 2])",
    "threads": "from concurrent.futures import ThreadPoolExecutor\n"
    "with ThreadPoolExecutor(4) as pool: print(sum(pool.map(abs, range(9))) == 36)",
    "data set": "class Data(keras.utils.PyDataset):\n"
    "    def __len__(self): return 2\n"
    "    def __getitem__(self, i): return x[32 * i:][:32], y[32 * i:][:32]\n"
    "data = Data(workers=2, use_multiprocessing=True)\n"
    "print(len(model.fit(data, verbose=0).history['loss']) == 1)",
    "files": "import shutil, tempfile\n"
    "with tempfile.NamedTemporaryFile() as file: shutil.copy2(file.name, 'copy')\n"
    "os.chmod('copy', 0o600)\nprint(os.path.exists('/tmp/copy'))",
    "programs": "import subprocess\nname = 'True'\n!echo $name\n"
    "assert subprocess.run('true', shell=True).returncode == 0\n"
    "assert _exit_code == 0\nlines = !ls /\nassert 'tmp' in lines",
    "who": "import getpass\nprint(getpass.getuser() == 'student')",
    "await": "import asyncio\nawait asyncio.sleep(0)\nprint(True)",
    "tf.data": "import tensorflow as tf\n"
    "data = tf.data.Dataset.from_tensor_slices((x, y))\n"
    "data = data.map(lambda a, b: (2 * a, b), num_parallel_calls=2).batch(32)\n"
    "print(len(model.fit(data.prefetch(2), verbose=0).history['loss']) == 1)",
    "DataLoader": "import torch\n"
    "data = torch.utils.data.TensorDataset(torch.tensor(x), torch.tensor(y))\n"
    "data = torch.utils.data.DataLoader(data, batch_size=32, num_workers=2)\n"
    "print(sum(len(batch[0]) for batch in data) == 64)",
}
NEEDS = {"tf.data": "tensorflow", "DataLoader": "torch"}


@pytest.mark.parametrize("name", CELLS)
def test_it_works(box, name):
    needed = NEEDS.get(name)
    if needed and importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    reply = box.run_cell(CELLS[name], SECONDS)
    shown = "".join(str(output.get("text", "")) for output in reply["outputs"])
    assert reply["ended"] == "ok" and "True" in shown, reply["outputs"]
    assert "Exception ignored" not in shown


REFUSED = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
answers = []
for attempt in (lambda: libc.unshare(0x10000000), lambda: libc.ptrace(16, 1, 0, 0),
                lambda: libc.mount(b"x", b"/tmp", b"tmpfs", 0, b"")):
    answers.append((attempt(), ctypes.get_errno()))
print(answers == [(-1, 1)] * 3)
"""


def test_system_calls_are_refused_after_training(box):
    reply = box.run_cell(REFUSED, SECONDS)
    assert "True" in reply["outputs"][0]["text"]


def test_too_large_a_tensor_is_an_error_that_says_the_limit(box):
    reply = box.run_cell("print(ops.sum(ops.ones((30_000, 30_000))))", SECONDS)
    assert reply["ended"] == "error"
    assert "may use 2500 MB of memory" in str(reply["outputs"])
    assert "4" in str(box.run_cell("int(ops.sum(ops.ones(4)))", SECONDS)["outputs"])


CHILDREN = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        held = bytearray(b"x") * (600 << 20)
        time.sleep(60)
time.sleep(30)
"""


def test_children_that_fill_the_memory_end_the_box(boxes):
    with boxes.box(LIMITS) as box:
        box.run_cell(SETUP + "model.predict(x, verbose=0);", SECONDS)
        with pytest.raises(BoxDied, match="used more than 2500 MB of memory"):
            box.run_cell(CHILDREN, 40)
