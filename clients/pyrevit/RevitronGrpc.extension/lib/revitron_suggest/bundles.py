# -*- coding: utf-8 -*-
"""Write picked suggestions into an extension: a whole button or none, and never over another."""

import base64
import os
import re
import shutil
import tempfile

from revitron_suggest.errors import SuggestError

EXTENSION = ".extension"
TAB = "Suggested tools"
_POSTFIX = ".pushbutton"
_NAME = re.compile("[A-Za-z0-9]([A-Za-z0-9 -]*[A-Za-z0-9])?$")
# Windows stops at 260 characters in all.
_LONGEST_PATH = 250


def is_extension(path):
    """Whether a folder is a pyRevit extension."""
    return os.path.isdir(path) and path.lower().rstrip("\\/").endswith(EXTENSION)


def tool_names(extension):
    """Return the names of the commands that an extension has."""
    names = []
    for _, folders, _ in os.walk(extension):
        for folder in folders:
            stem, postfix = os.path.splitext(folder)
            if postfix.lower().endswith("button") and not stem.startswith((".", "_")):
                names.append(stem)
    return sorted(names)


def write_button(spec, extension):
    """Write one suggestion; return its folder.

    It goes to a tab of its own, which has no layout that could hide it; move the folder where
    you want it. SuggestError where a button of that name is there already, or nothing can be
    written; then nothing was.
    """
    name, panel = spec["name"], spec.get("placement", {}).get("panel") or "Tools"
    for part in (name, panel):
        if not _NAME.match(part):
            raise SuggestError("{} is no name for a folder.".format(part))
    tab = os.path.join(extension, TAB + ".tab")
    for there in tool_names(tab):
        if _key(there) == _key(name):
            raise SuggestError("{} is there already and was left as it is.".format(there))
    folder = os.path.join(tab, panel + ".panel", name + _POSTFIX)
    files = _files(spec)
    longest = max(len(os.path.join(folder, path)) for path in files)
    if longest > _LONGEST_PATH:
        raise SuggestError(
            "The path of {} would be {} characters long, too long for Windows.".format(
                name, longest
            )
        )
    try:
        _write(folder, files)
    except (IOError, OSError) as error:
        raise SuggestError("{} cannot be written: {}".format(folder, error))
    return folder


def _key(name):
    """What two buttons must not share: Revit throws where names differ in blanks or case only."""
    return "".join(name.lower().split())


def _files(spec):
    """Return the files of a button as bytes, by path within its folder."""
    code = spec["code"]
    files = {
        "script.py": code["script"].encode("utf-8"),
        "bundle.yaml": code["bundleYaml"].encode("utf-8"),
    }
    for path, key in (("icon.png", "iconPng"), ("icon.dark.png", "iconDarkPng")):
        if code.get(key):
            files[path] = base64.b64decode(code[key])
    for extra in code.get("files", []):
        parts = extra["path"].split("/")
        if "\\" in extra["path"] or ":" in extra["path"] or not all(p.strip(".") for p in parts):
            raise SuggestError("{} is no path within a button.".format(extra["path"]))
        files[os.path.join(*parts)] = base64.b64decode(extra.get("content", ""))
    return files


def _write(folder, files):
    panel = os.path.dirname(folder)
    if not os.path.isdir(panel):
        os.makedirs(panel)
    # pyRevit skips names that begin with a dot, should it load just now.
    temporary = tempfile.mkdtemp(prefix=".writing-", dir=panel)
    try:
        for path, data in files.items():
            target = os.path.join(temporary, path)
            if not os.path.isdir(os.path.dirname(target)):
                os.makedirs(os.path.dirname(target))
            with open(target, "wb") as stream:
                stream.write(data)
        os.rename(temporary, folder)
    except (IOError, OSError):
        # Only what was just begun here.
        shutil.rmtree(temporary, True)  # noqa: RVT403
        raise
