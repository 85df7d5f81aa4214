# -*- coding: utf-8 -*-
"""What is asked, and the two ways to the answer: the installed command, or the side port."""

import sys

from revitron_suggest.bundles import tool_names
from revitron_suggest.command_lines import CommandLines
from revitron_suggest.http_lines import HttpLines

DISCIPLINES = (
    "architecture",
    "structure",
    "mep",
    "electrical",
    "coordination",
    "documentation",
    "data_quality",
    "quantities",
    "sustainability",
    "fire_safety",
    "bim_management",
    "healthcare",
    "housing",
    "facade",
)
# Limits of the contract.
MOST = 1000
LONGEST_BRIEF = 2000
_MOST_TOOLS = 5000


class Wish(object):
    """What the user wants; no disciplines means all."""

    def __init__(self, brief, count, disciplines, revit, extension):
        self.brief = brief[:LONGEST_BRIEF]
        self.count = max(1, min(MOST, count))
        self.disciplines = disciplines
        self.revit = revit
        self.extension = extension


def _engine():
    return "ironpython27" if sys.version_info[0] == 2 else "ironpython34"


def command_source(wish, command, server, seconds, ca="", key=""):
    """Return a function that starts the command; the token is not used: it resumes by itself."""
    arguments = [
        "generate",
        "--format=jsonl",
        "--count={}".format(wish.count),
        "--revit={}".format(wish.revit),
        "--engine={}".format(_engine()),
        "--timeout={}".format(seconds),
    ]
    if wish.brief:
        arguments.append("--brief={}".format(wish.brief))
    for discipline in wish.disciplines:
        arguments.append("--discipline={}".format(discipline))
    if tool_names(wish.extension):
        arguments.append("--existing={}".format(wish.extension))
    if server:
        arguments.append("--server={}".format(server))
        if ca:
            arguments.append("--ca={}".format(ca))
    return lambda token: CommandLines(command, arguments, key if server else "")


def side_port_source(wish, url, key=""):
    """Return a function that calls the side port with a resume token."""
    request = {
        "count": wish.count,
        "revitVersions": [wish.revit],
        "engine": "ENGINE_IRONPYTHON_27" if _engine() == "ironpython27" else "ENGINE_IRONPYTHON_34",
        "brief": wish.brief,
        "disciplines": ["DISCIPLINE_{}".format(d.upper()) for d in wish.disciplines],
        "existingTools": [{"title": n[:200]} for n in tool_names(wish.extension)[:_MOST_TOOLS]],
        "batchLimit": 1,
    }
    return lambda token: HttpLines(url, dict(request, resumeToken=token), key)
