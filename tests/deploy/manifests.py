"""What kustomize builds from `deploy/k8s`, and how to find something in it."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.artefact import DEPLOY, FailedCheck, run_tool

Manifest = dict[str, Any]
"""One object of Kubernetes."""

KUBERNETES = DEPLOY / "k8s"
GATEWAY = "overlays/production with the gateway"
"""production with the Gateway API instead of the Ingress: one line, as README.md says."""
BUILDS = ("base", "overlays/dev", "overlays/production", GATEWAY)

_INGRESS_LINE, _GATEWAY_LINE = "  - ../../components/ingress\n", "  - ../../components/gateway\n"


@cache
def built(name: str) -> tuple[Manifest, ...]:
    """Return the objects of one of BUILDS, made by the real kustomize.

    Raises:
        FailedCheck: kustomize refuses, or an object is there twice.
    """
    if name == GATEWAY:
        with tempfile.TemporaryDirectory() as folder:
            return _build(_with_gateway(Path(folder)))
    return _build(KUBERNETES / name)


def _with_gateway(folder: Path) -> Path:
    shutil.copytree(DEPLOY, folder / "deploy")
    production = folder / "deploy" / "k8s" / "overlays" / "production"
    kustomization = production / "kustomization.yaml"
    text = kustomization.read_text(encoding="utf-8")
    if _INGRESS_LINE not in text:
        raise FailedCheck(f"{kustomization.name} has no line {_INGRESS_LINE.strip()}")
    kustomization.write_text(text.replace(_INGRESS_LINE, _GATEWAY_LINE), encoding="utf-8")
    return production


def _build(folder: Path) -> tuple[Manifest, ...]:
    return tuple(yaml.safe_load_all(run_tool("kustomize", "build", folder)))


def of_kind(objects: tuple[Manifest, ...], kind: str) -> list[Manifest]:
    """Return the objects of a kind."""
    return [one for one in objects if one["kind"] == kind]


def name_of(manifest: Manifest) -> str:
    """Return what people call an object, such as `Deployment revitron-grpc`."""
    return f"{manifest['kind']} {manifest['metadata']['name']}"


def only(objects: tuple[Manifest, ...], kind: str, name: str) -> Manifest:
    """Return the one object of a kind and name, or of a name to which a hash was added.

    Raises:
        FailedCheck: there is none, or there are several.
    """
    found = [
        one
        for one in of_kind(objects, kind)
        if one["metadata"]["name"] == name
        or (kind == "ConfigMap" and one["metadata"]["name"].rpartition("-")[0] == name)
    ]
    if len(found) != 1:
        raise FailedCheck(f"{len(found)} of {kind} {name}, not one")
    return found[0]


def pod_templates(objects: tuple[Manifest, ...]) -> Iterator[tuple[str, Manifest]]:
    """Yield each object that makes pods by its name, and what it makes them from."""
    for one in objects:
        template = one.get("spec", {}).get("template")
        if isinstance(template, dict) and "containers" in template.get("spec", {}):
            yield name_of(one), template
