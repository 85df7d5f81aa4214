r"""The files of a simulated user's computer, in memory: Windows paths, nothing on the disk.

`open`, `os`, `os.path` and `System.IO` of one run all look here. Names are found whatever their
case, both separators are taken, and text gets Windows line ends. The file systems in memory that
libraries offer are shared by the whole process (fsspec) or patch it (pyfakefs), while several
scripts run at once here, each with files of its own.
"""

import errno
import io
import ntpath
from collections.abc import Iterator, Mapping
from typing import IO, Any, cast

MAX_BYTES = 64 * 1024 * 1024
"""What all files of a run may hold together."""
DOCUMENTS = r"C:\Users\user\Documents"
_FOLDERS_OF_WINDOWS = (
    r"C:\ProgramData",
    r"C:\Users\user\AppData\Local\Temp",
    r"C:\Users\user\AppData\Roaming",
    r"C:\Users\user\Desktop",
)
SCRIPT_PATH = r"C:\Office\Office.extension\Office.tab\Tools.panel\Tool.pushbutton\script.py"


class VirtualFiles:
    """Folders and files by their path; relative paths start at `folder`.

    Not for several threads at once: one belongs to one run.
    """

    def __init__(
        self,
        files: Mapping[str, bytes | str] | None = None,
        folder: str = DOCUMENTS,
        script_path: str = SCRIPT_PATH,
    ) -> None:
        self.folder = folder
        self.script_path = script_path
        """Where the script that runs stands; the files of its bundle are beside it."""
        self.write_protected: set[str] = set()
        """Paths that cannot be written or removed, as those that Excel holds open."""
        self._files: dict[str, bytes] = {}
        self._folders: set[str] = set()
        self._shown: dict[str, str] = {}
        self._written: set[str] = set()
        self._size = 0
        for each in (folder, *_FOLDERS_OF_WINDOWS):
            self.make_folders(each)
        self.make_folders(ntpath.dirname(script_path))
        for path, content in (files or {}).items():
            self.write(path, content)

    def full_path(self, path: str) -> str:
        """Return the path from its drive on, with backslashes and without `..`."""
        return ntpath.normpath(ntpath.join(self.folder, _text(path)))

    def in_documents(self, name: str) -> str:
        """Return the path of a file in the user's documents; a full path stays what it is."""
        return ntpath.join(DOCUMENTS, name)

    def _key(self, path: str) -> str:
        return self.full_path(path).lower()

    def protect(self, path: str) -> None:
        """Let nobody write, replace or remove a file."""
        self.write_protected.add(self._key(path))

    def is_file(self, path: str) -> bool:
        """Whether there is a file."""
        return self._key(path) in self._files

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder."""
        return self._key(path) in self._folders

    def exists(self, path: str) -> bool:
        """Whether there is a file or a folder."""
        return self.is_file(path) or self.is_folder(path)

    def paths(self) -> tuple[str, ...]:
        """Return the full paths of all files, sorted."""
        return tuple(sorted(self._shown[key] for key in self._files))

    def read(self, path: str) -> bytes:
        """Return what a file holds; raises `FileNotFoundError`, or `PermissionError` of folders."""
        if self.is_folder(path):
            raise _refused(errno.EACCES, path)
        try:
            return self._files[self._key(path)]
        except KeyError:
            raise _refused(errno.ENOENT, path) from None

    def read_text(self, path: str, encoding: str = "utf-8-sig") -> str:
        """Return a file's text with line feeds alone at the ends of lines."""
        return self.read(path).decode(encoding).replace("\r\n", "\n")

    def write(self, path: str, content: bytes | str) -> None:
        """Put a file there with all folders above it, before a script runs."""
        self.make_folders(ntpath.dirname(self.full_path(path)))
        data = content.encode() if isinstance(content, str) else content
        self._store(path, data)
        self._written.discard(self._key(path))

    def written(self) -> dict[str, bytes]:
        """Return what the script wrote and did not remove again, by full path."""
        return {self._shown[key]: self._files[key] for key in sorted(self._written)}

    def check_writable(self, path: str) -> None:
        """Raise what Windows does if a file cannot be written there."""
        if self.is_folder(path) or self._key(path) in self.write_protected:
            raise _refused(errno.EACCES, path)
        if not self.is_folder(ntpath.dirname(self.full_path(path))):
            raise _refused(errno.ENOENT, path)

    def _store(self, path: str, data: bytes) -> None:
        self.check_writable(path)
        key = self._key(path)
        size = self._size - len(self._files.get(key, b"")) + len(data)
        if size > MAX_BYTES:
            raise _refused(errno.ENOSPC, path)
        self._size = size
        self._files[key] = data
        self._written.add(key)
        self._shown.setdefault(key, self.full_path(path))

    def remove(self, path: str) -> None:
        """Remove a file."""
        self.read(path)
        self.check_writable(path)
        key = self._key(path)
        self._size -= len(self._files.pop(key))
        self._written.discard(key)
        self._shown.pop(key)

    def rename(self, old: str, new: str) -> None:
        """Give a file another path; raises `FileExistsError` if that is taken."""
        if self.exists(new):
            raise _refused(errno.EEXIST, new)
        data = self.read(old)
        self.check_writable(new)
        self.remove(old)
        self._store(new, data)

    def make_folder(self, path: str) -> None:
        """Make one folder in a folder that is there."""
        full = self.full_path(path)
        if self.exists(full):
            raise _refused(errno.EEXIST, path)
        if not self.is_folder(ntpath.dirname(full)):
            raise _refused(errno.ENOENT, path)
        self.make_folders(full)

    def make_folders(self, path: str) -> None:
        """Make a folder and all above it that are missing."""
        full = self.full_path(path)
        while full.lower() not in self._folders:
            if full.lower() in self._files:
                raise _refused(errno.EEXIST, full)
            self._folders.add(full.lower())
            self._shown[full.lower()] = full
            full = ntpath.dirname(full)

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder."""
        if self.names_in(path):
            raise _refused(errno.ENOTEMPTY, path)
        key = self._key(path)
        self._folders.discard(key)
        self._shown.pop(key, None)

    def remove_tree(self, path: str) -> None:
        """Remove a folder with all that is in it."""
        for name in self.names_in(path):
            inner = ntpath.join(self.full_path(path), name)
            if self.is_folder(inner):
                self.remove_tree(inner)
            else:
                self.remove(inner)
        self.remove_folder(path)

    def names_in(self, path: str) -> list[str]:
        """Return the names of the files and folders in a folder, sorted."""
        if not self.is_folder(path):
            raise _refused(errno.ENOTDIR if self.is_file(path) else errno.ENOENT, path)
        key = self._key(path)
        inside = (
            shown
            for each, shown in self._shown.items()
            if ntpath.dirname(each) == key and each != key
        )
        return sorted((ntpath.basename(shown) for shown in inside), key=str.lower)

    def walk(self, path: str) -> Iterator[tuple[str, list[str], list[str]]]:
        """Go through a folder as `os.walk` does, from the top."""
        if not self.is_folder(path):
            return
        names = self.names_in(path)
        folders = [name for name in names if self.is_folder(ntpath.join(path, name))]
        yield path, folders, [name for name in names if name not in folders]
        for name in folders:
            yield from self.walk(ntpath.join(path, name))

    def open(
        self,
        path: str,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> IO[Any]:
        """Open a file as `io.open` does on Windows; text without an encoding is cp1252."""
        binary = "b" in mode
        kind = mode.replace("b", "").replace("t", "").replace("U", "") or "r"
        if kind not in ("r", "w", "a", "x", "r+", "w+", "a+", "x+"):
            raise ValueError(f"invalid mode: '{mode}'")
        if binary and (encoding or errors or newline):
            raise ValueError("binary mode doesn't take an encoding, errors or newline argument")
        if kind[0] == "x" and self.exists(path):
            raise _refused(errno.EEXIST, path)
        if kind != "r":
            self.check_writable(path)
        file = _OpenFile(self, _text(path), kind)
        if binary:
            return file
        if newline is None and kind in ("w", "a", "x"):
            newline = "\r\n"
        return io.TextIOWrapper(
            cast("IO[bytes]", file), encoding or "cp1252", errors, newline, buffering == 1
        )


class _OpenFile(io.BytesIO):
    """An open file; what was written is in the file system from the next flush on."""

    def __init__(self, files: VirtualFiles, path: str, kind: str) -> None:
        kept = kind[0] in "ra"
        exists = files.is_file(path)
        # Python closes an object that could not be opened too; then there is nothing to write.
        self._kind = "r"
        super().__init__(files.read(path) if kept and (exists or kind[0] == "r") else b"")
        self._home = files
        self._kind = kind
        self.name = path
        if kind != "r":
            self.seek(0, io.SEEK_END if kind[0] == "a" else io.SEEK_SET)
            if not (kept and exists):
                self.flush()

    def readable(self) -> bool:
        return self._kind == "r" or "+" in self._kind

    def writable(self) -> bool:
        return self._kind != "r"

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.readable():
            raise io.UnsupportedOperation("not readable")
        return super().read(size)

    def write(self, data: Any, /) -> int:
        if not self.writable():
            raise io.UnsupportedOperation("not writable")
        if self._kind[0] == "a":
            self.seek(0, io.SEEK_END)
        return super().write(data)

    def flush(self) -> None:
        super().flush()
        if self.writable():
            self._home._store(self.name, self.getvalue())

    def close(self) -> None:
        if not self.closed:
            self.flush()
        super().close()


def _text(path: object) -> str:
    if isinstance(path, bytes):
        return path.decode()
    if isinstance(path, str):
        return path
    raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")


_REASONS = {
    errno.ENOENT: "No such file or directory",
    errno.EACCES: "Permission denied",
    errno.EEXIST: "File exists",
    errno.ENOTDIR: "Not a directory",
    errno.ENOTEMPTY: "Directory not empty",
    errno.ENOSPC: "No space left on device",
}


def _refused(number: int, path: object) -> OSError:
    return OSError(number, _REASONS[number], path)
