"""The exceptions of `System` as Python classes, caught by their Python names as well.

IronPython turns .NET exceptions into Python ones by a table of its own
(`PythonExceptions.ToPythonNewStyle` and `ToPythonHelper` in IronPython's source): an
`ArgumentException` is a ValueError, an `ArgumentNullException` or `InvalidCastException` a
TypeError, and so on. What the table does not name is a SystemError.
"""

from revitron_grpc.simulation.errors import NetException


class SystemException(NetException):
    """The base of what .NET itself raises."""


class ArgumentException(SystemException, ValueError):
    """An argument that the method does not take."""


class ArgumentOutOfRangeException(ArgumentException):
    """An index or number outside of what is allowed."""


class ArgumentNullException(ArgumentException, TypeError):
    """None where a value is needed; IronPython makes it a TypeError."""


class InvalidCastException(SystemException, TypeError):
    """An object that is not of the wanted type."""


class InvalidOperationException(SystemException, SystemError):
    """A call that the object's state does not allow."""


class ObjectDisposedException(InvalidOperationException):
    """A call on an object that was disposed of."""


class NotSupportedException(SystemException, SystemError):
    """A call that this kind of object never allows."""


class NotImplementedException(SystemException, NotImplementedError):
    """A call that nobody wrote."""


class FormatException(SystemException, SystemError):
    """Text that cannot be read as what it should be."""


class NullReferenceException(SystemException, SystemError):
    """A member of null."""


class OperationCanceledException(SystemException, SystemError):
    """A cancelled operation of .NET; Revit's pick has another one of its own."""


class IndexOutOfRangeException(SystemException, IndexError):
    """An index outside of an array."""


class KeyNotFoundException(SystemException, KeyError):
    """A key that the dictionary has not."""

    __str__ = Exception.__str__


class ArithmeticException(SystemException, ArithmeticError):
    """A calculation that cannot be made."""


class DivideByZeroException(ArithmeticException, ZeroDivisionError):
    """A division of whole numbers by zero."""


class OverflowException(ArithmeticException, OverflowError):
    """A number too large for its type."""


class IOException(SystemException, OSError):
    """A file that cannot be read or written."""


class FileNotFoundException(IOException):
    """A file that is not there."""


class DirectoryNotFoundException(IOException):
    """A folder that is not there."""


class UnauthorizedAccessException(SystemException, SystemError):
    """A file that this user must not touch."""


class ApplicationException(NetException):
    """The base that .NET once meant for programs' own exceptions."""
