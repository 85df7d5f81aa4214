"""What the user of a simulated Revit answers: one answer after the other, written down before.

A scenario says them as plain data, in the order in which the dialogs come:

    answers:
      - choose: Level 1               # one item of a list, by the name that is shown
      - tick: [Door 101, Door 102]    # boxes of a list; `all` and `none` too
        press: Select                 # the button that closes it; says what the script must offer
        asks: Which doors             # must stand in the title or the message of the dialog
        offers: Door 101              # what the dialog must offer first, such as the last answer
      - type: "2.5"                   # text
      - press: "Yes"                  # a button, a command link, an option
      - file: doors.csv               # a name in the user's documents, or a whole path
      - pick: [door_101]              # elements picked in the view, by handle or id
      - point: [0, 0, 0]              # a point picked in the view, in feet
      - cancel: true                  # the dialog closed, or Esc
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason

_KINDS = ("choose", "tick", "type", "press", "file", "pick", "point", "cancel")


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose one item by the name that the dialog shows."""

    item: str
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Set the ticks of a list to exactly `items` and press its button; `all` and `none` too.

    With `press` the dialog must have a button of that text.
    """

    items: tuple[str, ...] | Literal["all", "none"]
    press: str = ""
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class TypeText:
    """Type a text in place of what stands there, and confirm."""

    text: str
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Press a button, a command link or an option by its text."""

    button: str
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class ChooseFile:
    """Choose files or a folder in a file dialog; names stand for files in the user's documents."""

    names: tuple[str, ...]
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """Pick elements in the view: handles of the sample model, or element ids."""

    elements: tuple[str | int, ...]
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class PickPoint:
    """Pick a point in the view; feet, in the model's coordinates."""

    point: tuple[float, float, float]
    asks: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Close the dialog without an answer, or press Esc while picking."""

    asks: str = ""
    offers: str = ""


Answer = Choose | Tick | TypeText | Press | ChooseFile | Pick | PickPoint | Cancel
Accepted = TypeVar("Accepted", bound=Answer)


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog that a script shows: which one, what it asks and what it offers.

    `kind` is the name that a script calls it by (`forms.alert`), `choices` the shown names of
    what can be chosen, pressed or ticked, `button` the text of the button that confirms.
    """

    kind: str
    title: str = ""
    message: str = ""
    choices: tuple[str, ...] = ()
    button: str = ""

    def describe(self) -> str:
        """Return one line for whoever writes the scenario."""
        asked = " / ".join(f'"{part}"' for part in (self.title, self.message) if part)
        text = f"{self.kind} asks {asked}" if asked else self.kind
        if self.choices:
            shown = ", ".join(f'"{choice}"' for choice in self.choices[:_SHOWN_CHOICES])
            more = len(self.choices) - _SHOWN_CHOICES
            text += f" and offers {shown}" + (f" and {more} more" if more > 0 else "")
        return text


_SHOWN_CHOICES = 20


class NoAnswer(BaseException):
    """A dialog came that the scenario has no answer to, or whose answer does not fit.

    Not an `Exception`, so that a script's own `except` does not swallow it.
    """

    def __init__(self, dialog: Dialog, problem: str) -> None:
        super().__init__(f"{problem}: {dialog.describe()}")
        self.dialog = dialog
        self.problem = problem


class Answers:
    """The answers of one run, taken one after the other; not for several threads."""

    def __init__(self, answers: Sequence[Answer] = ()) -> None:
        self._answers = tuple(answers)
        self._taken = 0

    @property
    def left(self) -> tuple[Answer, ...]:
        """The answers that no dialog has asked for yet."""
        return self._answers[self._taken :]

    def take(self, dialog: Dialog, *accepted: type[Accepted]) -> Accepted | Cancel:
        """Return the next answer, which must be one of the `accepted` classes or `Cancel`.

        Raises `NoAnswer` if there is none, if it is of another kind, or if it is meant for a
        dialog that asks something else.
        """
        if self._taken == len(self._answers):
            raise NoAnswer(dialog, f"no answer is left after {self._taken}")
        answer = self._answers[self._taken]
        where = f"answer {self._taken + 1}"
        if answer.asks and answer.asks not in f"{dialog.title}\n{dialog.message}":
            raise NoAnswer(dialog, f'{where} is for a dialog that asks "{answer.asks}"')
        if answer.offers and answer.offers not in dialog.choices[:1]:
            raise NoAnswer(dialog, f'{where} is for a dialog that offers "{answer.offers}" first')
        if not isinstance(answer, (Cancel, *accepted)):
            raise NoAnswer(dialog, f"{where} ({answer_text(answer)}) does not fit")
        self._taken += 1
        return answer


def answer_text(answer: Answer) -> str:
    """Return an answer as a scenario writes it, in one line."""
    match answer:
        case Choose(item):
            return f"choose: {item}"
        case Tick(items):
            return f"tick: {items if isinstance(items, str) else list(items)}"
        case TypeText(text):
            return f'type: "{text}"'
        case Press(button):
            return f"press: {button}"
        case ChooseFile(names):
            return f"file: {names[0] if len(names) == 1 else list(names)}"
        case Pick(elements):
            return f"pick: {list(elements)}"
        case PickPoint(point):
            return f"point: {list(point)}"
        case Cancel():
            return "cancel: true"


def read_answers(data: object) -> tuple[Answer, ...]:
    """Read the answers of a scenario from what its YAML file holds.

    Raises `InvalidInputError` naming every answer that cannot be read and what would be right.
    """
    violations: list[FieldViolation] = []
    answers: list[Answer] = []
    if not isinstance(data, Sequence) or isinstance(data, (str, bytes)):
        violations.append(FieldViolation("answers", "is not a list"))
        data = ()
    for index, entry in enumerate(data):
        try:
            answers.append(_answer(entry))
        except ValueError as wrong:
            violations.append(FieldViolation(f"answers[{index}]", str(wrong)))
    if violations:
        raise InvalidInputError(Reason.INVALID_RECIPE, tuple(violations))
    return tuple(answers)


def _answer(entry: object) -> Answer:
    if not isinstance(entry, Mapping):
        raise ValueError(f"is not a mapping such as {{choose: Level 1}}, but {entry!r}")
    kinds = [kind for kind in _KINDS if kind in entry and (kind != "press" or "tick" not in entry)]
    others = sorted(str(key) for key in entry if key not in (*kinds, "asks", "offers", "press"))
    if len(kinds) != 1 or others:
        found = ", ".join([*kinds, *others]) or "nothing"
        raise ValueError(
            f"needs exactly one of {', '.join(_KINDS)}, and may have asks and offers: {found}"
        )
    asks, offers = (_text(entry.get(key, ""), key) for key in ("asks", "offers"))
    kind, value = kinds[0], entry[kinds[0]]
    match kind:
        case "choose":
            return Choose(_text(value, kind), asks, offers)
        case "tick":
            items = value if value in ("all", "none") else _texts(value, kind)
            return Tick(items, _text(entry.get("press", ""), "press"), asks, offers)
        case "type":
            return TypeText(_text(value, kind), asks, offers)
        case "press":
            return Press(_text(value, kind), asks, offers)
        case "file":
            return ChooseFile(_texts(value, kind), asks, offers)
        case "pick":
            return Pick(_handles(value), asks, offers)
        case "point":
            return PickPoint(_point(value), asks, offers)
        case _:
            if value is not True:
                raise ValueError("cancel can only be true")
            return Cancel(asks, offers)


def _text(value: object, key: str) -> str:
    # YAML reads `press: Yes` as a boolean and `choose: 101` as a number.
    if isinstance(value, bool):
        raise ValueError(f"{key} is no text; YAML reads it as {value}: write it in quotes")
    if isinstance(value, (int, float)):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"{key} is no text: {value!r}")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return tuple(_text(one, key) for one in value)
    return (_text(value, key),)


def _handles(value: object) -> tuple[str | int, ...]:
    many = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    for one in many:
        if isinstance(one, bool) or not isinstance(one, (str, int)):
            raise ValueError(f"pick takes handles or element ids, not {one!r}")
    return tuple(many)  # pyright: ignore[reportReturnType] - checked just now


def _point(value: object) -> tuple[float, float, float]:
    if (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and len(value) == 3
        and all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in value)
    ):
        return (float(value[0]), float(value[1]), float(value[2]))
    raise ValueError(f"point takes three numbers in feet, not {value!r}")
