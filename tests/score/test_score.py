import csv
from pathlib import Path

import pytest

from tests.score.figures import area_under_curve, separation, share, word_overlap
from tests.score.main import main


def labels(folder: Path, made_up: str, twin: str) -> Path:
    (folder / "prelude.txt").write_text("from pyrevit import revit\ndoc = revit.doc\n")
    with (folder / "made_up_api.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "made_up", "made_up_symbol", "why", "needs", "real_twin", "real"])
        out.writerow(["X1", made_up, "", "", "name", twin, ""])
    with (folder / "tool_pairs.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow("id title_a does_a title_b does_b label hard_case".split())
        tags = ("Tag Rooms", "tags all rooms of a view")
        out.writerow(["P1", *tags, "Room tagger", "places tags on rooms", "duplicate", "hard"])
        out.writerow(["P2", *tags, "Sheets to PDF", "exports sheets", "different", "hard"])
    return folder


def test_figures_and_goals_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = labels(tmp_path, "doc.FilePath", "doc.PathName")
    assert main(["--labels", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "1.000 [1.000, 1.000]" in told
    assert "duplicate against different, hard cases: function" in told


def test_what_is_missed_or_wrong_is_named(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = labels(tmp_path, "doc.PathName", "doc.FilePath")
    assert main(["--labels", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "X1 (needs: name): its real twin is reported" in told
    assert told.count("MISSED") == 2


def test_an_error_in_some_versions_only_is_none_in_every_version(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    folder = labels(tmp_path, "doc.ActiveView.Id.IntegerValue", "doc.PathName")
    assert main(["--labels", str(folder)]) == 1
    assert "X1 (needs: name): is not reported" in capsys.readouterr().out


def test_without_labels_the_way_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["--labels", str(tmp_path)]) == 2
    assert "--labels FOLDER" in capsys.readouterr().err


def test_areas_and_overlaps() -> None:
    assert area_under_curve([3, 2], [1, 2]) == pytest.approx(3.5 / 4)
    assert word_overlap("Tag rooms", "tag Doors") == pytest.approx(1 / 3)


def test_intervals_are_the_same_each_time_and_hold_the_value() -> None:
    one = share([True] * 18 + [False] * 2)
    assert one == share([True] * 18 + [False] * 2)
    assert one.low < one.value == 0.9 < one.high
    other = separation([0.9, 0.5, 0.7, 0.4], [0.1, 0.6, 0.3])
    assert other.low < other.value < other.high
