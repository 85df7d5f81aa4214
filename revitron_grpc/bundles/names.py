"""Names of folders as pyRevit and Windows bear them, and when two of them collide.

pyRevit makes the id of a ribbon control from the folder names on its path, without blanks and in
lower case; Revit throws where two ids are the same. Users' keyboard shortcuts hang on that id.
"""

import re
import unicodedata

MAX_RELATIVE_PATH = 150
"""Characters that a file's path inside the extension may have: Windows stops at 260 in all, and
the folder that the user adds in pyRevit comes before it."""

_LETTERS_THAT_DO_NOT_DECOMPOSE = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l",
     "Ł": "L", "đ": "d", "Đ": "D", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "þ": "th", "Þ": "Th"}
)  # fmt: skip
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9 -]+")
_BLANKS = re.compile(r" {2,}")
_HYPHENS = re.compile(r"-{2,}")
_FOLDER_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 -]*[A-Za-z0-9])?")
_DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"com{n}" for n in range(1, 10)),
        *(f"lpt{n}" for n in range(1, 10)),
    ]
)
"""Names that Windows keeps for devices, whatever the extension."""

# pyRevit's make_canonical_name: these characters are spelt out in a control's id, all other
# special ones go (facts: SPECIAL_CHARS in pyRevit's coreutils). Only what matters for telling
# names apart is kept here.
_SPELT_OUT = {"-": "minus", ".": "dot", "&": "and", "#": "sharp", "+": "plus", "_": "_"}


def is_folder_name(name: str) -> bool:
    """Whether a stem is safe for both loaders of pyRevit and for Windows.

    >>> is_folder_name("Doors on grid 2"), is_folder_name("Doors v1.2"), is_folder_name("aux")
    (True, False, False)
    """
    return (
        _FOLDER_NAME.fullmatch(name) is not None
        and "--" not in name
        and name.lower() not in _DEVICES
    )


def folder_name(text: str, *, limit: int = 60, fallback: str = "Tool") -> str:
    """Make a folder name from any text: ASCII letters, digits, blanks and single hyphens.

    Cut at a word where there is one. Text without one usable character gives `fallback`.

    >>> folder_name("Türen & Tore: je Geschoß")
    'Turen and Tore je Geschoss'
    """
    plain = text.translate(_LETTERS_THAT_DO_NOT_DECOMPOSE).replace("&", " and ")
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    plain = _NOT_ALLOWED.sub(" ", plain)
    plain = _HYPHENS.sub("-", _BLANKS.sub(" ", plain))
    name = shorten(plain.strip(" -"), limit)
    if not name:
        return fallback
    return f"{name} {fallback}" if name.lower() in _DEVICES else name


def shorten(name: str, limit: int) -> str:
    """Cut a name to at most `limit` characters, after a word where that keeps half of it."""
    if len(name) <= limit:
        return name
    cut = name[: limit + 1].rfind(" ")
    return name[: cut if cut >= limit // 2 else limit].rstrip(" -")


def collision_key(name: str) -> str:
    """Return what two names of one tab must not share: lower case, without blanks.

    >>> collision_key("Flip Doors") == collision_key("flipdoors")
    True
    """
    return "".join(name.lower().split())


def control_name(stems: tuple[str, ...]) -> str:
    """Return the part of a control's id that pyRevit makes from the folder stems on its path.

    >>> control_name(("pyRevit", "pyRevit", "Edit", "Flip doors"))
    'pyrevit_pyrevit_edit_flipdoors'
    """
    return "_".join(
        "".join(c if c.isalnum() else _SPELT_OUT.get(c, "") for c in stem.lower()) for stem in stems
    )
