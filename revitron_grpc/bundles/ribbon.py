"""The ribbon as a tree of folders: tab, panels, stacks, pulldowns, buttons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from revitron_grpc.bundles.button import ButtonFolder


@dataclass(frozen=True, slots=True)
class PlacedButton:
    """A button under the folder stem that it got."""

    name: str
    button: ButtonFolder

    @property
    def folder(self) -> str:
        """The folder's name."""
        return f"{self.name}.pushbutton"


@dataclass(frozen=True, slots=True)
class Pulldown:
    """Two to twelve buttons behind one ribbon item."""

    name: str
    title: str
    buttons: tuple[PlacedButton, ...]

    @property
    def folder(self) -> str:
        """The folder's name."""
        return f"{self.name}.pulldown"

    @property
    def layout(self) -> tuple[str, ...]:
        """The stems of all entries in order."""
        return tuple(button.name for button in self.buttons)


PanelEntry = Pulldown | PlacedButton


@dataclass(frozen=True, slots=True)
class Stack:
    """Two or three small items one above the other."""

    name: str
    items: tuple[PanelEntry, ...]

    @property
    def folder(self) -> str:
        """The folder's name."""
        return f"{self.name}.stack"

    @property
    def layout(self) -> tuple[str, ...]:
        """The stems of all items in order."""
        return tuple(item.name for item in self.items)


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled stretch of the ribbon."""

    name: str
    title: str
    items: tuple[Stack | PanelEntry, ...]

    @property
    def folder(self) -> str:
        """The folder's name."""
        return f"{self.name}.panel"

    @property
    def layout(self) -> tuple[str, ...]:
        """The stems of all items in order."""
        return tuple(item.name for item in self.items)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One tab with all its panels."""

    name: str
    panels: tuple[Panel, ...]

    @property
    def folder(self) -> str:
        """The folder's name."""
        return f"{self.name}.tab"

    @property
    def layout(self) -> tuple[str, ...]:
        """The stems of all panels in order."""
        return tuple(panel.name for panel in self.panels)

    def buttons(self) -> Iterator[tuple[PurePosixPath, PlacedButton]]:
        """Yield every button with its folder relative to the extension, in ribbon order."""
        tab = PurePosixPath(self.folder)
        for panel in self.panels:
            yield from _buttons_under(tab / panel.folder, panel.items)


def _buttons_under(
    folder: PurePosixPath, items: Iterable[Stack | PanelEntry]
) -> Iterator[tuple[PurePosixPath, PlacedButton]]:
    for item in items:
        if isinstance(item, PlacedButton):
            yield folder / item.folder, item
        elif isinstance(item, Pulldown):
            yield from _buttons_under(folder / item.folder, item.buttons)
        else:
            yield from _buttons_under(folder / item.folder, item.items)
