"""The last download of each source, kept on the disk with what its server said of it.

One folder a source: `body` as it came, `facts.json` about it. A download is there whole or not at
all, and one that no longer matches its digest is as good as none.
"""

import hashlib
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

_BODY, _ABOUT = "body", "facts.json"
_CHUNK = 1024 * 1024


class Download(msgspec.Struct, frozen=True):
    """What is known of a download.

    `fetched` is when its bytes came, `confirmed` when its server last said that they still are
    what it has. `etag` and `last_modified` are the server's own, sent back to it.
    """

    url: str
    sha256: str
    size: int
    fetched: datetime
    confirmed: datetime
    etag: str = ""
    last_modified: str = ""


class Downloads:
    """The folder of all downloads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def body(self, name: str) -> Path:
        """Return the file with the bytes of a source's download."""
        return self._folder / name.lower() / _BODY

    def part(self, name: str) -> Path:
        """Return the file that a download is written to until it is whole."""
        folder = self._folder / name.lower()
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{_BODY}.{os.getpid()}.part"

    def find(self, name: str, url: str) -> Download | None:
        """Return the last download of a source from that address, if it is still whole."""
        try:
            about = msgspec.json.decode(
                (self._folder / name.lower() / _ABOUT).read_bytes(), type=Download
            )
            if about.url != url or digest_of(self.body(name)) != about.sha256:
                return None
        except (OSError, msgspec.DecodeError):
            return None
        return about

    def keep(self, name: str, part: Path, about: Download) -> None:
        """Put a whole download in the place of the last one."""
        part.replace(self.body(name))
        self.note(name, about)

    def note(self, name: str, about: Download) -> None:
        """Write down what is known of a download."""
        write_whole(self._folder / name.lower() / _ABOUT, msgspec.json.encode(about))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and then rename it: readers see the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
