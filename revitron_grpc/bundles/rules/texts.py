"""What the pages about the BND rules say beside the table: what it is, an example, the way out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BundleText:
    """The texts of one rule; examples are folders, files or lines of `bundle.yaml`."""

    what: str
    example: str
    fix: str


TEXTS: dict[str, BundleText] = {
    "BND001": BundleText(
        "A folder whose postfix is none of pyRevit's.", "Walls.pushbuton/", "Walls.pushbutton/"
    ),
    "BND002": BundleText(
        "A folder in a place that does not take its type.",
        "Office.tab/Walls.pushbutton/",
        "Office.tab/Edit.panel/Walls.pushbutton/",
    ),
    "BND003": BundleText(
        "A stack of 1 item, or of more than 3.",
        "Small.stack/ with four buttons",
        "two stacks of two buttons each",
    ),
    "BND004": BundleText(
        "A pulldown or split button without a command in it.",
        "Doors.pulldown/ with nothing but an icon",
        "a command in it, or no folder",
    ),
    "BND005": BundleText(
        "A tab or panel without a command below it.",
        "Office.tab/Later.panel/",
        "a command in it, or no folder",
    ),
    "BND006": BundleText(
        "A command that runs a script, without one. The file must end in `script.py`.",
        "Walls.pushbutton/walls.py",
        "Walls.pushbutton/script.py",
    ),
    "BND007": BundleText(
        "Several files that a loader may take for the script.",
        "Walls.pushbutton/ with script.py and old_script.py",
        "one script.py; other modules under names that do not end in script.py",
    ),
    "BND008": BundleText(
        "A urlbutton whose `bundle.yaml` says no `hyperlink`.",
        "title: Manual",
        "title: Manual\nhyperlink: https://example.com/manual",
    ),
    "BND009": BundleText(
        "A linkbutton without `assembly` or `command_class`, an invokebutton without `assembly`.",
        "assembly: Office",
        "assembly: Office\ncommand_class: Office.Walls",
    ),
    "BND010": BundleText(
        "Two folders that get the same id on the ribbon: blanks and letter case do not count.",
        "Flip doors.pushbutton/ and FlipDoors.pushbutton/",
        "Flip doors.pushbutton/ and Turn doors.pushbutton/",
    ),
    "BND011": BundleText(
        "Two items of one name in a panel; what lies in a stack counts as in its panel.",
        "Edit.panel/A.stack/Walls.pushbutton/ and Edit.panel/Walls.pushbutton/",
        "another name for one of them",
    ),
    "BND012": BundleText(
        "A folder name with a dot, with characters that Windows refuses or with a blank at an end, "
        "or too long a path.",
        "Walls v1.2.pushbutton/",
        "Walls v1-2.pushbutton/",
    ),
    "BND013": BundleText(
        "A `bundle.yaml` that is empty, no YAML, or no map of keys.",
        "an empty bundle.yaml",
        "a map such as `title: Walls`, or no file at all",
    ),
    "BND014": BundleText(
        "A key that no loader reads, and that no text asks for as `{{key}}`.",
        "tooltips: Counts walls",
        "tooltip: Counts walls",
    ),
    "BND015": BundleText(
        "A value of another shape than its key wants.",
        "min_revit_version: newest",
        "min_revit_version: 2024",
    ),
    "BND016": BundleText(
        "A language that the loaders do not know by this key.",
        "title:\n  de: Waende",
        "title:\n  en_us: Walls\n  de_de: Waende",
    ),
    "BND017": BundleText(
        "A map of languages without `en_us`, which all others fall back to.",
        "title:\n  de_de: Waende",
        "title:\n  en_us: Walls\n  de_de: Waende",
    ),
    "BND018": BundleText(
        "A context that is neither one of pyRevit's tokens nor a BuiltInCategory.",
        "context: zerodoc",
        "context: zero-doc",
    ),
    "BND019": BundleText(
        "A context that is at best the name of a category in one language.",
        "context: Walls",
        "context: OST_Walls",
    ),
    "BND020": BundleText(
        "A `context` on a linkbutton.",
        "context: selection",
        "availability_class: Office.WhenSelected",
    ),
    "BND021": BundleText(
        "An entry of a layout that no folder has.",
        "layout:\n  - Wals",
        "layout:\n  - Walls",
    ),
    "BND022": BundleText(
        "A folder that the layout beside it leaves out.",
        "layout:\n  - Walls\n(and Doors.pushbutton/ beside it)",
        "layout:\n  - Walls\n  - Doors",
    ),
    "BND023": BundleText(
        "A layout that ends in a separator or a slide-out.",
        "layout:\n  - Walls\n  - ---",
        "layout:\n  - Walls",
    ),
    "BND024": BundleText(
        "A first version later than the last.",
        "min_revit_version: 2026\nmax_revit_version: 2024",
        "min_revit_version: 2024\nmax_revit_version: 2026",
    ),
    "BND025": BundleText("A key that stands twice in one map.", "title: A\ntitle: B", "title: B"),
    "BND026": BundleText(
        "A script with `#! python3` that imports pyrevit.forms.",
        "#! python3\nfrom pyrevit import forms",
        "from pyrevit import forms",
    ),
    "BND027": BundleText(
        "Syntax of Python 3 in a script that does not begin with `#! python3`.",
        'print(f"{count} walls")',
        'print("{} walls".format(count))',
    ),
    "BND028": BundleText(
        "An icon.png that is no PNG, whatever its name says.",
        "a JPEG called icon.png",
        "the picture saved as PNG",
    ),
    "BND029": BundleText(
        "An icon that is wider than high, or higher than wide.", "64x48 pixels", "96x96 pixels"
    ),
    "BND030": BundleText(
        "An icon with more than 96 pixels on a side.", "512x512 pixels", "96x96 pixels"
    ),
    "BND031": BundleText(
        "An icon without a twin for the dark theme.", "icon.png", "icon.png and icon.dark.png"
    ),
    "BND032": BundleText(
        "A script or `bundle.yaml` that starts with a byte order mark.",
        "UTF-8 with BOM",
        "UTF-8",
    ),
    "BND033": BundleText("A script or `bundle.yaml` in another encoding.", "Windows-1252", "UTF-8"),
    "BND034": BundleText("A tab in `bundle.yaml`.", "title:<tab>Walls", "title: Walls"),
    "BND035": BundleText(
        "Metadata in the script although there is a `bundle.yaml`.",
        "__title__ = 'Walls' beside a bundle.yaml",
        "title: Walls",
    ),
    "BND036": BundleText(
        "An import of a module that is not on the path of the script.",
        "import office_walls",
        "Office.extension/lib/office_walls.py",
    ),
    "BND037": BundleText(
        "A line that asks for an engine, misspelt or not the first.",
        "#!python3",
        "#! python3",
    ),
    "BND038": BundleText(
        "A smart button whose script defines no `__selfinit__`.",
        "print('on')",
        "def __selfinit__(script_cmp, ui_button_cmp, __rvt__):\n    return True",
    ),
    "BND039": BundleText(
        "A file that looks like one that pyRevit reads, misspelt.", "bundly.yaml", "bundle.yaml"
    ),
    "BND040": BundleText(
        "A text file called _layout, as old tutorials teach it.",
        "Edit.panel/_layout",
        "layout:\n  - Walls",
    ),
    "BND041": BundleText(
        "A file whose name only ends in `bundle.yaml` or `config.py`.",
        "walls_bundle.yaml",
        "bundle.yaml",
    ),
    "BND042": BundleText("An icon in another format, and none as PNG.", "icon.ico", "icon.png"),
    "BND043": BundleText(
        "A content button without a family file and without the key `content`.",
        "Chair.content/ with nothing but an icon",
        "Chair.content/content.rfa",
    ),
    "BND044": BundleText(
        "A combobox whose `bundle.yaml` has no `members`.",
        "title: Phase",
        "title: Phase\nmembers:\n  - Existing\n  - New",
    ),
    "BND045": BundleText(
        "More than one panelbutton in a panel.",
        "Edit.panel/A.panelbutton/ and Edit.panel/B.panelbutton/",
        "one panelbutton, the others as pushbuttons",
    ),
    "BND046": BundleText(
        "A key that is read on other types of folders only, or `author` beside `authors`.",
        "hyperlink: https://example.com (of a pushbutton)",
        "the key where it is read, or a urlbutton",
    ),
    "BND047": BundleText(
        "A key under `engine` that no loader reads.",
        "engine:\n  cleen: true",
        "engine:\n  clean: true",
    ),
    "BND048": BundleText(
        "A name in a script that looks like metadata, misspelt.",
        "__min_revit_version__ = 2024",
        "__min_revit_ver__ = 2024",
    ),
    "BND049": BundleText(
        "A file in hooks/ that is named after no event, or a command hook without the command.",
        "hooks/doc-open.py",
        "hooks/doc-opened.py",
    ),
    "BND050": BundleText(
        "An extension.json that is no JSON object, or of an unknown type.",
        '{"type": "toolbar"}',
        '{"type": "extension"}',
    ),
    "BND051": BundleText(
        "A colour of a panel in another form.", "background: blue", "background: '#4080C0'"
    ),
}
"""By code; every rule has one."""
