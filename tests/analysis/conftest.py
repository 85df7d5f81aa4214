from collections.abc import Mapping

import pytest

from revitron_grpc.analysis.analyser import Analysis, AnalysisOptions, analyse
from revitron_grpc.analysis.library_modules import ExtensionLibrary
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.vocabulary import Engine, RevitVersion

VERSIONS = tuple(RevitVersion(year) for year in range(2022, 2027))
PRELUDE = """\
from pyrevit import revit, DB, UI, forms, script, HOST_APP
doc = revit.doc
uidoc = revit.uidoc
app = doc.Application
wall = DB.FilteredElementCollector(doc).OfClass(DB.Wall).FirstElement()
eid = wall.Id
"""


class Judged:
    """Analyses of snippets, all with the same prelude."""

    def __init__(self) -> None:
        self.catalog = packaged_catalog()
        self.view = ApiView(self.catalog, VERSIONS)

    def script(
        self,
        source: str | bytes,
        engine: Engine = Engine.IRONPYTHON_27,
        files: Mapping[str, str | bytes] | None = None,
        path: str = "My.tab/My.panel/My.pushbutton/script.py",
    ) -> Analysis:
        library = ExtensionLibrary(self.view, engine, files or {}).for_script(path)
        return analyse(source, self.catalog, AnalysisOptions(VERSIONS, engine), self.view, library)

    def snippet(self, source: str) -> list[tuple[str, str, tuple[int, ...]]]:
        """Rule, severity and versions of what is found in the snippet, RVT003 left out."""
        analysis = self.script(PRELUDE + source)
        return [
            (f.rule, f.severity.value, f.revit_versions)
            for f in analysis.findings
            if f.rule != "RVT003"
        ]

    def errors(self, source: str) -> list[tuple[str, tuple[int, ...]]]:
        return [
            (rule, years) for rule, severity, years in self.snippet(source) if severity == "error"
        ]


@pytest.fixture(scope="session")
def judged() -> Judged:
    return Judged()
