"""Prometheus, its alerts and the dashboard, by promtool and amtool, and one real service."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool
from tests.deploy.live_prometheus import live_prometheus, make_a_run
from tests.deploy.series import exported_series, named_series
from tests.docs.pages import anchors

MONITORING = DEPLOY / "monitoring"
RULES = sorted((MONITORING / "rules").glob("*.yml"))
DASHBOARD = MONITORING / "grafana" / "dashboards" / "revitron-grpc.json"
ALERTS_PAGE = ROOT / "docs" / "operations" / "alerts.md"
_RUNBOOK = "https://github.com/revitron-grpc/revitron-grpc/blob/main/docs/operations/alerts.md#"
_SEVERITIES = {"critical", "warning", "none"}
_ALWAYS_FIRES = "RevitronWatchdog"


def load(path: Path) -> Any:
    """Read a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def rules() -> Iterator[dict[str, Any]]:
    """Yield each rule of all files."""
    for path in RULES:
        for group in load(path)["groups"]:
            yield from group["rules"]


def queries() -> Iterator[tuple[str, str]]:
    """Yield the title of each panel with each of its queries, Grafana's variables filled in."""
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    asked = [
        (panel["title"], target["expr"])
        for panel in board["panels"]
        for target in panel.get("targets", ())
    ]
    asked += [(note["name"], note["expr"]) for note in board["annotations"]["list"]]
    for title, query in asked:
        yield title, query.replace("$__rate_interval", "1m").replace("$instance", ".*")


@check("deploy/monitoring/prometheus.yml", "promtool check config")
def scrape_config() -> str:
    """Prometheus takes the file."""
    run_tool("promtool", "check", "config", MONITORING / "prometheus.yml")
    jobs = [job["job_name"] for job in load(MONITORING / "prometheus.yml")["scrape_configs"]]
    return f"{len(jobs)} jobs, {len(RULES)} rule files"


@check("deploy/monitoring/prometheus-tls.yml", "promtool check config")
def scrape_config_with_tls() -> str:
    """Prometheus takes it too, and nothing but the job of the replicas differs."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "monitoring")
        shutil.copytree(MONITORING, copy)
        path = copy / "prometheus-tls.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("/etc/prometheus/", f"{folder}/"), encoding="utf-8")
        Path(folder, "revitron-grpc-ca.pem").touch()
        Path(folder, "revitron-grpc.key").touch()
        run_tool("promtool", "check", "config", path)
    plain, tls = load(MONITORING / "prometheus.yml"), load(MONITORING / "prometheus-tls.yml")
    for name in ("scheme", "tls_config", "authorization"):
        if tls["scrape_configs"][0].pop(name, None) is None:
            raise FailedCheck(f"prometheus-tls.yml: the first job has no {name}")
    if plain != tls:
        raise FailedCheck("prometheus-tls.yml differs from prometheus.yml in more than its TLS")
    return "with a CA file and a key file; otherwise like prometheus.yml"


@check("deploy/monitoring/rules", "promtool check rules")
def rule_files() -> str:
    """Prometheus takes the rules, and each alert says what it is and where to read on."""
    run_tool("promtool", "check", "rules", "--lint=all", "--lint-fatal", *RULES)
    alerts = [rule for rule in rules() if "alert" in rule]
    for alert in alerts:
        name = alert["alert"]
        told = alert["annotations"]
        if not {"summary", "description", "runbook_url"} <= set(told):
            raise FailedCheck(f"{name}: summary, description or runbook_url is missing")
        if alert["labels"]["severity"] not in _SEVERITIES:
            raise FailedCheck(f"{name}: the severity {alert['labels']['severity']}")
        if told["runbook_url"] != _RUNBOOK + name.lower():
            raise FailedCheck(f"{name}: runbook_url leads to {told['runbook_url']}")
    return f"{len(alerts)} alerts, {len(list(rules())) - len(alerts)} recorded numbers"


@check("docs/operations/alerts.md", "the rules")
def alerts_page() -> str:
    """Each alert has its section, and each section its alert."""
    alerts = {rule["alert"].lower() for rule in rules() if "alert" in rule}
    sections = {name for name in anchors(ALERTS_PAGE) if name.startswith("revitron")}
    if alerts != sections:
        raise FailedCheck(f"only on one side: {', '.join(sorted(alerts ^ sections))}")
    return f"{len(sections)} sections, one an alert"


@check("deploy/monitoring/tests", "promtool test rules")
def alert_tests() -> str:
    """Each alert was seen to fire, and to be silent."""
    paths = sorted((MONITORING / "tests").glob("*.yml"))
    # A file at a time takes twice as long: promtool uses one core.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda path: run_tool("promtool", "test", "rules", path), paths))
    fires, silent = set[str](), set[str]()
    for path in paths:
        for test in load(path)["tests"]:
            for case in test.get("alert_rule_test", ()):
                (fires if case["exp_alerts"] else silent).add(case["alertname"])
    alerts = {rule["alert"] for rule in rules() if "alert" in rule}
    if missing := alerts - fires:
        raise FailedCheck(f"never seen to fire: {', '.join(sorted(missing))}")
    if missing := alerts - silent - {_ALWAYS_FIRES}:
        raise FailedCheck(f"never seen to be silent: {', '.join(sorted(missing))}")
    return f"{len(fires)} alerts fire, and {len(silent)} are silent just below"


@check("deploy/monitoring/alertmanager.yml", "amtool check-config")
def alertmanager_config() -> str:
    """Alertmanager takes the example, and the alerts that it names are there."""
    path = MONITORING / "alertmanager.yml"
    run_tool("amtool", "check-config", path)
    alerts = {rule["alert"] for rule in rules() if "alert" in rule}
    named = set(re.findall(r"\bRevitron\w+\b(?!\.\*)", path.read_text(encoding="utf-8")))
    if unknown := named - alerts:
        raise FailedCheck(f"no such alert: {', '.join(sorted(unknown))}")
    return f"{len(named)} alerts are named"


@check("deploy/monitoring/grafana", "promtool check rules")
def dashboard() -> str:
    """Each query is one that Prometheus understands; panels have their place."""
    asked = list(queries())
    group = {
        "name": "dashboard",
        "rules": [
            {"record": f"query:{number}", "expr": query} for number, (_, query) in enumerate(asked)
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "queries.yml")
        path.write_text(yaml.safe_dump({"groups": [group]}), encoding="utf-8")
        run_tool("promtool", "check", "rules", path)
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    places: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        at = panel["gridPos"]
        for x in range(at["x"], at["x"] + at["w"]):
            for y in range(at["y"], at["y"] + at["h"]):
                if (x, y) in places or x >= 24:
                    raise FailedCheck(f"{panel['title']} lies on another panel, or outside")
                places.add((x, y))
    ids = [panel["id"] for panel in board["panels"]]
    if len(set(ids)) != len(ids):
        raise FailedCheck("two panels have the same id")
    provisioned = load(MONITORING / "grafana/provisioning/datasources/prometheus.yml")
    chosen = board["templating"]["list"][0]["current"]["value"]
    if chosen not in {source["uid"] for source in provisioned["datasources"]}:
        raise FailedCheck(f"no data source {chosen} is provisioned")
    return f"{len(asked)} queries in {len(board['panels'])} panels"


@check("deploy/monitoring", "what the programs export")
def series() -> str:
    """Rules and dashboard name nothing that is not exported, labels included."""
    exported = exported_series()
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    texts = [(rule.get("record") or rule["alert"], rule["expr"]) for rule in rules()]
    wrong: list[str] = []
    seen: set[str] = set()
    for where, expression in [*texts, *queries()]:
        for name, labels in named_series(expression):
            seen.add(name)
            if name in recorded:
                continue
            if name not in exported:
                wrong.append(f"{where}: nothing exports {name}")
            elif unknown := labels - exported[name] - {"job", "instance"}:
                wrong.append(f"{where}: {name} has no label {', '.join(sorted(unknown))}")
    if wrong:
        raise FailedCheck(f"{len(wrong)} are not there\n" + "\n".join(wrong))
    return f"{len(seen)} series, all of them exported or recorded"


@check("deploy/monitoring", "prometheus beside a replica and HAProxy")
def live() -> str:
    """The shipped files see a real service: well, under a run, and killed."""
    with tempfile.TemporaryDirectory() as folder, live_prometheus(Path(folder)) as prometheus:
        prometheus.until(
            "the replica is available",
            lambda: prometheus.value("revitron_grpc:available") == 1,
        )
        prometheus.until(
            "a first scrape", lambda: bool(prometheus.ask("revitron_grpc_calls_limit"))
        )
        make_a_run(prometheus.replica)
        prometheus.until(
            "the time to the last button is recorded",
            lambda: (prometheus.value("revitron_grpc:last_button_seconds:p95_15m") or 0) > 0,
        )
        answered = sum(bool(prometheus.ask(query)) for _, query in queries())
        before = prometheus.alerts() - {"RevitronProxyServerDown"}  # two of three are not there
        if before != {_ALWAYS_FIRES}:
            raise FailedCheck(f"{', '.join(sorted(before))} while all is well")
        prometheus.replica.process.kill()
        wanted = {"RevitronReplicaDown", "RevitronServiceDown"}
        seconds = prometheus.until(
            "alerts fire after the replica was killed", lambda: wanted <= prometheus.alerts()
        )
        return f"{answered} queries of the dashboard have data; alerts {seconds:.0f} s after a kill"
