"""The stubs are those of the protos, and import beside the real Revitron."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_stubs_are_current(tmp_path: Path) -> None:
    protos = sorted((ROOT / "protos" / "revitron_grpc" / "v1").glob("*.proto"))
    subprocess.run(
        [
            *(sys.executable, "-m", "grpc_tools.protoc", "-I", str(ROOT / "protos")),
            *(f"--python_out={tmp_path}", f"--pyi_out={tmp_path}", f"--grpc_python_out={tmp_path}"),
            *map(str, protos),
        ],
        check=True,
    )
    made = {p.name: p.read_text() for p in (tmp_path / "revitron_grpc" / "v1").iterdir()}
    kept = {
        p.name: p.read_text()
        for p in (ROOT / "revitron_grpc" / "v1").glob("*_pb2*")
        if p.suffix in {".py", ".pyi"}
    }
    assert kept == made, "run `make proto`"


def test_stubs_import_beside_a_package_named_revitron(tmp_path: Path) -> None:
    package = tmp_path / "revitron"
    package.mkdir()
    (package / "__init__.py").write_text("NAME = 'the real library'\n")
    script = (
        "import revitron, revitron_grpc.v1.button_service_pb2_grpc as stubs\n"
        "from revitron_grpc.v1 import button_service_pb2 as messages\n"
        "print(revitron.NAME, messages.DESCRIPTOR.package, stubs.ButtonServiceStub.__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "the real library revitron_grpc.v1 ButtonServiceStub"


def test_the_client_library_imports_with_grpc_and_protobuf_alone() -> None:
    script = (
        "import sys, revitron_grpc.client.generate\n"
        "heavy = {'typer', 'rich', 'pydantic', 'jinja2', 'structlog', 'aiohttp', 'PIL', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
