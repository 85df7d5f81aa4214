"""pyRevit's own exceptions."""


class PyRevitException(Exception):
    """The base of pyRevit's errors; `msg` is the text."""

    @property
    def msg(self) -> str:
        """The text of the error."""
        return str(self.args[0]) if self.args else ""


class PyRevitIOError(PyRevitException):
    """A file of pyRevit's own that cannot be read or written."""


class PyRevitCPythonNotSupported(PyRevitException):
    """Something of pyRevit that the CPython engine does not have."""

    def __init__(self, feature_name: str) -> None:
        super().__init__(f'"{feature_name}" is not currently supported under CPython')
