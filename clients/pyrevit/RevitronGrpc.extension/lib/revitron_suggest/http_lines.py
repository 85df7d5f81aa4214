# -*- coding: utf-8 -*-
"""Lines of the service's side port, by .NET's own HTTP classes.

Python's own (urllib2, requests, ssl) fail or misbehave in IronPython, worst on .NET 8.
"""

import json

from revitron_suggest.errors import BrokenStream, SuggestError
from revitron_suggest.net import add_references

add_references("System", "System.Net.Requests", "System.Net.Primitives", "System.Net.ServicePoint")

from System import Uri
from System.IO import StreamReader
from System.Net import (  # noqa: RVT402 - the tooltip says so
    HttpStatusCode,
    SecurityProtocolType,
    ServicePointManager,
    WebException,
    WebRequest,
)
from System.Text import Encoding

_CALL = "/revitron_grpc.v1.ButtonService/GenerateButtons"
_ANSWER_MILLISECONDS = 20000
_LONGEST_DELAY = 60.0
# gRPC's numbers for what another try may mend.
_UNKNOWN, _CANCELLED, _EXHAUSTED, _INTERNAL, _UNAVAILABLE = 2, 1, 8, 13, 14


class HttpLines(object):
    """The lines of one call; `request` is a GenerateButtonsRequest as protobuf JSON."""

    def __init__(self, url, request, key=""):
        self._url = url
        self._key = key
        self._body = json.dumps(request)
        self._call = None
        self._lines = None
        self._aborted = False

    def open(self, note):
        """Send the request and wait for the answer's head."""
        uri = Uri(self._url.rstrip("/") + _CALL)
        if uri.Scheme == "https":
            # .NET Framework does not offer it by itself on every Windows.
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12
        if self._key and uri.Scheme != "https" and not uri.IsLoopback:
            raise SuggestError(
                "The API key is not sent to {}: without https everybody on the way could read "
                "it. Shift-click on the button to give an https address.".format(self._url)
            )
        call = WebRequest.Create(uri)
        call.Method = "POST"
        call.ContentType = "application/json"
        if self._key:
            call.Headers.Add("Authorization", "Bearer " + self._key)
        call.Timeout = _ANSWER_MILLISECONDS
        # Lines are to be read as they come, not when all are there.
        call.AllowReadStreamBuffering = False
        call.KeepAlive = False
        if uri.IsLoopback:
            # Looking for an office's proxy can cost seconds.
            call.Proxy = None
        self._call = call
        if self._aborted:
            raise BrokenStream("cancelled")
        data = Encoding.UTF8.GetBytes(self._body)
        try:
            body = call.GetRequestStream()
            body.Write(data, 0, len(data))
            body.Close()
            answer = call.GetResponse()
        except WebException as error:
            raise self._refused(error)
        self._lines = StreamReader(answer.GetResponseStream(), Encoding.UTF8)

    def read_line(self):
        """Return the next line, None at the end."""
        line = self._lines.ReadLine()
        if line is not None and line.startswith('{"error"'):
            raise failure(line)
        return line

    def abort(self):
        """End the call."""
        self._aborted = True
        if self._call is not None:
            self._call.Abort()

    def _refused(self, error):
        if error.Response is None:
            return BrokenStream("no service answers at {} ({})".format(self._url, error))
        if error.Response.StatusCode == HttpStatusCode.NotFound:
            return SuggestError(
                "Something answers at {}, but not the side port of a revitron-grpc service. "
                "Shift-click on the button to correct the address.".format(self._url)
            )
        text = StreamReader(error.Response.GetResponseStream(), Encoding.UTF8).ReadToEnd()
        try:
            return failure(text)
        except ValueError:
            return BrokenStream("{} answered: {}".format(self._url, error))


def failure(text):
    """Return what an error of the service is: a broken stream if another try may mend it."""
    status = json.loads(text)["error"]
    code, message = status.get("code", _UNKNOWN), status.get("message", "no reason was given")
    own, delay = False, None
    for detail in status.get("details", []):
        kind = detail.get("@type", "")
        if kind.endswith("google.rpc.ErrorInfo"):
            own = True
        elif kind.endswith("google.rpc.RetryInfo"):
            delay = float(detail.get("retryDelay", "0s").rstrip("s"))
    if delay is not None and delay > _LONGEST_DELAY:
        return SuggestError(message)
    if code == _EXHAUSTED and delay is not None:
        return BrokenStream(message, delay)
    if code in (_UNAVAILABLE, _UNKNOWN, _CANCELLED) or (code == _INTERNAL and not own):
        return BrokenStream(message, delay or 0.0)
    return SuggestError(message)
