"""Python makes the syntax trees of a process one at a time.

CPython before 3.12.1 counts the depth of a tree under construction for all threads together: when
the garbage collector runs in the middle of one and lets another thread in, `SystemError: AST
constructor recursion depth mismatch` is raised in one of the two (cpython issue 106905).
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def one_tree_at_a_time() -> Iterator[None]:
    """Hold this around whatever makes a tree.

    That is `ast.parse`, the compiling of a Jinja template (its numbers become trees), the text of a
    traceback (which finds the place in a line by its tree). No other thread gets in, those of
    libraries neither, because the collector waits. Making a tree holds the GIL anyway, so that
    this costs no parallelism.
    """
    with _ONE_AT_A_TIME:
        collecting = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collecting:
                gc.enable()
