"""Notebooks of students who mean harm; each also gives a wrong `double`.

A name to the cells that come first, and to `double` where the attack is in there.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

WRONG = "def double(x):\n    return 0 * x"


@dataclass(frozen=True)
class Attack:
    """What is handed in.

    Attributes:
        told: words that the grader must find among the events.
        keeps: whether the right `mean` keeps its points.
    """

    cells: tuple[str, ...] = ()
    double: str = WRONG
    told: str = ""
    keeps: bool = True


def stricter(toy: Path, folder: Path) -> Path:
    """A copy of the toy assignment with less memory, and less patience."""
    shutil.copytree(toy, folder)
    checks = folder / "checks.py"
    text = checks.read_text().replace("grace_seconds=2", "grace_seconds=1")
    checks.write_text(text.replace("processes=64", "processes=64, memory_mb=1100"))
    return folder


CHANNEL = """
import json, os, socket, struct, time
FDS = [int(name) for name in os.listdir("/proc/self/fd") if int(name) > 2]
def frame(tree, body=b""):
    head = json.dumps(tree).encode()
    return struct.pack("!II", len(head), len(body)) + head + body
def put(data):
    for fd in FDS:
        try:
            os.write(fd, data)
        except OSError:
            pass
ANSWER = frame({"items": [["value", {"array": "float32", "shape": [3, 4]}]]}, bytes(48))
CELL = frame({"items": [["outputs", []], ["ended", "ok"]]})
"""

ON_THE_CHANNEL = {
    "closes the channel": Attack(
        (CHANNEL + "for fd in FDS:\n    try: os.close(fd)\n    except OSError: pass",),
        told="ended",
        keeps=True,
    ),
    "lays another file over the channel": Attack(
        (
            CHANNEL + "null = os.open('/dev/null', os.O_RDWR)\n"
            "for fd in FDS:\n    os.dup2(null, fd)\ntime.sleep(60)",
        ),
        told="ended",
    ),
    "answers ahead of time": Attack((CHANNEL + "put(ANSWER * 20)",), keeps=False),
    "says that a cell is done": Attack((CHANNEL + "put(CELL * 20)",), keeps=False),
    "has a child answer": Attack(
        (
            CHANNEL + "if os.fork() == 0:\n    while True:\n        put(ANSWER)\n"
            "        time.sleep(0.01)",
        ),
        keeps=False,
    ),
    "answers twice by going on in two processes": Attack(
        ("import os\nos.fork()",), keeps=False
    ),
    "floods the channel": Attack(
        (CHANNEL + "for _ in range(100): put(bytes(1 << 20))",),
        told="sent what is not an answer",
    ),
    "sends depth": Attack(
        (CHANNEL + "put(struct.pack('!II', 2000000, 0) + b'[' * 2000000)",),
        told="sent what is not an answer",
    ),
    "sends numbers without end": Attack(
        (CHANNEL + "put(struct.pack('!II', 8000000, 0) + b'9' * 8000000)",),
        told="sent what is not an answer",
    ),
    "promises more than it sends": Attack(
        (CHANNEL + "put(struct.pack('!II', 8000000, 60000000)); time.sleep(60)",),
        told="did not stop",
    ),
    "asks for much memory": Attack(
        (CHANNEL + "put(struct.pack('!II', 4294967295, 4294967295))",),
        told="sent what is not an answer",
    ),
}

LOOP = "    while True:\n        try:\n            while True: pass\n"
LOOP += "        except BaseException: pass\n"
WITHOUT_END = {
    "stops itself": Attack(
        double="def double(x):\n    import os\n    os.kill(os.getpid(), 19)",
        told="did not stop",
    ),
    "lets no signal in": Attack(
        double="import signal\ndef double(x):\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 60))\n" + LOOP,
        told="did not stop",
    ),
    "has no alarm": Attack(
        (
            "import signal\nsignal.setitimer = lambda *a: (0, 0)\n"
            "signal.signal = lambda *a: signal.SIG_DFL",
        ),
        double="def double(x):\n" + LOOP,
    ),
    "keeps the interpreter for itself": Attack(
        double="def double(x):\n    return sum(range(10**12))", told="did not stop"
    ),
    "computes a huge number": Attack(double="def double(x):\n    return 7 ** (7 ** 9)"),
    "waits for a word": Attack(("answer = input('your password? ')",)),
    "sleeps in a thread that it waits for": Attack(
        double="import threading, time\ndef double(x):\n"
        "    one = threading.Thread(target=time.sleep, args=(99,))\n"
        "    one.start()\n    one.join()",
    ),
    "shows without end": Attack(
        ("class Show:\n    def __repr__(self):\n        while True: pass\nShow()",),
        told="took too long",
    ),
}

ENDED = {
    "overflows the stack": Attack(
        double="import sys\ndef double(x):\n    sys.setrecursionlimit(10**9)\n"
        "    return [].__class__(map(double, [x]))",
        told="ended its own process",
    ),
    "kills its group": Attack(("import os\nos.kill(0, 9)",), told="ended its own"),
    "aborts": Attack(("import os\nos.abort()",), told="ended its own process"),
    "reads address one": Attack(
        double="import ctypes\ndef double(x):\n    return ctypes.string_at(1)",
        told="ended its own process",
    ),
    "quits": Attack(("quit()",)),
    "leaves as it is asked": Attack(
        double="import os\ndef double(x):\n    os._exit(0)", told="ended its own"
    ),
    "bombs with forks": Attack(
        (
            "import os, time\nfor _ in range(2000):\n    try:\n"
            "        if os.fork() == 0:\n            time.sleep(99)\n"
            "    except OSError: break",
        )
    ),
    "fills the memory with children": Attack(
        (
            "import os, time\nfor _ in range(5):\n    if os.fork() == 0:\n"
            "        held = bytearray(b'x') * (300 << 20)\n        time.sleep(99)",
            *("time.sleep(2.5)",) * 3,
        ),
        told="used more than 1100 MB of memory",
    ),
}

REPLACED = """
import builtins, gc, io, json, select, socket, struct, sys, threading, types
import autograder.box.probing as probing, autograder.box.student as student
import autograder.box.wire as wire, autograder.box.shell as shell
import numpy as np
right = np.full((3, 4), 2.0, dtype="float32")
"""
PATCHED = {
    "replaces the harness": Attack(
        (
            REPLACED,
            "probing.answer = lambda *a, **k: {'value': right}",
            "student.probing.answer = probing.answer\nstudent._send = print",
        ),
        keeps=False,
    ),
    "replaces what packs": Attack(
        (REPLACED, "wire.pack = lambda value: wire.HEADER.pack(2, 0) + b'{}'"),
        told="sent what is not an answer",
        keeps=False,
    ),
    "replaces the limits": Attack(
        (
            REPLACED,
            "from contextlib import nullcontext\n"
            "probing.time_limit = lambda seconds: nullcontext()\n"
            "probing.MOST_TEXT = shell.MOST_ERROR = 10**9\n"
            "get_ipython().outputs.most = 10**9\nprint('x' * 30_000_000)",
        ),
    ),
    "replaces modules": Attack(
        (
            REPLACED,
            "fake = types.ModuleType('numpy')\nfake.__getattr__ = lambda name: fake",
            "for name in list(sys.modules):\n"
            "    if name.startswith(('numpy', 'json', 'struct')):\n"
            "        sys.modules[name] = fake",
        ),
        keeps=False,
    ),
    "clears all modules": Attack(("import sys\nsys.modules.clear()",), keeps=False),
    "replaces importing": Attack(
        (REPLACED, "builtins.__import__ = lambda *a, **k: types"), keeps=False
    ),
    "replaces builtins": Attack(
        (
            REPLACED,
            "builtins.type = builtins.str = builtins.dict = lambda *a, **k: right",
        ),
        keeps=False,
    ),
    "listens to every cell": Attack(
        (
            "import builtins, linecache\nheard = []\n"
            "for event in ('pre_run_cell', 'post_run_cell'):\n"
            "    get_ipython().events.register(event, heard.append)\n"
            "compiled = builtins.compile\n"
            "def compile(source, *a, **k):\n"
            "    heard.append(str(source))\n"
            "    return compiled(source, *a, **k)\n"
            "builtins.compile = compile",
        ),
        double="def double(x):\n    import sys\n    frame = sys._getframe()\n"
        "    while frame:\n        heard.append(repr(frame.f_locals)[:9999])\n"
        "        frame = frame.f_back\n    return 0 * x\n",
    ),
    "knows the visible answers": Attack(
        double="def double(x):\n    return 4 if type(x) is int else 0 * x"
    ),
    "watches every call": Attack(
        (
            REPLACED,
            "def look(frame, event, argument):\n"
            "    if 'expected' in frame.f_locals: print('SEEN', frame.f_locals)\n"
            "    return look\n"
            "sys.settrace(look)\nthreading.settrace(look)\nsys.setprofile(look)",
            "sys.addaudithook(lambda *a: None)\ngc.callbacks.append(lambda *a: 0)",
        ),
        keeps=False,
    ),
    "changes numbers in memory": Attack(
        (
            "import ctypes\nsize = (0).__sizeof__()\n"
            "ctypes.memmove(id(1000) + size - 4, id(2000) + size - 4, 4)",
        ),
    ),
    "changes the time": Attack(
        ("import time\ntime.monotonic = time.time = time.perf_counter = lambda: 0",),
    ),
    "acts at its end": Attack(
        (
            "import atexit, os\nclass Late:\n    def __del__(self): os.fork()\n"
            "late = Late()\natexit.register(os.fork)\natexit.register(print, 'late')",
        ),
    ),
    "changes arrays later": Attack(
        (
            "import threading, time\nkept = []\ndef change():\n"
            "    while True:\n        for one in kept: one[:] = 9\n"
            "threading.Thread(target=change, daemon=True).start()",
        ),
        double="import numpy as np\ndef double(x):\n    made = np.zeros((3, 4))\n"
        "    kept.append(made)\n    return made",
    ),
    "sets the backend's ways": Attack(
        (
            "import keras\nkeras.config.set_floatx('float64')\n"
            "keras.config.set_dtype_policy('float16')\nkeras.config.disable_traceback_"
            "filtering()",
        ),
        keeps=False,
    ),
}

SHOWN = {
    "prints from a thread": Attack(
        (
            "import threading\ndef loud():\n    while True: print('loud ' * 1000)\n"
            "threading.Thread(target=loud, daemon=True).start()",
        ),
        keeps=False,
    ),
    "shows many things": Attack(
        (
            "from IPython.display import display, HTML\nfor number in range(20_000):\n"
            "    display(HTML('<b>x</b>'))",
        ),
    ),
    "shows what is no picture": Attack(
        (
            "class Show:\n    def _repr_mimebundle_(self, **k):\n"
            "        return {'text/html': ['x'] * 9, 5: {}, 'a' * 5000: 0}, 7\n"
            "Show()",
            "class Loud:\n    def _repr_html_(self): return '<script>' * 10_000_000\n"
            "Loud()",
            "class Bad:\n    def _ipython_display_(self): raise SystemExit\nBad()",
        ),
    ),
    "forges outputs": Attack(
        (
            "outputs = get_ipython().outputs\n"
            "error = {'output_type': 'error', 'ename': ['x'], 'data': 1}\n"
            "outputs.items += [error, '5.0', {'output_type': 7}]",
        ),
    ),
}

MAGICS = {
    "uses a shell": Attack(
        (
            "%%bash\nid\nsleep 987 &\necho from-a-shell > /tmp/x",
            "!curl -m 1 http://a.b",
        ),
    ),
    "uses magics": Attack(
        (
            "%env PATH=/nowhere\n%load_ext autoreload\n%autoreload 2",
            "%run /etc/passwd",
            "%reset -f",
            "%%javascript\nalert(1)",
        ),
    ),
    "leaves things for the next": Attack(
        (
            "import os, pathlib, sys\nhome = pathlib.Path.home()\n"
            "(home / '.keras').mkdir()\n"
            "(home / '.keras/keras.json').write_text('{\"backend\": \"numpy\"}')\n"
            "(home / 'sitecustomize.py').write_text('import os; os._exit(1)')\n"
            "os.environ.update(PYTHONPATH=str(home), LD_PRELOAD='/tmp/x.so')\n"
            "sys.path.insert(0, str(home))",
            "import os\nfor name in ('/dev/shm/x', '/tmp/autograder-x'):\n"
            "    open(name, 'w').write('left')",
            "import matplotlib\nmatplotlib.rcParams['savefig.dpi'] = 10_000",
        ),
    ),
    "removes the ground": Attack(
        ("import os, shutil\nos.chmod('.', 0)", "shutil.rmtree('/tmp', True)"),
        keeps=False,
    ),
}
READS = {
    "looks for the solutions": Attack(
        (
            "import importlib.metadata as metadata, json, os, pathlib, site, sys\n"
            "places = {'/work', '/root', '/home', os.getcwd()}\n"
            "for name in ('kerasdl', 'autograder'):\n"
            "    try:\n"
            "        found = metadata.distribution(name)\n"
            "        url = found.read_text('direct_url.json') or '{}'\n"
            "        places.add(json.loads(url).get('url', '').removeprefix('file://'))\n"
            "        places |= {str(found.locate_file(f)) for f in found.files or ()}\n"
            "    except metadata.PackageNotFoundError: pass\n"
            "for folder in site.getsitepackages():\n"
            "    for path in pathlib.Path(folder).glob('*editable*'):\n"
            '        for word in path.read_text().replace(\'"\', "\'").split("\'"):\n'
            "            if word.startswith('/'): places.add(word)\n"
            "            if word.startswith('/'): places.add(os.path.dirname(word))\n",
            "import kerasdl\n"
            "places.add(os.path.dirname(os.path.dirname(kerasdl.__file__)))\n"
            "for name in sys.modules:\n"
            "    file = getattr(sys.modules[name], '__file__', None) or ''\n"
            "    if 'autograder' in file: places.add(os.path.dirname(file))\n"
            "hidden = []\n"
            "for place in places:\n"
            "    for name in ('solutions', 'tests', 'checks.py', 'checks', '.git',\n"
            "                 'grade.py', 'gradebook.db', 'submitted', 'course'):\n"
            "        path = os.path.join(place, name)\n"
            "        if os.path.exists(path): hidden.append(path)\n"
            "print('PLACES', len(places), 'HIDDEN', hidden)",
            "import autograder\n"
            "names = ['grade', 'checks', 'assignment', 'course', 'record']\n"
            "for name in names:\n"
            "    try:\n"
            "        __import__(f'autograder.{name}')\n"
            "        print('IMPORTED', name)\n"
            "    except ImportError: pass",
            "import os, sys\n"
            "print('ENVIRONMENT', sorted(os.environ), sys.argv)\n"
            "print('INITIAL', open('/proc/self/environ').read())",
        ),
    ),
}
ATTACKS = {
    **ON_THE_CHANNEL,
    **WITHOUT_END,
    **ENDED,
    **PATCHED,
    **SHOWN,
    **MAGICS,
    **READS,
}
