"""`System.Text`: `StringBuilder` and `Encoding`."""

from collections.abc import Iterable
from typing import Any

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.environment import current_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.python_types import String, text_of


class StringBuilder:
    """`System.Text.StringBuilder`."""

    def __init__(self, text: str = "") -> None:
        if not isinstance(text, str):
            text = ""
        self._parts = [text]

    def Append(self, value: Any) -> "StringBuilder":
        self._parts.append(text_of(value, "", current_environment().culture))
        return self

    def AppendLine(self, value: Any = "") -> "StringBuilder":
        return self.Append(value).Append("\r\n")

    def AppendFormat(self, form: Any, *values: Any) -> "StringBuilder":
        return self.Append(String.Format(form, *values))

    def Clear(self) -> "StringBuilder":
        self._parts.clear()
        return self

    @property
    def Length(self) -> int:
        return len(self.ToString())

    def ToString(self) -> str:
        return "".join(self._parts)

    __str__ = ToString


class Encoding:
    """`System.Text.Encoding`: `UTF8` with its mark at the start of files, `Default` as Windows."""

    def __init__(self, python_name: str) -> None:
        self._python_name = python_name

    UTF8 = static_property(lambda cls: cls("utf-8-sig"))
    ASCII = static_property(lambda cls: cls("ascii"))
    Unicode = static_property(lambda cls: cls("utf-16"))
    Default = static_property(lambda cls: cls("cp1252"))

    @classmethod
    def GetEncoding(cls, name: Any) -> "Encoding":
        known = {
            "utf-8": "utf-8-sig",
            "windows-1252": "cp1252",
            1252: "cp1252",
            "us-ascii": "ascii",
        }
        if name not in known:
            raise NotSimulated(f"Encoding.GetEncoding({name!r})")
        return cls(known[name])

    def GetString(self, data: Iterable[int]) -> str:
        return bytes(data).decode(self._python_name.removesuffix("-sig"), "replace")
