"""Types through the script's own classes and functions."""

import pytest

from tests.analysis.conftest import Judged

GONE = [("RVT002", (2026,))]
CLASS = """
class Tool({base}):
    limit = 5
    def __init__(self, document):
        self.doc = document
        self.view = doc.ActiveView
        self.kept = None
        self.many = []
    def fill(self):
        self.kept = self.view.Id
        self.many.append(self.view)
        return self.view
    @property
    def first(self):
        return self.fill().Id
    def run(self):
        {line}
tool = Tool(doc)
tool.run()
"""


@pytest.mark.parametrize("base", ["object", "forms.WPFWindow", "UI.IExternalEventHandler"])
@pytest.mark.parametrize(
    "line",
    [
        "self.view.Id.IntegerValue",
        "self.doc.ActiveView.Id.IntegerValue",
        "self.kept.IntegerValue",
        "self.fill().Id.IntegerValue",
        "self.first.IntegerValue",
    ],
)
def test_attributes_of_self_have_the_types_that_methods_store(
    judged: Judged, base: str, line: str
) -> None:
    assert judged.errors(CLASS.format(base=base, line=line)) == GONE


@pytest.mark.parametrize(
    "line",
    [
        "self.many[0].Foo",
        "self.nothing.Foo",
        "self.limit.Foo",
        "self.view.Id.IntegerValue if hasattr(self.view.Id, 'IntegerValue') else 0",
    ],
)
def test_what_is_not_certain_of_an_object_is_left_alone(judged: Judged, line: str) -> None:
    assert judged.errors(CLASS.format(base="object", line=line)) == []


@pytest.mark.parametrize(
    "more",
    [
        "tool.view = 'text'\n",
        "setattr(tool, 'view', 'text')\n",
        "class Other(Tool):\n    def set(self):\n        self.view = 'text'\n",
        "class Other(Tool):\n    def set(self):\n        def inner(): self.view = 1\n",
    ],
)
def test_an_attribute_that_is_set_elsewhere_is_unknown(judged: Judged, more: str) -> None:
    source = CLASS.format(base="object", line="self.view.Id.IntegerValue") + more
    assert judged.errors(source) == []


def test_a_class_of_unknown_base_may_have_anything(judged: Judged) -> None:
    source = CLASS.format(base="Base", line="self.view.Id.IntegerValue")
    assert judged.errors("from elsewhere import Base\n" + source) == []


def test_attributes_are_inherited_inside_the_script(judged: Judged) -> None:
    source = CLASS.format(base="object", line="pass")
    source += "class Other(Tool):\n    def go(self):\n        self.view.Id.IntegerValue\n"
    assert judged.errors(source) == GONE


def test_classes_of_lib_modules_keep_their_attributes(judged: Judged) -> None:
    lib = "from pyrevit import revit\nclass Tool(object):\n    def __init__(self):\n"
    lib += (
        "        self.view = revit.doc.ActiveView\n    def id(self):\n        return self.view.Id\n"
    )
    source = "from tool import Tool\nTool().view.Id.IntegerValue\nTool().id().IntegerValue\n"
    source += "class Own(Tool):\n    def go(self):\n        self.view.Id.IntegerValue\n"
    findings = judged.script(source, files={"lib/tool.py": lib}).findings
    assert [(f.rule, f.line) for f in findings] == [("RVT002", 2), ("RVT002", 3), ("RVT002", 6)]


@pytest.mark.parametrize(
    "calls",
    [
        "show(eid)\n",
        "show(one=eid)\n",
        "show(eid)\nshow(wall.GetTypeId(), 2)\n",
        "show(eid)\nshow(None)\n",
        "for one in [wall]:\n    show(one.Id)\n",
    ],
)
def test_parameters_have_the_types_of_all_calls(judged: Judged, calls: str) -> None:
    source = "def show(one, more=1):\n    print(one.IntegerValue)\n"
    assert judged.errors(source + calls) == GONE


@pytest.mark.parametrize(
    "calls",
    [
        "show(eid)\nshow(unknown())\n",
        "show(*[eid])\n",
        "show(eid)\nother = show\n",
        "show(DB.WorksetId(1))\nshow(eid)\n",
        "",
    ],
)
def test_parameters_of_calls_that_differ_are_left_alone(judged: Judged, calls: str) -> None:
    source = "def show(one, more=1):\n    print(one.IntegerValue)\n"
    assert judged.errors(source + calls) == []


def test_parameters_of_methods_have_the_types_of_all_calls(judged: Judged) -> None:
    source = "class Tool(object):\n    def show(self, one):\n        print(one.IntegerValue)\n"
    assert judged.errors(source + "Tool().show(eid)\n") == GONE
    assert judged.errors(source + "Tool().show(eid)\nx.show(1)\n") == []


def test_functions_of_a_module_may_be_called_from_other_files(judged: Judged) -> None:
    source = "from pyrevit import revit\ndef show(one):\n    one.IntegerValue\n"
    source += "def _own(one):\n    one.IntegerValue\nshow(revit.doc.ActiveView.Id)\n"
    source += "_own(revit.doc.ActiveView.Id)\n"
    for path, lines in (("lib/walls.py", [5]), ("a/script.py", [3, 5])):
        findings = judged.script(source, files={path: source}, path=path).findings
        assert [f.line for f in findings] == lines


def test_a_list_that_a_function_fills_is_unknown_in_it(judged: Judged) -> None:
    source = "def fill(items):\n    items.append(1)\n    for one in items:\n        one.Foo\n"
    assert judged.errors(source + "fill([wall])\n") == []


def test_calls_whose_results_nobody_wants_do_not_hide_what_lies_below(judged: Judged) -> None:
    source = "".join(
        f"def f{i}():\n    made{i}().Foo\n    f{i + 1}()\ndef made{i}():\n    return doc\n"
        for i in range(12)
    )
    errors = judged.errors(source + "def f12():\n    pass\nf0()\n")
    assert [rule for rule, _ in errors] == ["RVT001"] * 12
