"""SIGHUP: take the new catalog; or, as ever, the end of the terminal that one was started in."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable


def on_hangup(reload: Callable[[], None], ended: Callable[[], None]) -> None:
    """Call `reload` in the running event loop at every SIGHUP; nothing where there is none.

    A service that somebody started in a terminal gets the same signal when the terminal is closed;
    then `ended` is called.
    """
    number = getattr(signal, "SIGHUP", None)
    if number is None:  # Windows: a restart takes the new catalog
        return
    terminal = sys.stdin is not None and sys.stdin.isatty()
    asyncio.get_running_loop().add_signal_handler(
        number, lambda: ended() if terminal and _terminal_is_gone() else reload()
    )


def _terminal_is_gone() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | getattr(os, "O_NOCTTY", 0)))
    except OSError:
        return True
    return False
