"""The manifests hold against the Kubernetes schemas, and agree with the settings."""

from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from revitron_grpc.settings import Settings

MANIFESTS = sorted((Path(__file__).parents[2] / "deploy" / "k8s").glob("*.yaml"))


def load(name: str) -> dict[str, object]:
    return next(yaml.safe_load(p.read_text()) for p in MANIFESTS if p.name == name)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
@pytest.mark.parametrize("version", ["1.30", "1.36"])
def test_each_manifest_holds_against_the_schema(path: Path, version: str) -> None:
    for document in yaml.safe_load_all(path.read_text()):
        kubernetes_validate.validate(document, version, strict=True)


def test_the_settings_in_the_config_map_are_good_and_fit_the_grace_period() -> None:
    text = load("configmap.yaml")["data"]["settings.yaml"]  # type: ignore[index]
    settings = Settings.model_validate(yaml.safe_load(text))
    pod = load("deployment.yaml")["spec"]["template"]["spec"]  # type: ignore[index]
    needed = settings.shutdown.notice_seconds + settings.shutdown.drain_seconds
    assert pod["terminationGracePeriodSeconds"] > needed


def test_probes_ask_the_health_protocol_itself() -> None:
    pod = load("deployment.yaml")["spec"]["template"]["spec"]  # type: ignore[index]
    container = pod["containers"][0]
    assert container["readinessProbe"]["grpc"]["service"] == "revitron_grpc.v1.ButtonService"
    assert container["startupProbe"]["grpc"]["port"] == 50051


def test_the_service_is_headless() -> None:
    assert load("service.yaml")["spec"]["clusterIP"] == "None"  # type: ignore[index]
