"""From source to a tree, whatever the dialect and however broken the text."""

import ast
import re
import warnings
from dataclasses import dataclass, field

from fissix import pytree
from fissix.pgen2 import driver
from fissix.pgen2.parse import ParseError
from fissix.pgen2.tokenize import TokenError

from revitron_grpc.analysis.grammar import RefactoringTool, pygram
from revitron_grpc.syntax_trees import one_tree_at_a_time

MAX_BYTES = 1024 * 1024
"""The largest source that is read (DESIGN section 11)."""
_MAX_REPAIRS = 40
_PYTHON2_BUDGET = 160_000
"""So many characters a script may go through Python 2's grammar, which reads 80,000 a second."""
_LARGE = 64 * 1024
_MAX_REPAIRS_OF_LARGE = 4
"""Each repair parses the text anew, which for a large one takes up to a second."""
_PYTHON2_FIXERS = tuple(
    f"fissix.fixes.fix_{name}"
    for name in (
        "except",
        "exec",
        "ne",
        "numliterals",
        "print",
        "raise",
        "repr",
        "throw",
        "tuple_params",
    )
)
_OPENED = "if True:"
_MAX_BRACES = 20_000
_FORMATTED = re.compile(r"\b(?:[fF][rR]?|[rR][fF])['\"]")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NONE_MEMBER = re.compile(r"(?<=\w)(\s*\.\s*)None\b")
_UR_PREFIX = re.compile(r"\b[uU][rR](?=['\"])")


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A place that could not be read; line and column count from 1."""

    line: int
    column: int
    message: str


@dataclass(slots=True)
class ParsedSource:
    """The tree of a source and how it was come by.

    `lines` are the lines as written; the tree's positions refer to them. `tree` is an empty
    module where nothing could be read.
    """

    tree: ast.Module
    lines: list[str]
    python2: bool = False
    """The text needed Python 2's grammar."""
    python2_line: int = 0
    """The first line that Python 3 cannot read, where the text needed Python 2's grammar."""
    problems: list[SyntaxProblem] = field(default_factory=list)


# What the parsers of Python's releases say of a script that they cannot follow.
_TOO_DEEP = ("nested", "too complex", "too many levels")


def parse(source: str | bytes) -> ParsedSource:
    """The tree of a script written in Python 3 or 2. Never raises for any input."""
    problems: list[SyntaxProblem] = []
    size = len(source)
    if size > MAX_BYTES:
        problem = SyntaxProblem(
            1, 1, f"the script has {size} bytes; at most {MAX_BYTES} are read: split it"
        )
        return ParsedSource(_empty(), [""], problems=[problem])
    text = source if isinstance(source, str) else _decoded(source, problems)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append(SyntaxProblem(line, 1, "the text has a NUL character"))
        text = text.replace("\0", " ")
    if "\f" in text:
        text = text.replace("\f", " ")
    lines = text.split("\n")
    if text.count("{") > _MAX_BRACES and _FORMATTED.search(text):
        # Python 3.11 reads one formatted string in quadratic time: half a minute for 600 KB.
        problems.append(SyntaxProblem(1, 1, "formatted strings with too many braces to be read"))
        return ParsedSource(_empty(), lines, problems=problems)
    try:
        tree, python2_line = _tree(text, problems)
    except (RecursionError, MemoryError, ValueError, OverflowError) as error:
        told = f"the script is nested too deeply or too large to be read: {_name(error)}"
        problems.append(SyntaxProblem(1, 1, told))
        return ParsedSource(_empty(), lines, problems=problems)
    return ParsedSource(tree, lines, python2_line > 0, python2_line, problems)


def source_text(source: bytes) -> str:
    """The text of a file as the analysis reads it; what is not in its encoding as Latin-1."""
    return _decoded(source, [])


def _empty() -> ast.Module:
    return ast.Module(body=[], type_ignores=[])


def _name(error: BaseException) -> str:
    return type(error).__name__


def _decoded(source: bytes, problems: list[SyntaxProblem]) -> str:
    encoding = "utf-8-sig"
    for line in source.split(b"\n", 2)[:2]:
        match = _COOKIE.match(line)
        if match:
            encoding = match.group(1).decode("ascii")
            break
    try:
        return source.decode("utf-8-sig" if encoding.lower().startswith("utf") else encoding)
    except (UnicodeDecodeError, LookupError):
        pass
    text = source.decode("latin-1")
    bad = next((i for i, byte in enumerate(source) if byte > 127), 0)
    line = source.count(b"\n", 0, bad) + 1
    problems.append(SyntaxProblem(line, 1, "the file is not UTF-8: save it as UTF-8"))
    return text


def python3_tree(text: str) -> ast.Module:
    """Parse Python 3, in whatever thread; raises what `ast.parse` raises."""
    with one_tree_at_a_time():
        if "\\" not in text:
            return ast.parse(text)
        # Python warns of invalid escapes such as "\d", which is the author's business. The filters
        # are the process's, which is another reason for one at a time.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)


def _tree(text: str, problems: list[SyntaxProblem]) -> tuple[ast.Module, int]:
    python2, normalised = 0, False
    touched: tuple[int, int] | None = None
    budget = _PYTHON2_BUDGET
    tries = _MAX_REPAIRS if len(text) <= _LARGE else _MAX_REPAIRS_OF_LARGE
    for _ in range(tries):
        try:
            return python3_tree(text), python2
        except (TabError, IndentationError) as error:
            expanded = _with_spaces(text)
            if expanded != text:
                text = expanded
                continue
            first = _problem(error)
        except SyntaxError as error:
            first = _problem(error)
        if any(told in first.message for told in _TOO_DEEP):
            raise RecursionError
        if _NONE_MEMBER.search(text):
            text, python2 = _NONE_MEMBER.sub(r"\1N0ne", text), python2 or first.line
            continue
        if normalised:
            # Already normalised: what is left is broken in both dialects.
            later = first
        else:
            rewritten = _as_python3(text) if len(text) <= budget else first
            budget -= len(text)
            if isinstance(rewritten, str):
                try:
                    return python3_tree(rewritten), python2 or first.line
                except SyntaxError as error:
                    text, python2, normalised = rewritten, python2 or first.line, True
                    later = _problem(error)
            else:
                # The parser that came further has seen what is wrong in both dialects.
                later = max(first, rewritten, key=lambda p: (p.line, p.column))
        repaired, line = _blanked(text, later)
        # What follows a repaired line without a gap is the rest of the same mistake.
        if not touched or not touched[0] <= line <= touched[1] + 1:
            problems.append(later)
            touched = (line, _next_code(repaired, line))
        else:
            touched = (touched[0], max(touched[1], _next_code(repaired, line)))
        if repaired == text:
            break
        text = repaired
    return _empty(), python2


def _problem(error: SyntaxError) -> SyntaxProblem:
    return SyntaxProblem(max(error.lineno or 1, 1), max(error.offset or 1, 1), error.msg)


def _with_spaces(text: str) -> str:
    """Tabs at the beginnings of lines as Python 2 counts them: to the next multiple of 8."""

    def expanded(line: str) -> str:
        body = line.lstrip(" \t")
        return line[: len(line) - len(body)].expandtabs(8) + body

    return "\n".join(expanded(line) for line in text.split("\n"))


def python3_text(text: str) -> str | None:
    """The text with Python 2's own syntax rewritten, line for line; None where that fails.

    `ur''` has no counterpart in Python 3, so that a text with one is left alone.
    """
    if _UR_PREFIX.search(text):
        return None
    rewritten = _as_python3(text)
    return rewritten if isinstance(rewritten, str) else None


def _as_python3(text: str) -> str | SyntaxProblem:
    """The text with Python 2's own syntax rewritten, line for line; or where that failed."""
    text = _UR_PREFIX.sub("u", text)
    if "print_function" in text:
        fixers = [name for name in _PYTHON2_FIXERS if not name.endswith("print")]
        grammar = pygram.python_grammar_no_print_statement
    else:
        fixers, grammar = list(_PYTHON2_FIXERS), pygram.python_grammar
    tool = RefactoringTool(fixers)
    parser = driver.Driver(grammar, convert=pytree.convert)
    try:
        tree = parser.parse_string(text + "\n")
    except ParseError as error:
        return _grammar_problem(error.context)
    except (TokenError, IndentationError) as error:
        return _grammar_problem(error.args)
    except (AttributeError, IndexError, KeyError, AssertionError):
        return SyntaxProblem(1, 1, "invalid syntax")
    try:
        tool.refactor_tree(tree, "script")
    except (AttributeError, IndexError, KeyError, AssertionError, TypeError):
        return SyntaxProblem(1, 1, "invalid syntax")
    return str(tree)[:-1]


def _grammar_problem(context: object) -> SyntaxProblem:
    """The place in what the Python 2 grammar says of an error: its second item."""
    match context:
        case (_, (int(line), int(column)), *_) | (_, (_, int(line), int(column), *_), *_):
            return SyntaxProblem(max(line, 1), max(column, 0) + 1, "invalid syntax")
        case _:
            return SyntaxProblem(1, 1, "invalid syntax")


_EMPTY_BLOCK = re.compile(r"expected an indented block after .* on line (\d+)")


def _blanked(text: str, problem: SyntaxProblem) -> tuple[str, int]:
    """Return the text without the line of a problem, and which line that was.

    A line becomes `pass`, or `if True:` where deeper ones follow; a block without a body gets
    one.
    """
    lines = text.split("\n")
    match = _EMPTY_BLOCK.search(problem.message)
    if match is not None:
        index = min(int(match.group(1)), len(lines)) - 1
        header = lines[index].partition("#")[0].rstrip()
        if header.endswith(":"):
            lines[index] = header + " pass"
            return "\n".join(lines), index + 1
    index = min(problem.line, len(lines)) - 1
    while index > 0 and not lines[index].strip():
        index -= 1
    body = lines[index].lstrip()
    indent = lines[index][: len(lines[index]) - len(body)]
    if body in (_OPENED, "pass"):
        # Repaired before and still broken: its depth does not fit either.
        lines[index] = ""
        return "\n".join(lines), index + 1
    following = next((one for one in lines[index + 1 :] if one.strip()), "")
    deeper = len(following) - len(following.lstrip()) > len(indent)
    lines[index] = indent + (_OPENED if deeper else "pass")
    return "\n".join(lines), index + 1


def _next_code(text: str, line: int) -> int:
    """The last line before the next one, counted from 1, that has anything on it."""
    lines = text.split("\n")
    while line < len(lines) and not lines[line].strip():
        line += 1
    return line
