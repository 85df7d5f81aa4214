"""docs/operations/runbook.md, typed from top to bottom on the server of docs/operations/server.md.

A newer release is published before: a commit that raises the version, which the page's upgrade
fetches and its rollback leaves.
"""

import re
import time

from tests.deploy.artefact import ROOT, FailedCheck, check
from tests.deploy.newcomer import PAGE as SERVER_PAGE
from tests.deploy.newcomer import (
    SOURCE,
    commit,
    demand_that_all_are_run,
    office_server,
    power_off,
    type_blocks,
)
from tests.docs.pages import blocks, spans

PAGE = ROOT / "docs" / "operations" / "runbook.md"
NEXT = "0.1.1"
_SAID = (
    f"revitron-grpc {NEXT} is installed",
    f"is in use; {NEXT} is kept",
    "10 of 10 buttons",
    "degraded",
    "revoked",
)
_COMMAND = re.compile(
    r"(?:sudo|systemctl|systemd-analyze|curl|openssl|service|replicas|revitron-grpc) "
)
_SETTINGS = "etc/revitron-grpc/settings.yaml"


@check("docs/operations/runbook.md", "typed on the server of server.md, with a newer release")
def typed_from_top_to_bottom() -> str:
    """Every block does what the text around it says; one that needs a cluster is not typed."""
    demand_that_all_are_run(PAGE, "sh", "sh cluster")
    _demand_that_prose_names_only_what_is_typed()
    machine = office_server().machine
    try:
        files = machine.root.path
        # HAProxy on the same machine needs 0.6 s to notice; four restarts of three replicas.
        settings = (files / _SETTINGS).read_text(encoding="utf-8")
        quick = settings.replace("notice_seconds: 5", "notice_seconds: 1")
        (files / _SETTINGS).write_text(quick, encoding="utf-8")
        project = files / SOURCE / "pyproject.toml"
        text = project.read_text(encoding="utf-8")
        newer, times = re.subn(r'(?m)^version = ".*"$', f'version = "{NEXT}"', text)
        if times != 1 or quick == settings:
            raise FailedCheck("no version in pyproject.toml, or no notice in the settings")
        project.write_text(newer, encoding="utf-8")
        commit(project.parent)
        began = time.perf_counter()
        told = type_blocks(machine, "admin", blocks(PAGE, "sh"))
        took = time.perf_counter() - began
        missing = [said for said in _SAID if said not in told]
        if missing or "0 MiB" in told.split():
            raise FailedCheck(f"nowhere on the way: {missing}\n{told}")
    finally:
        power_off()
    return f"{len(blocks(PAGE, 'sh'))} blocks, {took:.0f} s"


def _demand_that_prose_names_only_what_is_typed() -> None:
    """A command in a sentence or a table of either page is in a block too, where it is run."""
    pages = (PAGE, SERVER_PAGE)
    typed = "".join(block.text for page in pages for block in blocks(page, "sh"))
    typed = typed.replace("\\\n", " ")
    named = (text for page in pages for text in spans(page) if _COMMAND.match(text))
    unknown = [text for text in named if text not in typed]
    if unknown:
        raise FailedCheck("in a sentence and in no block\n" + "\n".join(unknown))
