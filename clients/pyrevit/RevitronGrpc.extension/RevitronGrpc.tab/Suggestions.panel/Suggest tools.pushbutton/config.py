# -*- coding: utf-8 -*-
"""Shift-click: where the suggestions come from."""

from pyrevit import forms
from revitron_suggest.settings import COMMAND, SIDE_PORT, Settings

TITLE = "Suggest tools"
FIRST = "The command revitron-grpc on this computer"
WAYS = {
    FIRST: COMMAND,
    "The side port of a service": SIDE_PORT,
}


def asked(settings, name, prompt):
    """Ask for one value and keep it; False where the user leaves."""
    value = forms.ask_for_string(
        default="{}".format(settings.get(name)), prompt=prompt, title=TITLE
    )
    if value is None:
        return False
    settings.keep(**{name: value.strip()})
    return True


def asked_key(settings):
    """Ask for the API key, which is not shown again; False where the user leaves."""
    prompt = "API key, if the service wants one"
    if settings.get("key"):
        prompt = "API key; empty: the one you gave before; - : none"
    value = forms.ask_for_string(default="", prompt=prompt, title=TITLE)
    if value is None:
        return False
    value = value.strip()
    if value:
        settings.keep(key="" if value == "-" else value)
    return True


def main():
    settings = Settings()
    way = forms.ask_for_one_item(
        sorted(WAYS), default=FIRST, prompt="Suggestions come from:", title=TITLE
    )
    if way not in WAYS:
        return
    settings.keep(way=WAYS[way])
    if WAYS[way] == COMMAND:
        if not asked(settings, "command", "The command, or its full path"):
            return
        prompt = "HOST:PORT of a service; empty: the command computes by itself"
        if not asked(settings, "server", prompt):
            return
        if settings.get("server"):
            prompt = "PEM file of the service's authority; empty: what Windows trusts, or no TLS"
            if not asked(settings, "ca", prompt) or not asked_key(settings):
                return
    else:
        prompt = "Address of the side port, such as https://server:8080"
        if not asked(settings, "url", prompt) or not asked_key(settings):
            return
    seconds = forms.ask_for_string(
        default="{}".format(settings.get("seconds")), prompt="Seconds to wait at most", title=TITLE
    )
    if seconds and seconds.strip().isdigit():
        settings.keep(seconds=int(seconds))


main()
