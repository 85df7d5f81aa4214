"""Ready-made names of rpw are judged; what its wrappers return is left alone."""

import pytest

from tests.analysis.conftest import Judged

GONE_IN_2026 = [("RVT002", (2026,))]


@pytest.mark.parametrize(
    "source",
    [
        "from rpw import doc\ndoc.ActiveView.Id.IntegerValue",
        "from rpw import uidoc\nuidoc.ActiveView.Id.IntegerValue",
        "import rpw\nrpw.revit.doc.ActiveView.Id.IntegerValue",
        "from rpw import revit\nrevit.uiapp.ActiveUIDocument.ActiveView.Id.IntegerValue",
        (
            "from rpw import DB, revit\n"
            "for wall in DB.FilteredElementCollector(revit.doc).OfClass(DB.Wall):\n"
            "    print(wall.Id.IntegerValue)"
        ),
    ],
)
def test_ready_made_names_are_judged(judged: Judged, source: str) -> None:
    assert judged.errors(source) == GONE_IN_2026


@pytest.mark.parametrize(
    "source",
    [
        (
            "from rpw import db\nfor one in db.Collector(of_class='Wall').get_elements():\n"
            "    print(one.Id.IntegerValue, one.parameters['Mark'].value)"
        ),
        "from rpw import db, revit\nwith db.Transaction('x'):\n    db.Element(revit.active_view).x",
        "from rpw.ui.forms import SelectFromList\nSelectFromList('x', ['a'])",
        "from rpw.db.xyz import XYZ\nXYZ(1, 2, 3).as_tuple",
        "import rpw\nrpw.ui.Selection().elements",
        "import rpw.ui.forms\nrpw.ui.forms.Alert('x')",
        "from rpw import *\ndb.Wall",
    ],
)
def test_wrappers_are_left_alone(judged: Judged, source: str) -> None:
    assert judged.errors(source) == []
