"""Constructs that Python 2.7 and 3 treat differently in silence."""

import pytest

from revitron_grpc.analysis.common_subset import common_subset_findings

DIFFERENT = [
    "x = a / b",
    "x = total / 2",
    "x /= 2",
    "x = d.keys()[0]",
    "x = map(f, xs)[0]",
    "n = len(filter(f, xs))",
    "x = zip(a, b)\nfor p in x:\n    pass\nfor p in x:\n    pass",
    "d.keys().sort()",
    "x = d.values() + [1]",
    "def f():\n    return map(g, xs)",
    "x = round(y, 2)",
    "x = open(path).read()",
    "print('a', b)",
    "print()",
    "x = raw_input()",
    "x = input()",
    "x = isinstance(y, basestring)",
    "x = unicode(y)",
    "for i in xrange(3):\n    pass",
    "for k, v in d.iteritems():\n    pass",
    "x = text.encode('utf-8')",
    "x = y > None",
    "x = 'a' < 3",
    "x = sorted(xs, cmp=f)",
    "x = b'abc'",
    "class A(object):\n    def __nonzero__(self):\n        return True",
    "class A(object):\n    def next(self):\n        return 1",
    "class A(object):\n    __metaclass__ = B",
    "import ConfigParser",
    "x = 9223372036854775808",
    "x = [x for x in x]",
]
SAME = [
    "from __future__ import division\nx = a / b",
    "x = a / 2.0",
    "x = float(a) / b",
    "x = a // b",
    "x = list(d.keys())[0]",
    "for k in d.keys():\n    pass",
    "x = sorted(d.values())",
    "x = list(map(f, xs))[0]",
    "for a, b in zip(x, y):\n    pass",
    "import io\nx = io.open(path, encoding='utf-8').read()",
    "from io import open\nx = open(path, encoding='utf-8')",
    "print('a {}'.format(b))",
    "from __future__ import print_function\nprint('a', b)",
    "def round(x):\n    return x\nround(1)",
    "try:\n    unicode\nexcept NameError:\n    unicode = str\nx = unicode(y)",
    "x = y is None or y > 3",
    "x = [y.a for y in sorted(ys, key=lambda y: y.b)]",
    "class A(object):\n    def __nonzero__(self):\n        return True\n    __bool__ = __nonzero__",
]


@pytest.mark.parametrize("source", DIFFERENT)
def test_difference_is_found_once_and_nothing_else(source: str) -> None:
    findings = common_subset_findings(source + "\n")
    assert {finding.rule for finding in findings} == {"RVT210"}


@pytest.mark.parametrize("source", SAME)
def test_what_both_treat_alike_is_fine(source: str) -> None:
    assert common_subset_findings(source + "\n") == ()
