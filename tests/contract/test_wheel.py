"""The wheel holds all that an installation needs, and no more than it may."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    # Built from the files that git knows: a build in the tree would find its own leftovers.
    subprocess.run(["git", "checkout-index", "--all", f"--prefix={source}/"], cwd=ROOT, check=True)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--wheel-dir", str(folder), str(source)),
        ],
        check=True,
    )
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_catalog_is_in_it_and_small(wheel: zipfile.ZipFile) -> None:
    assert wheel.getinfo("revitron_grpc/catalog/data/catalog.bin").compress_size < 8_000_000


def test_every_recipe_is_in_it_whole(wheel: zipfile.ZipFile) -> None:
    packs = ROOT / "revitron_grpc" / "recipes" / "packs"
    tracked = subprocess.run(
        ["git", "ls-files", str(packs)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert {path for path in tracked if path} <= set(wheel.namelist())


def test_stubs_come_with_their_types_and_tests_stay_at_home(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "revitron_grpc/v1/button_service_pb2.pyi" in names
    assert not [name for name in names if name.startswith(("tests/", "deploy/"))]


def test_the_history_of_the_database_is_in_it(wheel: zipfile.ZipFile) -> None:
    folder = ROOT / "revitron_grpc" / "storage" / "migrations"
    scripts = {str(path.relative_to(ROOT).as_posix()) for path in folder.rglob("*.py")}
    assert len(scripts) > 3
    assert scripts <= set(wheel.namelist())
