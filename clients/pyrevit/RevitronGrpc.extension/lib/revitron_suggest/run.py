# -*- coding: utf-8 -*-
"""One run: every suggestion once, in order, across broken streams."""

import hashlib
import json
import time

from revitron_suggest import reader
from revitron_suggest.errors import BrokenStream, SuggestError

_TURN = 0.2
# The service says something at least every 15 seconds.
STALL_SECONDS = 25.0
_TRIES = 10
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 5.0


class Cancelled(Exception):
    """The user does not want to wait any longer."""


class Run(object):
    """Fetches suggestions from a source of lines.

    `open_source` makes a source and is called with the last resume token, "" at first.
    `resumes` says whether a broken stream is to be continued here; the command does that itself.
    `on_progress` is called in this thread, several times a second, with the number that arrived
    and a note for the user; it returns False to cancel.
    """

    def __init__(self, open_source, resumes, on_progress, seconds):
        self._open_source = open_source
        self._resumes = resumes
        self._on_progress = on_progress
        self._ends = time.time() + seconds
        self._token = ""
        self._tries = 0
        self._note = ""
        self._identity = None
        self._digest = hashlib.sha256()
        self._summary = None
        self.suggestions = []

    def fetch(self):
        """Return all suggestions.

        SuggestError says why there are none, or not all; what arrived is in `suggestions`.
        Cancelled where the user cancelled.
        """
        while self._summary is None:
            broken = self._read_stream()
            if self._summary is not None:
                break
            self._tries += 1
            if not self._resumes or self._tries > _TRIES:
                raise SuggestError(
                    "The stream broke off after {} suggestions ({}).".format(
                        len(self.suggestions), broken.message
                    )
                )
            delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (self._tries - 1))
            self._note = "{}, trying again".format(broken.message)
            self._pause(max(delay, broken.delay))
        self._check()
        return self.suggestions

    def _read_stream(self):
        """Read one stream; return why it broke, or None when the summary came."""
        lines = reader.LineReader(self._open_source(self._token))
        lines.start()
        heard = time.time()
        try:
            while True:
                self._show()
                kind, value = lines.next(_TURN)
                if kind == reader.NOTHING:
                    if self._resumes and time.time() - heard > STALL_SECONDS:
                        return BrokenStream("the service fell silent")
                    continue
                heard = time.time()
                if kind == reader.LINE:
                    self._take(value)
                    if self._summary is not None:
                        return None
                elif kind == reader.NOTE:
                    self._note = value
                elif kind == reader.FAILED:
                    raise value
                elif kind == reader.BROKEN:
                    return value
                elif kind == reader.END:
                    return BrokenStream("the stream ended early")
        finally:
            lines.stop()

    def _take(self, line):
        try:
            response = json.loads(line)
        except ValueError:
            # Half a line: the connection broke within it, and the end will say so.
            return
        if "started" in response:
            started = response["started"]
            identity = (started.get("runId"), started.get("planDigest"))
            if self._identity not in (None, identity):
                raise SuggestError(
                    "The service began another run in place of the broken one. Start again."
                )
            self._identity = identity
        for spec in response.get("buttons", {}).get("buttons", []):
            if spec["ordinal"] <= len(self.suggestions):
                continue
            if spec["ordinal"] != len(self.suggestions) + 1:
                raise SuggestError("A suggestion was lost on the way. Start again.")
            self.suggestions.append(spec)
            line = "{} {} {}\n".format(spec["ordinal"], spec["id"], spec["digest"])
            self._digest.update(line.encode("utf-8"))
            self._tries = 0
            self._note = ""
        if "summary" in response:
            self._summary = response["summary"]
        self._token = response.get("resumeToken", self._token)

    def _check(self):
        accepted = self._summary.get("accepted", 0)
        whole = self._digest.hexdigest() == self._summary.get("specsDigest")
        if accepted != len(self.suggestions) or not whole:
            raise SuggestError("What arrived is not what the service sent. Start again.")

    def _pause(self, seconds):
        until = time.time() + seconds
        while time.time() < until:
            self._show()
            time.sleep(min(_TURN, max(0.0, until - time.time())))

    def _show(self):
        if self._on_progress(len(self.suggestions), self._note) is False:
            raise Cancelled()
        if time.time() > self._ends:
            raise SuggestError(
                "Time is up; {} suggestions arrived. Ask for fewer, or set a longer time by "
                "Shift-click on the button.".format(len(self.suggestions))
            )
