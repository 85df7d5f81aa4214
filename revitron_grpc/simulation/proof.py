"""Run a scenario of a recipe and say whether it proves what it promises."""

import ntpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.errors import InvalidInputError
from revitron_grpc.recipes.scenario import CreatedElements, Expectation, Scenario, ShownTable
from revitron_grpc.simulation.answers import Answers, read_answers
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.observed import (
    everything_changed,
    handle_of,
    named,
    observed,
    parameter_name,
    rows_with_handles,
    simple_class,
    written_texts,
)
from revitron_grpc.simulation.outcome import Outcome, PrintedTable
from revitron_grpc.simulation.parameter_table import number_of
from revitron_grpc.simulation.revit.elements import unique_id
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.simulation.session import Session
from revitron_grpc.simulation.virtual_files import VirtualFiles

_TOLERANCE = 1e-3
_UNIQUE_ID = re.compile(r"\{unique id of ([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Proof:
    """What one scenario came to.

    `failures` says in whole sentences what is not as expected; none means proven. `unknown`
    names what the simulation does not know: neither proven nor disproven. `seen` is the `expect`
    part that the run would fulfil, empty unless it was asked for.
    """

    scenario: str
    shows: str
    failures: tuple[str, ...]
    unknown: str
    seen: dict[str, Any]
    trace: str = ""

    @property
    def proven(self) -> bool:
        """Whether all was as the scenario says."""
        return not self.failures and not self.unknown


def prove(
    scenario: Scenario,
    script: str,
    api: RevitApi,
    samples: SampleModels,
    bundle_files: Iterable[tuple[str, bytes]] = (),
    *,
    observe: bool = False,
) -> Proof:
    """Run a script as the scenario says, on a sample model that is as before afterwards.

    `bundle_files` are names and contents of the files beside the script. A model, handle, parameter
    or answer that does not exist is a failure of the proof. With `observe` the proof also says what
    the run would fulfil, for whoever writes a scenario.
    """
    if scenario.model not in samples.names:
        known = ", ".join(samples.names)
        return _not_run(scenario, f"there is no sample model '{scenario.model}'; there are {known}")
    with samples.lent(scenario.model) as database:
        try:
            prepare(database, scenario.set, scenario.active_view)
            files = _files_beside(scenario, bundle_files, database)
            selection = [database.by_handle(handle).id for handle in scenario.selection]
            session = Session(
                api=api,
                database=database,
                answers=Answers(read_answers(scenario.answers)),
                files=files,
                selection=list(selection),
                shift_click=scenario.shift_click,
                remembered=dict(scenario.config),
            )
        except KeyError as error:
            asked = str(error.args[0])
            handles = {record.handle for record in database.elements.values()}
            near = get_close_matches(asked, handles, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            return _not_run(scenario, f"{scenario.model} does not have {asked}{hint}")
        except InvalidInputError as error:
            return _not_run(scenario, *(f"{v.field}: {v.description}" for v in error.violations))
        result = run_script(session, script)
        seen: dict[str, Any] = {}
        if observe:
            seen = observed(database, result, tuple(selection))
            if session.remembered != scenario.config:
                seen["remembered"] = dict(session.remembered)
        failures = (
            ()
            if result.unknown
            else (
                *_failures(database, scenario.expect, result, tuple(selection)),
                *_remembered(scenario.expect, session.remembered),
            )
        )
        return Proof(scenario.id, scenario.shows, failures, result.unknown, seen, result.trace)


def _not_run(scenario: Scenario, *failures: str) -> Proof:
    return Proof(scenario.id, scenario.shows, failures, unknown="", seen={})


def _files_beside(
    scenario: Scenario, bundle_files: Iterable[tuple[str, bytes]], database: Database
) -> VirtualFiles:
    """Put the bundle's files beside the script, the scenario's there too or in the documents.

    `{unique id of HANDLE}` in a scenario's file stands for `Element.UniqueId`.
    """
    files = VirtualFiles()
    beside = ntpath.dirname(files.script_path)
    names: set[str] = set()
    for name, content in bundle_files:
        files.write(ntpath.join(beside, name), content)
        names.add(name)
    for name, told in scenario.files.items():
        text = _UNIQUE_ID.sub(lambda found: unique_id(database.by_handle(found[1])), told)
        files.write(ntpath.join(beside, name) if name in names else name, text)
    return files


def prepare(
    database: Database, changes: Mapping[str, Mapping[str, Any]], active_view: str = ""
) -> None:
    """Make the changes to the sample model that come before the run, by handle.

    Raises `KeyError` for a handle or a parameter that does not exist.
    """
    database.transaction = "prepare"
    for handle, values in changes.items():
        record = database.by_handle(handle)
        for name, value in values.items():
            _set(database, record, name, value)
    database.transaction = None
    database.baseline = len(database.journal)
    database.regenerate()
    if active_view:
        database.settings["active_view"] = database.by_handle(active_view).id


def _set(database: Database, record: ElementRecord, name: str, value: Any) -> None:
    if isinstance(value, str) and value.startswith("@"):
        value = database.by_handle(value[1:]).id
    elif isinstance(value, list):
        before = record.data.get(name.removeprefix("data."))
        items: list[Any] = [
            database.by_handle(one[1:]).id if isinstance(one, str) and one.startswith("@") else one
            for one in value
        ]
        # A point is written as its three coordinates.
        value = XYZ(*items) if isinstance(before, XYZ) else tuple(items)
    if name == "delete":
        database.remove(record)
    elif name.startswith("data."):
        database.write(record, name.removeprefix("data."), value)
    else:
        number = number_of(packaged_catalog(), name)
        if number is None:
            number = _project_parameter(database, name)
        database.write_value(record, number, value)


def _project_parameter(database: Database, name: str) -> int:
    for record in database.of_kind("SharedParameterElement", "ParameterElement"):
        if record.data.get("name") == name:
            return record.id
    raise KeyError(f"no parameter '{name}' in BuiltInParameter or in '{database.title}'")


def _failures(
    database: Database, expect: Expectation, result: RunResult, start: tuple[int, ...]
) -> Iterable[str]:
    if result.error:
        yield f"the script failed: {result.error}"
    changes, outcome = result.changes, result.outcome
    yield from _changed(database, expect, result)
    yield from _created(database, expect.created, changes.created)
    yield from _same_names("deleted", expect.deleted, [record.handle for record in changes.deleted])
    selected = [handle_of(database, number) for number in outcome.selection]
    wanted = expect.selected
    if wanted is None:
        wanted = [handle_of(database, number) for number in start]
    yield from _same_names("selected", wanted, selected)
    yield from _transactions(expect, result)
    yield from _said(expect, outcome)
    for table in expect.tables:
        yield from _table(database, table, outcome.tables)
    for table in outcome.tables:
        if table.broken:
            yield f"cells spoil a table of the output: {', '.join(table.broken)}"
    yield from _files(expect, outcome)
    if expect.links is not None:
        linked = [handle_of(database, number) for number in outcome.links]
        yield from _same_names("linked", expect.links, linked)
    for answer in outcome.unused_answers:
        yield f"no dialog asked for the answer {answer}"


def _changed(database: Database, expect: Expectation, result: RunResult) -> Iterable[str]:
    seen = everything_changed(database, result.changes)
    for handle in sorted(set(seen) | set(expect.changed)):
        wanted, found = expect.changed.get(handle, {}), seen.get(handle, {})
        for name in sorted(set(wanted) | set(found)):
            if name not in wanted:
                yield f"{handle}: {name} changed to {found[name][1]!r}; it should not"
            elif name not in found:
                yield f"{handle}: {name} did not change to {wanted[name][1]!r}"
            elif not _alike(list(wanted[name]), found[name]):
                yield f"{handle}: {name} went {found[name]}, expected {list(wanted[name])}"


def _created(
    database: Database, wanted: list[CreatedElements], created: tuple[ElementRecord, ...]
) -> Iterable[str]:
    left = list(created)
    for part in wanted:
        fitting = [
            record
            for record in left
            if simple_class(record) == part.class_name and _has(database, record, part.values)
        ]
        if len(fitting) < part.count:
            shown = f"{part.class_name} {part.values or ''}".rstrip()
            yield f"{len(fitting)} {shown} made, expected {part.count}"
        left = [record for record in left if record not in fitting[: part.count]]
    if left:
        yield f"made besides: {', '.join(map(str, left))}"


def _has(database: Database, record: ElementRecord, values: dict[str, Any]) -> bool:
    held = {f"data.{key}": value for key, value in record.data.items()}
    held.update({parameter_name(database, n): v for n, v in record.values.items()})
    return all(_alike(v, named(database, held.get(n))) for n, v in values.items())


def _same_names(what: str, wanted: list[str], found: list[str]) -> Iterable[str]:
    missing, more = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    if missing:
        yield f"not {what}: {', '.join(missing)}"
    if more:
        yield f"{what} besides: {', '.join(more)}"


def _transactions(expect: Expectation, result: RunResult) -> Iterable[str]:
    names = list(result.changes.transactions)
    wanted = expect.transactions
    if isinstance(wanted, list):
        if names != wanted:
            yield f"transactions {names}, expected {wanted}"
    elif isinstance(wanted, int):
        if len(names) != wanted:
            yield f"{len(names)} transactions, expected {wanted}"
    elif not result.changes.none and len(names) != 1:
        yield f"{len(names)} undo steps ({', '.join(names)}); a tool makes one"


def _said(expect: Expectation, outcome: Outcome) -> Iterable[str]:
    text = "\n".join(outcome.texts)
    for part in expect.says:
        if part not in text:
            yield f"nowhere says '{part}'; says: {text[:400] or 'nothing'}"
    for part in expect.says_not:
        if part in text:
            yield f"says '{part}'"


def _table(
    database: Database, wanted: ShownTable, tables: tuple[PrintedTable, ...]
) -> Iterable[str]:
    for table in tables:
        shown = [list(row) for row in rows_with_handles(database, table)]
        cells = "\n".join("\t".join(row) for row in (*shown, *table.rows))
        if (
            wanted.title in table.title
            and wanted.rows in (None, len(table.rows))
            and all(part in cells for part in wanted.has)
            and wanted.exactly in (None, shown, [list(r) for r in table.rows])
        ):
            return
    printed = "; ".join(
        f"{t.title or 'untitled'}: {rows_with_handles(database, t)}" for t in tables
    )
    asked = wanted.model_dump(exclude_defaults=True)
    yield f"no table is as expected ({asked}); there are: {printed}"


def _files(expect: Expectation, outcome: Outcome) -> Iterable[str]:
    written = written_texts(outcome)
    yield from _same_names("written", list(expect.files), list(written))
    for name, parts in expect.files.items():
        for part in parts:
            if name in written and part not in written[name]:
                yield f"{name} does not hold '{part}'; it holds: {written[name][:400]}"


def _remembered(expect: Expectation, held: Mapping[str, Any]) -> Iterable[str]:
    for name, wanted in expect.remembered.items():
        # pyRevit keeps names without regard to case.
        found = held.get(name.lower())
        if not _alike(wanted, found):
            yield f"remembers {found!r} as {name}, expected {wanted!r}"


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one == other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _TOLERANCE * max(1.0, abs(one))
    return one == other
