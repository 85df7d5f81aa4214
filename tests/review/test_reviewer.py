"""One item in, one report out: what it says, and that nothing a caller sends breaks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.selection import PathIgnore, RuleSelection
from revitron_grpc.button_spec import Compatibility
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.review.items import (
    ReviewItem,
    ReviewOptions,
    ReviewReport,
    SourceFile,
    bundle_item,
    script_item,
)
from revitron_grpc.review.reviewer import NOT_JUDGED, Reviewer
from revitron_grpc.vocabulary import Engine

CATALOG = packaged_catalog()
ALL = CATALOG.versions
BROKEN_IN_2026 = b"""from pyrevit import DB, revit
for wall in DB.FilteredElementCollector(revit.doc).OfClass(DB.Wall):
    print(wall.Id.IntegerValue)
"""
BUTTON = "My.tab/Tools.panel/Check.pushbutton"
MEBIBYTE = 1024 * 1024


def review(item: ReviewItem, options: ReviewOptions | None = None) -> ReviewReport:
    return Reviewer(CATALOG, options or ReviewOptions(ALL)).review(item)


def rules(report: ReviewReport) -> list[str]:
    return [finding.rule for finding in report.findings]


def one_finding(report: ReviewReport, rule: str) -> str:
    assert rules(report) == [rule]
    assert report.findings[0].severity is Severity.ERROR
    return report.findings[0].message


def test_a_script_is_judged_for_all_versions_at_once():
    report = review(script_item("tools/check.py", BROKEN_IN_2026, id="a"))
    assert report.id == "a"
    removed = [f for f in report.findings if f.rule == "RVT002"]
    assert [(f.path, f.line, f.revit_versions) for f in removed] == [("tools/check.py", 3, (2026,))]
    assert [(v.revit_version, v.compatibility) for v in report.revit_compatibility] == [
        *((version, Compatibility.COMPATIBLE) for version in ALL[:-1]),
        (2026, Compatibility.INCOMPATIBLE),
    ]
    assert report.revit_compatibility[-1].notes[0].endswith("IntegerValue does not exist")
    symbols = [r.symbol for r in report.api_requirements]
    assert symbols == sorted(symbols)
    assert any(symbol.endswith("ElementId.IntegerValue") for symbol in symbols)
    assert report.complexity is not None
    assert report.complexity.statements == 3


def test_only_the_versions_asked_for_are_judged():
    report = review(script_item("a.py", BROKEN_IN_2026), ReviewOptions(ALL[:-1]))
    assert not [f for f in report.findings if f.severity is Severity.ERROR]
    assert len(report.revit_compatibility) == len(ALL) - 1


def test_an_error_without_versions_concerns_all_of_them():
    report = review(script_item("a.py", b"for wall in walls\n"))
    assert "RVT200" in rules(report)
    assert {v.compatibility for v in report.revit_compatibility} == {Compatibility.INCOMPATIBLE}


def test_what_the_author_silenced_is_compatible_as_far_as_known():
    silenced = BROKEN_IN_2026.replace(b"Value)", b"Value)  # noqa")
    report = review(script_item("a.py", silenced))
    assert report.findings == ()
    assert report.revit_compatibility[-1].compatibility is Compatibility.COMPATIBLE_AS_FAR_AS_KNOWN


def test_rules_are_chosen_and_left_out_below_paths_of_the_extension():
    item = bundle_item(BUTTON, {"script.py": BROKEN_IN_2026})
    only = ReviewOptions(ALL, selection=RuleSelection(select=("BND",)))
    assert all(rule.startswith("BND") for rule in rules(review(item, only)))
    below = RuleSelection(path_ignores=(PathIgnore("My.tab/Tools.panel/**", ("RVT",)),))
    assert "RVT002" not in rules(review(item, ReviewOptions(ALL, selection=below)))
    elsewhere = RuleSelection(path_ignores=(PathIgnore("Other.tab/**", ("RVT",)),))
    assert "RVT002" in rules(review(item, ReviewOptions(ALL, selection=elsewhere)))


def test_the_first_line_decides_about_cpython_as_in_pyrevit():
    text = b'name = "x"\nprint(f"{name}")\n'
    assert "RVT201" in rules(review(script_item("a.py", text)))
    assert "RVT201" not in rules(review(script_item("a.py", b"#! python3\n" + text)))
    three = ReviewOptions(ALL, engine=Engine.IRONPYTHON_34)
    assert "RVT201" not in rules(review(script_item("a.py", text), three))


@pytest.mark.parametrize(
    ("path", "severity", "compatibility"),
    [
        ("tools/check.py", Severity.ERROR, Compatibility.INCOMPATIBLE),
        ("My.tab/lib/office/names.py", Severity.INFO, Compatibility.COMPATIBLE),
        ("office.lib/names.py", Severity.INFO, Compatibility.COMPATIBLE),
    ],
)
def test_who_imports_a_module_decides_about_its_engine(
    path: str, severity: Severity, compatibility: Compatibility
):
    report = review(script_item(path, b'name = "x"\nprint(f"{name}")\n'))
    assert [(f.rule, f.severity) for f in report.findings] == [("RVT201", severity)]
    assert {v.compatibility for v in report.revit_compatibility} == {compatibility}


def test_a_bundle_is_judged_with_its_folder_and_its_places_are_relative_to_it():
    files = {"script.py": BROKEN_IN_2026, "bundle.yaml": b"titel: Check\n", "icon.png": b"GIF"}
    report = review(bundle_item(BUTTON, files))
    found = {(f.rule, f.path) for f in report.findings}
    assert {("RVT002", "script.py"), ("BND014", "bundle.yaml"), ("BND028", "icon.png")} <= found


def test_without_a_layout_nothing_is_said_of_what_stands_around():
    assert rules(review(bundle_item("Check.pushbutton", {"script.py": b"pass\n"}))) == []
    stack = bundle_item(
        "My.tab/Tools.panel/S.stack", {"bundle.yaml": b"title: S\nlayout:\n  - A\n"}
    )
    assert not {"BND003", "BND021"} & set(rules(review(stack)))


def test_with_a_layout_a_container_is_judged_as_an_item():
    layout = (BUTTON, "My.tab/Tools.panel/S.stack/A.pushbutton", "My.tab/Empty.panel")
    options = ReviewOptions(ALL, layout=layout)
    assert rules(review(bundle_item("My.tab/Tools.panel/S.stack", {}), options)) == ["BND003"]
    assert rules(review(bundle_item("My.tab/Empty.panel", {}), options)) == ["BND005"]
    assert rules(review(bundle_item("My.tab/Tools.panel", {}), options)) == []
    yaml = b"title: Tools\nlayout:\n  - Check\n"
    panel = bundle_item("My.tab/Tools.panel", {"bundle.yaml": yaml})
    assert rules(review(panel, options)) == ["BND022"]
    wrong = bundle_item("Lost.pushbutton", {"script.py": b"pass\n"})
    assert rules(review(wrong, options)) == ["BND002"]


def test_twins_beside_a_bundle_are_seen_in_the_layout():
    options = ReviewOptions(ALL, layout=("My.tab/Tools.panel/check.pushbutton", BUTTON))
    twin = bundle_item("My.tab/Tools.panel/check.pushbutton", {"script.py": b"pass\n"})
    assert "BND010" in rules(review(twin, options))


def test_a_whole_extension_can_be_one_item():
    files = {
        f"{BUTTON}/script.py": b"pass\n",
        "My.tab/Tools.panel/S.stack/bundle.yaml": b"title: S\n",
    }
    assert "BND003" in rules(review(bundle_item("", files)))


LIB = b"""from pyrevit import DB
def walls(doc):
    return DB.FilteredElementCollector(doc).OfClass(DB.Wall).ToElements()
"""
USES_LIB = b"""from pyrevit import revit
from office.model import walls
for wall in walls(revit.doc):
    print(wall.Id.IntegerValue)
"""


@pytest.mark.parametrize("folder", ["lib", "My.tab/lib", f"{BUTTON}/lib"])
def test_types_come_through_the_lib_folders_above_a_script(folder: str):
    lib = (
        SourceFile(f"{folder}/office/__init__.py", b""),
        SourceFile(f"{folder}/office/model.py", LIB),
    )
    options = ReviewOptions(ALL, lib_files=lib)
    item = bundle_item(BUTTON, {"script.py": USES_LIB})
    assert rules(review(item, options)) == ["RVT002", "RVT003"] or "RVT002" in rules(
        review(item, options)
    )
    assert "RVT005" in rules(review(item))


def test_the_lib_of_another_tab_is_not_on_the_path():
    lib = (SourceFile("Other.tab/lib/office/model.py", LIB),)
    item = bundle_item(BUTTON, {"script.py": USES_LIB})
    assert "RVT005" in rules(review(item, ReviewOptions(ALL, lib_files=lib)))


def test_a_module_beside_the_script_is_importable_and_judged():
    item = bundle_item(BUTTON, {"script.py": b"import names\n", "names.py": BROKEN_IN_2026})
    report = review(item)
    assert [f.path for f in report.findings if f.rule == "RVT002"] == ["names.py"]
    assert "RVT005" not in rules(report)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"#" * (MEBIBYTE + 1), "at most 1048576"),
        (b"x = " + b"(" * 10_000 + b")" * 10_000, "nested too deeply"),
        (b"x = " + b"-" * 10_000 + b"1", "nested too deeply"),
        (b"if x:\n" + b"".join(b" " * n + b"if x:\n" for n in range(1, 200)), "nested too deeply"),
        ("print('gr\u00fc\u00df')".encode("utf-16"), "not UTF-8"),
        (b"Dear Sir or Madam,\n", "invalid syntax"),
    ],
)
def test_a_script_that_cannot_be_read_is_one_finding(content: bytes, told: str):
    report = review(script_item("a.py", content))
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    assert errors[0].rule == "RVT200"
    assert told in errors[0].message
    assert {v.compatibility for v in report.revit_compatibility} == {Compatibility.INCOMPATIBLE}


def test_a_yaml_bomb_is_one_finding():
    bomb = b"a: &a [x, x]\n" + b"".join(
        b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in range(ord("b"), ord("z"))
    )
    report = review(bundle_item(BUTTON, {"script.py": b"pass\n", "bundle.yaml": bomb}))
    assert "anchor or alias" in one_finding(report, "BND013")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("../script.py", "leads outside"),
        ("lib/../../../x.py", "leads outside"),
        ("/etc/passwd", "is absolute"),
        ("C:/Windows/x.py", "is absolute"),
        ("lib\\x.py", "forward slashes"),
        ("a\0b.py", "cannot be printed"),
        ("", "names no file"),
        ("/".join("abcdefghijklm") + ".py", "parts"),
        ("x" * 401, "401 characters; at most"),
    ],
)
def test_a_path_that_leads_outside_is_one_finding(path: str, told: str):
    good = {"script.py": b"pass\n"}
    report = review(bundle_item(BUTTON, {**good, path: b"x = 1\n"}))
    assert told in one_finding(report, NOT_JUDGED)
    # What was not judged is not called incompatible, and not compatible either.
    assert {v.compatibility for v in report.revit_compatibility} == {
        Compatibility.COMPATIBLE_AS_FAR_AS_KNOWN
    }
    if path:
        assert told in one_finding(review(bundle_item(path, good)), NOT_JUDGED)


def test_a_path_that_stands_twice_is_one_finding():
    files = (SourceFile("script.py", b"pass\n"), SourceFile("./script.py", b"pass\n"))
    assert "twice" in one_finding(review(ReviewItem("a", files, BUTTON)), NOT_JUDGED)


def test_more_than_200_files_or_3_mib_are_one_finding():
    many = {f"f{n}.txt": b"" for n in range(200)}
    assert "at most 200" in one_finding(review(bundle_item(BUTTON, {**many, "x": b""})), NOT_JUDGED)
    large = {f"{n}.txt": b"x" * MEBIBYTE for n in range(3)}
    assert rules(review(bundle_item("a", large))) == []
    assert "at most 3145728" in one_finding(
        review(bundle_item("a", {**large, "x": b"x"})), NOT_JUDGED
    )


def test_more_findings_than_anybody_reads_are_cut_and_counted():
    report = review(script_item("a.py", b"eval(x)\n" * 3_000))
    assert len(report.findings) == 2_001
    assert report.findings[-1].rule == NOT_JUDGED
    assert report.findings[-1].message.startswith("1000 further findings")


def test_a_report_stays_small_and_utf_8_whatever_the_names():
    name = b"x" * 100_000
    odd = b'hasattr(DB.Wall, "\\ud800")\nDB.Wall.F(u"\\ud800")\n'
    lines = b"".join(b"DB.Wall.%s%d\n" % (name, n) for n in range(5))
    many = b"".join(b"DB.Wall.Foo%d\n" % n for n in range(3_000))
    report = review(script_item("a.py", b"from pyrevit import DB\n" + lines + many + odd))
    texts = [f.message + f.symbol + f.suggestion for f in report.findings]
    texts += [note for v in report.revit_compatibility for note in v.notes]
    texts += [r.symbol for r in report.api_requirements]
    assert max(map(len, texts)) <= 1_200
    assert sum(len(text.encode("utf-8")) for text in texts) < 2 * MEBIBYTE
    assert report.revit_compatibility[0].notes[-1].endswith("more")


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(["script.py", "bundle.yaml", "icon.png", "lib/x.py", "A.stack/y"]),
            st.text(alphabet="ab./\\:\0 \u00e4", max_size=20),
        ),
        st.one_of(
            st.binary(max_size=80),
            st.text(alphabet="import x\n\t():.=[]{}'\"#!@~-\u00e4", max_size=80).map(str.encode),
        ),
        max_size=5,
    ),
    st.one_of(st.none(), st.sampled_from(["", BUTTON, "A.panel"]), st.text(max_size=12)),
)
def test_no_item_makes_a_review_fail(files: dict[str, bytes], folder: str | None):
    item = ReviewItem("x", tuple(SourceFile(p, c) for p, c in files.items()), folder)
    options = ReviewOptions(ALL, layout=("A.panel/B.stack",), lib_files=item.files)
    report = Reviewer(CATALOG, options).review(item)
    assert len(report.revit_compatibility) == len(ALL)
    places = [(f.path, f.line, f.column) for f in report.findings]
    assert places == sorted(places)
