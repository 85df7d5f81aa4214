# -*- coding: utf-8 -*-
"""Lines of the installed `revitron-grpc` command, which speaks gRPC in a process of its own.

The command resumes broken streams by itself and says so on its standard error.
"""

import threading

from revitron_suggest.errors import SuggestError
from revitron_suggest.net import add_references

add_references("System", "System.Diagnostics.Process", "System.ComponentModel.Primitives")

from System.Diagnostics import Process, ProcessStartInfo
from System.Text import Encoding

_KEPT = 20
_KEY_VARIABLE = "REVITRON_GRPC_API_KEY"
# Revit's or pyRevit's own Python must not leak into the command's.
_NOT_FOR_THE_CHILD = ("PYTHONPATH", "PYTHONHOME", "IRONPYTHONPATH", "PYTHONSTARTUP")


def quoted(arguments):
    """Return one command line that Windows programs take apart into these arguments again.

    .NET Framework takes a line only. Backslashes count only before a quotation mark, where each
    must be doubled.
    """
    parts = []
    for argument in arguments:
        if argument and not any(c in argument for c in ' \t\n\v"'):
            parts.append(argument)
            continue
        text, backslashes = '"', 0
        for character in argument:
            if character == "\\":
                backslashes += 1
                continue
            if character == '"':
                backslashes = 2 * backslashes + 1
            text += "\\" * backslashes + character
            backslashes = 0
        parts.append(text + "\\" * (2 * backslashes) + '"')
    return " ".join(parts)


class CommandLines(object):
    """The standard output of one run of the command."""

    def __init__(self, command, arguments, key=""):
        self._command = command
        self._arguments = arguments
        self._key = key
        self._process = None
        self._aborted = False
        self._said = []
        self._errors = None

    def open(self, note):
        """Start the command; `note` is called with each line of its standard error."""
        info = ProcessStartInfo()
        info.FileName = self._command
        info.Arguments = quoted(self._arguments)
        info.UseShellExecute = False
        info.CreateNoWindow = True
        info.RedirectStandardOutput = True
        info.RedirectStandardError = True
        info.StandardOutputEncoding = Encoding.UTF8
        info.StandardErrorEncoding = Encoding.UTF8
        for name in _NOT_FOR_THE_CHILD:
            if info.EnvironmentVariables.ContainsKey(name):
                info.EnvironmentVariables.Remove(name)
        if self._key:
            # Not an argument: every program may read those of the others.
            info.EnvironmentVariables[_KEY_VARIABLE] = self._key
        try:
            # The command that the user named in the settings, as the tooltip says.
            process = Process.Start(info)  # noqa: RVT401
        except Exception as error:
            raise SuggestError(
                "The command {} cannot be started ({}). Install it with pip install "
                '"revitron-grpc[server]", or give its full path by Shift-click on this '
                "button.".format(self._command, error)
            )
        self._process = process
        if self._aborted:
            self.abort()
        # A full pipe blocks the child, so both are read.
        self._errors = threading.Thread(target=self._read_errors, args=(note,))
        self._errors.daemon = True
        self._errors.start()

    def read_line(self):
        """Return the next line, None at the end; SuggestError where the command failed."""
        line = self._process.StandardOutput.ReadLine()
        if line is not None:
            return line
        self._process.WaitForExit()
        self._errors.join(5)
        code = self._process.ExitCode
        # 1 says that fewer tools passed than were asked for, which is no failure.
        if code not in (0, 1) and not self._aborted:
            told = [text for text in self._said if text.strip()] or ["It said nothing."]
            raise SuggestError(
                "{} ended with exit code {}: {}".format(self._command, code, "\n".join(told[-3:]))
            )
        return None

    def abort(self):
        """End the command."""
        self._aborted = True
        if self._process is None:
            return
        try:
            if not self._process.HasExited:
                self._process.Kill()
        except Exception:
            # It ended by itself in between.
            return

    def _read_errors(self, note):
        line = self._process.StandardError.ReadLine()
        while line is not None:
            self._said = (self._said + [line])[-_KEPT:]
            note(line)
            line = self._process.StandardError.ReadLine()
