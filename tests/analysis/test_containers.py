"""Lists and dictionaries that a script fills, and what comes out of them."""

import pytest

from tests.analysis.conftest import Judged

_OF_AN_OBJECT = """\
class A(object):
    def __init__(self):
        ids = []
        ids.append(eid)
        self.ids = ids
        self.ids.append(1)
    def f(self):
        self.ids[0].Foo
"""
_OF_TWO_FUNCTIONS = """\
def f():
    ids = []
    ids.append(1)
def g():
    ids = []
    ids.append(eid)
    ids[0].IntegerValue
"""
GONE = [("RVT002", (2026,))]


@pytest.mark.parametrize(
    "source",
    [
        "ids = []\nfor w in [wall]:\n    ids.append(w.Id)\nfor i in ids:\n    i.IntegerValue\n",
        "ids = [eid]\nids.append(wall.Id)\nids[0].IntegerValue\n",
        "ids = list()\nids.extend([w.Id for w in [wall]])\nids.pop().IntegerValue\n",
        "ids = set()\nids.add(eid)\nids.update([eid])\n[i.IntegerValue for i in ids]\n",
        "ids = []\nids += [eid]\nids[0].IntegerValue\n",
        "ids = []\nids.append(eid)\nsorted(ids, key=lambda i: 1)[0].IntegerValue\n",
        "ids = []\nids.append(eid)\nfor n, i in enumerate(ids):\n    i.IntegerValue\n",
        "def f():\n    ids = []\n    ids.append(eid)\n    return ids\nf()[0].IntegerValue\n",
        "d = {}\nd['a'] = eid\nd['a'].IntegerValue\n",
        "d = {}\nd[eid] = 1\nfor k, v in d.items():\n    k.IntegerValue\n",
        "d = {'a': eid}\nfor v in d.values():\n    v.IntegerValue\n",
        "d = {'a': eid}\nd.get('b').IntegerValue\n",
        "d = dict((w.Id, w) for w in [wall])\n[k.IntegerValue for k in {eid: 1}]\n",
        "d = {}\nd.setdefault('a', eid).IntegerValue\n",
        "filter(lambda w: w.Id.IntegerValue, [wall])\n",
        "[a.IntegerValue for a, b in zip([eid], [1])]\n",
        _OF_TWO_FUNCTIONS,
    ],
)
def test_what_was_put_in_comes_out(judged: Judged, source: str) -> None:
    assert judged.errors(source) == GONE


@pytest.mark.parametrize(
    "source",
    [
        "stack = [eid]\nwhile stack:\n    one = stack.pop()\n    one.Foo\n    stack.append(x())\n",
        "ids = []\nids.append(eid)\nids.append(unknown())\nids[0].Foo\n",
        "ids = []\nids.append(eid)\nfill(ids)\nids[0].Foo\n",
        "def fill(many):\n  many.append(1)\nids = [eid]\nids.append(eid)\nfill(ids)\nids[0].Foo\n",
        "ids = []\nother = ids\nother.append(x())\nids.append(eid)\nids[0].Foo\n",
        "ids = []\nd = {}\nd['a'] = ids\nids.append(eid)\nd['a'].append(1)\nids[0].Foo\n",
        "ids = []\nids.append([eid])\nids[0].append(1)\nids[0][0].Foo\n",
        "d = {}\nd['a'] = [eid]\nd['a'].append(1)\nd['a'][0].Foo\n",
        "d = {}\nd['a'] = eid\nd.update(x())\nd['a'].Foo\n",
        "ids = []\nids[0:1] = x()\nids.append(eid)\nids[0].Foo\n",
        "ids = []\nids.append(eid)\ndef more():\n    ids.append(x())\nids[0].Foo\n",
        "ids = []\nids.append(*x())\nids[0].Foo\n",
        "if x():\n    ids = []\nelse:\n    ids = y()\nids.append(eid)\nids[0].Foo\n",
        _OF_AN_OBJECT,
    ],
)
def test_what_may_hold_something_else_is_left_alone(judged: Judged, source: str) -> None:
    assert judged.errors(source) == []
