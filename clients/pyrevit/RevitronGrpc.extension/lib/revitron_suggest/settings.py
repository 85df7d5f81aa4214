# -*- coding: utf-8 -*-
"""Where suggestions come from, and what was asked last, kept in pyRevit's own configuration."""

from pyrevit import script

SECTION = "revitron_grpc"
COMMAND, SIDE_PORT = "command", "side port"
_DEFAULTS = {
    "way": COMMAND,
    "command": "revitron-grpc",
    "server": "",
    "ca": "",
    "key": "",
    "url": "http://127.0.0.1:8080",
    "seconds": 600,
    "brief": "",
    "count": 25,
    "extension": "",
}


class Settings(object):
    """The values by name; `keep` stores some."""

    def __init__(self):
        self._config = script.get_config(SECTION)

    def get(self, name):
        """Return a value, or its default."""
        return self._config.get_option(name, _DEFAULTS[name])

    def keep(self, **values):
        """Store values for the next time."""
        for name in values:
            self._config.set_option(name, values[name])
        script.save_config()
