"""`validate --fix` and `--diff`: the scripts with their safe replacements made."""

import difflib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.mend import mend
from revitron_grpc.analysis.parse import source_text
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.cli.judging import JudgedToolbar, is_script
from revitron_grpc.cli.toolbars import JudgedItem
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.review.items import SourceFile, script_item


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A script that was mended: as it is called, before, after, and what was done."""

    path: str
    before: bytes
    after: bytes
    applied: tuple[Finding, ...]

    def diff(self) -> str:
        """The change as a unified diff."""
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in difflib.unified_diff(
                _lines(self.before), _lines(self.after), self.path, self.path
            )
        )


def mended_files(bars: Sequence[JudgedToolbar], view: ApiView) -> Iterator[MendedFile]:
    """Mend every script, and give the items their new text, so that they are judged anew."""
    for toolbar in bars:
        for number, judged in enumerate(toolbar.bar.items):
            files: list[SourceFile] = []
            for file in judged.item.files:
                done = _mended(toolbar, judged, file, view)
                files.append(file if done is None else SourceFile(file.path, done.after))
                if done is not None:
                    yield done
            item = replace(judged.item, files=tuple(files))
            toolbar.bar.items[number] = replace(judged, item=item)


def _mended(
    toolbar: JudgedToolbar, judged: JudgedItem, file: SourceFile, view: ApiView
) -> MendedFile | None:
    if not is_script(judged.item, file):
        return None
    path = judged.path_of(file.path)
    # By itself, as seen from the toolbar's root, where its imports are looked for.
    place = str(PurePosixPath(judged.item.folder or "") / file.path)

    def found(source: bytes) -> tuple[Finding, ...]:
        report = toolbar.reviewer.review(script_item(place, source))
        return tuple(f for f in report.findings if toolbar.selection.wants(f.rule, path))

    done = mend(file.content, view, found)
    if done.source == file.content:
        return None
    return MendedFile(path, file.content, done.source, done.applied)


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of another: all of it or none, with the same rights.

    Raises RevitronGrpcError (OUTPUT_UNWRITABLE); the old file is then as it was.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            beside.write_bytes(content)
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise RevitronGrpcError(
            Reason.OUTPUT_UNWRITABLE,
            f"{path} cannot be written: {error.strerror or error}. It is as it was",
        ) from error


def _lines(source: bytes) -> list[str]:
    """Lines with their ends, as a patch has them."""
    text = source_text(source)
    return [line + "\n" for line in text.split("\n")[:-1]] + (
        [text.rpartition("\n")[2]] if not text.endswith("\n") and text else []
    )
