"""A replica of each kit has room for what its settings let it take; for pods see agreement.py."""

import configparser
from pathlib import Path

import yaml

from revitron_grpc.settings import Settings
from tests.deploy.artefact import DEPLOY
from tests.deploy.memory_limits import too_little


def settings(path: Path) -> Settings:
    return Settings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def mib(quantity: str) -> float:
    return float(quantity[:-1]) * {"M": 1, "G": 1024}[quantity[-1]]


def test_under_systemd():
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.read(DEPLOY / "systemd" / "revitron-grpc@.service", encoding="utf-8")
    limit = mib(unit["Service"]["MemoryMax"])
    assert list(too_little(settings(DEPLOY / "systemd" / "settings.yaml"), limit)) == []
    # It would slow a replica down until the watchdog ends it, well before the limit.
    assert "MemoryHigh" not in unit["Service"]


def test_in_compose():
    services = yaml.safe_load((DEPLOY / "docker" / "compose.yaml").read_text(encoding="utf-8"))
    limits = services["x-replica"]["deploy"]["resources"]["limits"]
    found = settings(DEPLOY / "docker" / "settings.yaml")
    assert list(too_little(found, mib(limits["memory"]))) == []


def test_what_is_too_little_is_said():
    of_pods = settings(DEPLOY / "k8s" / "overlays" / "production" / "settings.yaml")
    (said,) = too_little(of_pods, 768)
    assert "above the limit of 768 MiB" in said
    (said,) = too_little(Settings(), 8192)
    assert said.startswith("without max_memory_mb")
