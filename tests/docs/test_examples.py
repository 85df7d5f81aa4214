"""What stands on the pages as an example is done as it is printed.

- ` ```console `: commands after `$`, their output below, `...` for any text; in a folder of their
  own, which holds a copy of `config/` and the page's files.
- ` ```python `: all blocks of a page, in order, as one program; `localhost:50051` is a service.
- ` ```yaml PATH ` and the like: a file of the example, written to PATH.
- ` ```sh `: what needs more than this, such as a server; only `grpcurl` lines are run.
"""

import asyncio
import doctest
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.conftest import Command
from tests.docs.pages import ROOT, Block, blocks, every_page, named_blocks

_FOLDERS = (ROOT, ROOT / "docs", ROOT / "docs" / "operations")
PAGES = [page for page in every_page() if page.parent in _FOLDERS]
_PROMPT = re.compile(r"^\$ ", re.MULTILINE)
CONSOLE = [
    block for page in PAGES for block in blocks(page, "console") if _PROMPT.search(block.text)
]
PROGRAMS = [ROOT / "docs" / name for name in ("contract.md", "catalog.md", "resuming.md")]
CALLS = [
    (block.name, line)
    for page in [*PAGES, ROOT / "clients" / "grpcurl" / "README.md"]
    for info in ("sh", "")
    for block in blocks(page, info)
    for line in block.text.replace("\\\n", " ").splitlines()
    if line.startswith("grpcurl ")
]
_SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def lay_out(page: Path, folder: Path) -> None:
    """Write the files of the page's examples."""
    shutil.copytree(ROOT / "config", folder / "config")
    for path, text in named_blocks(page):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("block", CONSOLE, ids=[block.name for block in CONSOLE])
def test_a_command_prints_what_the_page_shows(
    block: Block, tmp_path: Path, command: Command
) -> None:
    lay_out(block.page, tmp_path)
    code = 0
    for step in _PROMPT.split(block.text)[1:]:
        line, _, expected = step.partition("\n")
        if line == "echo $?":
            got = f"{code}\n"
        else:
            done = command(shlex.split(line), tmp_path)
            code, got = done.returncode, done.stdout
        assert doctest.OutputChecker().check_output(expected, got, _SAME), f"{line}\n{got}"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("page", PROGRAMS, ids=[page.name for page in PROGRAMS])
async def test_a_program_runs(
    page: Path, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    text = "\n".join(block.text for block in blocks(page, "python"))
    program = compile(text.replace("localhost:50051", target), str(page), "exec")
    await asyncio.to_thread(exec, program, {"__name__": "example"})


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("line", [line for _, line in CALLS], ids=[name for name, _ in CALLS])
async def test_a_call_by_grpcurl_is_answered(line: str, target: str) -> None:
    text, _, source = line.replace("localhost:50051", target).partition(" < ")
    done = await asyncio.to_thread(
        subprocess.run,
        [ROOT / ".tools" / "bin" / "grpcurl", *shlex.split(text)[1:]],
        input=(ROOT / source).read_text(encoding="utf-8") if source else None,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
