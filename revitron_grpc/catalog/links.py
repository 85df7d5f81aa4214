"""Links to the documentation of a type or member.

The page name is the `guid` of the facts; revitapidocs.com serves Autodesk's help under it. Of a
version that was read from assemblies no pages are known.
"""

from collections.abc import Callable, Container

from revitron_grpc.catalog.model import ApiType, Member
from revitron_grpc.vocabulary import RevitVersion

_PAGE = "https://www.revitapidocs.com/{year}/{guid}.htm"


def documentation_url(
    symbol: Member | ApiType,
    type_of: Callable[[str], ApiType | None],
    without_pages: Container[RevitVersion] = (),
) -> str | None:
    """Return the page of `symbol` in the newest version that has it; None where none is known.

    `without_pages` are the versions of which no pages are known.

    A member without a page id, such as an enum value, gets the page of its type in that version.
    """
    guid = symbol.guid
    versions = [version for version in symbol.versions if version not in without_pages]
    if guid is None and isinstance(symbol, Member):
        declaring = type_of(symbol.declared_by)
        if declaring is not None:
            guid = declaring.guid
    if guid is None or not versions:
        return None
    return _PAGE.format(year=versions[-1], guid=guid)
