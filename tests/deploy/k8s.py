"""The Kubernetes manifests: each overlay as kustomize builds it, through the tools of the field.

No cluster is needed, so what only a cluster can show is not shown: that the images can be pulled,
that an ingress controller understands its annotations, that the CNI enforces the network policies.
"""

import json
import re
import runpy
import shutil
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import yaml
from jsonschema import Draft202012Validator

from tests.deploy.agreement import disagreements, disagreements_in_production
from tests.deploy.artefact import ROOT, FailedCheck, check, run_tool
from tests.deploy.manifests import (
    BUILDS,
    KUBERNETES,
    Manifest,
    built,
    name_of,
    of_kind,
    only,
    pod_templates,
)
from tests.deploy.pod_stores import PodRedis, postgresql
from tests.deploy.series import named_series
from tests.docs.observability_tables import metric_labels
from tests.e2e.conftest import start_service

# The oldest release that the manifests are meant for, and the newest whose schemas are at hand.
VERSIONS = ("1.30", "1.37")
REVITRON_GRPC = Path(sys.executable).with_name("revitron-grpc")
_KEY = re.compile(r"rgk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}")
RULES = ROOT / "deploy" / "monitoring" / "rules"
CUSTOM_RESOURCES = ROOT / ".tools" / "share" / "custom-resources"

# What kube-score asks for and is not done here, on purpose.
_SCORE = (
    # The event loop, and health with it, would be throttled in the middle of a burst.
    "--ignore-container-cpu-limit",
    # Tags are fixed; pulling at each start would make a start depend on the registry.
    *("--ignore-test", "container-image-pull-policy"),
    # Topology spread does the same, and lets a small cluster have two pods on a node.
    *("--ignore-test", "deployment-has-host-podantiaffinity"),
    *("--enable-optional-test", "container-seccomp-profile"),
    *("--enable-optional-test", "container-ports-check"),
    *("--kubernetes-version", "v1.30"),
)


def _make_secrets() -> Mapping[str, Any]:
    return runpy.run_path(str(KUBERNETES / "make_secrets.py"))


@cache
def _custom_schema(kind: str, api_version: str) -> Draft202012Validator | None:
    """Return the schema of a custom resource, unknown fields refused; None for any other kind."""
    group, _, number = api_version.partition("/")
    path = CUSTOM_RESOURCES / f"{group}_{kind.lower()}s.yaml"
    if not path.exists():
        return None
    definition = yaml.safe_load(path.read_text(encoding="utf-8"))
    for version in definition["spec"]["versions"]:
        if version["name"] == number and version["served"]:
            return Draft202012Validator(_closed(version["schema"]["openAPIV3Schema"]))
    raise FailedCheck(f"{kind} is not in {api_version}")


def _closed(schema: Any) -> Any:
    """Return a schema that refuses fields it does not name, as the API server drops them."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def _register(name: str) -> None:
    """Register the checks of one build."""
    place = f"deploy/k8s/{name}"

    @check(place, "kustomize build, kubernetes-validate")
    def holds_against_the_schemas() -> str:  # pyright: ignore[reportUnusedFunction]
        objects = built(name)
        wrong: list[str] = []
        others = 0
        for one in objects:
            schema = _custom_schema(one["kind"], one["apiVersion"])
            if schema is not None:
                others += 1
                errors = schema.iter_errors(one)
                wrong += [f"{name_of(one)}: {error.json_path}: {error.message}" for error in errors]
                continue
            for version in VERSIONS:
                try:
                    kubernetes_validate.validate(one, version, strict=True)
                except kubernetes_validate.ValidationError as error:
                    wrong.append(f"{name_of(one)}, Kubernetes {version}: {error.message}")
                except kubernetes_validate.InvalidSchemaError as error:
                    wrong.append(f"{name_of(one)}, Kubernetes {version}: {error}")
        if wrong:
            raise FailedCheck(f"{len(wrong)} faults\n" + "\n".join(wrong))
        custom_text = f", {others} custom ones" if others else ""
        return f"{len(objects)} objects{custom_text}, Kubernetes {' and '.join(VERSIONS)}"

    @check(place, "kube-score")
    def pleases_kube_score() -> str:  # pyright: ignore[reportUnusedFunction]
        # It reads workloads, services and policies; other kinds it passes over.
        text = yaml.safe_dump_all(built(name))
        ignored = ("--ignore-test", "deployment-replicas") if name == "overlays/dev" else ()
        said = run_tool(
            *("kube-score", "score", "-", "--output-format", "ci", *_SCORE, *ignored),
            stdin=text,
            accepted=(0, 1),
        ).splitlines()
        wrong = [line for line in said if not line.startswith(("[OK]", "[SKIPPED]"))]
        kept = sum(line.startswith("[OK]") for line in said)
        if wrong or not kept:
            raise FailedCheck(f"{len(wrong)} rules broken\n" + "\n".join(wrong))
        return f"{kept} rules kept"

    @check(place, "restricted Pod Security, Kubernetes' own judge")
    def is_restricted() -> str:  # pyright: ignore[reportUnusedFunction]
        templates = [
            {**template, "metadata": {**template["metadata"], "name": owner}}
            for owner, template in pod_templates(built(name))
        ]
        run_tool("pod-security", stdin=json.dumps(templates))
        return f"allowed: {', '.join(owner for owner, _ in pod_templates(built(name)))}"

    @check(place, "revitron-grpc config check, and numbers that belong together")
    def agrees() -> str:  # pyright: ignore[reportUnusedFunction]
        objects = built(name)
        wrong = list(disagreements(objects))
        if "production" in name:
            wrong += disagreements_in_production(objects, _make_secrets()["files"]())
        if wrong:
            raise FailedCheck(f"{len(wrong)} disagreements\n" + "\n".join(wrong))
        with _mounted(objects) as (settings, _, environment):
            return (
                run_tool(REVITRON_GRPC, "config", "check", settings, env=environment)
                .splitlines()[-1]
                .rpartition("/")[2]
            )


@contextmanager
def _mounted(objects: tuple[Manifest, ...]) -> Iterator[tuple[Path, Path, dict[str, str]]]:
    """Yield settings, all Secrets and the environment of a pod.

    Its volumes are temporary folders, and the settings name them.
    """
    with tempfile.TemporaryDirectory(prefix="revitron-grpc-pod-") as name:
        folder = Path(name)
        # PostgreSQL, which does not run as root, goes through it.
        folder.chmod(0o711)
        _make_secrets()["write"](folder / "all-secrets", "revitron-grpc")
        pod = only(objects, "Deployment", "revitron-grpc")["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        volumes = {volume["name"]: volume for volume in pod["volumes"]}
        places: dict[str, Path] = {}
        for mount in container["volumeMounts"]:
            places[mount["mountPath"]] = place = folder / mount["name"]
            volume = volumes[mount["name"]]
            if "secret" in volume:
                shutil.copytree(folder / "all-secrets" / volume["secret"]["secretName"], place)
                continue
            place.mkdir()
            if "configMap" in volume:
                found = only(objects, "ConfigMap", "revitron-grpc")
                if found["metadata"]["name"] != volume["configMap"]["name"]:
                    raise FailedCheck(f"nothing makes the ConfigMap {volume['configMap']['name']}")
                for file, text in found["data"].items():
                    (place / file).write_text(text, encoding="utf-8")
        settings = places["/etc/revitron-grpc"] / "settings.yaml"
        text = settings.read_text(encoding="utf-8")
        paths = "|".join(map(re.escape, places))
        text = re.sub(rf"(?<= )({paths})(?=/)", lambda found: str(places[found[0]]), text)
        settings.write_text(text, encoding="utf-8")
        environment = {one["name"]: one["value"] for one in container.get("env", ())}
        yield settings, folder / "all-secrets", environment


@check("deploy/k8s/make_secrets.py", "python3, kustomize build")
def makes_secrets_once() -> str:
    """It makes each Secret and each file of one that pods name, for its owner alone, and once."""
    objects = built("overlays/production")
    pods = [pod["spec"] for _, pod in pod_templates(objects)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "secrets")
        words = (sys.executable, "-I", KUBERNETES / "make_secrets.py", folder)
        run_tool(*words)
        made = {
            one["metadata"]["name"]: one
            for one in yaml.safe_load_all(run_tool("kustomize", "build", folder))
        }
        files = [path for path in folder.rglob("*") if path.parent != folder]
        wrong = [
            f"{path} is open to others" for path in (folder, *files) if path.stat().st_mode & 0o077
        ]
        before = [path.read_bytes() for path in files]
        if "nothing was changed" not in run_tool(*words, accepted=(1,)):
            wrong.append("it does not say that the Secrets are there already")
        if before != [path.read_bytes() for path in files]:
            wrong.append("the second time it changed them")
    namespace = only(objects, "Deployment", "revitron-grpc")["metadata"]["namespace"]
    wrong += [
        f"{one} is for another namespace"
        for one, secret in made.items()
        if secret["metadata"]["namespace"] != namespace
    ]
    texts = json.dumps([pods, *(one["data"] for one in of_kind(objects, "ConfigMap"))])
    for pod in pods:
        volumes = {
            each["name"]: each["secret"]["secretName"]
            for each in pod["volumes"]
            if "secret" in each
        }
        for mount in pod["containers"][0]["volumeMounts"]:
            secret = volumes.get(mount["name"])
            if secret is None:
                continue
            there = made[secret]["data"] if secret in made else {}
            read = set(re.findall(rf"{re.escape(mount['mountPath'])}/([\w.-]+)", texts))
            wrong += [f"nobody makes {mount['mountPath']}/{one}" for one in read - set(there)]
            wrong += [f"nobody reads {one} of the Secret {secret}" for one in set(there) - read]
    if wrong:
        raise FailedCheck(f"{len(wrong)} faults\n" + "\n".join(sorted(set(wrong))))
    return f"{len(made)} Secrets with {len(before)} files, all of them read by pods"


@check("deploy/k8s/overlays/production", "a replica, real PostgreSQL and Redis as in their pods")
def serves_with_its_stores() -> str:
    """Secrets, users, script and settings fit together: migrated, a replica serves with a key."""
    objects = built("overlays/production")
    with _mounted(objects) as (settings, secrets, environment):
        folder = settings.parents[1]
        store = PodRedis(objects, secrets, folder / "redis")
        with postgresql(objects, secrets, folder) as database, store.running():
            mounted = folder / "secrets"
            (mounted / "database-url").write_text(database + "\n", encoding="utf-8")
            (mounted / "redis-url").write_text(store.url(secrets) + "\n", encoding="utf-8")
            store.probe()
            said = [store.refused("PING"), store.refused("GET", "revitron_grpc:any")]
            return _serve(objects, settings, environment, store, said)


@check("deploy/k8s/components/autoscaler/prometheus_adapter_rules.yaml", "promtool test rules")
def counts_streams() -> str:
    """The query makes the metric of the autoscaler from what pods show: also 0 for an idle one."""
    path = KUBERNETES / "components" / "autoscaler" / "prometheus_adapter_rules.yaml"
    (rule,) = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    scaler = only(built("overlays/production"), "HorizontalPodAutoscaler", "revitron-grpc")
    wanted = scaler["spec"]["metrics"][0]["pods"]["metric"]["name"]
    if rule["name"]["as"] != wanted:
        raise FailedCheck(f"it makes {rule['name']['as']}, the autoscaler asks for {wanted}")
    # As the adapter fills it in for all pods of the deployment.
    query = rule["metricsQuery"].replace("<<.GroupBy>>", "pod")
    query = query.replace("<<.LabelMatchers>>", 'namespace="revitron-grpc",pod=~"busy|idle"')
    known = metric_labels()
    for name, labels in named_series(query):
        # Prometheus adds the last two.
        unknown = labels - known.get(name, set()) - {"namespace", "pod"}
        if name not in known or unknown:
            raise FailedCheck(f"the service shows no {name} with {', '.join(sorted(unknown))}")
    busy = 'namespace="revitron-grpc",pod="busy",transport="grpc",method='
    shown = {
        f"revitron_grpc_calls_in_flight{{{busy}'GenerateButtons'}}": "7",
        f"revitron_grpc_calls_in_flight{{{busy}'ValidateButtons'}}": "2",
        f"revitron_grpc_calls_in_flight{{{busy}'GetRun'}}": "90",
        "revitron_grpc_ready{namespace='revitron-grpc',pod='busy'}": "1",
        "revitron_grpc_ready{namespace='revitron-grpc',pod='idle'}": "1",
        "revitron_grpc_ready{namespace='revitron-grpc',pod='other'}": "1",
    }
    test = {
        "tests": [
            {
                "interval": "15s",
                "input_series": [{"series": one, "values": v} for one, v in shown.items()],
                "promql_expr_test": [
                    {
                        "expr": query,
                        "eval_time": "0s",
                        "exp_samples": [
                            {"labels": '{pod="busy"}', "value": 9},
                            {"labels": '{pod="idle"}', "value": 0},
                        ],
                    }
                ],
            }
        ]
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "test.yml")
        file.write_text(yaml.safe_dump(test), encoding="utf-8")
        run_tool("promtool", "test", "rules", file)
    return "a busy pod has its streams, an idle one none"


@check("deploy/k8s/alert-rules.sh", "the schema of PrometheusRule")
def makes_alerts() -> str:
    """It prints the alerts that are tested, for the job that the ServiceMonitor makes."""
    (made,) = yaml.safe_load_all(run_tool(KUBERNETES / "alert-rules.sh"))
    schema = _custom_schema(made["kind"], made["apiVersion"])
    if schema is None:
        raise FailedCheck("the schema is not there: run tests/install-deploy-tools.sh")
    wrong = [f"{error.json_path}: {error.message}" for error in schema.iter_errors(made)]
    groups = [
        group
        for name in ("recording", "kpi", "replicas", "stores")
        for group in yaml.safe_load((RULES / f"{name}.yml").read_text(encoding="utf-8"))["groups"]
    ]
    if made["spec"]["groups"] != groups:
        wrong.append("its groups are not those of deploy/monitoring/rules")
    objects = built("overlays/production")
    monitor = only(objects, "ServiceMonitor", "revitron-grpc")
    if monitor["metadata"]["labels"].items() - made["metadata"]["labels"].items():
        wrong.append("a Prometheus that takes the ServiceMonitor does not take it")
    if made["metadata"]["namespace"] != monitor["metadata"]["namespace"]:
        wrong.append("it is in another namespace than the service")
    # The operator names the job after the Service.
    job = only(objects, "Service", "revitron-grpc")["metadata"]["name"]
    if "jobLabel" in monitor["spec"] or f'job="{job}"' not in json.dumps(groups).replace("\\", ""):
        wrong.append(f"the rules do not know the job {job}")
    if wrong:
        raise FailedCheck(f"{len(wrong)} faults\n" + "\n".join(wrong))
    return f"{sum('alert' in rule for group in groups for rule in group['rules'])} alerts"


def _serve(
    objects: tuple[Manifest, ...],
    settings: Path,
    environment: dict[str, str],
    store: PodRedis,
    refused: list[str],
) -> str:
    folder = settings.parents[1]
    environment = environment | {
        "REVITRON_GRPC_SERVER__HOST": "127.0.0.1",
        "REVITRON_GRPC_HTTP__HOST": "127.0.0.1",
        "REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "0",
    }
    early = run_tool(
        *(REVITRON_GRPC, "serve", "--config", settings, "--port", "0", "--http-port", "0"),
        env=environment,
        accepted=(2,),
    )
    if "database" not in early:
        raise FailedCheck(f"a replica before the migration says something else\n{early}")
    job = only(objects, "Job", "revitron-grpc-database")["spec"]["template"]["spec"]
    words = [
        str(settings) if word.startswith("/") else word for word in job["containers"][0]["args"]
    ]
    run_tool(REVITRON_GRPC, *words, env=environment)
    owner = ("keys", "create", "--owner", "anna@office.example", "--config", settings)
    key = folder / "key"
    found = _KEY.search(run_tool(REVITRON_GRPC, *owner, env=environment))
    if found is None:
        raise FailedCheck("keys create shows no key")
    key.write_text(found[0], encoding="utf-8")
    service = start_service(folder, "--config", settings, **environment)
    try:
        run_tool(
            *(REVITRON_GRPC, "generate", "--count", "5", "--format", "jsonl"),
            *("--server", service.target, "--api-key-file", key),
        )
        with urllib.request.urlopen(f"http://127.0.0.1:{service.http_port}/health") as answer:
            health = json.load(answer)
        # The counters of the quotas at once, the run a moment later.
        pause, deadline = threading.Event(), time.monotonic() + 30
        while (kept := store.kept()) < 3 and time.monotonic() < deadline:
            pause.wait(0.05)
    finally:
        code = service.end()
    if health["status"] != "ok" or code or kept < 3:
        raise FailedCheck(f"health {health}, exit code {code}, {kept} keys in Redis")
    return f"before the migration it refuses, then it serves; strangers hear {refused[0]}"


for _name in BUILDS:
    _register(_name)
