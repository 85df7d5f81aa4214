"""Check what a caller of ValidateButtons sends and turn it into items of a review."""

import re

from revitron_grpc.analysis.selection import RuleSelection, rule_selection
from revitron_grpc.contract import ENGINE_OF
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.review.items import ReviewItem, ReviewOptions, SourceFile
from revitron_grpc.review.paths import folder_problem, path_problem
from revitron_grpc.rule_book import CODES
from revitron_grpc.service.wire.requests import Check, versions_asked
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_spec_pb2 import BundleFile
from revitron_grpc.vocabulary import Engine, RevitVersion

MAX_RULES = 200
MAX_CODE = 16
MAX_PATTERN = 200
MAX_WILDCARDS = 3
"""Runs of `*` in one pattern: each more multiplies the time that matching a path can take."""
MAX_LIB_FILES = 500
MAX_LIB_BYTES = 16 * 1024 * 1024
MAX_LAYOUT = 5000
MAX_ID = 200
_WILDCARDS = re.compile(r"\*+")


def review_options(
    message: pb.ValidationOptions, covered: tuple[RevitVersion, ...]
) -> ReviewOptions:
    """Return the options of a review with all defaults filled in.

    Raises `InvalidInputError` (INVALID_REQUEST) that names every wrong field and its limit.
    """
    check = Check()
    check.pyrevit_version("options.pyrevit_version", message.pyrevit_version)
    engine = Engine.IRONPYTHON_27
    if message.engine:
        engine = next(iter(check.known("options.engine", [message.engine], ENGINE_OF)), engine)
    options = ReviewOptions(
        revit_versions=versions_asked(
            check, message.revit_versions, covered, "options.revit_versions"
        ),
        engine=engine,
        pyrevit_version=message.pyrevit_version,
        selection=_selection(check, message),
        lib_files=_lib_files(check, message),
        layout=_layout(check, message),
    )
    check.done()
    return options


def review_item(message: pb.ValidationItem, field: str) -> ReviewItem:
    """Return the item of a message; `field` is the message's place, such as `messages[3].item`.

    What is wrong with the content is for the review to say: only what keeps the report from being
    matched is refused. Raises `InvalidInputError` (INVALID_REQUEST).
    """
    check = Check()
    check.length(f"{field}.id", message.id, MAX_ID, least=1)
    kind = message.WhichOneof("content")
    if kind is None:
        check.wrong(f"{field}.content", "must be a script or a bundle")
    check.done()
    if kind == "script":
        script = message.script
        return ReviewItem(message.id, (SourceFile(script.path or "script.py", script.content),))
    bundle = message.bundle
    return ReviewItem(message.id, tuple(map(_file, bundle.files)), bundle.path)


def misplaced(field: str, problem: str) -> InvalidInputError:
    """Return the error of a message that stands in the wrong place of the stream."""
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation(field, problem),))


def _file(message: BundleFile) -> SourceFile:
    return SourceFile(message.path, message.content)


def _selection(check: Check, message: pb.ValidationOptions) -> RuleSelection:
    ignores = {one.path: list(one.rules) for one in message.path_ignores}
    few = True
    for field, codes in (
        ("options.select", message.select),
        ("options.ignore", message.ignore),
        ("options.path_ignores", message.path_ignores),
        *(
            (f"options.path_ignores[{position}].rules", one.rules)
            for position, one in enumerate(message.path_ignores[: MAX_RULES + 1])
        ),
    ):
        if len(codes) > MAX_RULES:
            few = False
            check.wrong(field, f"has {len(codes)} entries, at most {MAX_RULES}")
    if not few:
        return RuleSelection()
    for position, one in enumerate(message.path_ignores):
        field = f"options.path_ignores[{position}].path"
        check.length(field, one.path, MAX_PATTERN, least=1)
        if len(_WILDCARDS.findall(one.path)) > MAX_WILDCARDS:
            check.wrong(field, f"has more than {MAX_WILDCARDS} runs of *")
    for code in (
        *message.select,
        *message.ignore,
        *(r for i in message.path_ignores for r in i.rules),
    ):
        if len(code) > MAX_CODE:
            check.wrong("options", f"{code[:MAX_CODE]!r}... is no rule and no beginning of one")
            return RuleSelection()
    try:
        return rule_selection(
            CODES,
            select=message.select,
            ignore=message.ignore,
            path_ignores=ignores,
            field="options.{}",
        )
    except InvalidInputError as error:
        for violation in error.violations:
            check.wrong(violation.field, violation.description)
        return RuleSelection()


def _lib_files(check: Check, message: pb.ValidationOptions) -> tuple[SourceFile, ...]:
    if len(message.lib_files) > MAX_LIB_FILES:
        check.wrong(
            "options.lib_files", f"has {len(message.lib_files)} entries, at most {MAX_LIB_FILES}"
        )
        return ()
    files = tuple(map(_file, message.lib_files))
    size = sum(len(file.content) for file in files)
    if size > MAX_LIB_BYTES:
        check.wrong("options.lib_files", f"has {size} bytes together, at most {MAX_LIB_BYTES}")
    for position, file in enumerate(files):
        if problem := path_problem(file.path):
            check.wrong(f"options.lib_files[{position}].path", problem)
    return files


def _layout(check: Check, message: pb.ValidationOptions) -> tuple[str, ...]:
    if len(message.layout) > MAX_LAYOUT:
        check.wrong("options.layout", f"has {len(message.layout)} entries, at most {MAX_LAYOUT}")
        return ()
    for position, folder in enumerate(message.layout):
        if problem := folder_problem(folder):
            check.wrong(f"options.layout[{position}]", problem)
    return tuple(message.layout)
