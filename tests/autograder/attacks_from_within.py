"""Attacks on what runs beside the student's code, on what is shown and on files."""

from tests.autograder.attack import Attack

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
            "names = 'grade checks assignment course gradebook.record workers.marker'\n"
            "for name in names.split():\n"
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
