"""What the rules about folders say of one bundle, given the folders around it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.rules import page_of
from revitron_grpc.bundles.check import check_extension
from revitron_grpc.bundles.findings import BundleFinding
from revitron_grpc.bundles.folder_kinds import Kind, kind_of, split_postfix
from revitron_grpc.bundles.reader import extension_from_files
from revitron_grpc.review.items import SourceFile

_ROOT = PurePosixPath()
# What these say of a folder rests on what stands around it or in the folders below.
_ABOUT_SURROUNDINGS = frozenset(
    ("BND002", "BND003", "BND004", "BND005", "BND010", "BND011", "BND021", "BND022")
)


class Surroundings:
    """The folders of an extension, and what is known to the rules about bundles."""

    def __init__(self, layout: Iterable[str], categories: frozenset[str]) -> None:
        self._categories = categories
        self._children: dict[PurePosixPath, set[PurePosixPath]] = {}
        for folder in layout:
            path = PurePosixPath(folder)
            while path != _ROOT:
                self._children.setdefault(path.parent, set()).add(path)
                path = path.parent

    def findings(self, folder: str, files: Iterable[SourceFile]) -> tuple[Finding, ...]:
        """Return what is wrong with a folder; paths are relative to it, `.` is the folder."""
        home = PurePosixPath(folder)
        extension = extension_from_files(
            "extension.extension",
            {str(home / file.path): file.content for file in files},
            map(str, self._near(home)),
        )
        own = {home} | {place for file in files for place in _places(home, file.path)}
        alone = (
            not self._children
            and home != _ROOT
            and not any(kind_of(split_postfix(place.name)[1]) for place in own if place != home)
        )
        return tuple(
            _finding(found, home)
            for found in check_extension(extension, categories=self._categories)
            if _concerns(found, own) and not (alone and found.rule in _ABOUT_SURROUNDINGS)
        )

    def _near(self, home: PurePosixPath) -> Iterator[PurePosixPath]:
        """Yield the folders that a rule may compare this one with: not the whole extension.

        These are the folder, all below it, those that stand beside it or beside a folder above,
        and what a stack among these holds, as Revit counts it as the panel's.
        """
        yield home
        yield from self._below(home)
        for above in home.parents:
            for beside in sorted(self._children.get(above, ())):
                yield beside
                if split_postfix(beside.name)[1] == Kind.STACK:
                    yield from sorted(self._children.get(beside, ()))

    def _below(self, folder: PurePosixPath) -> Iterator[PurePosixPath]:
        for child in sorted(self._children.get(folder, ())):
            yield child
            yield from self._below(child)


def _concerns(found: BundleFinding, own: set[PurePosixPath]) -> bool:
    """Whether a finding is about this item: folders of the layout are items of their own."""
    path = PurePosixPath(found.path)
    # A folder that a layout leaves out is the mistake of the file that has the layout.
    return path in own or (found.rule == "BND022" and path.parent in own)


def _places(home: PurePosixPath, file: str) -> Iterator[PurePosixPath]:
    """Yield the place of a file and the folders between it and the item's own."""
    path = PurePosixPath(file)
    return (home / place for place in (path, *path.parents))


def _finding(found: BundleFinding, home: PurePosixPath) -> Finding:
    path = PurePosixPath(found.path)
    return Finding(
        rule=found.rule,
        severity=found.severity,
        message=found.message,
        path=str(path.relative_to(home)),
        line=0,
        column=0,
        end_line=0,
        end_column=0,
        suggestion=found.suggestion,
        documentation_url=page_of(found.rule),
    )


def placed(finding: Finding, folder: str) -> Finding:
    """Return the finding with its path relative to the extension's root."""
    return replace(finding, path=str(PurePosixPath(folder) / finding.path))
