"""What the user of a simulated Revit saw while a script ran: messages, output, files, dialogs."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from revitron_grpc.simulation.answers import Answer, Dialog, answer_text

# pyRevit hands HTML to the output window with these in place of angle brackets, so that the
# window can tell it from printed text.
_COOKED = {"<": "&clt;", ">": "&cgt;"}
_LINK = re.compile(r"<a [^>]*?href=\"revit://outputhelpers\?([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
_LINKED_ELEMENT = re.compile(r"element\[\]=(-?\d+)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


class OutputKind(StrEnum):
    """How a text came into the output window."""

    PRINT = "print"
    MARKDOWN = "markdown"
    HTML = "html"
    CODE = "code"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Message:
    """A message box: its text, its title and which of its buttons was pressed.

    `details` is what stands below the main text. `pressed` is empty if it was closed.
    """

    text: str
    title: str = ""
    details: str = ""
    buttons: tuple[str, ...] = ()
    pressed: str = ""


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A text in the output window as it is shown, with the ids of the elements it links to.

    Links are replaced by their titles, character references are resolved; marks of Markdown
    stay.
    """

    kind: OutputKind
    text: str
    links: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table in the output window: texts as they are shown, and the linked ids of each row.

    `broken` holds the cells that spoil the table there: with a line break or a bar in them.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[tuple[int, ...], ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A message to a logger, shown in the output window from WARNING on; `level` in capitals."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Toast:
    """A notification of Windows."""

    text: str
    title: str


@dataclass(frozen=True, slots=True)
class DialogShown:
    """A dialog and the answer it got; None for one that needed no answer."""

    dialog: Dialog
    answer: Answer | None

    def describe(self) -> str:
        """Return dialog and answer in one line."""
        answer = "" if self.answer is None else f" -> {answer_text(self.answer)}"
        return self.dialog.describe() + answer


@dataclass(slots=True)
class Outcome:
    """What one run showed and left behind; filled while it runs, by one thread.

    `files` are the contents of files that were written, by path; `selection` the ids of the
    selected elements at the end; `unused_answers` what no dialog asked for. `exited` tells that
    the script ended itself early (`script.exit`, a message with `exitscript`).
    """

    messages: list[Message] = field(default_factory=list)
    output: list[PrintedText | PrintedTable] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)
    dialogs: list[DialogShown] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    clipboard: str | None = None
    opened: list[str] = field(default_factory=list)
    """Addresses, files and folders that were opened outside of Revit."""
    shown: list[int] = field(default_factory=list)
    """Ids of elements that the script zoomed to."""
    selection: tuple[int, ...] = ()
    unused_answers: tuple[Answer, ...] = ()
    exited: bool = False
    _line: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that was shown as text, in messages and output; tables not among it."""
        printed = (entry.text for entry in self.output if isinstance(entry, PrintedText))
        return (*(message.text for message in self.messages), *printed)

    @property
    def tables(self) -> tuple[PrintedTable, ...]:
        """The tables in the output window."""
        return tuple(entry for entry in self.output if isinstance(entry, PrintedTable))

    @property
    def links(self) -> tuple[int, ...]:
        """Ids of all elements that the output links to, each once, in order."""
        found: dict[int, None] = {}
        for entry in self.output:
            if isinstance(entry, PrintedText):
                found.update(dict.fromkeys(entry.links))
            else:
                for row in entry.links:
                    found.update(dict.fromkeys(row))
        return tuple(found)

    def write(self, text: str) -> None:
        """Take what `print` writes: whole lines are kept, the rest waits for its line break."""
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            self._add(OutputKind.PRINT, line)

    def flush(self) -> None:
        """Keep a last line that has no line break."""
        if self._line:
            line, self._line = self._line, ""
            self._add(OutputKind.PRINT, line)

    def show(self, kind: OutputKind, text: str) -> None:
        """Add a text to the output window."""
        self.flush()
        self._add(kind, text)

    def _add(self, kind: OutputKind, text: str) -> None:
        shown, links = read_links(uncooked(text))
        if kind in (OutputKind.MARKDOWN, OutputKind.HTML):
            shown = html.unescape(_TAG.sub("", shown))
        self.output.append(PrintedText(kind, shown, links))

    def show_table(
        self, title: str, columns: Iterable[object], rows: Sequence[Iterable[object]]
    ) -> None:
        """Add a table to the output window; cells are formatted as text."""
        self.flush()
        shown: list[tuple[str, ...]] = []
        links: list[tuple[int, ...]] = []
        broken: list[str] = []
        for row in rows:
            cells: list[str] = []
            linked: list[int] = []
            for cell in row:
                raw = uncooked(str(cell))
                text, ids = read_links(raw)
                if "\n" in text or "|" in text:
                    broken.append(text)
                cells.append(html.unescape(_TAG.sub("", text)))
                linked.extend(ids)
            shown.append(tuple(cells))
            links.append(tuple(linked))
        self.output.append(
            PrintedTable(
                html.unescape(_TAG.sub("", title)),
                tuple(html.unescape(str(column)) for column in columns),
                tuple(shown),
                tuple(links),
                tuple(broken),
            )
        )


def cooked(markup: str) -> str:
    """Return HTML as pyRevit hands it to the output window."""
    for sign, replacement in _COOKED.items():
        markup = markup.replace(sign, replacement)
    return markup


def uncooked(text: str) -> str:
    """Undo `cooked`."""
    for sign, replacement in _COOKED.items():
        text = text.replace(replacement, sign)
    return text


def read_links(text: str) -> tuple[str, tuple[int, ...]]:
    """Replace links to elements by their titles; return also the ids of the elements."""
    ids: list[int] = []

    def title(found: re.Match[str]) -> str:
        ids.extend(int(number) for number in _LINKED_ELEMENT.findall(found.group(1)))
        return found.group(2)

    return _LINK.sub(title, text), tuple(ids)
