"""Dialogs of the run under way: shown to the user, who answers as the scenario says."""

from revitron_grpc.simulation.answers import Accepted, Cancel, Choose, Dialog, NoAnswer, Press
from revitron_grpc.simulation.outcome import DialogShown, Message
from revitron_grpc.simulation.session import current_session


def asked(dialog: Dialog, *accepted: type[Accepted]) -> Accepted | Cancel:
    """Show a dialog to the user of this run and return the answer; raises `NoAnswer`."""
    session = current_session()
    answer = session.answers.take(dialog, *accepted)
    session.outcome.dialogs.append(DialogShown(dialog, answer))
    return answer


def show_message(dialog: Dialog, details: str = "", *, closable: bool = False) -> str | None:
    """Show a message box and return the button that was pressed; None if it was closed.

    One with a single button needs no answer: that button is pressed. Raises `NoAnswer` if the
    answer presses a button that is not there, or closes what cannot be closed.
    """
    outcome = current_session().outcome
    pressed: str | None = dialog.choices[0]
    if len(dialog.choices) == 1:
        outcome.dialogs.append(DialogShown(dialog, None))
    else:
        answer = asked(dialog, Press, Choose)
        if isinstance(answer, Cancel):
            if not closable:
                raise NoAnswer(dialog, "cannot be closed without pressing one of its buttons")
            pressed = None
        else:
            pressed = answer.button if isinstance(answer, Press) else answer.item
            if pressed not in dialog.choices:
                raise NoAnswer(dialog, f'"{pressed}" is not offered')
    outcome.messages.append(
        Message(dialog.message, dialog.title, details, dialog.choices, pressed or "")
    )
    return pressed
