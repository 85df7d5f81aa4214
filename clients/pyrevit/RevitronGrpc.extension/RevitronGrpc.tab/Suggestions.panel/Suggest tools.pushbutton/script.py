# -*- coding: utf-8 -*-
"""Suggest tools, let the user pick, write what was picked, offer to reload pyRevit."""

from pyrevit import HOST_APP, forms, script
from pyrevit.loader import sessionmgr
from revitron_suggest import bundles, sources
from revitron_suggest.errors import SuggestError
from revitron_suggest.run import Cancelled, Run
from revitron_suggest.settings import COMMAND, Settings

TITLE = "Suggest tools"
ALL = "All disciplines"
PROMISE = (
    "Proven against the API facts of your Revit version and in simulation; "
    "not run in your Revit; try it on a detached copy."
)


class Choice(object):
    """A suggestion as the list shows it."""

    def __init__(self, spec):
        self.spec = spec
        self.label = "{}: {}".format(spec["title"].replace("\n", " "), spec.get("problem", ""))


def picked_extension(settings):
    """Ask for the extension that receives the tools; None where the user leaves."""
    last = settings.get("extension")
    if last and bundles.is_extension(last):
        other = "Another extension"
        answer = forms.alert(
            "Where shall the tools that you pick go?",
            title=TITLE,
            sub_msg=last,
            options=["This one", other],
            warn_icon=False,
        )
        if answer != other:
            return last if answer else None
    path = forms.pick_folder(title="The extension that receives the tools (X.extension)")
    if path and not bundles.is_extension(path):
        forms.alert(
            "{} is no extension: the name of its folder ends in .extension.".format(path),
            title=TITLE,
        )
        return None
    return path or None


def asked_wish(settings, extension):
    """Ask what is wanted; None where the user leaves."""
    brief = forms.ask_for_string(
        default=settings.get("brief"), prompt="What do you need? In your own words.", title=TITLE
    )
    if brief is None:
        return None
    count = forms.ask_for_string(
        default="{}".format(settings.get("count")),
        prompt="How many suggestions, 1 to {}?".format(sources.MOST),
        title=TITLE,
    )
    if count is None:
        return None
    if not count.strip().isdigit():
        forms.alert("{} is no number.".format(count), title=TITLE)
        return None
    names = [name.replace("_", " ") for name in sources.DISCIPLINES]
    chosen = forms.SelectFromList.show(
        [ALL] + names, title="Whose work?", multiselect=True, button_name="Suggest"
    )
    if chosen is None:
        return None
    disciplines = [] if ALL in chosen else [name.replace(" ", "_") for name in chosen]
    settings.keep(brief=brief, count=int(count), extension=extension)
    return sources.Wish(brief, int(count), disciplines, int(HOST_APP.version), extension)


def fetched(settings, wish):
    """Return the suggestions; what arrived before an error is kept."""
    if settings.get("way") == COMMAND:
        seconds = int(settings.get("seconds"))
        source = sources.command_source(
            wish,
            settings.get("command"),
            settings.get("server"),
            seconds,
            ca=settings.get("ca"),
            key=settings.get("key"),
        )
    else:
        source = sources.side_port_source(wish, settings.get("url"), settings.get("key"))
    counts = "{value} of {max_value} suggestions"
    with forms.ProgressBar(title=counts, cancellable=True) as bar:

        def show(arrived, note):
            # The note is another's text, in which the bar must find nothing to fill in.
            plain = note.replace("{", "(").replace("}", ")")
            bar.title = "{} ({})".format(counts, plain) if note else counts
            bar.update_progress(arrived, wish.count)
            return not bar.cancelled

        run = Run(source, settings.get("way") != COMMAND, show, int(settings.get("seconds")))
        try:
            return run.fetch()
        except Cancelled:
            return run.suggestions
        except SuggestError as error:
            forms.alert(error.message, title=TITLE)
            return run.suggestions


def written(specs, extension):
    """Write the specs; return how many there are now, and tell about each."""
    output = script.get_output()
    count = 0
    for spec in specs:
        try:
            folder = bundles.write_button(spec, extension)
        except SuggestError as error:
            output.print_md("Not written: {}".format(error.message))
            continue
        count += 1
        output.print_md("**{}** `{}`".format(spec["title"], folder))
        output.print_md(spec.get("tooltip", ""))
    output.print_md(PROMISE)
    return count


def main():
    settings = Settings()
    extension = picked_extension(settings)
    wish = extension and asked_wish(settings, extension)
    if not wish:
        return
    suggestions = fetched(settings, wish)
    if not suggestions:
        return
    choices = forms.SelectFromList.show(
        [Choice(spec) for spec in suggestions],
        title="{} suggestions: pick what you want".format(len(suggestions)),
        multiselect=True,
        name_attr="label",
        button_name="Write into the extension",
        width=900,
    )
    if not choices or not written([choice.spec for choice in choices], extension):
        return
    if forms.alert(
        "pyRevit shows the new tools after a reload, on the tab {}. Reload now?".format(
            bundles.TAB
        ),
        title=TITLE,
        yes=True,
        no=True,
        warn_icon=False,
    ):
        sessionmgr.reload_pyrevit()


main()
