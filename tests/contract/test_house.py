"""Imports run one way, and the core knows nothing of transports and stores."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "revitron_grpc"

CORE = (
    "catalog",
    "recipes",
    "generation",
    "analysis",
    "validation",
    "bundles",
    "review",
    "report",
    "simulation",
    "access",
)
FORBIDDEN_IN_CORE = {
    "grpc",
    "google",
    "redis",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "aiohttp",
    "requests",
    "urllib3",
}

# What each part may import of the project, beside vocabulary, errors and the lock of trees.
MAY_IMPORT: dict[str, set[str]] = {
    "catalog": set(),
    "recipes": set(),
    "generation": {"recipes", "catalog"},
    "analysis": {"catalog"},
    "simulation": {"catalog", "analysis", "recipes"},
    "validation": {"catalog", "recipes", "generation", "analysis", "simulation"},
    "bundles": {"recipes", "analysis", "catalog"},
    "review": {"analysis", "bundles", "catalog", "validation", "button_spec", "compatibility"},
    "report": {"analysis", "bundles", "catalog", "rule_book"},
    "access": set(),
    "storage": {"access", "settings"},
    "backup": {"research", "settings", "storage"},
    "research": {"analysis", "bundles", "catalog", "settings"},
    "client": {"v1", "specs_digest"},
}

# Each part of the service imports only parts that stand before it.
SERVICE = (
    "wire",
    "telemetry",
    "health",
    "admission",
    "switches",
    "stores",
    "process",
    "runs",
    "security",
    "reviews",
    "editions",
    "calls",
    "http",
    "server",
    "in_process",
    "supervisor",
)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def modules_of(part: str) -> list[Path]:
    return sorted((PACKAGE / part).rglob("*.py"))


@pytest.mark.parametrize("part", CORE)
def test_the_core_imports_no_transport_and_no_store(part: str) -> None:
    for path in modules_of(part):
        roots = {name.split(".")[0] for name in imports_of(path)}
        assert not roots & FORBIDDEN_IN_CORE, path


def test_one_module_of_research_speaks_http() -> None:
    speaking = {
        path.stem
        for path in modules_of("research")
        if {name.split(".")[0] for name in imports_of(path)} & FORBIDDEN_IN_CORE
    }
    assert speaking == {"fetching"}


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_imports_run_one_way(part: str) -> None:
    allowed = MAY_IMPORT[part] | {part, "vocabulary", "errors", "syntax_trees"}
    for path in modules_of(part):
        own = {n for n in imports_of(path) if n.startswith("revitron_grpc.")}
        parts = {name.split(".")[1] for name in own}
        assert parts <= allowed, f"{path} imports {parts - allowed}"


@pytest.mark.parametrize("part", SERVICE)
def test_imports_of_the_service_run_one_way(part: str) -> None:
    folder = PACKAGE / "service"
    before = SERVICE[: SERVICE.index(part) + 1]
    for path in [*(folder / part).rglob("*.py"), *folder.glob(f"{part}.py")]:
        own = {n for n in imports_of(path) if n.startswith("revitron_grpc.service.")}
        assert {name.split(".")[2] for name in own} <= set(before), path


def test_every_part_of_the_service_has_its_place() -> None:
    found = {path.stem for path in (PACKAGE / "service").iterdir() if path.name[0] != "_"}
    assert found == set(SERVICE)


def test_posix_only_modules_are_not_imported_at_module_level() -> None:
    for path in PACKAGE.rglob("*.py"):
        roots = {name.split(".")[0] for name in imports_of(path)}
        assert not roots & {"fcntl", "resource", "pwd", "grp", "termios"}, path


@pytest.mark.parametrize("part", ["service", "review"])
def test_what_callers_send_meets_nothing_that_runs_scripts(part: str) -> None:
    for path in modules_of(part):
        ran = {n for n in imports_of(path) if n.startswith("revitron_grpc.simulation")}
        # A digest is all that the service wants of it; scripts of recipe packs run in the workshop.
        assert ran <= {"revitron_grpc.simulation.digest"}, path
