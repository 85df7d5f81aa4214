"""`pyrevit.output`: the output window."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from revitron_grpc.simulation.outcome import LogEntry, OutputKind, cooked
from revitron_grpc.simulation.pyrevit.host import command_name, db, host
from revitron_grpc.simulation.pyrevit.known import Known

_LINK = '<a title="Click to select or show element" class="elementlink" {}>{}</a>'
# The window throws longer addresses away and shows a message instead.
_LONGEST_ADDRESS = 2000


class PyRevitOutputWindow(Known):
    """The output window of the running script."""

    _known_as = "pyrevit.output.PyRevitOutputWindow"

    def __init__(self) -> None:
        self._size = [900.0, 600.0]
        self._title: str | None = None

    # What is printed

    def print_md(self, md_str: str) -> None:
        """Print Markdown."""
        host().outcome.show(OutputKind.MARKDOWN, _text(md_str, "print_md"))

    def print_html(self, html_str: str) -> None:
        """Print HTML."""
        host().outcome.show(OutputKind.HTML, _text(html_str, "print_html"))

    def print_code(self, code_str: str) -> None:
        """Print code."""
        host().outcome.show(OutputKind.CODE, _text(code_str, "print_code"))

    def print_table(
        self,
        table_data: Sequence[Sequence[Any]],
        columns: Sequence[Any] | None = None,
        formats: Sequence[str] | None = None,
        title: str = "",
        last_line_style: str = "",
    ) -> None:
        """Print a table; raises `ValueError` where it has no rows, as pyRevit does."""
        del last_line_style
        width = max([len(row) for row in table_data])
        rows = [
            [
                form.format(cell) if form else cell
                for _, cell, form in zip_longest(range(width), row, formats or (), fillvalue="")
            ]
            for row in table_data
        ]
        host().outcome.show_table(title, columns or (), rows)

    def print_html_table(
        self,
        table_data: Sequence[Sequence[Any]],
        columns: Sequence[Any] | None = None,
        formats: Sequence[str] | None = None,
        title: str = "",
        last_line_style: str = "",
        **kwargs: Any,
    ) -> None:
        """Print a table as HTML; rows of different lengths and an empty table only say so."""
        del kwargs
        widths = {len(row) for row in table_data}
        if len(widths) != 1 or (columns and len(columns) not in widths):
            self.print_md("**print_html_table input error**")
            return
        self.print_table(table_data, columns, formats, title, last_line_style)

    def print_image(self, image_path: str) -> None:
        """Print an image."""
        host().outcome.show(OutputKind.HTML, f'<img src="{image_path}">')

    def insert_divider(self, level: str = "") -> None:
        """Print a horizontal line."""
        self.print_md(f"{level}-----" if level else "-----")

    def next_page(self) -> None:
        """Begin a new page for printing."""

    def linkify(self, element_ids: Any, title: str | None = None) -> str:
        """Return a link that selects elements: of one id, or of a Python list of ids.

        More than about 150 ids make an address that the window throws away: a dead link.
        Anything else, a .NET list or an element too, fails as in pyRevit.
        """
        if isinstance(element_ids, list):
            ids = [str(_number(one)) for one in element_ids]
        elif isinstance(element_ids, db().ElementId):
            ids = [str(_number(element_ids))]
        else:
            raise UnboundLocalError("local variable 'strids' referenced before assignment")
        address = "&".join(f"element[]={one}" for one in ids)
        target = 'href="#"'
        if len(address) < _LONGEST_ADDRESS:
            target = f'href="revit://outputhelpers?command=select&{address}"'
        return cooked(_LINK.format(target, title or ", ".join(ids)))

    # The log beside it

    def log_debug(self, message: Any) -> None:
        """Log for developers."""
        _log("DEBUG", message)

    def log_info(self, message: Any) -> None:
        """Log what goes on."""
        _log("INFO", message)

    def log_success(self, message: Any) -> None:
        """Log that something went well."""
        _log("SUCCESS", message)

    def log_warning(self, message: Any) -> None:
        """Log a warning."""
        _log("WARNING", message)

    def log_error(self, message: Any) -> None:
        """Log an error."""
        _log("ERROR", message)

    # The window

    @property
    def is_closed_by_user(self) -> bool:
        """Whether the user closed the window; nobody does here."""
        return False

    def set_title(self, new_title: str) -> None:
        """Set the title of the window."""
        self._title = new_title

    def get_title(self) -> str:
        """Return the title of the window."""
        return self._title if self._title is not None else command_name()

    def resize(self, width: float, height: float) -> None:
        """Set the size of the window, in pixels."""
        self._size = [width, height]

    def set_width(self, width: float) -> None:
        """Set the width of the window, in pixels."""
        self._size[0] = width

    def set_height(self, height: float) -> None:
        """Set the height of the window, in pixels."""
        self._size[1] = height

    def get_width(self) -> float:
        """Return the width of the window, in pixels."""
        return self._size[0]

    def get_height(self) -> float:
        """Return the height of the window, in pixels."""
        return self._size[1]

    def open_url(self, dest_url: str) -> None:
        """Show a page of the web."""
        host().outcome.opened.append(dest_url)

    def open_page(self, dest_file: str) -> None:
        """Show an HTML file."""
        host().outcome.opened.append(dest_file)


def _unseen(name: str) -> Any:
    """Make a method that changes only how the window looks or moves."""

    def method(self: PyRevitOutputWindow, *args: Any, **kwargs: Any) -> None:
        del self, args, kwargs

    method.__name__ = name
    return method


for _name in (
    "add_style center close close_others freeze hide hide_logpanel hide_progress "
    "indeterminate_progress inject_script inject_to_body inject_to_head lock_size reset_icon "
    "reset_progress self_destruct set_font set_icon show show_logpanel unfreeze unhide_progress "
    "unlock_size update_progress"
).split():
    setattr(PyRevitOutputWindow, _name, _unseen(_name))


def get_output() -> PyRevitOutputWindow:
    """Return the output window of the running script."""
    return PyRevitOutputWindow()


def _text(value: Any, where: str) -> str:
    # Markdown's converter and `replace` take text alone.
    if not isinstance(value, str):
        raise TypeError(f"{where}() expects text, got {type(value).__name__}")
    return value


def _number(element_id: Any) -> int:
    return element_id.number


def _log(level: str, message: Any) -> None:
    host().outcome.log.append(LogEntry(level, str(message)))


__all__: Iterable[str] = ["PyRevitOutputWindow", "get_output"]
