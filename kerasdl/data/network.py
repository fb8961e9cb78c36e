"""Whether there is a network."""

import contextlib
import http.client
import threading
import urllib.request


def answers(url: str, seconds: float = 4) -> bool:
    """Whether a server offers the file at `url`; known after so many seconds at most.

    The limit holds for the look-up of the server's name, too, which has none of its
    own: hence the thread.
    """
    answered = threading.Event()

    def ask() -> None:
        request = urllib.request.Request(url, method="HEAD")
        with contextlib.suppress(OSError, http.client.HTTPException):
            urllib.request.urlopen(request, timeout=seconds).close()
            answered.set()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return answered.is_set()
