import gzip
import json
from pathlib import Path

import msgspec
import pytest

from revitron_grpc.catalog.build import build_catalog, read_facts
from revitron_grpc.catalog.load import load_catalog
from revitron_grpc.catalog.model import Effect, Presence, PythonKind
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.vocabulary import Engine, RevitVersion
from tests.catalog.conftest import FACTS

V2024, V2025 = RevitVersion(2024), RevitVersion(2025)
THING = "Autodesk.Revit.DB.Thing"


def test_the_same_facts_give_the_same_bytes(small_facts: Path, tmp_path: Path) -> None:
    facts = FACTS if FACTS.is_dir() else small_facts
    first = build_catalog(facts, tmp_path / "first.bin")
    second = build_catalog(facts, tmp_path / "elsewhere" / "second.bin")
    assert first.digest == second.digest
    assert first.target.read_bytes() == second.target.read_bytes()


def test_the_digest_follows_the_facts(small_facts: Path, tmp_path: Path) -> None:
    first = build_catalog(small_facts, tmp_path / "first.bin")
    tools = small_facts / "pyrevit" / "existing_tools.json"
    tools.write_text(tools.read_text("utf-8").replace("Align", "Aline"), "utf-8")
    assert build_catalog(small_facts, tmp_path / "second.bin").digest != first.digest


def test_the_report_counts_what_was_built(small_facts: Path, tmp_path: Path) -> None:
    report = build_catalog(small_facts, tmp_path / "small.bin")
    assert report.versions == (V2024, V2025)
    assert (report.types, report.members, report.tools, report.python_entries) == (2, 2, 2, 8)
    assert report.size == (tmp_path / "small.bin").stat().st_size
    assert [path.name for path in tmp_path.glob("small.bin*")] == ["small.bin"]


def test_a_built_catalog_answers(small_facts: Path, tmp_path: Path) -> None:
    report = build_catalog(small_facts, tmp_path / "small.bin")
    catalog = load_catalog(tmp_path / "small.bin")
    assert catalog.digest == report.digest
    size = catalog.members(THING, "Size", V2024)[0]
    assert (size.returns_in(V2024), size.returns_in(V2025)) == ("System.Int32", "System.Int64")
    assert (size.settable_in(V2024), size.settable_in(V2025)) == (False, True)
    move = catalog.members(THING, "Move", V2025)[0]
    assert move.presence(V2025) is Presence.UNKNOWN
    earlier = move.parameters_in(V2024)
    assert earlier is not None
    assert [(p.name, p.optional) for p in earlier] == [("by", True)]
    assert catalog.gone_before("Autodesk.Revit.DB.Old")
    assert catalog.gone_before(THING, "Gone")
    assert not catalog.gone_before(THING)


def test_a_member_may_come_from_an_unknown_system_base(small_facts: Path, tmp_path: Path) -> None:
    build_catalog(small_facts, tmp_path / "small.bin")
    catalog = load_catalog(tmp_path / "small.bin")
    assert catalog.member_presence(THING, "Width", V2024) is Presence.UNKNOWN
    assert catalog.member_presence(THING, "Width", V2025) is Presence.ABSENT


def test_a_type_that_only_signatures_mention_is_unknown(small_facts: Path, tmp_path: Path) -> None:
    build_catalog(small_facts, tmp_path / "small.bin")
    catalog = load_catalog(tmp_path / "small.bin")
    assert catalog.type_presence("Autodesk.Revit.DB.Hidden", V2024) is Presence.UNKNOWN
    assert catalog.type_presence("Autodesk.Revit.DB.Nowhere", V2024) is Presence.ABSENT


def test_tools_keep_what_the_bundles_say(small_facts: Path) -> None:
    align, more = read_facts(small_facts).tools
    assert align.context == "any: selection, active-plan-view"
    assert align.min_revit_version == 2023
    assert (align.group, more.group) == (False, True)
    assert align.path == "A.tab/B.panel/Align.pushbutton"


def test_python_names_are_read(small_facts: Path, tmp_path: Path) -> None:
    build_catalog(small_facts, tmp_path / "small.bin")
    api = load_catalog(tmp_path / "small.bin").python_api
    alert = api.entry("pyrevit.forms.alert")
    assert alert is not None
    assert alert.parameters is not None
    assert (alert.kind, alert.returns) == (PythonKind.FUNCTION, "bool")
    assert alert.parameters[0].default == "None"
    assert Engine.CPYTHON_3 not in alert.engines
    chained = api.entry("revitron.Filter.noTypes")
    assert chained is not None
    assert (chained.returns, chained.returns_self) == ("revitron.Filter", True)
    finding = api.findings_for("revitron")[0]
    effect = finding.effect(V2025)
    assert effect is not None
    assert effect.effect is Effect.FAILS
    assert finding.evidence == ("https://example.org/1",)
    assert api.presence("pyrevit.forms.ask_anything") is Presence.UNKNOWN
    assert api.presence("pyrevit.coreutils.emoji.any") is Presence.UNKNOWN
    assert api.presence("pyrevit.coreutils.hidden.any") is Presence.UNKNOWN


def test_result_types_are_spelled_out(small_facts: Path) -> None:
    entries = {entry.name: entry for entry in read_facts(small_facts).python.entries}
    # A Revit type, not the class of the same name that its module does not export.
    assert entries["pyrevit.revit.pick"].returns == "list[Autodesk.Revit.DB.Thing]"
    assert entries["pyrevit.revit.pick_all"].returns == "pyrevit.revit.Picked"
    assert entries["pyrevit.revit.iter_all"].returns == "Iterable[Autodesk.Revit.DB.Wall]"
    assert entries["pyrevit.revit.Picked"].external_bases == ("dict",)
    assert entries["pyrevit.revit.Thing"].external_bases == ()


def test_completeness_is_the_known_share(small_facts: Path) -> None:
    sources = {source.name: source for source in read_facts(small_facts).sources}
    assert sources["Revit API 2024"].completeness == 1.0
    # Two types and Size are known in 2025, Move is not.
    assert sources["Revit API 2025"].completeness == 0.75
    # Six names were read; one newer name and three modules were not.
    assert sources["pyRevit"].completeness == 0.6


@pytest.mark.parametrize(
    "name",
    [
        "revit_api/revit_api.jsonl.gz",
        "revit_api/gone_before_2022.json",
        "pyrevit/existing_tools.json",
        "pyrevit/pyrevit_api.json",
        "pyrevit/revitron_api.json",
    ],
)
@pytest.mark.parametrize("content", [None, b"{not json", b"[]", b"\xff\xfe", b"{}"])
def test_a_bad_facts_file_is_named(
    small_facts: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is None:
        (small_facts / name).unlink()
    else:
        zipped = gzip.compress(content + b"\n") if name.endswith(".gz") else content
        (small_facts / name).write_bytes(zipped)
    with pytest.raises(RevitronGrpcError) as raised:
        build_catalog(small_facts, tmp_path / "small.bin")
    assert raised.value.reason is Reason.FACTS_UNREADABLE
    assert Path(name).name in raised.value.message
    assert not (tmp_path / "small.bin").exists()


@pytest.mark.parametrize("cut", [10, -6])
def test_a_cut_facts_file_is_named(small_facts: Path, tmp_path: Path, cut: int) -> None:
    file = small_facts / "revit_api" / "revit_api.jsonl.gz"
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(RevitronGrpcError, match=r"revit_api\.jsonl\.gz") as raised:
        build_catalog(small_facts, tmp_path / "small.bin")
    assert raised.value.reason is Reason.FACTS_UNREADABLE


def test_a_type_that_stands_twice_is_named(small_facts: Path, tmp_path: Path) -> None:
    file = small_facts / "revit_api" / "revit_api.jsonl.gz"
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()) * 2))
    with pytest.raises(RevitronGrpcError, match=r"line 3 repeats Autodesk\.Revit\.DB\.Thing"):
        build_catalog(small_facts, tmp_path / "small.bin")


def test_a_key_that_is_missing_is_named_with_its_type(small_facts: Path, tmp_path: Path) -> None:
    file = small_facts / "revit_api" / "revit_api.jsonl.gz"
    api = json.loads(gzip.decompress(file.read_bytes()).splitlines()[1])
    del api["interfaces"]
    file.write_bytes(gzip.compress(json.dumps(api).encode()))
    with pytest.raises(RevitronGrpcError, match=r"Autodesk\.Revit\.DB\.Base has no 'interfaces'"):
        build_catalog(small_facts, tmp_path / "small.bin")


def test_a_target_that_cannot_be_written_is_named(small_facts: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(RevitronGrpcError) as raised:
        build_catalog(small_facts, tmp_path / "a file" / "small.bin")
    assert raised.value.reason is Reason.OUTPUT_UNWRITABLE


def test_records_cannot_be_changed(small_facts: Path) -> None:
    data = read_facts(small_facts)
    for record in (data, data.types[0], data.types[1].members[0], data.tools[0]):
        field = msgspec.structs.fields(record)[0].name
        with pytest.raises(AttributeError):
            setattr(record, field, None)
