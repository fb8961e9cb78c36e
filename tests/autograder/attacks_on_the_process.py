"""Attacks on the channel, on time, on the process itself and on its limits."""

from tests.autograder.attack import Attack

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
        told="A cell",  # took too long, or did not stop
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
