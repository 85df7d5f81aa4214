"""The picture and the table of docs/architecture.md show the house as it is."""

import re
from xml.etree import ElementTree

from tests.contract.test_house import CORE, MAY_IMPORT
from tests.docs.pages import ROOT, code, table

PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "architecture.svg"


def test_the_table_of_the_house_is_what_imports_may_do() -> None:
    told = {
        code(row[0]): {code(name) for name in row[2].split(", ") if name != "nothing"}
        for row in table(PAGE, "The house")
    }
    assert told == MAY_IMPORT


def test_the_picture_is_well_formed_and_names_every_package_of_the_core() -> None:
    picture = ElementTree.parse(PICTURE).getroot()  # noqa: S314 - our own file
    words = set(re.findall(r"\w+", " ".join(picture.itertext())))
    assert set(CORE) | {"cli", "service", "client", "pipeline", "pool", "workshop"} <= words


def test_every_make_target_is_explained() -> None:
    targets = re.findall(
        r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = [
        code(row[0]).removeprefix("make ")
        for row in table(ROOT / "CONTRIBUTING.md", "Set up and run")
    ]
    assert sorted(told) == sorted(set(targets) - {"help"})
