"""`revitron-grpc validate` on files as they lie on a disk."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from revitron_grpc.cli.commands import app
from revitron_grpc.cli.mending import write_whole
from revitron_grpc.errors import Reason, RevitronGrpcError

BREAKS = b"from pyrevit import revit\nprint(revit.doc.ActiveView.Id.IntegerValue)\n"
MENDED = BREAKS.replace(b"IntegerValue", b"Value")
FINE = b"from pyrevit import revit\nprint(revit.doc.Title)\n"
YEARS = ("--revit", "2024-2026")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object, typed: bytes | None = None) -> Result:
        return CliRunner().invoke(app, ["validate", *map(str, words)], input=typed)

    return command


def put(path: str, content: bytes = FINE) -> Path:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def button(name: str, content: bytes, extension: str = "My.extension") -> Path:
    folder = f"{extension}/My.tab/Tools.panel/{name}.pushbutton"
    put(f"{folder}/bundle.yaml", b"title: Check\ntooltip: Checks.\nauthor: Me\n")
    return put(f"{folder}/script.py", content)


def found(done: Result) -> list[tuple[str, str]]:
    return [
        (Path(row["path"]).as_posix(), row["rule"])
        for row in json.loads(done.stdout)
        if row["severity"] == "error"
    ]


class TestPaths:
    def test_an_extension_a_folder_of_them_a_bundle_and_a_script(self, run: Run) -> None:
        script = button("Count", BREAKS).as_posix()
        for path in (script, Path(script).parent, "My.extension", "."):
            done = run(path, "--format", "json", *YEARS)
            assert done.exit_code == 1
            assert found(done) == [(script, "RVT002")], path

    def test_a_path_is_called_as_it_was_named(self, run: Run, tmp_path: Path) -> None:
        script = button("Count", BREAKS)
        done = run(tmp_path / "My.extension", "--format", "json", *YEARS)
        assert found(done) == [((tmp_path / script).as_posix(), "RVT002")]

    def test_what_is_named_twice_is_judged_once(self, run: Run) -> None:
        script = button("Count", BREAKS)
        assert len(found(run(script, "My.extension", script, "--format", "json", *YEARS))) == 1

    def test_the_bundle_of_a_bundle_yaml(self, run: Run) -> None:
        folder = button("Count", BREAKS).parent
        put(f"{folder}/bundle.yaml", b"title: Check\ntooltips: never read\n")
        done = run(folder / "bundle.yaml", "--format", "json", *YEARS)
        rules = {row["rule"] for row in json.loads(done.stdout)}
        assert "RVT002" in rules
        assert any(rule.startswith("BND") for rule in rules)

    @pytest.mark.parametrize("name", ["My.extension", "checkout-of-my-tools"])
    def test_scripts_import_from_the_lib_of_their_toolbar(self, run: Run, name: str) -> None:
        put(f"{name}/lib/office.py", b"from pyrevit import revit\nEID = revit.doc.ActiveView.Id\n")
        source = b"from office import EID\nprint(EID.IntegerValue)\n"
        script = button("Count", source, name)
        for path in (script, name, "."):
            assert found(run(path, "--format", "json", *YEARS)) == [(script.as_posix(), "RVT002")]

    def test_a_library_extension_beside_it_counts(self, run: Run) -> None:
        put("Shared.lib/office.py", b"from pyrevit import revit\nEID = revit.doc.ActiveView.Id\n")
        script = button("Count", b"from office import EID\nprint(EID.IntegerValue)\n")
        assert found(run(script, "--format", "json", *YEARS)) == [(script.as_posix(), "RVT002")]

    def test_lib_modules_and_hooks_are_judged(self, run: Run) -> None:
        put("My.extension/lib/deep/ids.py", BREAKS)
        put("My.extension/hooks/doc-opened.py", BREAKS)
        put("My.extension/startup.py", BREAKS)
        assert found(run(".", "--format", "json", *YEARS)) == [
            ("My.extension/hooks/doc-opened.py", "RVT002"),
            ("My.extension/lib/deep/ids.py", "RVT002"),
            ("My.extension/startup.py", "RVT002"),
        ]

    def test_loose_scripts(self, run: Run) -> None:
        put("a/one.py", BREAKS)
        put("a/b/two.py", BREAKS)
        assert found(run("a", "--format", "json", *YEARS)) == [
            ("a/b/two.py", "RVT002"),
            ("a/one.py", "RVT002"),
        ]

    def test_what_is_left_out(self, run: Run) -> None:
        put("fine.py")
        for path in (".git/x.py", "a/__pycache__/x.py", "e/lib/x.py", "_Old.pushbutton/script.py"):
            put(path, BREAKS)
        put("e/pyvenv.cfg", b"")
        assert found(run(".", "--format", "json", *YEARS)) == []

    def test_nothing_to_judge_is_said(self, run: Run) -> None:
        put("empty/readme.txt")
        done = run("empty")
        assert done.exit_code == 2
        assert "empty: holds no .py file and no folder of pyRevit" in done.stderr

    def test_more_files_in_a_bundle_than_one_item_takes(self, run: Run) -> None:
        script = button("Many", BREAKS)
        for number in range(250):
            put(f"{script.parent}/data {number}.txt", b"x")
        assert found(run(".", "--format", "json", *YEARS)) == [(script.as_posix(), "RVT002")]


class TestText:
    def test_the_line_with_a_caret(self, run: Run) -> None:
        put("old.py", BREAKS)
        done = run("old.py", *YEARS)
        assert done.stdout == (
            "old.py:2:7: RVT002 [*] ElementId.IntegerValue does not exist in Revit 2026"
            " [Revit 2026]\n"
            "  |\n"
            "2 | print(revit.doc.ActiveView.Id.IntegerValue)\n"
            "  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  = help: write element_id.Value\n"
        )
        assert "1 error, 0 warning" in done.stderr
        assert "1 marked [*] can be replaced with --fix" in done.stderr

    def test_in_a_file_whole(self, run: Run) -> None:
        put("old.py", BREAKS)
        done = run("old.py", "--output", "report.txt", *YEARS)
        assert done.exit_code == 1
        assert done.stdout == ""
        assert Path("report.txt").read_text().startswith("old.py:2:7: RVT002")
        assert sorted(path.name for path in Path().iterdir()) == ["old.py", "report.txt"]


class TestFormats:
    def test_a_line_each(self, run: Run) -> None:
        put("old.py", BREAKS + BREAKS)
        lines = run("old.py", "--format", "jsonl", *YEARS).stdout.splitlines()
        assert [json.loads(line)["line"] for line in lines] == [2, 4]

    def test_sarif_and_github_name_paths_from_here(self, run: Run, tmp_path: Path) -> None:
        script = button("Count", BREAKS)
        sarif = json.loads(run(tmp_path, "--format", "sarif", *YEARS).stdout)
        place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == script.as_posix()
        told = run(tmp_path, "--format", "github", *YEARS).stdout
        assert told.startswith(f"::error file={script.as_posix()},line=2,")

    def test_nothing_found_is_an_empty_result(self, run: Run) -> None:
        put("fine.py")
        assert json.loads(run("fine.py", "--format", "json").stdout) == []
        assert run("fine.py", "--format", "jsonl").stdout == ""
        assert json.loads(run("fine.py", "--format", "sarif").stdout)["runs"][0]["results"] == []

    @pytest.mark.parametrize(
        "words",
        [
            ("--format", "csv"),
            ("--format", "sarif", "--statistics"),
            ("--fix", "--diff"),
            ("-",),
            ("--select", "RVT999"),
            ("--revit", "2031"),
            ("--config", "nowhere.yaml"),
        ],
    )
    def test_what_does_not_go_together_is_refused(self, run: Run, words: tuple[str, ...]) -> None:
        put("old.py", BREAKS)
        done = run("old.py", *words)
        assert done.exit_code == 2
        assert "error: " in done.stderr
        assert done.stdout == ""


class TestStatistics:
    def test_which_button_breaks_in_which_version(self, run: Run) -> None:
        button("Count", BREAKS)
        button("Name", FINE)
        button("Old", b"print(u'x' 3)\n")
        done = run("My.extension", "--statistics", "--format", "csv", *YEARS)
        assert done.exit_code == 1
        table = "My.extension/My.tab/Tools.panel"
        rows = done.stdout.splitlines()
        assert rows[0] == "button,2024,2025,2026,rules"
        assert rows[1].startswith(f"{table}/Old.pushbutton,breaks (1),breaks (1),breaks (1),")
        assert f"{table}/Count.pushbutton,ok,ok,breaks (1),RVT002" in rows
        assert f"{table}/Name.pushbutton,ok,ok,ok," in rows

    def test_what_a_broad_try_hides_is_unknown(self, run: Run) -> None:
        put("old.py", BREAKS.replace(b"print(", b"try:\n    print(") + b"except:\n    pass\n")
        done = run("old.py", "--statistics", "--format", "csv", *YEARS)
        assert done.stdout.splitlines()[1] == "old.py,ok,ok,unknown (1),"

    def test_for_people(self, run: Run) -> None:
        button("Count", BREAKS)
        told = run(".", "--statistics", *YEARS).stdout
        assert "Button" in told
        assert "breaks (1)" in told
        assert "API missing in a requested version" in told


class TestRules:
    def test_options_select_and_ignore(self, run: Run) -> None:
        put("old.py", BREAKS)
        assert run("old.py", "--ignore", "RVT002", *YEARS).exit_code == 0
        assert run("old.py", "--select", "BND,RVT4", *YEARS).exit_code == 0
        assert run("old.py", "--select", "RVT0", *YEARS).exit_code == 1

    def test_the_nearest_settings(self, run: Run) -> None:
        put("My.extension/pyproject.toml", b'[tool.revitron]\nrevit = "2024-2025"\n')
        button("Count", BREAKS)
        assert run(".").exit_code == 0
        assert run(".", *YEARS).exit_code == 1

    def test_ignores_by_path(self, run: Run) -> None:
        put("revitron.yaml", b"per-path-ignores:\n  My.extension/lib/: [RVT002]\n")
        put("My.extension/lib/ids.py", BREAKS)
        script = button("Count", BREAKS)
        done = run("My.extension", "--format", "json", *YEARS)
        assert found(done) == [(script.as_posix(), "RVT002")]

    def test_settings_that_are_named(self, run: Run) -> None:
        put("old.py", BREAKS)
        put("else/office.toml", b'[tool.revitron]\nignore = ["RVT002"]\n')
        assert run("old.py", "--config", "else/office.toml", *YEARS).exit_code == 0

    def test_settings_that_differ_need_versions(self, run: Run) -> None:
        for name, years in (("A", "2024"), ("B", "2026")):
            put(f"{name}.extension/revitron.yaml", f"revit: {years}\n".encode())
            button("Count", BREAKS, f"{name}.extension")
        done = run(".")
        assert done.exit_code == 2
        assert "--revit: is needed" in done.stderr
        assert run(".", "--revit", "2024").exit_code == 0


class TestExitCode:
    def test_severity_decides(self, run: Run) -> None:
        put("old.py", b"import os\nos.remove('x')\n")
        assert run("old.py").exit_code == 1
        assert run("old.py", "--fail-on", "error").exit_code == 0
        assert run("old.py", "--exit-zero").exit_code == 0
        put("fine.py")
        assert run("fine.py", "--fail-on", "info").exit_code == 0
        put("obsolete.py", BREAKS)
        assert run("obsolete.py", "--revit", "2024").exit_code == 0
        assert run("obsolete.py", "--revit", "2024", "--fail-on", "info").exit_code == 1

    def test_interrupted(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("revitron_grpc.cli.validate.judge", interrupted)
        put("old.py", BREAKS)
        assert run("old.py").exit_code == 130

    def test_no_place_for_the_output(self, run: Run) -> None:
        put("old.py", BREAKS)
        done = run("old.py", "--output", "nowhere/report.txt")
        assert done.exit_code == 2
        assert "nowhere/report.txt cannot be written" in done.stderr


class TestStandardInput:
    def test_a_script_is_read(self, run: Run) -> None:
        done = run("-", "--format", "json", *YEARS, typed=BREAKS)
        assert done.exit_code == 1
        assert found(done) == [("stdin.py", "RVT002")]

    def test_it_is_judged_as_if_it_lay_there(self, run: Run) -> None:
        put("My.extension/lib/office.py", b"from pyrevit import revit\nEID = revit.doc.Title\n")
        name = "My.extension/My.tab/T.panel/New.pushbutton/script.py"
        source = b"from office import EID, nothing\n"
        words = ("-", "--stdin-filename", name, "--format", "json", *YEARS)
        rules = {row["rule"] for row in json.loads(run(*words, typed=source).stdout)}
        assert "RVT005" not in rules
        without = run("-", "--format", "json", *YEARS, typed=source)
        assert "RVT005" in {row["rule"] for row in json.loads(without.stdout)}

    def test_mended_it_comes_out_again(self, run: Run) -> None:
        done = run("-", "--fix", *YEARS, typed=BREAKS)
        assert done.exit_code == 0
        assert done.stdout_bytes == MENDED

    def test_unchanged_it_comes_out_as_it_was(self, run: Run) -> None:
        source = b"\xef\xbb\xbfx = 1\r\n"
        assert run("-", "--fix", *YEARS, typed=source).stdout_bytes == source


class TestFix:
    def test_a_diff_changes_nothing(self, run: Run) -> None:
        script = button("Count", BREAKS)
        done = run(".", "--diff", *YEARS)
        assert done.exit_code == 1
        assert done.stdout == (
            f"--- {script}\n+++ {script}\n@@ -1,2 +1,2 @@\n from pyrevit import revit\n"
            "-print(revit.doc.ActiveView.Id.IntegerValue)\n"
            "+print(revit.doc.ActiveView.Id.Value)\n"
        )
        assert script.read_bytes() == BREAKS
        assert "1 replacement in 1 files could be made" in done.stderr
        assert run(".", "--diff", "--revit", "2022-2023").exit_code == 0

    def test_a_fix_changes_what_is_found_and_nothing_else(self, run: Run) -> None:
        script = button("Count", BREAKS.replace(b"\n", b"\r\n"))
        script.chmod(0o751)
        lib = put("My.extension/lib/ids.py", BREAKS)
        fine = button("Name", FINE)
        os.utime(fine, (1, 1))
        done = run(".", "--fix", "--select", "RVT", *YEARS)
        assert done.exit_code == 0
        assert script.read_bytes() == MENDED.replace(b"\n", b"\r\n")
        assert stat.S_IMODE(script.stat().st_mode) == 0o751
        assert lib.read_bytes() == MENDED
        assert fine.stat().st_mtime == 1
        assert "2 replacements made in 2 files" in done.stderr
        assert sorted(p.name for p in script.parent.iterdir()) == ["bundle.yaml", "script.py"]

    def test_rules_that_are_not_selected_are_not_fixed(self, run: Run) -> None:
        script = put("old.py", BREAKS)
        assert run("old.py", "--fix", "--ignore", "RVT00", *YEARS).exit_code == 0
        assert script.read_bytes() == BREAKS
        put("kept.py", BREAKS.replace(b")\n", b")  # noqa: RVT002\n"))
        assert run("kept.py", "--diff", *YEARS).exit_code == 0

    def test_what_is_left_is_told(self, run: Run) -> None:
        put("old.py", BREAKS + b"print(revit.doc.Frobnicate())\n")
        done = run("old.py", "--fix", "--format", "json", *YEARS)
        assert done.exit_code == 1
        assert found(done) == [("old.py", "RVT001")]

    def test_a_link_is_followed_to_its_file(self, run: Run) -> None:
        target = put("real.py", BREAKS)
        Path("link.py").symlink_to(target)
        assert run("link.py", "--fix", *YEARS).exit_code == 0
        assert Path("link.py").is_symlink()
        assert target.read_bytes() == MENDED

    def test_a_file_that_cannot_take_its_place_stays(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        with pytest.raises(RevitronGrpcError) as caught:
            write_whole(tmp_path / "folder", b"x")
        assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
        assert [p.name for p in tmp_path.iterdir()] == ["folder"]
