"""A student who controls the process can neither see nor change what marks depend on.

Every test hands in a wrong `double` together with an attack. The right `mean` keeps
its points: an attack costs nothing beyond itself, and gains nothing.
"""

import json
import os
import socket
import subprocess
import sys
import time

import nbformat
import pytest

from autograder.box import isolation
from autograder.grade import Batch
from autograder.returning import report
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.gradebooks import automatic
from tests.autograder.notebooks import WRONG, hand_in, mark, printed

# Words of the hidden checks: none may be found in the student's process.
SECRETS = ("mind the multiplier", "divide the sum", "MeanOfEqualNumbers", "secret")

FORGERIES = {
    "eq_object": """
class Yes:
    shape, dtype = (3, 4), "float32"
    def __eq__(self, other): return True
    def __abs__(self): return 0
    def __lt__(self, other): return True
    def __sub__(self, other): return 0
    def __float__(self): return 0.0
def double(x):
    return Yes()
""",
    "array_overload": """
import numpy as np
class Yes:
    shape, dtype = (3, 4), np.dtype("float32")
    def __array__(self, *args, **kwargs): return Yes()
    def __array_ufunc__(self, *args, **kwargs): return np.zeros((3, 4))
    def __array_function__(self, *args, **kwargs): return True
def double(x):
    return Yes()
""",
    "array_subclass": """
import numpy as np
class Yes(np.ndarray):
    def __eq__(self, other): return True
    def __sub__(self, other): return np.zeros(self.shape)
def double(x):
    return np.zeros((3, 4)).view(Yes)
""",
    "number_subclass": """
class Yes(float):
    def __eq__(self, other): return True
def double(x):
    return Yes(0)
""",
    "list_of_itself": """
def double(x):
    endless = []
    endless.append(endless)
    return endless
""",
    "pickled_answer": """
class Bomb:
    def __reduce__(self):
        return (print, ("run by the grader",))
def double(x):
    return Bomb()
""",
    "huge_answer": """
import numpy as np
def double(x):
    return np.zeros(30_000_000)
""",
    "endless_text": """
def double(x):
    return "9" * 100_000_000
""",
    "exit": """
def double(x):
    raise SystemExit(0)
""",
    "os_exit": """
import os
def double(x):
    os._exit(0)
""",
    "keyboard_interrupt": """
def double(x):
    raise KeyboardInterrupt
""",
    "endless_loop": """
def double(x):
    while True:
        try:
            while True: pass
        except BaseException:
            pass
""",
    "forged_error": """
class NotDefined(Exception): pass
def double(x):
    raise NotDefined({"value": 1})
""",
}

PATCHES = {
    "numpy_testing": """
import numpy as np, numpy.testing
for name in dir(np.testing):
    if name.startswith("assert"):
        setattr(np.testing, name, lambda *a, **k: None)
np.isclose = np.allclose = np.all = np.array_equal = lambda *a, **k: True
np.abs = np.max = np.subtract = lambda *a, **k: 0
""",
    "assert_removed": """
import ast
class Remove(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Remove())
""",
    "points_by_transformer": """
import ast
class Ten(ast.NodeTransformer):
    def visit_Module(self, node): return ast.parse("10.0")
get_ipython().ast_transformers.append(Ten())
""",
    "print_and_builtins": """
import builtins
builtins.print = builtins.isinstance = builtins.len = builtins.abs = lambda *a, **k: 0
""",
    "keras_ops": """
import keras
for name in dir(keras.ops):
    if not name.startswith("_") and name not in ("convert_to_tensor", "mean"):
        setattr(keras.ops, name, lambda *a, **k: a[0] if a else 0)
""",
    "convert_to_numpy": """
import keras, numpy as np
keras.ops.convert_to_numpy = lambda x: np.full((3, 4), 1e9)
""",
    "shell_run_cell": """
shell = get_ipython()
done = shell.run_cell("1")
shell.run_cell = lambda *a, **k: done
""",
    "shell_showtraceback": """
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *a, **k: None
shell.set_custom_exc((Exception,), lambda *a, **k: None)
""",
    "harness": """
import sys
for name, module in list(sys.modules.items()):
    if name.startswith("autograder"):
        for part in list(vars(module)):
            if callable(getattr(module, part)) and not part.startswith("__"):
                if part in ("to_plain", "answer", "_described"):
                    setattr(module, part, lambda *a, **k: {"value": [1.0] * 12})
""",
}


def assert_only_double_is_lost(result):
    """Wrong where the answer is wrong. What the attack broke for itself may be lost."""
    assert result.status == "marked"
    assert result.problems["double"].earned == 0


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_answers_earn_nothing(toy, release, parent, name):
    result = mark(toy, release, parent, hand_in(toy, double=FORGERIES[name]))
    assert_only_double_is_lost(result)
    assert result.problems["mean"].earned == 3
    assert all(m.sentence for m in result.problems["double"].marks)


@pytest.mark.parametrize("name", PATCHES)
def test_patched_tools_earn_nothing(toy, release, parent, name):
    data = hand_in(toy, extra=PATCHES[name], double=WRONG)
    assert_only_double_is_lost(mark(toy, release, parent, data))


@pytest.mark.parametrize("name", PATCHES)
def test_the_same_patches_do_not_harm_the_next_student(toy, release, parent, name):
    mark(toy, release, parent, hand_in(toy, extra=PATCHES[name], double=WRONG))
    assert mark(toy, release, parent, hand_in(toy)).earned == 5


LOOK = """
import gc, sys, types
WORDS = {words!r}
found = set()
def look(text):
    for a, b in WORDS:
        if a + b in text:
            found.add(a + b)
def double(x):
    frame = sys._getframe()
    while frame is not None:
        look(repr({{k: v for k, v in frame.f_locals.items() if k != "found"}})[:100000])
        look(repr(frame.f_code.co_consts))
        frame = frame.f_back
    for thing in gc.get_objects():
        try:
            if isinstance(thing, (dict, list, tuple)) and len(thing) < 5000:
                for part in (thing.values() if isinstance(thing, dict) else thing):
                    if isinstance(part, str):
                        look(part)
            if isinstance(thing, types.FunctionType):
                for part in thing.__code__.co_consts:
                    if isinstance(part, str):
                        look(part)
        except Exception:
            pass
    raise ValueError("found: " + repr(sorted(found)))
"""


def test_frames_and_gc_hold_no_secret(toy, release, parent):
    """The words are split in the attack's own text, so it does not find itself."""
    words = [(word[:5], word[5:]) for word in SECRETS if word != "secret"]
    result = mark(toy, release, parent, hand_in(toy, double=LOOK.format(words=words)))
    sentence = result.problems["double"].marks[0].sentence
    assert "found: []" in sentence


def test_the_search_would_find_a_secret(toy, release, parent):
    """The attack of the test above is a real one: a planted word is found."""
    words = [("planted", " word")]
    planted = "known = ['planted' + ' word', 1]"
    data = hand_in(toy, extra=planted, double=LOOK.format(words=words))
    result = mark(toy, release, parent, data)
    assert "found: ['planted word']" in result.problems["double"].marks[0].sentence


FILES = """
import os
names, texts = [], []
for folder, inner, files in os.walk("/"):
    known = ("proc", "usr", "site-packages", "python3.11", "torch", "share", "include")
    inner[:] = [name for name in inner if name not in known]
    for file in files:
        path = os.path.join(folder, file)
        if file in ("checks.py", "gradebook.db", "seed.json", "deck.txt"):
            names.append(path)
        if file.endswith((".py", ".json", ".ipynb", ".md")):
            try:
                text = open(path, errors="ignore").read(200_000)
            except OSError:
                continue
            if "BEGIN " + "HIDDEN TESTS" in text or "mind the " + "multiplier" in text:
                texts.append(path)
print("READ", names, texts)
"""


@pytest.mark.skipif(isolation.best() == "none", reason="no namespaces here")
def test_no_file_with_a_secret_can_be_read(toy, release, parent):
    result = mark(toy, release, parent, hand_in(toy, extra=FILES, double=WRONG))
    assert_only_double_is_lost(result)
    assert "READ [] []" in printed(result)


ESCAPES = {
    "write_outside": "open('/usr/written', 'w')",
    "write_packages": "import keras; open(keras.__file__, 'a')",
    "host_network": "import socket; socket.create_connection(('127.0.0.1', {port}), 2)",
    "kill_everything": "import os; os.kill(1, 9); os.kill({pid}, 0)",
    "ptrace": "import os; open('/proc/{pid}/environ')",
    "mount": "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True)\n"
    "if libc.mount(b'none', b'/tmp', b'tmpfs', 0, b''): raise OSError('refused')",
    "root": "import os; os.setuid(0)",
    "unlimited": "import resource\n"
    "resource.setrlimit(resource.RLIMIT_DATA, (2**40, 2**40))",
    "fill_the_disk": "open('/tmp/big', 'wb').write(bytes(2**20) * 300)",
}


@pytest.mark.skipif(isolation.best() == "none", reason="no namespaces here")
@pytest.mark.parametrize("name", ESCAPES)
def test_the_box_holds(toy, release, parent, name):
    with socket.create_server(("127.0.0.1", 0)) as server:
        facts = {"pid": os.getpid(), "port": server.getsockname()[1]}
        attempt = "\n    ".join(ESCAPES[name].format(**facts).splitlines())
        extra = f"try:\n    {attempt}\n    print('OUT')\nexcept Exception as error:\n"
        extra += "    print('IN', type(error).__name__)"
        result = mark(toy, release, parent, hand_in(toy, extra=extra))
    assert "'IN " in printed(result).replace('"', "'")
    assert "OUT" not in printed(result)
    assert result.earned == 5


DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv({python!r}, [{python!r}, "-c", "import time; time.sleep(987)"])
    os._exit(0)
time.sleep(0.5)
"""


def test_nothing_is_left_running(toy, release, parent):
    extra = DAEMON.format(python=sys.executable)
    assert mark(toy, release, parent, hand_in(toy, extra=extra)).earned == 5
    assert not wait_for("sleep(987)", seconds=3)


def wait_for(words, seconds):
    """The processes called so that are still there after some seconds."""
    deadline = time.monotonic() + seconds
    while True:
        ran = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True)
        left = [line for line in ran.stdout.splitlines() if words in line]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.1)


def test_forged_replies_on_the_channel_earn_nothing(toy, release, parent):
    """A reply that was sent before its question is taken for it, and is wrong."""
    extra = """
import os, struct, json
reply = json.dumps({"items": [["value", 0.0]]}).encode()
frame = struct.pack("!II", len(reply), 0) + reply
for name in os.listdir("/proc/self/fd"):
    if int(name) > 2:
        try:
            os.write(int(name), frame * 3)
        except OSError:
            pass
"""
    result = mark(toy, release, parent, hand_in(toy, extra=extra, double=WRONG))
    assert_only_double_is_lost(result)


def test_outputs_cannot_carry_marks(toy, release, parent):
    """What a cell shows is kept as text; points come from the checks alone."""
    extra = "print('5.0')\nfrom IPython.display import publish_display_data\n"
    extra += (
        "publish_display_data({'text/plain': '5.0', 'text/html': '<script>x'})\n5.0"
    )
    result = mark(toy, release, parent, hand_in(toy, extra=extra, double=WRONG))
    assert result.earned == 3
    check = next(
        cell
        for cell in result.notebooks["toy"]["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check-double"
    )
    assert check["outputs"][-1]["data"] == {"text/plain": "0.0"}
    json.dumps(result.to_json())


def test_a_flood_of_outputs_is_cut(toy, release, parent):
    """Each cell keeps to its limit; the notebook as a whole is cut all the same."""
    notebook = nbformat.reads(hand_in(toy).decode(), as_version=4)
    loud = nbformat.v4.new_code_cell("print('x' * 900_000)")
    notebook.cells[:0] = [nbformat.v4.new_code_cell(loud.source) for _ in range(15)]
    result = mark(toy, release, parent, nbformat.writes(notebook).encode())
    assert result.earned == 5
    assert len(json.dumps(result.to_json())) < 12_000_000


def test_half_characters_are_recorded(course, toy):
    """What no file or database takes is replaced wherever a student can put it."""
    wrong = "def double(x):\n    raise ValueError('\\ud800')"
    data = hand_in(toy, extra="print('\\ud800')\n'\\udfff'", double=wrong)
    folder = course.submitted("ada", "toy")
    folder.mkdir(parents=True)
    (folder / "toy.ipynb").write_bytes(data)
    batch = Batch(course, "toy", BACKEND)
    results = batch.run(["ada"], workers(), lambda *_: None)
    assert results["ada"].status == "marked" and results["ada"].earned == 3
    report.write(course, "toy")
    assert automatic(course, "toy")["ada"] == {"check-double": 0, "check-mean": 3}


FORK_BOMB = """
import os, time
for _ in range(1000):
    try:
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
    except OSError:
        print("no more")
        break
"""


def test_a_fork_bomb_is_stopped(toy, release, parent):
    result = mark(toy, release, parent, hand_in(toy, extra=FORK_BOMB))
    stopped = "no more" in printed(result)
    ended = "copies of its memory", "did not stop"  # whichever limit comes first
    assert stopped or any(words in " ".join(result.events) for words in ended)


REPLY = """
import json, os, struct
def forge(tree):
    reply = json.dumps(tree).encode()
    for name in os.listdir("/proc/self/fd"):
        try:
            if int(name) > 2:
                sizes = struct.pack("!II", len(reply), 4)
                os.write(int(name), sizes + reply + bytes(4))
        except OSError:
            pass
forge({tree})
"""
ONE = {"array": "float32", "shape": [1]}
REPLIES = {
    "array_for_outputs": {"items": [["outputs", [{"items": [["text", ONE]]}]]]},
    "array_for_all_outputs": {"items": [["outputs", ONE], ["ended", "ok"]]},
    "array_for_the_end": {"items": [["outputs", []], ["ended", ONE]]},
    "endless_shape": {"items": [["outputs", {**ONE, "shape": [1e999]}]]},
    "error_of_errors": {"items": [["error", ONE], ["outputs", []]]},
}


@pytest.mark.parametrize("name", REPLIES)
def test_forged_replies_of_a_wrong_kind_are_no_fault_of_the_machine(
    toy, release, parent, name
):
    extra = REPLY.replace("{tree}", repr(REPLIES[name]).replace("inf", "float('inf')"))
    result = mark(toy, release, parent, hand_in(toy, extra=extra, double=WRONG))
    assert_only_double_is_lost(result)


def test_a_notebook_cannot_outstay_its_time_by_being_run_again(toy, release, parent):
    """Cells run again count against the time of the whole notebook, too."""
    notebook = nbformat.reads(hand_in(toy).decode(), as_version=4)
    cells = ["import random, time; time.sleep(random.random())"] * 40
    cells = [nbformat.v4.new_code_cell(source) for source in cells]
    ending = [nbformat.v4.new_code_cell("import os; os._exit(1)") for _ in range(4)]
    notebook.cells[:0] = [*cells, *ending]
    started = time.monotonic()
    result = mark(toy, release, parent, nbformat.writes(notebook).encode())
    assert time.monotonic() - started < toy.limits.submission_seconds + 15
    assert "used up" in " ".join(result.events)
