"""The folder that a box may write where it has no file system of its own."""

import os
import subprocess
import tempfile

MOST_FILES = 20_000


class Scratch:
    """A new folder inside `root`.

    Args:
        user: who owns it; None for whoever calls.
    """

    def __init__(self, root: str, user: int | None) -> None:
        self.path = tempfile.mkdtemp(dir=root)
        if user is not None:
            os.chmod(root, 0o711)
            os.chown(self.path, user, user)

    def over(self, megabytes: int) -> bool:
        """Whether more lies in it than that, or too many files."""
        size = files = 0
        waiting = [self.path]
        while waiting and files <= MOST_FILES and size <= megabytes << 20:
            try:
                with os.scandir(waiting.pop()) as entries:
                    for entry in entries:
                        files += 1
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
            except FileNotFoundError:
                continue  # removed meanwhile
            except OSError:  # too deep for a path, or closed to us
                return True
        return files > MOST_FILES or size > megabytes << 20

    def remove(self) -> None:
        """Also where folders lie in each other too deep for Python."""
        subprocess.run(["/bin/rm", "-rf", "--", self.path], check=False)
