"""What can go wrong in a simulated Revit: Revit's own exceptions, and the limits of ours."""

from functools import cache

from revitron_grpc.catalog.load import packaged_catalog


class NotSimulated(BaseException):
    """A script used something that exists in Revit but whose behaviour is not written here.

    Not an `Exception`, so that a script's own `except` does not swallow it: what we do not know
    is not a failure of the script.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"{self.what} exists in Revit, but the simulation does not know how it behaves"


class StepLimitReached(BaseException):
    """A script ran more steps than its limit: an endless loop, or far too much work."""


class NetException(Exception):  # noqa: N818 - the name by which .NET calls it
    """The base of all .NET exceptions as a Python script sees them.

    `Message` is the text; IronPython gives the same by `str()`.
    """

    @property
    def Message(self) -> str:
        """The text of the exception."""
        return str(self.args[0]) if self.args else ""

    def ToString(self) -> str:
        """Return the type's name and the text."""
        return f"{type(self).__module__}.{type(self).__name__}: {self.Message}"


_NAMESPACE = "Autodesk.Revit.Exceptions"
_ROOT = "ApplicationException"


@cache
def revit_exception(name: str) -> type[NetException]:
    """Return the class of a Revit exception by its simple name, the same for all versions.

    Raises `KeyError` for a name that is not one of `Autodesk.Revit.Exceptions`.
    """
    catalog = packaged_catalog()
    full_name = f"{_NAMESPACE}.{name}"
    if catalog.type(full_name) is None:
        raise KeyError(full_name)
    parent: type[NetException] = NetException
    if name != _ROOT:
        base = catalog.ancestors(full_name, catalog.versions[-1])[0]
        if not base.startswith(_NAMESPACE):
            raise KeyError(f"{full_name} is not an exception")
        parent = revit_exception(base.rpartition(".")[2])
    return type(name, (parent,), {"__module__": _NAMESPACE, "__doc__": f"Revit's {name}."})


def revit_error(name: str, message: str) -> NetException:
    """Make one of Revit's exceptions, to be raised, by its simple name."""
    return revit_exception(name)(message)
