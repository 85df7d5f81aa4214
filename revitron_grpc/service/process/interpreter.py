"""Settings of the Python interpreter for a process that serves."""

import gc
import sys

# Objects made, less those freed, before the collector looks at the young ones; then how often it
# looks at the older ones. Greater numbers were measured to gain nothing more.
_COLLECT_AFTER = (20_000, 20, 50)
# Seconds after which a thread that computes lets another one run. A saturated pool makes the event
# loop wait that long for each of its steps, so the default of 5 ms shows in the time to the first
# button; below 2 ms the threads get in each other's way and the loop's lag grows again
# (`make bench` shows both).
_SWITCH_SECONDS = 0.002


def collect_rarely() -> None:
    """Let the garbage collector look less often at what is loaded, nearly all of which stays.

    Looking again and again through a catalog and a library while they are made takes a tenth of
    the time until a command or a replica begins its work.
    """
    gc.set_threshold(*_COLLECT_AFTER)


def prepare_interpreter() -> None:
    """Prepare for serving; called once, when everything long-lived has been loaded.

    What was loaded stays for good, so the garbage collector is told to pass it over, and to look
    less often at what a run makes, nearly all of which ends without it. Threads take shorter
    turns, so that the event loop is not late.
    """
    gc.collect()
    gc.freeze()
    collect_rarely()
    sys.setswitchinterval(_SWITCH_SECONDS)


def let_go_of_what_was_loaded() -> None:
    """Free what was loaded for good and is not needed after all; a tenth of a second of work."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
