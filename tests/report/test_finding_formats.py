"""Each format holds what the findings say, and is what its readers take."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.report.finding_json import as_json, json_array, json_line
from revitron_grpc.report.findings_text import finding_text
from revitron_grpc.report.github_commands import workflow_command
from revitron_grpc.report.places import relative_path, relative_uri
from revitron_grpc.report.rule_texts import rule_texts
from revitron_grpc.report.sarif import FINGERPRINT, sarif_log
from revitron_grpc.report.source_lines import source_line, split_lines
from revitron_grpc.rule_book import CODES
from tests.report.findings import ALL, BREAK, FOLDER, LINES, VERSIONS, WARNING

ROOT = Path.cwd()
SCHEMA = Path(__file__).parents[2] / ".tools" / "share" / "sarif-schema-2.1.0.json"


def log(*findings: Finding, lines: list[str] = LINES) -> dict[str, Any]:
    text = sarif_log(
        findings,
        rules=rule_texts(),
        lines={BREAK.path: lines},
        root=ROOT,
        versions=VERSIONS,
        release="0.1.0",
        catalog="abc",
    )
    return json.loads(text)


def results(*findings: Finding, lines: list[str] = LINES) -> list[dict[str, Any]]:
    return log(*findings, lines=lines)["runs"][0]["results"]


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    """The schema that OASIS publishes with the standard; `make deps` brings it."""
    return jsonschema.Draft4Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")),
        format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER,
    )


class TestJson:
    def test_the_keys_of_the_contract_come_first_in_its_order(self) -> None:
        assert list(as_json(BREAK))[:8] == [
            *("path", "line", "column", "rule", "severity", "symbol", "revit_versions", "message")
        ]

    def test_all_is_said(self) -> None:
        row = json.loads(json_array(ALL))[0]
        assert row["revit_versions"] == [2026]
        assert row["suggestion"] == BREAK.suggestion
        assert row["documentation_url"] == BREAK.documentation_url
        assert row["fix"]["edits"] == [
            {"line": 3, "column": 48, "end_line": 3, "end_column": 60, "text": "Value"}
        ]

    def test_nothing_is_an_empty_list(self) -> None:
        assert json.loads(json_array([])) == []

    def test_a_line_is_the_same_object(self) -> None:
        for finding in ALL:
            line = json_line(finding)
            assert line.count("\n") == 1
            assert json.loads(line) == as_json(finding)


class TestSarif:
    def test_holds_against_the_schema_of_the_standard(
        self, schema: jsonschema.Draft4Validator
    ) -> None:
        schema.validate(log(*ALL))
        schema.validate(log())
        with pytest.raises(jsonschema.ValidationError):
            schema.validate(log(replace(BREAK, line=-3)))

    def test_every_rule_holds_against_the_schema(self, schema: jsonschema.Draft4Validator) -> None:
        findings = [replace(FOLDER, rule=code) for code in sorted(CODES)]
        told = log(*findings)
        schema.validate(told)
        for rule in told["runs"][0]["tool"]["driver"]["rules"]:
            assert rule["help"]["text"].strip()
            assert rule["shortDescription"]["text"].strip()

    def test_a_result_leads_to_its_rule(self) -> None:
        run = log(*ALL)["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        for result, finding in zip(run["results"], ALL, strict=True):
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule

    def test_place_and_versions(self) -> None:
        result = results(BREAK)[0]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {
            "uri": "My.extension/tools/a%20script.py",
            "uriBaseId": "%SRCROOT%",
        }
        assert place["region"] == {
            "startLine": 3,
            "startColumn": 24,
            "endLine": 3,
            "endColumn": 60,
        }
        assert result["level"] == "error"
        assert result["properties"]["revitVersions"] == [2026]
        assert result["fixes"][0]["artifactChanges"][0]["replacements"] == [
            {
                "deletedRegion": {"startLine": 3, "startColumn": 48, "endLine": 3, "endColumn": 60},
                "insertedContent": {"text": "Value"},
            }
        ]
        assert "region" not in results(FOLDER)[0]["locations"][0]["physicalLocation"]

    def test_a_fingerprint_outlives_lines_above_it(self) -> None:
        def print_of(finding: Finding, lines: list[str]) -> str:
            return results(finding, lines=lines)[0]["partialFingerprints"][FINGERPRINT]

        there = print_of(BREAK, LINES)
        moved = replace(BREAK, line=5, end_line=5)
        assert print_of(moved, ["", "", *LINES]) == there
        assert print_of(BREAK, [LINES[0], LINES[1], "x" + LINES[2]]) != there

    def test_equal_lines_have_fingerprints_of_their_own(self) -> None:
        prints = [r["partialFingerprints"][FINGERPRINT] for r in results(BREAK, BREAK)]
        assert len(set(prints)) == 2

    def test_a_path_elsewhere_is_absolute(self, tmp_path: Path) -> None:
        result = results(replace(BREAK, path=str(tmp_path / "x.py")))[0]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location == {"uri": (tmp_path / "x.py").as_uri()}


class TestGithub:
    def test_a_finding_is_one_command(self) -> None:
        assert workflow_command(BREAK, ROOT) == (
            "::error file=My.extension/tools/a script.py,line=3,endLine=3,col=24,endColumn=59,"
            "title=RVT002::ElementId.IntegerValue does not exist in Revit 2026"
            "%0Ause ElementId.Value where it exists\n"
        )
        assert workflow_command(FOLDER, ROOT) == (
            "::notice file=My.extension/My.tab,title=BND001::is empty\n"
        )

    def test_what_ends_a_property_is_written_otherwise(self) -> None:
        told = workflow_command(replace(FOLDER, path="a:b,100%.py"), ROOT)
        assert told == "::notice file=a%3Ab%2C100%25.py,title=BND001::is empty\n"

    def test_columns_only_within_one_line(self) -> None:
        told = workflow_command(WARNING, ROOT)
        assert told.startswith("::warning file=other.py,line=4,endLine=5,title=RVT403::")
        assert told.endswith("100 %25\n")

    @given(st.text(), st.text(min_size=1))
    def test_no_text_ends_the_command_or_a_property(self, message: str, path: str) -> None:
        told = workflow_command(replace(BREAK, message=message, path=f"d/{path}"), ROOT)
        assert told.count("\n") == 1
        assert "\r" not in told
        head, _, text = told[2:].partition("::")
        assert len(head.split(",")) == 6
        back = text[:-1].partition("%0Ause")[0] if "%0Ause" not in message else None
        if back is not None:
            for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
                back = back.replace(code, char)
            assert back == message


class TestText:
    def told(self, finding: Finding, lines: list[str], *, color: bool = False) -> str:
        target = io.StringIO()
        console = Console(
            file=target,
            force_terminal=color,
            color_system="standard" if color else None,
            soft_wrap=True,
            highlight=False,
        )
        for line in finding_text(finding, lines):
            console.print(line)
        return target.getvalue()

    def test_the_line_with_a_caret_and_help(self) -> None:
        assert self.told(BREAK, LINES) == (
            "My.extension/tools/a script.py:3:24: RVT002 [*] ElementId.IntegerValue does not exist"
            " in Revit 2026 [Revit 2026]\n"
            "  |\n"
            "3 | name = u'Größe'; print(revit.doc.ActiveView.Id.IntegerValue)\n"
            "  |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  = help: use ElementId.Value where it exists\n"
        )

    def test_what_has_no_line_is_said_without_one(self) -> None:
        assert self.told(FOLDER, []) == "My.extension/My.tab: BND001 is empty\n"

    def test_markup_in_a_line_is_text(self) -> None:
        finding = replace(BREAK, line=1, end_line=1, column=1, end_column=2, fix=None)
        assert "| x = '[red]'\n" in self.told(finding, ["x = '[red]'"])

    def test_colours_on_a_terminal_only(self) -> None:
        assert "\x1b[" in self.told(BREAK, LINES, color=True)
        assert "\x1b[" not in self.told(BREAK, LINES)


class TestSourceLine:
    def test_tabs_and_wide_letters_do_not_move_the_caret(self) -> None:
        finding = replace(BREAK, line=1, end_line=1, column=6, end_column=7)
        shown = source_line(finding, ["\t中 = x"])
        assert shown is not None
        assert (shown.text, shown.carets) == ("    中 = x", " " * 9 + "^")

    def test_what_a_terminal_would_act_upon_is_not_sent(self) -> None:
        shown = source_line(replace(BREAK, line=1, end_line=1), ["x = '\x1b[2J\x07'"])
        assert shown is not None
        assert shown.text == "x = '?[2J?'"

    def test_of_a_long_line_the_part_around_the_place(self) -> None:
        finding = replace(BREAK, line=1, end_line=1, column=501, end_column=505)
        shown = source_line(finding, ["x" * 500 + "here" + "y" * 500])
        assert shown is not None
        assert len(shown.text) < 130
        assert shown.text[len(shown.carets) - 4 : len(shown.carets)] == "here"

    @given(st.text(), st.integers(1, 40), st.integers(0, 40), st.integers(0, 2))
    def test_any_place_in_any_line(self, text: str, column: int, length: int, more: int) -> None:
        finding = replace(
            BREAK, line=1, end_line=1 + more, column=column, end_column=column + length
        )
        shown = source_line(finding, split_lines(text))
        if shown is not None:
            assert shown.carets.endswith("^")
            assert "\n" not in shown.text
            assert "\x1b" not in shown.text

    def test_every_line_end_ends_a_line(self) -> None:
        assert split_lines("\ufeffa\r\nb\rc\nd") == ["a", "b", "c", "d"]


class TestPlaces:
    def test_below_the_root_with_slashes(self, tmp_path: Path) -> None:
        assert relative_path(str(tmp_path / "a b" / "c.py"), tmp_path) == "a b/c.py"
        assert relative_uri(str(tmp_path / "a b" / "c#.py"), tmp_path) == "a%20b/c%23.py"
        assert relative_path(str(tmp_path), tmp_path) == "."
        assert relative_path(str(tmp_path.parent / "x"), tmp_path) is None


def test_every_rule_has_a_text() -> None:
    assert set(rule_texts()) == CODES
    for text in rule_texts().values():
        assert text.title
        assert text.severity in Severity
