"""What the scripts of an extension can import of it: read once, for all items of a call."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath

from revitron_grpc.analysis.library_modules import ExtensionLibrary
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.search_path import ScriptLibrary
from revitron_grpc.review.items import SourceFile
from revitron_grpc.vocabulary import Engine


class Libraries:
    """The modules given beside the items, and those of an item itself."""

    def __init__(self, view: ApiView, files: Iterable[SourceFile]) -> None:
        self._view = view
        self._shared = {str(PurePosixPath(file.path)): file.content for file in files}
        # A library extension's own folder is on the path of every script.
        self._roots = tuple(
            sorted({root for path in self._shared if (root := path.split("/")[0]).endswith(".lib")})
        )
        self._of_engine = cache(lambda engine: self._library(engine, self._shared))

    def for_script(self, place: str, engine: Engine, own: Mapping[str, bytes]) -> ScriptLibrary:
        """Return what a script can import; `own` are the files of its item, by place."""
        if any(_is_module(path) and self._shared.get(path) != data for path, data in own.items()):
            return self._library(engine, {**self._shared, **own}).for_script(place)
        return self._of_engine(engine).for_script(place)

    def _library(self, engine: Engine, files: Mapping[str, bytes]) -> ExtensionLibrary:
        return ExtensionLibrary(self._view, engine, files, self._roots)


def _is_module(path: str) -> bool:
    """Whether somebody may import that file; scripts and configurations are run instead."""
    name = PurePosixPath(path).name.lower()
    return name.endswith(".py") and not name.endswith(("script.py", "config.py"))
