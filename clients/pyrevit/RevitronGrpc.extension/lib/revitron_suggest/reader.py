# -*- coding: utf-8 -*-
"""Read lines in a thread of their own, so that Revit's window stays alive.

The thread touches neither Revit nor pyRevit: a window that is touched from another thread than
its own crashes Revit. It puts lines into a queue of a few, so that a slow reader slows the
source down instead of filling the memory.
"""

import threading
import time

try:
    from queue import Empty, Full, Queue
except ImportError:
    from Queue import Empty, Full, Queue

from revitron_suggest.errors import BrokenStream, SuggestError

LINES_AHEAD = 20
_TURN = 0.1

LINE = "line"
NOTE = "note"
END = "end"
BROKEN = "broken"
FAILED = "failed"
NOTHING = "nothing"


class LineReader(object):
    """Reads one source to its end.

    A source has `open()`, `read_line()`, which returns a text or None at the end, and
    `abort()`, which may be called from another thread and makes a blocked read return.
    """

    def __init__(self, source):
        self._source = source
        self._queue = Queue(LINES_AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.daemon = True

    def start(self):
        """Begin to read."""
        self._thread.start()

    def next(self, seconds):
        """Return what came, as kind and value; NOTHING after so many seconds without any."""
        try:
            return self._queue.get(True, seconds)
        except Empty:
            return NOTHING, None

    def stop(self):
        """End the source and the thread; what is still in the queue is dropped."""
        self._stopped.set()
        self._source.abort()
        self._thread.join(10)

    def _read(self):
        try:
            self._source.open(self._put_note)
            line = self._source.read_line()
            while line is not None and not self._stopped.is_set():
                self._put(LINE, line)
                line = self._source.read_line()
            self._put(END, None)
        except BrokenStream as error:
            self._put(BROKEN, error)
        except SuggestError as error:
            self._put(FAILED, error)
        except Exception as error:
            # Whatever .NET throws when a connection dies; the run decides whether to go on.
            self._put(BROKEN, BrokenStream("{}".format(error)))

    def _put_note(self, text):
        self._put(NOTE, text)

    def _put(self, kind, value):
        while not self._stopped.is_set():
            try:
                self._queue.put((kind, value), True, _TURN)
                return
            except Full:
                time.sleep(0)
