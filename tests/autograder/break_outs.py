"""Ways out of a box that must all end in an error. Runs inside, without our modules.

`went_through` tries them; its `facts` say what lies outside: `pid` (a process of ours),
`port`, `path`, `abstract` (sockets that listen), `secret` (a file, open to anybody).
"""

import ctypes
import os
import resource
import signal
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
X86 = os.uname().machine == "x86_64"


def call(x86, arm, *arguments):
    """A system call; raises OSError as Python's own do."""
    done = libc.syscall(ctypes.c_long(x86 if X86 else arm), *arguments)
    if done < 0:
        raise OSError(ctypes.get_errno(), "refused")


def connected(family, address, kind=socket.SOCK_STREAM):
    with socket.socket(family, kind) as one:
        one.settimeout(1)
        one.connect(address)


def sent(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", address)


def read(path):
    with open(path, "rb") as file:
        file.read(1)


def write(path, mode="r+b"):
    """Opening is enough to tell, and harms nothing where a box is broken."""
    open(path, mode).close()


def owner_of_file(pid):
    import fcntl

    with open("signals", "wb") as file:
        fcntl.fcntl(file, fcntl.F_SETOWN, pid)
        raise OSError("its signals are kept in by Landlock")


def files(facts):
    secret = facts["secret"]
    return {
        "read": lambda: read(secret),
        "write": lambda: write(secret),
        "truncate": lambda: os.truncate(secret, 0),
        "truncate by opening": lambda: os.open(secret, os.O_RDONLY | os.O_TRUNC),
        "remove": lambda: os.unlink(secret),
        "rename": lambda: os.rename(secret, secret + "2"),
        "take in": lambda: os.rename(secret, "mine"),
        "hard link": lambda: os.link(secret, "mine"),
        "symbolic link": lambda: (os.symlink(secret, "link"), read("link")),
        "list": lambda: os.listdir(os.path.dirname(secret)),
        "make": lambda: write(secret + ".new", "wb"),
        "make a folder": lambda: os.mkdir(secret + ".folder"),
        "make a pipe": lambda: os.mkfifo(secret + ".pipe"),
        "extended attribute": lambda: os.setxattr(secret, "user.x", b"x"),
        "watch": lambda: call(254, 27, libc.inotify_init(), secret.encode(), 2),
        "execute": lambda: os.posix_spawn(secret, [secret], {}),
        "device": lambda: os.mknod("device", 0o600 | 0o60000, os.makedev(8, 0)),
        "by handle": lambda: call(303, 264, -100, secret.encode(), 0, 0, 0),
        "/etc/shadow": lambda: read("/etc/shadow"),
        "/root": lambda: os.listdir("/root/.ssh"),
        "/home": lambda: os.listdir("/home"),
        "write /tmp": lambda: beside("/tmp/from-the-box"),
        "write /usr": lambda: write("/usr/from-the-box", "wb"),
        "write /etc": lambda: write("/etc/from-the-box", "wb"),
        "write passwd": lambda: write("/etc/passwd"),
        "write /dev": lambda: write("/dev/from-the-box", "wb"),
        "write packages": lambda: write(f"{sys.prefix}/from-the-box", "wb"),
        "change packages": lambda: write(os.__file__),
        "change the interpreter": lambda: write(os.path.realpath(sys.executable)),
        "terminal": lambda: read("/dev/tty"),
        "kernel memory": lambda: read("/dev/mem"),
        "cgroups": lambda: os.mkdir("/sys/fs/cgroup/memory/from-the-box"),
    }


def beside(path):
    """In a box with a /tmp of its own it lands there: the caller looks outside."""
    write(path, "wb")
    raise OSError("written: looked for outside")


def network(facts):
    port, own = facts["port"], ("127.0.0.1", facts["port"])
    return {
        "tcp": lambda: connected(socket.AF_INET, own),
        "tcp6": lambda: connected(socket.AF_INET6, ("::1", port)),
        "udp": lambda: sent(own),
        "internet": lambda: connected(socket.AF_INET, ("192.0.2.1", 80)),
        "names": lambda: socket.getaddrinfo("example.org", 80),
        "unix socket": lambda: connected(socket.AF_UNIX, facts["path"]),
        "abstract socket": lambda: connected(socket.AF_UNIX, "\0" + facts["abstract"]),
        "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0),
        "packets": lambda: socket.socket(17, socket.SOCK_RAW, 0),
        "raw": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
        "virtual machine": lambda: connected(40, (2, 1024)),
        "kernel crypto": lambda: socket.socket(38, socket.SOCK_SEQPACKET, 0),
    }


def processes(facts):
    pid = facts["pid"]
    proc = f"/proc/{pid}"
    return {
        "environment": lambda: read(f"{proc}/environ"),
        "memory": lambda: read(f"{proc}/mem"),
        "maps": lambda: read(f"{proc}/maps"),
        "root folder": lambda: os.listdir(f"{proc}/root/"),
        "working folder": lambda: os.listdir(f"{proc}/cwd/"),
        "descriptors": lambda: os.listdir(f"{proc}/fd"),
        "first environment": lambda: read("/proc/1/environ"),
        "first memory": lambda: write("/proc/1/mem"),
        "first root": lambda: read("/proc/1/root/etc/shadow"),
        "first oom score": lambda: write("/proc/1/oom_score_adj"),
        "parent memory": lambda: write(f"/proc/{os.getppid()}/mem"),
        "parent environment": lambda: read(f"/proc/{os.getppid()}/environ"),
        "ptrace": lambda: call(101, 117, 16, pid, 0, 0),
        "ptrace parent": lambda: call(101, 117, 16, os.getppid(), 0, 0),
        "read memory": lambda: call(310, 270, pid, 0, 0, 0, 0, 0),
        "write memory": lambda: call(311, 271, os.getppid(), 0, 0, 0, 0, 0),
        "stop the machine": lambda: call(169, 142, 0xFEE1DEAD, 672274793, 0x4321FEDC),
        "trigger": lambda: write("/proc/sysrq-trigger"),
        "core pattern": lambda: write("/proc/sys/kernel/core_pattern"),
        "kernel pages": lambda: read("/proc/kcore"),
        "kernel log": lambda: call(103, 116, 3, 0, 0),
        "watch a process": lambda: call(438, 438, os.pidfd_open(pid), 0, 0),
        "limits of the parent": lambda: resource.prlimit(
            os.getppid(), resource.RLIMIT_NOFILE, (0, 0)
        ),
        "limits of a process": lambda: resource.prlimit(
            pid, resource.RLIMIT_CPU, (0, 0)
        ),
        "idle parent": lambda: os.sched_setscheduler(
            os.getppid(), os.SCHED_IDLE, os.sched_param(0)
        ),
        "processors of a process": lambda: os.sched_setaffinity(pid, {0}),
    }


def signals(facts):
    """The parent here is the one that watches; pid 1 of a namespace takes none."""
    pid, parent = facts["pid"], os.getppid()
    return {
        "signal": lambda: os.kill(pid, signal.SIGUSR1),
        "signal a thread": lambda: call(234, 131, pid, pid, signal.SIGUSR1),
        "queue a signal": lambda: call(129, 138, pid, signal.SIGUSR1, bytes(128)),
        "signal a group": lambda: os.killpg(os.getpgid(pid), signal.SIGUSR1),
        "signal the owner": lambda: owner_of_file(pid),
        "by descriptor": lambda: signal.pidfd_send_signal(
            os.pidfd_open(pid), signal.SIGUSR1
        ),
    } | ({} if parent == 1 else {"kill the watcher": lambda: os.kill(parent, 9)})


def powers(facts):
    return {
        "root": lambda: (os.setuid(0), without_rights()),
        "root group": lambda: os.setgroups([0]),
        "namespaces": lambda: call(272, 97, 0x10000000),
        "mount namespace": lambda: call(272, 97, 0x20000),
        "clone": lambda: call(56, 220, 0x10000000 | 17, 0, 0, 0, 0),
        "clone3": lambda: call(435, 435, 0, 88),
        "enter namespace": lambda: entered(),
        "mount": lambda: call(165, 40, b"none", b"/tmp", b"tmpfs", 0, b""),
        "remount": lambda: call(165, 40, b"none", b"/", 0, 32 | 4096, 0),
        "unmount": lambda: call(166, 39, b"/tmp", 2),
        "new mount": lambda: call(430, 430, b"tmpfs", 0),
        "chroot": lambda: os.chroot("/tmp"),
        "pivot": lambda: call(155, 41, b".", b"."),
        "bpf": lambda: call(321, 280, 0, 0, 0),
        "perf": lambda: call(298, 241, bytes(128), 0, -1, -1, 0),
        "io_uring": lambda: call(425, 425, 8, bytes(120)),
        "userfaultfd": lambda: call(323, 282, 0),
        "keys": lambda: call(248, 217, b"user", b"x", b"x", 1, -3),
        "key ring": lambda: call(250, 219, 0, -3, 1),
        "memfd": lambda: os.memfd_create("x"),
        "secret memory": lambda: call(447, 447, 0),
        "system v memory": lambda: call(29, 194, 0, 4096, 0o1600),
        "system v semaphores": lambda: call(66, 191, 0, 0, 0),
        "message queue": lambda: call(240, 180, b"x", 0o102, 0o600, 0),
        "module": lambda: call(175, 105, b"", 0, b""),
        "kexec": lambda: call(246, 104, 0, 0, 0, 0),
        "clock": lambda: call(164, 170, struct.pack("qq", 0, 0), 0),
        "host name": lambda: socket.sethostname("x"),
        "swap": lambda: call(167, 224, b"/tmp", 0),
        "accounting": lambda: call(163, 89, 0),
        "real time": lambda: os.sched_setscheduler(0, 1, os.sched_param(1)),
        "nicer": lambda: os.nice(-5),
        "shared memory": lambda: __import__("mmap").mmap(-1, 4096),
        **{f"more {name}": raised(name) for name in RLIMITS},
    }


RLIMITS = ("CPU", "DATA", "FSIZE", "NPROC", "NOFILE", "CORE", "MSGQUEUE", "RTPRIO")


def raised(name):
    which = getattr(resource, f"RLIMIT_{name}")

    def more():
        soft, hard = resource.getrlimit(which)
        resource.setrlimit(which, (hard + 1, hard + 1))

    return more


def without_rights():
    """Root without rights is no gain: that counts as refused."""
    with open("/proc/self/status") as status:
        rights = [line for line in status if line.startswith("CapEff")]
    if int(rights[0].split()[1], 16) == 0:
        raise PermissionError("without rights")


def entered():
    with open("/proc/1/ns/mnt") as other:
        call(308, 268, other.fileno(), 0)


def went_through(facts, names=None):
    """How many attempts there are, and those (of `names`) that ended in no error."""
    attempts = {}
    for group in (files, network, processes, signals, powers):
        attempts |= group(facts)
    found = []
    for name, attempt in attempts.items():
        if names and name not in names:
            continue
        try:
            attempt()
        except (OSError, ValueError, OverflowError, ctypes.ArgumentError):
            continue
        found.append(name)
    return len(attempts), found
