"""The analyser needs no folder that it may write to."""

import os
import subprocess
import sys
from pathlib import Path


def test_it_starts_where_no_cache_can_be_written(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.touch()
    homes = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE"), str(no_folder))
    done = subprocess.run(
        [sys.executable, "-c", "import revitron_grpc.analysis.parse"],
        env=os.environ | homes,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
