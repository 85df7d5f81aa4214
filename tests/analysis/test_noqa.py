"""`# noqa` as ruff reads it: all, some codes, and other tools' codes."""

import pytest

from tests.analysis.conftest import Judged

LINE = "from pyrevit import DB\nx = DB.Wall.Nonsense{}\n"


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("", False),
        ("  # noqa", True),
        ("  #noqa", True),
        ("  # NOQA", True),
        ("  # noqa: RVT001", True),
        ("  # noqa:RVT001", True),
        ("  # noqa: rvt001", True),
        ("  # noqa : RVT002, RVT001", True),
        ("  # noqa: RVT002,RVT001  as Revit 2027 has it", True),
        ("  # noqa: RVT002", False),
        ("  # noqa: E501", False),
        ("  # noqa: E501, RVT001", True),
        ("  # type: ignore  # noqa: RVT001", True),
        ("  # a note", False),
    ],
)
def test_a_comment_silences_its_line(judged: Judged, comment: str, silent: bool) -> None:
    found = judged.script(LINE.format(comment)).findings
    assert [one.rule for one in found] == ([] if silent else ["RVT001"])


def test_other_lines_are_not_silenced(judged: Judged) -> None:
    source = LINE.format("") + "y = DB.Wall.Nonsense  # noqa\n"
    assert [one.line for one in judged.script(source).findings] == [2]
