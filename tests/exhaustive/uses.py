"""Typed uses of API symbols as a script would write them, many to a script.

Each use is a function of its own: `isinstance` gives the object and the arguments their types, and
the last line is the use itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.catalog.model import Member, MemberKind
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import Engine, RevitVersion

HEADER = "import Autodesk\nfrom System.Collections.Generic import Dictionary, HashSet, List\n"
WHOLE = frozenset(
    f"System.{n}" for n in "Byte SByte Int16 UInt16 Int32 UInt32 Int64 UInt64".split()
)
FRACTIONS = frozenset(("System.Single", "System.Double", "System.Decimal"))
TEXT = frozenset(("System.String", "System.Char"))
_LISTS = ("IList", "List", "ICollection", "IEnumerable", "IReadOnlyCollection", "IReadOnlyList")
_PER_SCRIPT = 400
Key = TypeVar("Key")


@dataclass(slots=True)
class Use:
    """One use: the types that it narrows names to, and the line itself."""

    narrowed: dict[str, str] = field(default_factory=dict)
    line: str = "pass"

    def text(self, number: int) -> str:
        parameters = ", ".join(dict.fromkeys(("x", *self.narrowed, *_free(self.line))))
        lines = [f"def use{number}({parameters}):"]
        lines += [f"    assert isinstance({n}, {of})" for n, of in self.narrowed.items()]
        return "\n".join([*lines, f"    {self.line}", ""])


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a use fails: by its own line, and by the mention of the types it narrows to."""

    on_line: frozenset[RevitVersion]
    on_types: frozenset[RevitVersion]
    findings: tuple[Finding, ...]


def _free(line: str) -> list[str]:
    return [name for name in ("value", "handler", *(f"u{i}" for i in range(40))) if name in line]


def type_use(name: str) -> Use:
    """Mention a type."""
    return Use(line=f"print({name})")


def member_use(member: Member, owner: str = "") -> Use:
    """Use one overload of a member of `owner`, with arguments of the stated types."""
    use = Use()
    owner = owner or member.declared_by
    if member.kind is MemberKind.CONSTRUCTOR:
        use.line = f"{owner}({_arguments(use, member)})"
        return use
    if not member.static:
        use.narrowed["x"] = owner
    receiver = owner if member.static else "x"
    name = member.name
    if name in ("None", "True", "False", "def", "class", "print"):
        use.line = f"getattr({receiver}, {name!r})"
    elif member.kind is MemberKind.METHOD:
        use.line = f"{receiver}.{name}({_arguments(use, member)})"
    elif member.kind is MemberKind.EVENT:
        use.line = f"{receiver}.{name} += handler"
    elif member.indexer and member.parameters:
        use.line = f"{receiver}.{name}[{_arguments(use, member)}]"
    elif not member.gettable:
        use.line = f"{receiver}.{name} = value"
    else:
        use.line = f"print({receiver}.{name})"
    return use


def accessor_uses(member: Member, owner: str = "") -> Iterator[Use]:
    """Use an indexed property by the names under which Python sees its methods."""
    for accessor in member.accessors:
        use = Use({} if member.static else {"x": owner or member.declared_by})
        given = _arguments(use, member)
        if accessor.startswith("set_"):
            given = f"{given}, value" if given else "value"
        receiver = (owner or member.declared_by) if member.static else "x"
        use.line = f"{receiver}.{accessor}({given})"
        yield use


def _arguments(use: Use, member: Member) -> str:
    written: list[str] = []
    for place, parameter in enumerate(member.parameters or ()):
        if parameter.modifier == "out":
            continue
        written.append(_argument(use, parameter.type, place))
    return ", ".join(written)


def _argument(use: Use, of: str, place: int) -> str:
    if of in WHOLE:
        return "1"
    if of in FRACTIONS:
        return "1.5"
    if of in TEXT:
        return "'a'"
    if of == "System.Boolean":
        return "True"
    if of.startswith("Autodesk.") and "<" not in of and "[" not in of:
        use.narrowed[f"p{place}"] = of
        return f"p{place}"
    generic = _generic(of)
    return f"{generic}()" if generic and not generic.startswith("Autodesk.") else f"u{place}"


def _generic(of: str) -> str:
    """A collection type that can be made, such as `List[List[Curve]]`; "" for any other."""
    outer, bracket, inner = of.partition("<")
    if not bracket:
        return of if of.startswith("Autodesk.") and "[" not in of else ""
    simple, element = outer.rpartition(".")[2], _generic(inner.removesuffix(">"))
    if not element or "," in inner:
        return ""
    if simple in _LISTS:
        return f"List[{element}]"
    return f"HashSet[{element}]" if simple in ("ISet", "HashSet") else ""


def judge(
    catalog: Catalog,
    versions: tuple[RevitVersion, ...],
    uses: Iterable[tuple[Key, Use]],
    fails: Callable[[Finding], bool] = lambda f: f.severity is not Severity.INFO,
) -> Iterator[tuple[Key, Use, Verdict]]:
    """Analyse the uses in scripts of some hundreds, and say where each of them fails."""
    view = ApiView(catalog, versions)
    options = AnalysisOptions(versions, Engine.IRONPYTHON_27)
    batch: list[tuple[Key, Use]] = []
    for one in uses:
        batch.append(one)
        if len(batch) == _PER_SCRIPT:
            yield from _judged(batch, view, options, fails)
            batch = []
    yield from _judged(batch, view, options, fails)


def _judged(
    batch: list[tuple[Key, Use]],
    view: ApiView,
    options: AnalysisOptions,
    fails: Callable[[Finding], bool],
) -> Iterator[tuple[Key, Use, Verdict]]:
    script = HEADER
    ends: list[int] = []
    for number, (_, use) in enumerate(batch):
        script += use.text(number)
        ends.append(script.count("\n") if not ends else ends[-1] + use.text(number).count("\n"))
    analysis = analyse(script, view.catalog, options, view)
    by_line: dict[int, list[Finding]] = {}
    for finding in analysis.findings:
        by_line.setdefault(finding.line, []).append(finding)
    start = HEADER.count("\n") + 1
    for (key, use), end in zip(batch, ends, strict=True):
        own = tuple(by_line.get(end, ()))
        others = [f for line in range(start, end) for f in by_line.get(line, ())]
        yield key, use, Verdict(_versions(own, fails), _versions(others, fails), own)
        start = end + 1


def _versions(
    findings: Iterable[Finding], fails: Callable[[Finding], bool]
) -> frozenset[RevitVersion]:
    return frozenset(v for f in findings if fails(f) for v in f.revit_versions)
