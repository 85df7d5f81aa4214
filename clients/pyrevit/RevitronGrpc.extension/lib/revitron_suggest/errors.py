# -*- coding: utf-8 -*-
"""What can go wrong, told to people."""


class SuggestError(Exception):
    """Something that the user can do something about; the text says what."""

    def __init__(self, message):
        Exception.__init__(self, message)
        self.message = message


class BrokenStream(Exception):
    """A stream that broke and may be continued; `delay` is the wait that the service wants."""

    def __init__(self, message, delay=0.0):
        Exception.__init__(self, message)
        self.message = message
        self.delay = delay
