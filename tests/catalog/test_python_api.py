import pytest

from revitron_grpc.catalog.model import Effect, Presence, PythonKind
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import Engine, RevitVersion


@pytest.mark.parametrize(
    ("name", "resolved"),
    [
        ("pyrevit.DB.Wall", "Autodesk.Revit.DB.Wall"),
        ("pyrevit.UI", "Autodesk.Revit.UI"),
        ("pyrevit.revit.DB", "Autodesk.Revit.DB"),
        ("pyrevit.revit.HOST_APP.version", "pyrevit.HOST_APP.version"),
        ("pyrevit.revit.db.query.get_name", "pyrevit.revit.query.get_name"),
        ("pyrevit.revit.query.get_name", "pyrevit.revit.query.get_name"),
        ("pyrevit.framework.List", "System.Collections.Generic.List"),
        ("revitron.DB.Wall", "Autodesk.Revit.DB.Wall"),
        ("revitron.element.Element.get", "revitron.Element.get"),
        ("made.up", "made.up"),
    ],
)
def test_reexports_are_followed(catalog: Catalog, name: str, resolved: str) -> None:
    assert catalog.python_api.resolve(name) == resolved


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("pyrevit.forms.alert", "pyrevit.forms.alert"),
        ("pyrevit.forms.ProgressBar.show_dialog", "pyrevit.forms.WPFWindow.show_dialog"),
        ("revitron.Room.get", "revitron.Element.get"),
        ("pyrevit.DB", "pyrevit.DB"),
        ("pyrevit.forms.choose_element", None),
        ("", None),
    ],
)
def test_an_entry_is_found_where_it_stands(catalog: Catalog, name: str, found: str | None) -> None:
    entry = catalog.python_api.entry(name)
    assert (entry and entry.name) == found


@pytest.mark.parametrize(
    ("name", "presence"),
    [
        ("pyrevit.forms.alert", Presence.PRESENT),
        ("pyrevit.forms", Presence.PRESENT),
        ("pyrevit.revit.doc", Presence.PRESENT),
        ("pyrevit.forms.choose_element", Presence.ABSENT),
        ("pyrevit.forms.OrderedDict", Presence.UNKNOWN),
        ("pyrevit.script.HOST_APP", Presence.UNKNOWN),
        ("pyrevit.op", Presence.UNKNOWN),
        ("pyrevit.userconfig.user_config", Presence.UNKNOWN),
        ("pyrevit.framework.wpf", Presence.UNKNOWN),
        ("pyrevit.api.AdWindows", Presence.UNKNOWN),
        ("revitron.Filter.byMadeUp", Presence.ABSENT),
        ("revitron.MadeUp", Presence.ABSENT),
        # Newer than what was read, not read, imported, private, catch-all, exported nowhere.
        ("pyrevit.revit.query.find_level", Presence.UNKNOWN),
        ("pyrevit.coreutils.markdown.anything", Presence.UNKNOWN),
        ("pyrevit.coreutils.colors.ANY_COLOUR", Presence.UNKNOWN),
        ("pyrevit.forms.framework", Presence.UNKNOWN),
        ("pyrevit.forms._anything", Presence.UNKNOWN),
        ("revitron.Element.madeUp", Presence.UNKNOWN),
        ("pyrevit.revit.XYZ", Presence.UNKNOWN),
        ("pyrevit.forms.WPFWindow.Title", Presence.UNKNOWN),
        ("requests.get", Presence.UNKNOWN),
    ],
)
def test_only_what_was_read_in_full_is_ever_absent(
    catalog: Catalog, name: str, presence: Presence
) -> None:
    assert catalog.python_api.presence(name) is presence


def test_modules_are_known(catalog: Catalog) -> None:
    api = catalog.python_api
    for name in ("pyrevit", "pyrevit.revit.db.query", "revitron.ui", "rpw.ui", "pyrevit.runtime"):
        assert api.is_known_module(name), name
    for name in ("pyrevit.fomrs", "pyrevit.forms.alert", "requests"):
        assert not api.is_known_module(name), name


def test_members_include_inherited_ones(catalog: Catalog) -> None:
    api = catalog.python_api
    assert "alert" in {entry.simple_name for entry in api.members_of("pyrevit.forms")}
    members = {entry.simple_name: entry for entry in api.members_of("pyrevit.forms.ProgressBar")}
    assert members["show_dialog"].owner == "pyrevit.forms.WPFWindow"
    assert {"byCategory", "noTypes"} <= {e.simple_name for e in api.members_of("revitron.Filter")}


def test_types_are_spelled_out(catalog: Catalog) -> None:
    def returns(name: str) -> str | None:
        entry = catalog.python_api.entry(name)
        assert entry is not None
        return entry.returns

    assert returns("revitron.Filter.getElements") == "IList[Autodesk.Revit.DB.Element]"
    assert returns("revitron.Filter.noTypes") == "revitron.Filter"
    assert returns("revitron.Element.getCategoryName") == "str"
    assert returns("pyrevit.script.get_output") == "pyrevit.output.PyRevitOutputWindow"
    assert returns("pyrevit.revit.get_selection") == "pyrevit.revit.ElementSelection"
    assert returns("pyrevit.revit.query.get_project_parameter_id") == "Autodesk.Revit.DB.ElementId"


def test_forms_exist_under_ironpython_only(catalog: Catalog) -> None:
    api = catalog.python_api
    alert, logger = api.entry("pyrevit.forms.alert"), api.entry("pyrevit.script.get_logger")
    assert alert is not None
    assert logger is not None
    assert Engine.CPYTHON_3 not in alert.engines
    assert Engine.CPYTHON_3 in logger.engines
    assert "ProgressBar" in api.forms_under_cpython
    assert "alert" not in api.forms_under_cpython


def test_builtins_and_packages_are_there(catalog: Catalog) -> None:
    api = catalog.python_api
    types = {builtin.name: builtin.type for builtin in api.builtins}
    assert types["__revit__"] == "Autodesk.Revit.UI.UIApplication"
    assert {value.name: value.bundle_key for value in api.script_globals}["__title__"] == "title"
    assert "rpw" in api.pyrevitlib_packages
    assert "xlsxwriter" in api.site_packages


def test_revitron_cannot_be_imported_from_2025_on(catalog: Catalog) -> None:
    findings = catalog.python_api.findings_for("revitron")
    effects = {
        version: effect.effect
        for version in catalog.versions
        if (effect := findings[0].effect(version)) is not None
    }
    assert effects[RevitVersion(2025)] is effects[RevitVersion(2026)] is Effect.FAILS
    assert effects[RevitVersion(2024)] is Effect.CONDITIONAL


def test_the_category_filter_fails_in_silence_in_2026(catalog: Catalog) -> None:
    findings = catalog.python_api.findings_for("revitron.Filter.byCategory")
    found = {finding.id: finding for finding in findings}["elementid-integervalue-category"]
    in_2025, in_2026 = found.effect(RevitVersion(2025)), found.effect(RevitVersion(2026))
    assert in_2025 is not None
    assert in_2026 is not None
    assert (in_2025.effect, in_2026.effect) == (Effect.WORKS, Effect.SILENT)


def test_hazards_and_chaining_are_kept(catalog: Catalog) -> None:
    entry = catalog.python_api.entry("revitron.Filter.byCategory")
    assert entry is not None
    assert entry.returns_self
    assert entry.kind is PythonKind.METHOD
    assert [(hazard.rule, hazard.removed_in) for hazard in entry.hazards] == [
        ("elementid-integervalue", 2026)
    ]
