"""`pyrevit.revit`: the selection, and elements that the user picks in the view."""

from collections.abc import Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.pyrevit import query
from revitron_grpc.simulation.pyrevit.exceptions import PyRevitException
from revitron_grpc.simulation.pyrevit.host import db, host


class ElementSelection:
    """Elements of the active document: the selected ones, or those that it is made with."""

    def __init__(self, element_list: Any = None) -> None:
        if element_list is None:
            self._refs = list(host().uidocument.Selection.GetElementIds())
        else:
            self._refs = ElementSelection.get_element_ids(element_list)

    def __len__(self) -> int:
        return len(self._refs)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.elements)

    def __getitem__(self, index: Any) -> Any:
        return self.elements[index]

    def __contains__(self, item: Any) -> bool:
        api = db()
        if isinstance(item, api.Element):
            return item.Id in self._refs
        return isinstance(item, api.ElementId) and item in self._refs

    @classmethod
    def get_element_ids(cls, mixed_list: Any) -> list[Any]:
        """Return the ids of elements and ids, alone or in a list."""
        api = db()
        one = isinstance(mixed_list, (api.Element, api.ElementId))
        found: list[Any] = []
        for item in (mixed_list,) if one else mixed_list:
            if isinstance(item, api.Element):
                found.append(item.Id)
            elif isinstance(item, api.ElementId):
                found.append(item)
            elif isinstance(item, int):
                found.append(api.ElementId(item))
            else:
                raise PyRevitException(f"Can not determine element id from: {item}")
        return found

    @property
    def is_empty(self) -> bool:
        """Whether there is no element."""
        return not self._refs

    @property
    def elements(self) -> list[Any]:
        """The elements."""
        document = host().document
        return [document.GetElement(one) for one in self._refs]

    @property
    def element_ids(self) -> list[Any]:
        """The ids of the elements."""
        return self._refs

    @property
    def first(self) -> Any:
        """The first element; None if there is none."""
        return host().document.GetElement(self._refs[0]) if self._refs else None

    @property
    def last(self) -> Any:
        """The last element; None if there is none."""
        return host().document.GetElement(self._refs[-1]) if self._refs else None

    def set_to(self, element_list: Any) -> None:
        """Select these elements in Revit."""
        self._refs = ElementSelection.get_element_ids(element_list)
        _select(self._refs)

    def clear(self) -> None:
        """Select nothing in Revit; the elements here stay."""
        _select([])

    def append(self, element_list: Any) -> None:
        """Select these elements too."""
        self.set_to([*self._refs, *ElementSelection.get_element_ids(element_list)])

    def include(self, element_type: type) -> "ElementSelection":
        """Return those of a type."""
        return ElementSelection([e.Id for e in self.elements if isinstance(e, element_type)])

    def exclude(self, element_type: type) -> "ElementSelection":
        """Return those not of a type."""
        return ElementSelection([e.Id for e in self.elements if not isinstance(e, element_type)])

    def no_views(self) -> "ElementSelection":
        """Return those that are no views."""
        return self.exclude(db().View)

    def only_views(self) -> "ElementSelection":
        """Return the views among them."""
        return self.include(db().View)

    def expand_groups(self) -> None:
        """Put the members of groups in place of the groups."""
        api = db()
        expanded: list[Any] = []
        for element in self.elements:
            grouped = isinstance(element, api.Group)
            expanded.extend(element.GetMemberIds() if grouped else [element.Id])
        self._refs = expanded


def get_selection() -> ElementSelection:
    """Return the selected elements."""
    return ElementSelection()


def get_selection_category_set() -> Any:
    """Return the categories of the selected elements."""
    categories = db().CategorySet()
    for element in ElementSelection():
        categories.Insert(element.Category)
    return categories


def pick_element(message: str = "") -> Any:
    """Ask for an element in the view; None if cancelled."""
    return _pick("Element", message)


def pick_elements(message: str = "") -> Any:
    """Ask for elements in the view; None if cancelled or none was picked."""
    return _pick("Element", message, multiple=True)


def pick_element_by_category(cat_name_or_builtin: Any, message: str = "") -> Any:
    """Ask for an element of a category; None if cancelled."""
    return _pick("Element", message, only=_only_category(cat_name_or_builtin))


def pick_elements_by_category(cat_name_or_builtin: Any, message: str = "") -> Any:
    """Ask for elements of a category; None if cancelled or none was picked."""
    only = _only_category(cat_name_or_builtin)
    return _pick("Element", message, multiple=True, only=only)


def get_picked_elements(message: str = "") -> Iterator[Any]:
    """Ask for one element after the other until the user cancels."""
    while picked := pick_element(message):
        yield picked


def get_picked_elements_by_category(cat_name_or_builtin: Any, message: str = "") -> Iterator[Any]:
    """Ask for one element of a category after the other until the user cancels."""
    while picked := pick_element_by_category(cat_name_or_builtin, message):
        yield picked


def pick_point(message: str = "") -> Any:
    """Ask for a point in the view; None if cancelled."""
    try:
        return host().uidocument.Selection.PickPoint(message)
    except Exception:
        return None


def pick_rectangle(message: str = "", pick_filter: Any = None) -> Any:
    """Ask for the elements in a rectangle; cancelling raises, other than with the other picks."""
    selection = host().uidocument.Selection
    if pick_filter is not None:
        return selection.PickElementsByRectangle(pick_filter, message)
    return selection.PickElementsByRectangle(message)


def _pick(kind: str, message: str, multiple: bool = False, only: Any = None) -> Any:
    # pyRevit takes every error, a cancelled pick among them, for "nothing picked".
    run = host()
    try:
        selection = run.uidocument.Selection
        pick = selection.PickObjects if multiple else selection.PickObject
        object_type = getattr(run.api.UI.Selection.ObjectType, kind)
        picked = pick(object_type, message) if only is None else pick(object_type, only, message)
        references: Iterable[Any] = picked if multiple else [picked]
        found = [run.document.GetElement(reference) for reference in references]
        if not found:
            return None
        return found if multiple else found[0]
    except Exception:
        return None


def _only_category(cat_name_or_builtin: Any) -> Any:
    category = query.get_category(cat_name_or_builtin)
    if category is None:
        raise PyRevitException(f"Can not determine category id from: {cat_name_or_builtin}")
    return _CategoryFilter(category.Id)


def _select(ids: list[Any]) -> None:
    run = host()
    run.uidocument.Selection.SetElementIds(id_list(ids))
    run.uidocument.RefreshActiveView()


def id_list(ids: Iterable[Any]) -> Any:
    """Return a .NET list of element ids."""
    from revitron_grpc.simulation.net.collections import NetList

    return NetList.of(db().ElementId, list(ids))


class _CategoryFilter:
    """Lets only elements of one category be picked."""

    def __init__(self, category_id: Any) -> None:
        self.category_id = category_id

    def AllowElement(self, element: Any) -> bool:
        return element.Category is not None and element.Category.Id == self.category_id

    def AllowReference(self, reference: Any, point: Any) -> bool:
        del reference, point
        return False
