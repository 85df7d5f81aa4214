"""Trees that other threads make disturb none of ours (cpython issue 106905)."""

import ast
import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from revitron_grpc.analysis import expressions
from revitron_grpc.analysis.parse import python3_tree

LONG = Path(expressions.__file__).read_text(encoding="utf-8")


@pytest.fixture
def interrupting_collector() -> Iterator[None]:
    """A callback of the garbage collector is where another thread gets its turn."""

    def callback(_phase: str, _info: dict[str, int]) -> None:
        sum(range(50))

    before = sys.getswitchinterval()
    gc.callbacks.append(callback)
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
    gc.callbacks.remove(callback)


@pytest.mark.usefixtures("interrupting_collector")
def test_a_library_that_makes_trees_beside_us_disturbs_none_of_ours() -> None:
    done = threading.Event()

    def deeper(frames: int) -> None:
        if frames:
            deeper(frames - 1)
            return
        while not done.is_set():
            try:
                ast.literal_eval("(1, 2, [3, 4, {5: 6}])")
            except SystemError:
                continue

    library = threading.Thread(target=deeper, args=(6,))
    library.start()
    try:
        trees = [python3_tree(LONG) for _ in range(60)]
    finally:
        done.set()
        library.join()
    assert all(len(tree.body) == len(trees[0].body) for tree in trees)
