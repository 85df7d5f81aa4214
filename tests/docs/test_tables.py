"""The tables of the pages say what the code says.

`python -m tests.docs.settings_tables` prints the tables of docs/configuration.md anew.
"""

import re

import grpc
import pytest
import typer
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import RetryInfo

from revitron_grpc.analysis.rules import RULES
from revitron_grpc.catalog.version_comparison import DifferenceKind
from revitron_grpc.cli.health_states import SERVICES
from revitron_grpc.cli.terminal import ExitCode, told_errors
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.generation import request as limits_of_request
from revitron_grpc.recipes.icon_words import Action, Subject
from revitron_grpc.recipes.library import BLOCKS, packaged_library
from revitron_grpc.recipes.scenario import Scenario
from revitron_grpc.recipes.schema import Recipe
from revitron_grpc.service.calls import catalog_servicer
from revitron_grpc.service.calls.interceptors import REQUEST_ID_KEY, VERSION_KEY
from revitron_grpc.service.runs import stored_runs
from revitron_grpc.service.security.credentials import AUTHORIZATION_KEY
from revitron_grpc.service.wire import requests
from revitron_grpc.service.wire.status import status_of
from revitron_grpc.settings import DEFAULT_THRESHOLDS
from revitron_grpc.v1 import button_service_pb2, catalog_service_pb2
from revitron_grpc.vocabulary import Category, Discipline
from tests.docs.commands import options_by_command
from tests.docs.pages import ROOT, code, table
from tests.docs.schema_words import rows
from tests.docs.settings_tables import settings_tables

CONTRACT = ROOT / "docs" / "contract.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
COMMANDS = ROOT / "docs" / "command-line.md"
RECIPES = ROOT / "docs" / "recipes.md"

# What is raised before or beside a call, so that no status of the service carries it.
LOCAL = {
    Reason.INVALID_CONFIGURATION,
    Reason.ASSEMBLY_UNREADABLE,
    Reason.CATALOG_UNREADABLE,
    Reason.FACTS_UNREADABLE,
    Reason.OUTPUT_EXISTS,
    Reason.OUTPUT_UNWRITABLE,
    Reason.SERVER_UNREACHABLE,
    Reason.STREAM_BROKEN,
    Reason.DEADLINE_EXCEEDED,
    Reason.EXTRA_MISSING,
    Reason.DATABASE_VERSION,
    Reason.BACKUP_UNREADABLE,
    Reason.STORE_IN_USE,
}


# Defaults that the page says in words.
SPELLED_OUT = {
    "revitron-grpc health": {"--server": "127.0.0.1:50051"},
    "revitron-grpc catalog build": {"--out": "the packaged file"},
    "revitron-grpc catalog import": {"--version": "required", "--out": "catalog-VERSION.bin"},
    "revitron-grpc recipes test": {"--jobs": "number of cores"},
}


def exit_code(reason: Reason) -> int:
    with pytest.raises(typer.Exit) as caught, told_errors():
        raise RevitronGrpcError(reason, "")
    return caught.value.exit_code


class TestContract:
    def test_every_reason_has_its_code_and_its_delay(self) -> None:
        told = [row[:3] for row in table(CONTRACT, "Reasons in a status")]
        expected = []
        for reason in Reason:
            if reason in LOCAL:
                continue
            status = status_of(RevitronGrpcError(reason, ""))
            delay = RetryInfo()
            has_delay = any(detail.Unpack(delay) for detail in status.details)
            seconds = f"{delay.retry_delay.seconds} s" if has_delay else "-"
            expected.append([f"`{reason}`", Code.Name(status.code), seconds])
        assert sorted(told) == sorted([*expected, ["`INTERNAL`", "INTERNAL", "-"]])

    def test_every_other_reason_has_its_exit_code(self) -> None:
        told = {code(row[0]): row[1] for row in table(CONTRACT, "Reasons without a status")}
        assert told == {reason.value: str(exit_code(reason)) for reason in LOCAL}

    def test_limits(self) -> None:
        told = {code(row[0]): row[1] for row in table(CONTRACT, "Limits")}
        assert told == {
            "count": f"1 to {limits_of_request.MAX_COUNT}, {requests.DEFAULT_COUNT} if absent",
            "batch_limit": f"1 to {requests.MAX_BATCH}, 1 if absent",
            "brief": f"{limits_of_request.MAX_BRIEF} characters",
            "resume_token": f"{requests.MAX_TOKEN} characters",
            "existing_tools": f"{limits_of_request.MAX_EXISTING_TOOLS} entries",
            "existing_tools.title": f"1 to {requests.MAX_TITLE} characters",
            "existing_tools.description": f"{requests.MAX_DESCRIPTION} characters",
            "existing_tools.path": f"{requests.MAX_PATH} characters",
            "thresholds.threshold": "0 to 1, one for each criterion",
            "page_size": f"0 to {stored_runs.MAX_PAGE}, {stored_runs.DEFAULT_PAGE} if 0",
            "page_token": f"{requests.MAX_TOKEN} characters",
            "run_id, button_id": f"1 to {stored_runs.MAX_ID} characters",
            "rating.stars": "1 to 5",
            "rating.comment": f"{stored_runs.MAX_COMMENT} characters, none of them NUL",
            "SearchApi.query": f"1 to {catalog_servicer.MAX_QUERY} characters",
            "SearchTools.title": f"1 to {requests.MAX_TITLE} characters",
            "SearchTools.description": f"{requests.MAX_DESCRIPTION} characters",
            "SearchApi.limit, SearchTools.limit": f"1 to {catalog_servicer.MAX_LIMIT}",
        }

    def test_every_call_is_listed(self) -> None:
        told = [code(row[0]) for row in table(CONTRACT, "Services and calls")]
        expected = [
            f"{service.name}.{method.name}"
            for module in (button_service_pb2, catalog_service_pb2)
            for service in module.DESCRIPTOR.services_by_name.values()
            for method in service.methods
        ]
        assert told == expected

    def test_events_in_order_of_the_contract(self) -> None:
        told = [code(row[0]) for row in table(CONTRACT, "The events of a stream")]
        event = button_service_pb2.GenerateButtonsResponse.DESCRIPTOR.oneofs_by_name["event"]
        assert told == [field.name for field in event.fields]

    def test_metadata(self) -> None:
        told = [code(row[0]) for row in table(CONTRACT, "Metadata")]
        assert told == [AUTHORIZATION_KEY, REQUEST_ID_KEY, VERSION_KEY, REQUEST_ID_KEY]

    def test_health_names(self) -> None:
        told = [code(row[0]) for row in table(CONTRACT, "Health")]
        assert told == ['""', *SERVICES]

    def test_status_codes_are_those_of_grpc(self) -> None:
        for row in table(CONTRACT, "Reasons in a status"):
            assert row[1] in grpc.StatusCode.__members__


class TestConfiguration:
    @pytest.mark.parametrize(("section", "lines"), settings_tables().items())
    def test_section(self, section: str, lines: list[str]) -> None:
        assert "\n".join(lines) in CONFIGURATION.read_text(encoding="utf-8"), section

    def test_no_section_too_many(self) -> None:
        text = CONFIGURATION.read_text(encoding="utf-8")
        assert re.findall(r"^## `(\w+)`", text, re.MULTILINE) == list(settings_tables())

    def test_default_thresholds(self) -> None:
        told = {code(row[0]): row[1] for row in table(CONFIGURATION, "`validation`, the criteria")}
        assert told == {c.value: str(value) for c, value in DEFAULT_THRESHOLDS.items()}


class TestRecipes:
    def test_every_key_with_its_values(self) -> None:
        told = [tuple(row[:3]) for row in table(RECIPES, "The keys of `recipe.yaml`")]
        assert told == [(f"`{key}`", values, default) for key, values, default in rows(Recipe)]

    def test_every_key_of_a_scenario(self) -> None:
        told = [tuple(row[:3]) for row in table(RECIPES, "The keys of `scenarios.yaml`")]
        assert told == [(f"`{key}`", values, default) for key, values, default in rows(Scenario)]

    @pytest.mark.parametrize("words", [Category, Discipline, Subject, Action])
    def test_every_word(self, words: type[Category]) -> None:
        told = {row[0]: row[1] for row in table(RECIPES, "Words")}
        assert told[words.__name__] == ", ".join(f"`{word}`" for word in words)

    def test_the_blocks_define_what_the_page_says(self) -> None:
        sources = packaged_library().blocks
        for name, defined, _ in table(RECIPES, "Blocks of the core pack"):
            text = sources[f"{BLOCKS}/{code(name)}"]
            told = {code(word) for word in defined.split(", ")}
            assert told <= set(re.findall(r"^(?:def|class) (\w+)", text, re.MULTILINE)), name


class TestCommandLine:
    def test_every_command_in_order(self) -> None:
        headings = re.findall(r"^## `(.*)`$", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == list(options_by_command())

    @pytest.mark.parametrize(("command", "options"), options_by_command().items())
    def test_every_option_with_its_default(self, command: str, options: dict[str, str]) -> None:
        if options:
            told = {code(row[0]): row[1] for row in table(COMMANDS, f"`{command}`")}
            assert told == options | SPELLED_OUT.get(command, {})
        else:
            assert "It has no options." in COMMANDS.read_text(encoding="utf-8")


def test_every_rule_of_the_analysis_is_on_its_page() -> None:
    told = {tuple(row) for row in table(ROOT / "docs" / "analysis.md", "Rules")}
    assert told == {(rule.code, rule.title, str(rule.severity)) for rule in RULES.values()}


def test_every_kind_of_difference_of_an_import() -> None:
    heading = "A Revit version that is not in it"
    told = [code(row[0]) for row in table(ROOT / "docs" / "catalog.md", heading)]
    assert told == [kind.value for kind in DifferenceKind]


def test_exit_codes() -> None:
    told = [row[0] for row in table(COMMANDS, "Exit codes")]
    assert told == [str(code.value) for code in ExitCode]
