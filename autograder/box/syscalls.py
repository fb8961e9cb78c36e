"""System calls that the filter refuses: numbers on x86-64 and on aarch64."""

import errno

Refused = dict[str, tuple[tuple[int | None, int | None], int]]
NEWEST = 462  # later calls do not exist for a box: programs do without them


def _table(text: str, error: int) -> Refused:
    """Lines of `name x86-64 aarch64`, - where the machine has no such call."""
    found: Refused = {}
    for line in filter(None, text.splitlines()):
        name, *numbers = line.split()
        pair = [None if number == "-" else int(number) for number in numbers]
        found[name] = ((pair[0], pair[1]), error)
    return found


OTHERS = """
ptrace 101 117
process_vm_readv 310 270
process_vm_writev 311 271
process_madvise 440 440
process_mrelease 448 448
pidfd_getfd 438 438
kcmp 312 272
move_pages 279 239
migrate_pages 256 238
"""
FILE_SYSTEMS = """
mount 165 40
umount2 166 39
pivot_root 155 41
chroot 161 51
move_mount 429 429
open_tree 428 428
fsopen 430 430
fsconfig 431 431
fsmount 432 432
fspick 433 433
mount_setattr 442 442
quotactl 179 60
quotactl_fd 443 443
name_to_handle_at 303 264
open_by_handle_at 304 265
fanotify_init 300 262
swapon 167 224
swapoff 168 225
"""
NAMESPACES = """
unshare 272 97
setns 308 268
"""
MACHINE = """
reboot 169 142
kexec_load 246 104
kexec_file_load 320 294
init_module 175 105
finit_module 313 273
delete_module 176 106
syslog 103 116
acct 163 89
settimeofday 164 170
clock_settime 227 112
clock_adjtime 305 266
adjtimex 159 171
sethostname 170 161
setdomainname 171 162
vhangup 153 58
iopl 172 -
ioperm 173 -
modify_ldt 154 -
"""
WIDE = """
bpf 321 280
perf_event_open 298 241
io_uring_setup 425 425
io_uring_enter 426 426
io_uring_register 427 427
userfaultfd 323 282
add_key 248 217
request_key 249 218
keyctl 250 219
"""
# Memory that belongs to no process and that no limit of a process counts.
UNCOUNTED = """
memfd_create 319 279
memfd_secret 447 447
shmget 29 194
shmat 30 196
shmctl 31 195
semget 64 190
semop 65 193
semctl 66 191
semtimedop 220 192
msgget 68 186
msgsnd 69 189
msgrcv 70 188
msgctl 71 187
mq_open 240 180
mq_unlink 241 181
"""
# The C library then uses clone, whose flags a filter can read.
UNREADABLE = "clone3 435 435"

DENIED: Refused = {
    **_table(
        OTHERS + FILE_SYSTEMS + NAMESPACES + MACHINE + WIDE + UNCOUNTED, errno.EPERM
    ),
    **_table(UNREADABLE, errno.ENOSYS),
}
# For a process that shares files and users with the machine. Without an error pass
# those that copying a file uses: it sets its mode and times.
ALONE: Refused = {
    **_table(
        """
chmod 90 -
fchmod 91 52
fchmodat 268 53
fchmodat2 452 452
chown 92 -
fchown 93 55
lchown 94 -
fchownat 260 54
utime 132 -
utimes 235 -
futimesat 261 -
utimensat 280 88
""",
        0,
    ),
    **_table(
        """
setxattr 188 5
lsetxattr 189 6
fsetxattr 190 7
removexattr 197 14
lremovexattr 198 15
fremovexattr 199 16
""",
        errno.ENOTSUP,
    ),
    **_table(
        """
inotify_add_watch 254 27
setpriority 141 140
ioprio_set 251 30
""",
        errno.EPERM,
    ),
}
# A process may change these for itself alone (its number is the first argument, 0).
OF_ITSELF = (
    (302, 261),  # prlimit64
    (203, 122),  # sched_setaffinity
    (144, 119),  # sched_setscheduler
    (142, 118),  # sched_setparam
    (314, 274),  # sched_setattr
)
SIGNALS: Refused = _table(
    """
kill 62 129
tkill 200 130
tgkill 234 131
rt_sigqueueinfo 129 138
rt_tgsigqueueinfo 297 240
pidfd_send_signal 424 424
""",
    errno.EPERM,
)
