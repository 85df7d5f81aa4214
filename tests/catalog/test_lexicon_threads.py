"""Reading words is safe from many threads: callers' tools are read beside each other."""

import sys
from concurrent.futures import ThreadPoolExecutor

from revitron_grpc.catalog.lexicon import stem

WORDS = [f"{first}{second}ationalizing" for first in "abcdefghij" for second in "klmnopqrst"]


def test_stems_are_the_same_from_many_threads() -> None:
    stem.cache_clear()
    alone = [stem(word) for word in WORDS]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _ in range(5):
                stem.cache_clear()
                assert list(pool.map(stem, WORDS)) == alone
    finally:
        sys.setswitchinterval(before)
