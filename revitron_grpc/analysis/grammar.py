"""The grammar of Python 2 and 3, made anew in each process.

fissix keeps it as a pickle in the cache folder of the user, and cannot be imported where that
folder cannot be made: in a container with a read-only root, or under the ProtectHome of systemd.
Making the grammar takes 0.06 s a process, and nothing is unpickled that others may have written.
"""

from fissix.pgen2 import driver, grammar, pgen


def _made_anew(file: str, *_: object, **__: object) -> grammar.Grammar:
    return pgen.generate_grammar(file)


driver.load_grammar = _made_anew

# These load the grammars when they are imported.
from fissix import pygram  # noqa: E402
from fissix.refactor import RefactoringTool  # noqa: E402

__all__ = ["RefactoringTool", "pygram"]
