"""The few classes of .NET that the extension uses, backed by Python's own.

They take what .NET takes and nothing else: a misspelt property is an error here too.
"""

import http.client
import os
import socket
import subprocess
from contextlib import suppress
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from tests.liveness import LIVENESS

started: list["Process"] = []
"""Every process that was started, for tests that look what became of it."""
requests: list["HttpWebRequest"] = []
"""Every HTTP request that was made."""


def windows_arguments(line: str) -> list[str]:
    """Take a command line apart as Windows programs do (CommandLineToArgvW)."""
    found: list[str] = []
    text, quoted, there, at = "", False, False, 0
    while at < len(line):
        backslashes = 0
        while at < len(line) and line[at] == "\\":
            backslashes, at = backslashes + 1, at + 1
        if at < len(line) and line[at] == '"':
            text += "\\" * (backslashes // 2)
            there = True
            if backslashes % 2:
                text += '"'
            else:
                quoted = not quoted
            at += 1
            continue
        text += "\\" * backslashes
        there = there or bool(backslashes)
        if at == len(line):
            break
        if line[at] in " \t" and not quoted:
            if there:
                found.append(text)
            text, there = "", False
        else:
            text, there = text + line[at], True
        at += 1
    return [*found, text] if there else found


class _Variables:
    def __init__(self) -> None:
        self.values = dict(os.environ)

    def ContainsKey(self, name: str) -> bool:
        return name in self.values

    def Remove(self, name: str) -> None:
        del self.values[name]

    def __setitem__(self, name: str, value: str) -> None:
        self.values[name] = value


class ProcessStartInfo:
    __slots__ = (
        "Arguments",
        "CreateNoWindow",
        "EnvironmentVariables",
        "FileName",
        "RedirectStandardError",
        "RedirectStandardOutput",
        "StandardErrorEncoding",
        "StandardOutputEncoding",
        "UseShellExecute",
    )

    def __init__(self) -> None:
        self.EnvironmentVariables = _Variables()
        self.UseShellExecute = True
        self.FileName = self.Arguments = ""


class StreamReader:
    """Of a process' output, or of an HTTP answer."""

    def __init__(self, stream: Any, encoding: object = None) -> None:
        self._stream = stream

    def ReadLine(self) -> str | None:
        line = self._stream.readline()
        return line.decode("utf-8").rstrip("\r\n") if line else None

    def ReadToEnd(self) -> str:
        return str(self._stream.read().decode("utf-8"))


class Process:
    def __init__(self, info: ProcessStartInfo) -> None:
        assert not info.UseShellExecute, "output cannot be redirected with a shell"
        self.popen = subprocess.Popen(
            [info.FileName, *windows_arguments(info.Arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=info.EnvironmentVariables.values,
        )
        self.environment = info.EnvironmentVariables.values
        self.StandardOutput = StreamReader(self.popen.stdout)
        self.StandardError = StreamReader(self.popen.stderr)

    @staticmethod
    def Start(info: ProcessStartInfo) -> "Process":
        started.append(Process(info))
        return started[-1]

    @property
    def HasExited(self) -> bool:
        return self.popen.poll() is not None

    @property
    def ExitCode(self) -> int:
        assert self.popen.returncode is not None
        return self.popen.returncode

    def WaitForExit(self) -> None:
        self.popen.wait(LIVENESS)

    def Kill(self) -> None:
        self.popen.kill()
        self.popen.wait(LIVENESS)


class WebException(Exception):
    def __init__(self, message: str, response: "_Response | None" = None) -> None:
        super().__init__(message)
        self.Response = response


class Uri:
    def __init__(self, text: str) -> None:
        parts = urlsplit(text)
        self.Scheme, self.netloc, self.path = parts.scheme, parts.netloc, parts.path
        self.IsLoopback = parts.hostname in {"127.0.0.1", "localhost"}


class _Response:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self._response = response
        self.StatusCode = response.status

    def GetResponseStream(self) -> http.client.HTTPResponse:
        return self._response


class _RequestStream:
    def __init__(self) -> None:
        self.data = b""

    def Write(self, data: bytes, offset: int, count: int) -> None:
        self.data += data[offset : offset + count]

    def Close(self) -> None:
        pass


class _Headers:
    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def Add(self, name: str, value: str) -> None:
        self.values[name] = value


class HttpWebRequest:
    __slots__ = (
        "AllowReadStreamBuffering",
        "ContentType",
        "Headers",
        "KeepAlive",
        "Method",
        "Proxy",
        "Timeout",
        "_answer",
        "_body",
        "_connection",
        "_socket",
        "_uri",
    )

    def __init__(self, uri: Uri) -> None:
        self._uri = uri
        self._body = _RequestStream()
        self.Headers = _Headers()
        self.Proxy: object = "the system's"
        self.Timeout = 100_000
        self.Method, self.ContentType = "GET", ""
        self._connection = http.client.HTTPConnection(uri.netloc)
        self._answer: http.client.HTTPResponse | None = None
        self._socket: socket.socket | None = None
        requests.append(self)

    def GetRequestStream(self) -> _RequestStream:
        assert self.Method == "POST", "a GET has no body"
        return self._body

    def GetResponse(self) -> _Response:
        self._connection.timeout = self.Timeout / 1000
        try:
            self._connection.request(
                self.Method,
                self._uri.path,
                self._body.data,
                {
                    "Content-Type": self.ContentType,
                    "Connection": "close",
                    **self.Headers.values,
                },
            )
            self._socket = held = self._connection.sock
            self._answer = response = self._connection.getresponse()
            held.settimeout(None)  # .NET's Timeout ends with the head
        except (OSError, http.client.HTTPException) as error:
            raise WebException(str(error)) from error
        if response.status >= 400:
            raise WebException(f"({response.status}) {response.reason}", _Response(response))
        return _Response(response)

    def Abort(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def dispose(self) -> None:
        """Close what is open; a test's end, where .NET would collect."""
        if self._answer is not None:
            self._answer.close()
        self._connection.close()
        if self._socket is not None:
            self._socket.close()


class WebRequest:
    @staticmethod
    def Create(uri: Uri) -> HttpWebRequest:
        return HttpWebRequest(uri)


class HttpStatusCode:
    NotFound = 404


class SecurityProtocolType:
    Tls12 = 3072


class ServicePointManager:
    SecurityProtocol = 0


class _Utf8:
    def GetBytes(self, text: str) -> bytes:
        return text.encode("utf-8")


class Encoding:
    UTF8 = _Utf8()


class _Clr(ModuleType):
    def AddReference(self, name: str) -> None:
        if name != "System":
            raise OSError(f"Could not add reference to assembly {name}")


def modules() -> dict[str, ModuleType]:
    """Return the modules by name, ready for `sys.modules`."""
    content: dict[str, dict[str, Any]] = {
        "System": {"Uri": Uri},
        "System.Diagnostics": {"Process": Process, "ProcessStartInfo": ProcessStartInfo},
        "System.IO": {"StreamReader": StreamReader},
        "System.Net": {
            "HttpStatusCode": HttpStatusCode,
            "SecurityProtocolType": SecurityProtocolType,
            "ServicePointManager": ServicePointManager,
            "WebException": WebException,
            "WebRequest": WebRequest,
        },
        "System.Text": {"Encoding": Encoding},
    }
    found: dict[str, ModuleType] = {"clr": _Clr("clr")}
    for name, members in content.items():
        found[name] = ModuleType(name)
        vars(found[name]).update(members)
    return found
