"""Elasticsearch and Kibana: the template, the dashboards, and who sends the lines."""

import ast
import json
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from revitron_grpc.service.telemetry.ecs import _NAMES, action_of
from revitron_grpc.vocabulary import Criterion
from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool
from tests.deploy.kibana import dangling, panels
from tests.deploy.log_lines import real_lines
from tests.deploy.search_engine import search_engine

ELK = DEPLOY / "elk"
ECS = ROOT / ".tools" / "share" / "ecs_flat.yml"
_STREAM = "logs-revitron_grpc-default"
# Filebeat's own, and what came with ECS 1.7.
_NOT_IN_ECS = {"input.type", "log.offset", "http.request.id"}
# Words that `EcsFields` turns into fields of the schema, or into none.
_TAKEN_OVER = {*_NAMES, "milliseconds", "exc_info", "extra", None}
_NUMBERS = {"long", "double"}
_FITS = {
    "date_histogram": {"date"},
    "terms": {"keyword"},
    "cardinality": {"keyword"},
    "avg": _NUMBERS,
    "sum": _NUMBERS,
    "percentiles": _NUMBERS,
    "max": _NUMBERS | {"date"},
}
_DASHBOARDS = ("performance", "error trends", "user activity", "resources", "quality")
_BY_CRITERION = "revitron_grpc.rejected_by_criterion."
# What the short life of the real service has no line of.
_EMPTY = {"revitron-grpc-e-replicas"}


def template() -> dict[str, Any]:
    """Return the index template."""
    return json.loads((ELK / "index-template.json").read_text(encoding="utf-8"))


def objects() -> list[dict[str, Any]]:
    """Return Kibana's saved objects."""
    lines = (ELK / "dashboards.ndjson").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def mapped() -> dict[str, dict[str, Any]]:
    """Return each field of the template with its mapping."""
    return dict(_flat(template()["template"]["mappings"]["properties"]))


def _flat(properties: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, told in properties.items():
        if "properties" in told:
            yield from _flat(told["properties"], f"{above}{name}.")
        else:
            yield f"{above}{name}", told


def logged() -> Iterator[ast.Call]:
    """Yield each call in the project's code that logs."""
    for path in (ROOT / "revitron_grpc").rglob("*.py"):
        if "simulation" in path.parts:  # what a script of a user's logs
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(ast.Name("_log"))):
                    yield node


def logged_events() -> set[str]:
    """Return `event.action` of all that the project logs."""
    return {
        action_of(str(call.args[0].value))
        for call in logged()
        if call.args and isinstance(call.args[0], ast.Constant)
    }


@check("deploy/elk/index-template.json", "the Elastic Common Schema 1.6.0, and the code")
def index_template() -> str:
    """Fields of the schema have its types; every word of ours is there."""
    if not ECS.exists():
        raise FailedCheck("the schema is not there: run tests/install-deploy-tools.sh")
    schema = yaml.load(ECS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    fields = mapped()
    wrong: list[str] = []
    for name, told in fields.items():
        if name.startswith("revitron_grpc.") or name in _NOT_IN_ECS:
            continue
        if name not in schema:
            wrong.append(f"{name} is no field of the schema")
        elif schema[name]["type"] != told["type"]:
            wrong.append(f"{name} is {told['type']}, in the schema {schema[name]['type']}")
    ours = {name.split(".")[1] for name in fields if name.startswith("revitron_grpc.")}
    wrong += [
        f"the code logs {word}, which is not in the template"
        for word in sorted(
            str(each)
            for each in {word.arg for call in logged() for word in call.keywords}
            - _TAKEN_OVER
            - ours
        )
    ]
    criteria = {name.removeprefix(_BY_CRITERION) for name in fields if _BY_CRITERION in name}
    if criteria != set(Criterion):
        wrong.append(f"{_BY_CRITERION}* are {', '.join(sorted(criteria))}")
    policy = template()["template"]["settings"]["index.lifecycle.name"]
    if f"_ilm/policy/{policy}" not in (ELK / "load.sh").read_text(encoding="utf-8"):
        wrong.append(f"load.sh makes no policy {policy}")
    if wrong:
        raise FailedCheck(f"{len(wrong)} faults\n" + "\n".join(wrong))
    return f"{len(fields)} fields"


@check("deploy/elk/dashboards.ndjson", "references and fields")
def dashboards() -> str:
    """Everything that is referred to is there, and every field fits what is done with it."""
    saved, fields, known = objects(), mapped(), logged_events()
    wrong = dangling(saved)
    seen: set[str] = set()
    for panel in panels(saved):
        for field, aggregation in panel.fields:
            seen.add(field)
            kind = fields.get(field, {}).get("type", "not there")
            if kind not in _FITS[aggregation]:
                wrong.append(f"{panel.title}: {aggregation} of {field}, which is {kind}")
        asked = set(re.findall(r"([a-z][\w.]*):", panel.query)) | set(panel.columns)
        wrong += [f"{panel.title}: no field {name}" for name in sorted(asked - set(fields))]
        seen |= asked
        named_events = {
            event
            for named in re.findall(r"event\.action:(\([^)]*\)|\S+)", panel.query)
            for event in re.findall(r"[a-z][a-z-]+", named)
        }
        wrong += [
            f"{panel.title}: the code logs no {event}" for event in sorted(named_events - known)
        ]
    boards = [each["attributes"]["title"] for each in saved if each["type"] == "dashboard"]
    if sorted(boards) != sorted(f"revitron_grpc: {name}" for name in _DASHBOARDS):
        wrong.append(f"the dashboards are {', '.join(boards)}")
    pattern = template()["index_patterns"]
    wrong += [
        f"the data view {view['attributes']['title']} is not what the template is for"
        for view in saved
        if view["type"] == "index-pattern" and [view["attributes"]["title"]] != pattern
    ]
    if wrong:
        raise FailedCheck(f"{len(wrong)} faults\n" + "\n".join(wrong))
    return f"{len(boards)} dashboards, {len(saved) - len(boards)} other objects, {len(seen)} fields"


@check("deploy/elk/filebeat.yml", "the names of the log files and of the template")
def filebeat() -> str:
    """It reads the files of all lines, not those of errors and the audit, for the template."""
    settings = yaml.safe_load((ELK / "filebeat.yml").read_text(encoding="utf-8"))
    (source,) = settings["filebeat.inputs"]
    folder = yaml.safe_load((DEPLOY / "names.yaml").read_text(encoding="utf-8"))["paths"]["logs"]
    excluded = [re.compile(each) for each in source["prospector.scanner.exclude_files"]]
    read = {
        name
        for name in ("0", "0-errors", "0-audit", "supervisor")
        if any(fnmatch(f"{folder}/revitron-grpc-{name}.log", each) for each in source["paths"])
        and not any(each.search(f"{folder}/revitron-grpc-{name}.log") for each in excluded)
    }
    if read != {"0", "supervisor"}:
        raise FailedCheck(f"it reads the files of {', '.join(sorted(read))}")
    index = settings["output.elasticsearch"]["index"]
    if not any(fnmatch(index, pattern) for pattern in template()["index_patterns"]):
        raise FailedCheck(f"the template is not for {index}")
    return f"reads what the service writes, into {index}"


class _Recorder(BaseHTTPRequestHandler):
    """Stands for Elasticsearch and Kibana, and keeps what it is asked."""

    asked: list[tuple[str, str, bytes]]
    answer: tuple[int, bytes]

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.command, self.path, body))
        status, text = self.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text)

    do_PUT = _take  # noqa: N815 - the library calls it so
    do_POST = _take  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@check("deploy/elk/load.sh", "a listener in the place of Elasticsearch and Kibana")
def load() -> str:
    """It sends the three files, the same again, and ends with a fault where one is refused."""
    run_tool("sh", "-n", ELK / "load.sh")
    kind = type("Recorder", (_Recorder,), {"asked": [], "answer": (200, b'{"success":true}')})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        environment = {"PATH": "/usr/bin:/bin", "ELASTICSEARCH_URL": url, "KIBANA_URL": url}
        try:
            for _ in range(2):
                run_tool(ELK / "load.sh", env=environment)
            sent = [(method, path) for method, path, _ in kind.asked]
            policy, mapping, imported = (body for _, _, body in kind.asked[:3])
            if sent[:3] != sent[3:] or sent[:3] != [
                ("PUT", "/_ilm/policy/revitron-grpc-logs"),
                ("PUT", "/_index_template/logs-revitron_grpc"),
                ("POST", "/api/saved_objects/_import?overwrite=true"),
            ]:
                raise FailedCheck(f"it sent {sent}")
            if json.loads(policy) != json.loads((ELK / "ilm-policy.json").read_text()):
                raise FailedCheck("the policy did not arrive whole")
            if json.loads(mapping) != template():
                raise FailedCheck("the template did not arrive whole")
            if (ELK / "dashboards.ndjson").read_bytes() not in imported:
                raise FailedCheck("the dashboards did not arrive whole")
            for refused in ((400, b'{"error":"no"}'), (200, b'{"success":false}')):
                kind.answer = refused
                said = run_tool(ELK / "load.sh", env=environment, accepted=(1,))
                if refused[1].decode() not in said:
                    raise FailedCheck(f"it does not tell what was wrong: {said}")
        finally:
            server.shutdown()
    return "three files, twice the same; tells what is refused"


@check("deploy/elk", "OpenSearch with the lines of a real service")
def live() -> str:
    """Every field of every line is mapped and fits; every panel's search is answered."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        lines = real_lines(folder)
        with search_engine(folder) as engine:
            strict = template()
            # The lifecycle is Elasticsearch's alone. Strict: a field that is not mapped is a fault.
            del strict["template"]["settings"]["index.lifecycle.name"]
            strict["template"]["mappings"]["dynamic"] = "strict"
            engine.ask("PUT", "/_index_template/logs-revitron_grpc", strict)
            told = engine.ask(
                "POST",
                f"/{_STREAM}/_bulk?refresh=true",
                [each for line in lines for each in ({"create": {}}, _from_filebeat(line))],
            )
            refused = {
                json.dumps(item["create"]["error"])[:300]
                for item in told["items"]
                if "error" in item["create"]
            }
            if refused:
                raise FailedCheck(f"{len(refused)} kinds of faults\n" + "\n".join(sorted(refused)))
            empty = [
                panel.name
                for panel in panels(objects())
                if not engine.ask("POST", f"/{_STREAM}/_search", panel.body)["hits"]["total"][
                    "value"
                ]
            ]
        # Candidates are rejected by one criterion; the others are held by the template's check.
        there = {name for line in lines for name in _named(line)}
        by_criterion = {name for name in there if name.startswith(_BY_CRITERION)}
        absent = [
            f"{panel.title}: {name}"
            for panel in panels(objects())
            for name in sorted({field for field, _ in panel.fields} | set(panel.columns))
            if name not in there and not (by_criterion and name.startswith(_BY_CRITERION))
        ]
        if absent:
            raise FailedCheck("in no line of the service\n" + "\n".join(absent))
        events = {line["event"]["action"] for line in lines if "action" in line.get("event", {})}
        if unexpected := set(empty) - _EMPTY:
            raise FailedCheck(
                f"no line for {', '.join(sorted(unexpected))}; "
                f"there were {', '.join(sorted(events))}"
            )
    return (
        f"{len(lines)} lines of {len(events)} events fit; {len(list(panels(objects())))} searches"
    )


def _named(line: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The names of the fields of a line."""
    for name, value in line.items():
        if isinstance(value, Mapping):
            yield from _named(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def _from_filebeat(line: dict[str, Any]) -> dict[str, Any]:
    """A line with what Filebeat adds."""
    added = {"file": {"path": "/var/log/revitron-grpc/revitron-grpc-0.log"}, "offset": 0}
    agent = dict.fromkeys(("id", "name", "type", "version", "ephemeral_id"), "x")
    return {
        **line,
        "log": line.get("log", {}) | added,
        "input": {"type": "filestream"},
        "agent": agent,
    }
