import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.bundles.check import BUNDLE_RULES, check_extension, rules_table
from revitron_grpc.bundles.folder_kinds import Kind
from revitron_grpc.bundles.manifest import ManifestHeader
from revitron_grpc.bundles.reader import extension_from_files, read_extension
from revitron_grpc.bundles.rules.registry import rule
from revitron_grpc.bundles.writer import write_extension
from revitron_grpc.errors import Reason, RevitronGrpcError
from tests.bundles.buttons import a_button, many_buttons

CATEGORIES = {"OST_Walls", "OST_Doors"}
MODULES = {"pyrevit", "clr", "os", "System"}
PANEL = "T.tab/P.panel"
BUTTON = f"{PANEL}/B.pushbutton"
GOOD = {f"{BUTTON}/script.py": b"print('x')\n"}


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def _codes(files: dict[str, bytes], folders: tuple[str, ...] = ()) -> list[str]:
    extension = extension_from_files("X.extension", files, folders)
    findings = check_extension(extension, categories=CATEGORIES, modules=MODULES)
    return [finding.rule for finding in findings]


def _yaml(text: str, folder: str = BUTTON) -> dict[str, bytes]:
    return {**GOOD, f"{folder}/bundle.yaml": text.encode()}


def _script(text: str) -> dict[str, bytes]:
    return {f"{BUTTON}/script.py": text.encode()}


def _with(**files: bytes) -> dict[str, bytes]:
    return {**GOOD, **{f"{BUTTON}/{name.replace('__', '.')}": d for name, d in files.items()}}


def _items(parent: str, *names: str) -> dict[str, bytes]:
    return {f"{PANEL}/{parent}{name}.pushbutton/script.py": b"pass\n" for name in names}


CASES: dict[str, tuple[list[dict[str, bytes]], list[dict[str, bytes]]]] = {
    "BND001": (
        [{**GOOD, f"{PANEL}/B2.pushbuton/script.py": b""}, {**GOOD, "Y.tap/a": b""}],
        [{f"{PANEL}/B.PushButton/script.py": b""}, {**GOOD, f"{BUTTON}/data.v2/x": b""},
         {**GOOD, "lib/a.py": b"", ".git/x": b"", "_old.tab/x": b""}],
    ),
    "BND002": (
        [{"T.tab/B.pushbutton/script.py": b""}, {"P.panel/B.pushbutton/script.py": b""},
         {f"{PANEL}/A.pulldown/B.pulldown/C.pushbutton/script.py": b""},
         {**GOOD, f"{BUTTON}/C.pushbutton/script.py": b""}],
        [GOOD, {f"{PANEL}/A.pulldown/C.pushbutton/script.py": b""}],
    ),
    "BND003": (
        [_items("S.stack/", "A"), _items("S.stack/", "A", "B", "C", "D")],
        [_items("S.stack/", "A", "B"), _items("S.stack/", "A", "B", "C")],
    ),
    "BND004": (
        [{**GOOD, f"{PANEL}/G.pulldown/bundle.yaml": b"title: G\n"}],
        [_items("G.pulldown/", "A")],
    ),
    "BND005": (
        [{**GOOD, "T.tab/Q.panel/readme.txt": b""}, {**GOOD, "U.tab/readme.txt": b""}],
        [GOOD, {f"{PANEL}/C.combobox/bundle.yaml": b"members:\n  - a\n"}],
    ),
    "BND006": (
        [{f"{BUTTON}/bundle.yaml": b"title: B\n"}],
        [GOOD, {f"{BUTTON}/My_script.cs": b""}, {f"{PANEL}/U.urlbutton/icon.txt": b""}],
    ),
    "BND007": ([_with(other_script__py=b"")], [_with(config__py=b"")]),
    "BND008": (
        [{f"{PANEL}/U.urlbutton/bundle.yaml": b"title: U\n"}],
        [{f"{PANEL}/U.urlbutton/bundle.yaml": b"hyperlink: https://a.b\n"}],
    ),
    "BND009": (
        [{f"{PANEL}/L.linkbutton/bundle.yaml": b"assembly: a.dll\n"},
         {f"{PANEL}/I.invokebutton/bundle.yaml": b"title: I\n"}],
        [{f"{PANEL}/L.linkbutton/bundle.yaml": b"assembly: a.dll\ncommand_class: C\n"},
         {f"{PANEL}/I.invokebutton/bundle.yaml": b"assembly: a.dll\n"}],
    ),
    "BND010": (
        [_items("", "Flip Doors", "flipdoors"),
         {**_items("", "A"), f"{PANEL}/A.pulldown/C.pushbutton/script.py": b""}],
        [_items("", "Flip doors", "Flip-doors")],
    ),
    "BND011": (
        [{**_items("", "A"), **_items("S.stack/", "a", "B")},
         {**_items("R.stack/", "A", "C"), **_items("S.stack/", "A", "B")}],
        [{**_items("", "A"), **_items("S.stack/", "B", "C")},
         {**_items("", "A"), **_items("G.pulldown/", "A")}],
    ),
    "BND012": (
        [_items("", "A v1.2"), _items("", "A?"), _items("", " A"), _items("", "A" * 201)],
        [GOOD, _items("", "Türen & Tore")],
    ),
    "BND013": (
        [_yaml(""), _yaml("- a\n"), _yaml("a: &x 1\nb: *x\n"), _yaml("title: [\n")],
        [_yaml("title: B\n")],
    ),
    "BND014": (
        [_yaml("tooltips: x\n"), _yaml("authour: x\n"), _yaml("min_revit_ver: 2022\n")],
        [_yaml("tooltip: By {{office}}\noffice: We\n"), _yaml("author: x\n")],
    ),
    "BND015": (
        [_yaml("title:\n  - a\n"), _yaml("min_revit_version: soon\n"), _yaml("engine: x\n"),
         _yaml("layout: A\n"), _yaml("highlight: old\n"), _yaml("context:\n  some: selection\n"),
         _yaml("is_beta: 1\n"), _yaml("tooltip:\n"), _yaml("author:\n  a: b\n"),
         _yaml("collapsed: maybe\n"), _yaml("context:\n  - [a]\n")],
        [_yaml('title: B\nmin_revit_version: "2022"\nengine:\n  clean: true\nhighlight: new\n'
               "is_beta: false\nauthor:\n  - a\ncontext:\n  any:\n    - selection\n"
               "background: \"#ff0000\"\n")],
    ),
    "BND016": (
        [_yaml("title:\n  en_us: a\n  de: b\n"), _yaml("tooltip:\n  en_us: a\n  de-DE: b\n")],
        [_yaml("title:\n  en_us: a\n  de_de: b\n")],
    ),
    "BND017": ([_yaml("title:\n  de_de: b\n")], [_yaml("title:\n  de_de: b\n  en_us: a\n")]),
    "BND018": (
        [_yaml("context: zero_doc\n"), _yaml("context:\n  - OST_Wals\n"),
         _yaml("context:\n  any: doc-projekt\n"), _yaml('context:\n  rule: "(selection&OST_X)"\n'),
         _yaml("context: active-plan\n")],
        [_yaml("context:\n  - selection\n  - OST_Walls\n"), _yaml("context: Wände\n"),
         _yaml('context:\n  rule: "(selection&!(OST_Walls|OST_Doors))"\n  type: any\n')],
    ),
    "BND019": ([_yaml("context: Wände\n")], [_yaml("context: OST_Walls\n")]),
    "BND020": (
        [{f"{PANEL}/L.linkbutton/bundle.yaml":
          b"assembly: a\ncommand_class: C\ncontext: selection\n"}],
        [_yaml("context: selection\n")],
    ),
    "BND021": (
        [_yaml("layout:\n  - B\n  - C\n", PANEL), _yaml("layout:\n  - Q\n", "T.tab")],
        [_yaml('layout:\n  - "B[title:New]"\n', PANEL),
         {**_items("", "A", "C"), f"{PANEL}/bundle.yaml": b'layout:\n  - A\n  - "---"\n  - C\n'}],
    ),
    "BND022": (
        [{**_items("", "A", "C"), f"{PANEL}/bundle.yaml": b"layout:\n  - A\n"}],
        [_yaml("title: P\n", PANEL), _yaml("layout:\n  - B\n", PANEL)],
    ),
    "BND023": (
        [_yaml('layout:\n  - B\n  - ">>>>>"\n', PANEL)],
        [{**_items("", "A", "C"), f"{PANEL}/bundle.yaml": b'layout:\n  - A\n  - ">>>"\n  - C\n'}],
    ),
    "BND024": (
        [_yaml("min_revit_version: 2025\nmax_revit_version: 2024\n")],
        [_yaml("min_revit_version: 2024\nmax_revit_version: 2024\n")],
    ),
    "BND025": ([_yaml("title: a\ntitle: b\n")], [_yaml("title: a\ntooltip: a\n")]),
    "BND026": (
        [_script("#! python3\nfrom pyrevit import forms\n"),
         _script("#! python3\nimport pyrevit.forms\n"),
         _script("#! python3\nfrom pyrevit.forms import alert\n")],
        [_script("from pyrevit import forms\n"), _script("#! python3\nfrom pyrevit import DB\n")],
    ),
    "BND027": (
        [_script("x = f'{1}'\n"), _script("x: int = 1\n"), _script("def f(*, a):\n    pass\n"),
         _script("def f(a: int):\n    pass\n"), _script("def f() -> int:\n    pass\n"),
         _script("def f():\n    x = 1\n    def g():\n        nonlocal x\n"),
         _script("if (n := 1):\n    pass\n"), _script("async def f():\n    pass\n"),
         _script("try:\n    pass\nexcept OSError as e:\n    raise ValueError from e\n"),
         _script("a, *b = [1, 2]\n"), _script("class A(metaclass=type):\n    pass\n"),
         _script("def f(a, /):\n    pass\n"), _script("def f():\n    yield from []\n"),
         _script("match 1:\n    case _:\n        pass\n"), _script("x = a @ b\n")],
        [_script("#! python3\nx = f'{1}'\n"), _script("print 'x'\n"),
         _script("def f(a, *b, **c):\n    return dict(a=a, *b)\n"), _script("x = (\n")],
    ),
    "BND028": ([_with(icon__png=b"GIF89a" + b"0" * 30), _with(icon__png=b"\x89PNG\r\n\x1a\n")],
               [_with(icon__png=_png(32, 32))]),
    "BND029": ([_with(icon__png=_png(32, 48))], [_with(icon__png=_png(96, 96))]),
    "BND030": ([_with(icon__png=_png(97, 97)), _with(icon__dark__png=_png(128, 128))],
               [_with(icon__png=_png(96, 96))]),
    "BND031": ([_with(icon__png=_png(96, 96))],
               [GOOD, _with(icon__png=_png(96, 96), icon__dark__png=_png(96, 96))]),
    "BND032": ([_script("\ufeff#! python3\n"), _yaml("\ufefftitle: a\n")], [GOOD]),
    "BND033": ([{f"{BUTTON}/script.py": b"# \xe4\n"},
                {**GOOD, f"{BUTTON}/bundle.yaml": b"a: \xe4"}],
               [_script("# ä\n")]),
    "BND034": ([_yaml("title: a\t# b\n")], [_yaml("title: a  # b\n")]),
    "BND035": (
        [{**_yaml("title: B\n"), **_script("__title__ = 'x'\n")}],
        [_script("__title__ = 'x'\n"), {**_yaml("title: B\n"), **_script("x = '__title__ ='\n")}],
    ),
    "BND036": (
        [_script("import requests\n"), _script("from office.tools import x\n")],
        [_script("import os.path\nfrom pyrevit import DB\n"),
         _script("try:\n    import requests\nexcept ImportError:\n    pass\n"),
         {**_script("from office.tools import x\n"), "lib/office/tools.py": b""},
         {**_script("import beside\n"), f"{BUTTON}/beside.py": b""},
         {**_script("import shared\n"), f"{PANEL}/lib/shared.py": b""}],
    ),
    "BND037": (
        [_script("#!python3\n"), _script("# -*- coding: utf-8 -*-\n#! python3\n"),
         _script("#! Python3\n")],
        [_script("#! python3\n"), _script("# a comment about python3!\n")],
    ),
    "BND038": (
        [{f"{PANEL}/M.smartbutton/script.py": b"pass\n"}],
        [{f"{PANEL}/M.smartbutton/script.py": b"def __selfinit__(a, b, c):\n    return True\n"}],
    ),
    "BND039": ([_with(bundly__yaml=b"title: a"), _with(bundle__yml=b"title: a")],
               [_with(data__yaml=b""), _with(scripts__txt=b""), _with(bundle__yaml=b"title: a\n")]),
    "BND040": ([{**GOOD, f"{PANEL}/_layout": b"B\n"}, {**GOOD, "_layout": b"T\n"}],
               [{**GOOD, f"{PANEL}/layout.txt": b""}]),
    "BND041": ([_with(my_bundle__yaml=b"title: a\n"), _with(walls_config__py=b"pass\n")],
               [_with(bundle__yaml=b"title: a\n"), _with(config__py=b"pass\n"),
                _with(settings__py=b"pass\n")]),
    "BND042": ([_with(icon__ico=b""), _with(icon__JPG=b"")],
               [_with(icon__png=_png(32, 32), icon__svg=b""), _with(photo__jpg=b"")]),
    "BND043": ([{**GOOD, f"{PANEL}/C.content/icon.png": _png(32, 32)}],
               [{**GOOD, f"{PANEL}/C.content/content_2024.RFA": b""},
                {**GOOD, f"{PANEL}/C.content/bundle.yaml": b"content: ../chair.rfa\n"}]),
    "BND044": ([{**GOOD, f"{PANEL}/C.combobox/bundle.yaml": b"title: a\n"}],
               [{**GOOD, f"{PANEL}/C.combobox/bundle.yaml": b"members:\n  - a\n"}]),
    "BND045": ([{f"{PANEL}/{n}.panelbutton/script.py": b"pass\n" for n in "AB"}],
               [{f"{PANEL}/A.panelbutton/script.py": b"pass\n"}]),
    "BND046": ([_yaml("hyperlink: https://example.com\n"), _yaml("collapsed: true\n"),
                _yaml("context: selection\n", PANEL), _yaml("layout:\n  - a\n"),
                _yaml("author: a\nauthors:\n  - b\n")],
               [_yaml("context: selection\n"), _yaml("collapsed: true\n", PANEL),
                _yaml("layout:\n  - B\n", PANEL), {**GOOD, "bundle.yaml": b"layout:\n  - T\n"},
                _yaml("author: a\n"),
                {"bundle.yaml": b"context: selection\n", "script.py": b"pass\n"}]),
    "BND047": ([_yaml("engine:\n  cleen: true\n")],
               [_yaml("engine:\n  clean: true\n  persistent: true\n")]),
    "BND048": ([_script("__min_revit_version__ = 2024\n"), _script("__help_url__ = 'x'\n")],
               [_script("__title__ = 'a'\n__version__ = '1'\n__all__ = []\n"),
                _script("__date__ = 'x'\n__contact__ = 'x'\n"),
                _script("x = {'__tittle__': 1}\n"), _script("__persistentengine__ = True\n")]),
    "BND049": ([{**GOOD, "hooks/doc-open.py": b""}, {**GOOD, "hooks/command-exec.py": b""}],
               [{**GOOD, "hooks/doc-opened.py": b""}, {**GOOD, "hooks/readme.txt": b""},
                {**GOOD, "hooks/command-exec[ID_INPLACE_COMPONENT].py": b""},
                {**GOOD, "hooks/my_tools.py": b""}]),
    "BND050": ([{**GOOD, "extension.json": b"{"}, {**GOOD, "extension.json": b"[]"},
                {**GOOD, "extension.json": b'{"type": "toolbar"}'}],
               [{**GOOD, "extension.json": b'{"type": "extension"}'},
                {**GOOD, "extension.json": b"{}"}]),
    "BND051": ([_yaml("background: blue\n", PANEL), _yaml("background:\n  panel: '#12'\n", PANEL)],
               [_yaml("background: '#4080C0'\n", PANEL),
                _yaml("background:\n  title: '#FF4080C0'\n", PANEL)]),
}  # fmt: skip


def test_every_rule_has_a_case():
    assert [rule.code for rule in BUNDLE_RULES] == sorted(CASES)


@pytest.mark.parametrize(
    ("code", "files"), [(code, files) for code, (bad, _) in CASES.items() for files in bad]
)
def test_a_rule_finds_what_it_is_for(code, files):
    assert code in _codes(files)


@pytest.mark.parametrize(
    ("code", "files"), [(code, files) for code, (_, good) in CASES.items() for files in good]
)
def test_a_rule_is_silent_where_nothing_is_wrong(code, files):
    assert code not in _codes(files)


def test_a_good_extension_has_no_finding():
    assert _codes(GOOD) == []


def test_a_finding_says_where_what_and_the_way_out():
    extension = extension_from_files("X.extension", {**GOOD, f"{PANEL}/C.pushbuton/script.py": b""})
    (finding,) = check_extension(extension)
    assert (finding.rule, finding.severity) == ("BND001", Severity.ERROR)
    assert finding.path == f"{PANEL}/C.pushbuton"
    assert finding.message == "pyRevit knows no folder type .pushbuton"
    assert finding.suggestion == "rename it to C.pushbutton"


def test_empty_folders_count_as_folders():
    assert _codes(GOOD, ("T.tab/Empty.panel",)) == ["BND005"]


def test_without_the_names_of_categories_none_is_judged():
    extension = extension_from_files("X.extension", _yaml("context: OST_Nonsense\n"))
    assert check_extension(extension) == ()


def test_without_the_names_of_modules_no_import_is_judged():
    extension = extension_from_files("X.extension", _script("import requests\n"))
    assert check_extension(extension) == ()


def test_a_code_cannot_be_given_twice():
    with pytest.raises(ValueError, match="BND001 is taken by unknown-postfix"):
        rule("BND001", "other", Severity.INFO, "Nothing.")(BUNDLE_RULES[0].check)


def test_what_was_written_reads_back_without_a_finding(tmp_path: Path):
    target = tmp_path / "Office.extension"
    buttons = [
        *many_buttons(250),
        a_button(
            number=900,
            context=("selection", "OST_Walls"),
            titles={"de_de": "Türen"},
            tooltip="50 % of {{x}}: a\tb\n\n - c ",
            files={"config.py": b"pass\n", "example.csv": b"# a;b\n"},
            help_url="https://example.com",
            author="A. Smith",
        ),
    ]
    write_extension(
        target, buttons, ManifestHeader("0.1.0", "plan", "facts", "Proven so."), tab_name="Tools"
    )
    extension = read_extension(target)
    assert check_extension(extension, categories=CATEGORIES, modules=MODULES) == ()
    scripts = [c for c in extension.components() if c.kind is Kind.PUSHBUTTON]
    assert len(scripts) == 251


@given(
    st.dictionaries(
        st.sampled_from(
            [f"{BUTTON}/{name}" for name in ("script.py", "bundle.yaml", "icon.png")]
            + [f"{PANEL}/bundle.yaml", "T.tab/bundle.yaml", "bundle.yaml"]
        ),
        st.one_of(
            st.binary(max_size=60),
            st.text(alphabet="context: layout\n-[]{}title_", max_size=60).map(str.encode),
            st.sampled_from([b"title:\n  1: 2\n", b"layout:\n  - 1\n", b"context: 2020-01-01\n"]),
        ),
    )
)
def test_no_content_makes_a_check_fail(files):
    _codes(files)


def test_the_tree_has_tabs_scripts_and_icons(tmp_path: Path):
    target = tmp_path / "Office.extension"
    write_extension(target, [a_button()], ManifestHeader("0", "p", "f", "x"))
    extension = read_extension(target)
    (tab,) = extension.tabs
    (panel,) = tab.of_kind(Kind.PANEL)
    (button,) = panel.of_kind(Kind.PUSHBUTTON)
    assert (extension.name, tab.name, panel.name) == ("Office", "Office", "Selection")
    assert str(button.path) == "Office.tab/Selection.panel/Doors on grid 1.pushbutton"
    assert button.bundle is not None
    assert button.bundle.parsed.values["title"] == "Doors on\ngrid 1"
    assert [script.path.name for script in button.scripts] == ["script.py"]
    assert button.icon is not None
    assert (button.icon.is_png, button.icon.width) == (True, 96)


def test_reading_follows_no_links(tmp_path: Path):
    root = tmp_path / "X.extension"
    (root / "T.tab").mkdir(parents=True)
    (root / "T.tab" / "L.panel").symlink_to(root, target_is_directory=True)
    assert [c.name for c in read_extension(root).components()] == ["T"]


def test_a_folder_with_too_many_entries_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("revitron_grpc.bundles.reader.MAX_ENTRIES", 3)
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text("")
    with pytest.raises(RevitronGrpcError, match="more than 3") as caught:
        read_extension(tmp_path)
    assert caught.value.reason is Reason.INVALID_REQUEST


def test_what_is_no_folder_is_refused(tmp_path: Path):
    with pytest.raises(RevitronGrpcError, match="no folder"):
        read_extension(tmp_path / "missing.extension")


@pytest.mark.parametrize("path", ["../x.py", "/x.py", "a/../../x", "/".join("a" * 14)])
def test_paths_out_of_the_extension_are_refused(path):
    with pytest.raises(RevitronGrpcError) as caught:
        extension_from_files("X.extension", {path: b""})
    assert caught.value.reason is Reason.INVALID_REQUEST


def test_the_docs_hold_the_table_of_the_rules():
    docs = Path(__file__).parents[2] / "docs" / "extension.md"
    assert rules_table() in docs.read_text("utf-8")
