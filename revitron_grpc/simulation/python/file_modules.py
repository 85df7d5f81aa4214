"""`os`, `os.path`, `io`, `codecs`, `glob`, `shutil`, `tempfile` on the run's virtual files."""

import codecs as real_codecs
import fnmatch
import io as real_io
import ntpath
import os as real_os
import types
from collections.abc import Callable
from datetime import datetime
from typing import Any

from revitron_grpc.simulation.environment import Environment
from revitron_grpc.simulation.errors import NotSimulated

_EPOCH = datetime(1970, 1, 1)

_PURE_PATH = (
    "altsep basename commonprefix commonpath curdir defpath devnull dirname extsep isabs join "
    "normcase normpath pardir pathsep sep split splitdrive splitext"
).split()


def python2_string_file(text: str = "") -> real_io.StringIO:
    """Return a `StringIO.StringIO`."""
    return real_io.StringIO(text)


def path_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `os.path`."""
    files = environment.files

    def user(path: str) -> str:
        return environment.home + path[1:] if path[:1] == "~" else path

    def variables(path: str) -> str:
        for name, value in environment.variables().items():
            for written in (f"%{name}%", f"${{{name}}}"):
                path = path.replace(written, value).replace(written.lower(), value)
        return path

    def relative(path: str, start: str = "") -> str:
        return ntpath.relpath(files.full_path(path), files.full_path(start))

    names: dict[str, Any] = {name: getattr(ntpath, name) for name in _PURE_PATH}
    names |= {
        "abspath": files.full_path,
        "realpath": files.full_path,
        "exists": files.exists,
        "lexists": files.exists,
        "isfile": files.is_file,
        "isdir": files.is_folder,
        "islink": lambda _path: False,
        "ismount": lambda path: ntpath.splitdrive(files.full_path(path))[1] == "\\",
        "getsize": lambda path: len(files.read(path)),
        "getmtime": lambda path: _modified(environment, path),
        "getctime": lambda path: _modified(environment, path),
        "expanduser": user,
        "expandvars": variables,
        "relpath": relative,
        "samefile": lambda one, other: (
            files.full_path(one).lower() == files.full_path(other).lower()
        ),
    }
    return names


def _modified(environment: Environment, path: str) -> float:
    if not environment.files.exists(path):
        environment.files.read(path)
    return (environment.clock.now() - _EPOCH).total_seconds()


def os_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `os`; `os.path` is added by who makes the module."""
    files = environment.files
    variables = environment.variables()

    def change(path: str) -> None:
        if not files.is_folder(path):
            files.names_in(path)
        files.folder = files.full_path(path)

    def make_all(path: str, _mode: int = 0o777, exist_ok: bool = False) -> None:
        if files.is_folder(path) and exist_ok:
            return
        parent = ntpath.dirname(files.full_path(path))
        files.make_folders(parent)
        files.make_folder(path)

    def replace(old: str, new: str) -> None:
        if files.is_file(new):
            files.read(old)
            files.remove(new)
        files.rename(old, new)

    def status(path: str) -> Any:
        size = 0 if files.is_folder(path) else len(files.read(path))
        moment = _modified(environment, path)
        return types.SimpleNamespace(
            st_size=size, st_mtime=moment, st_ctime=moment, st_atime=moment, st_mode=0o666
        )

    def access(path: str, _mode: int = 0) -> bool:
        return files.exists(path)

    def start(path: str, _operation: str = "open") -> None:
        if "://" not in path and not files.exists(path):
            files.read(path)
        environment.started.append(path)

    def walk(top: str, topdown: bool = True, *_: Any) -> Any:
        if not topdown:
            raise NotSimulated("Python's os.walk from the bottom")
        return files.walk(top)

    names: dict[str, Any] = {name: getattr(ntpath, name) for name in ("curdir", "pardir", "extsep")}
    names |= {
        "name": "nt",
        "sep": "\\",
        "altsep": "/",
        "pathsep": ";",
        "linesep": "\r\n",
        "devnull": "nul",
        "error": OSError,
        "environ": variables,
        "getenv": variables.get,
        "getcwd": lambda: files.folder,
        "getlogin": lambda: environment.user_name,
        "getpid": lambda: 4242,
        "chdir": change,
        "listdir": lambda path=".": files.names_in(path),
        "mkdir": lambda path, _mode=0o777: files.make_folder(path),
        "makedirs": make_all,
        "remove": files.remove,
        "unlink": files.remove,
        "rmdir": files.remove_folder,
        "rename": files.rename,
        "replace": replace,
        "stat": status,
        "access": access,
        "startfile": start,
        "walk": walk,
        "F_OK": 0,
        "R_OK": 4,
        "W_OK": 2,
        "X_OK": 1,
    }
    if environment.python2:
        names["getcwdu"] = names["getcwd"]
        del names["replace"]
    else:
        names["fspath"] = real_os.fspath
    return names


def io_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `io`."""
    pure = (
        "BufferedIOBase BytesIO DEFAULT_BUFFER_SIZE IOBase RawIOBase SEEK_CUR SEEK_END SEEK_SET "
        "StringIO TextIOBase TextIOWrapper UnsupportedOperation"
    )
    names: dict[str, Any] = {name: getattr(real_io, name) for name in pure.split()}
    return names | {"open": environment.files.open}


def python_open(environment: Environment) -> Callable[..., Any]:
    """Return the built-in `open` of the run's engine."""
    if not environment.python2:
        return environment.files.open

    def python2_open(path: str, mode: str = "r", buffering: int = -1) -> Any:
        # Python 2 reads and writes bytes, which in IronPython are characters up to 255.
        binary = "b" in mode
        return environment.files.open(
            path, mode.replace("b", ""), buffering, "latin-1", None, "" if binary else None
        )

    return python2_open


def codecs_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `codecs`; `open` opens a virtual file."""

    def open_file(
        path: str,
        mode: str = "r",
        encoding: str | None = None,
        errors: str = "strict",
        buffering: int = -1,
    ) -> Any:
        if encoding is None:
            return python_open(environment)(path, mode)
        # `codecs.open` leaves the ends of lines alone.
        text_mode = mode.replace("b", "")
        return environment.files.open(path, text_mode, buffering, encoding, errors, "")

    names = {
        name: getattr(real_codecs, name)
        for name in real_codecs.__all__
        if name not in ("open", "register", "register_error", "EncodedFile")
    }
    return names | {"open": open_file}


def glob_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `glob`: patterns in the last part of a path."""
    files = environment.files

    def found(pattern: str, recursive: bool = False) -> list[str]:
        folder, last = ntpath.split(pattern)
        if recursive or any(sign in folder for sign in "*?["):
            raise NotSimulated("Python's glob over several folders")
        if not files.is_folder(folder or "."):
            return []
        names = files.names_in(folder or ".")
        return [
            ntpath.join(folder, name)
            for name in names
            if fnmatch.fnmatchcase(name.lower(), last.lower())
        ]

    return {"glob": found, "iglob": lambda pattern: iter(found(pattern))}


def shutil_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `shutil`."""
    files = environment.files

    def target(source: str, path: str) -> str:
        return ntpath.join(path, ntpath.basename(source)) if files.is_folder(path) else path

    def copy_file(source: str, path: str) -> str:
        data = files.read(source)
        with files.open(path, "wb") as copied:
            copied.write(data)
        return path

    def copy(source: str, path: str) -> str:
        return copy_file(source, target(source, path))

    def move(source: str, path: str) -> str:
        if files.is_folder(source):
            raise NotSimulated("Python's shutil.move of a folder")
        files.rename(source, target(source, path))
        return target(source, path)

    def remove_tree(path: str, ignore_errors: bool = False, *_: Any) -> None:
        if files.is_folder(path) or not ignore_errors:
            files.remove_tree(path)

    return {
        "copy": copy,
        "copy2": copy,
        "copyfile": copy_file,
        "move": move,
        "rmtree": remove_tree,
    }


def tempfile_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `tempfile`."""
    files = environment.files

    def folder() -> str:
        files.make_folders(environment.temporary_folder)
        return environment.temporary_folder

    def new_name(prefix: str, suffix: str, parent: str | None) -> str:
        letters = "".join(environment.chance.choices("abcdefghijklmnopqrstuvwxyz0123456789_", k=8))
        return ntpath.join(parent or folder(), f"{prefix}{letters}{suffix}")

    def make(suffix: str = "", prefix: str = "tmp", dir: str | None = None) -> str:
        path = new_name(prefix, suffix, dir)
        files.make_folder(path)
        return path

    def named(
        mode: str = "w+b", suffix: str = "", prefix: str = "tmp", dir: str | None = None, **_: Any
    ) -> Any:
        return files.open(new_name(prefix, suffix, dir), mode)

    return {
        "gettempdir": folder,
        "mkdtemp": make,
        "NamedTemporaryFile": named,
    }
