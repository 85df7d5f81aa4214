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
    only,
    pod_templates,
)

# The oldest release that the manifests are meant for, and the newest whose schemas are at hand.
VERSIONS = ("1.30", "1.37")
REVITRON_GRPC = Path(sys.executable).with_name("revitron-grpc")
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
        with _mounted(objects) as (settings, environment):
            return (
                run_tool(REVITRON_GRPC, "config", "check", settings, env=environment)
                .splitlines()[-1]
                .rpartition("/")[2]
            )


@contextmanager
def _mounted(objects: tuple[Manifest, ...]) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield the settings and the environment of a pod whose volumes are temporary folders."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pod = only(objects, "Deployment", "revitron-grpc")["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        volumes = {volume["name"]: volume for volume in pod["volumes"]}
        places: dict[str, Path] = {}
        for mount in container["volumeMounts"]:
            places[mount["mountPath"]] = place = folder / mount["name"]
            volume = volumes[mount["name"]]
            if "secret" in volume:
                _make_secrets()["write"](folder / "all-secrets", "revitron-grpc")
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
        yield settings, environment


for _name in BUILDS:
    _register(_name)
