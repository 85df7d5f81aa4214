"""An extension as it was found: a tree of folders with what matters of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from revitron_grpc.bundles.bundle_yaml import ParsedBundle
from revitron_grpc.bundles.folder_kinds import Kind


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A `bundle.yaml`: its bytes and what they say."""

    path: PurePosixPath
    data: bytes
    parsed: ParsedBundle


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A file that pyRevit's Python loader takes for the folder's script."""

    path: PurePosixPath
    data: bytes

    @property
    def is_python(self) -> bool:
        """Whether it is Python, not C#, Visual Basic, Ruby, Dynamo or Grasshopper."""
        return self.path.suffix.lower() == ".py"

    @property
    def text(self) -> str | None:
        """The text without a byte order mark; None where it is not UTF-8."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


@dataclass(frozen=True, slots=True)
class IconFile:
    """An icon by its header; width and height in pixels, 0 where it is no PNG."""

    path: PurePosixPath
    is_png: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Component:
    """A folder with a postfix: tab, panel, stack, group or command; `kind` None if unknown.

    `path` is relative to the extension's root. `files` are the names of the files in the folder,
    `folders` those of folders without a postfix of pyRevit's.
    """

    path: PurePosixPath
    name: str
    postfix: str
    kind: Kind | None
    files: tuple[str, ...]
    folders: tuple[str, ...]
    children: tuple["Component", ...]
    bundle: BundleFile | None
    scripts: tuple[ScriptFile, ...]
    icon: IconFile | None
    icon_dark: IconFile | None
    modules: frozenset[str]

    def walk(self) -> Iterator["Component"]:
        """Yield this folder and all below, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of_kind(self, *kinds: Kind) -> tuple["Component", ...]:
        """Return the children of these types."""
        return tuple(child for child in self.children if child.kind in kinds)


@dataclass(frozen=True, slots=True)
class Extension:
    """A toolbar's folder. `root` is named as the extension and has the children of its root."""

    name: str
    root: Component
    hooks: tuple[str, ...] = ()
    """Names of the files in `hooks/`."""
    definition: bytes | None = None
    """What `extension.json` holds; None where there is none."""

    @property
    def tabs(self) -> tuple[Component, ...]:
        """The tabs."""
        return self.root.of_kind(Kind.TAB)

    def components(self) -> Iterator[Component]:
        """Yield every folder below the root, parents first."""
        for child in self.root.children:
            yield from child.walk()

    def parents(self) -> Iterator[tuple[Component, tuple[Component, ...]]]:
        """Yield every folder, the root included, with its children."""
        for component in self.root.walk():
            yield component, component.children
