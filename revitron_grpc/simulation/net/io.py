"""`System.IO` and `System.Environment` on the virtual files of the run."""

import errno
import fnmatch
import ntpath
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.environment import current_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.enums import SearchOption, SpecialFolder
from revitron_grpc.simulation.net.exceptions import (
    ArgumentException,
    ArgumentNullException,
    DirectoryNotFoundException,
    FileNotFoundException,
    IOException,
    UnauthorizedAccessException,
)
from revitron_grpc.simulation.net.item_types import value_type_name
from revitron_grpc.simulation.net.texts import Encoding
from revitron_grpc.simulation.virtual_files import VirtualFiles


def _check_not_null(value: Any, name: str) -> None:
    """Raise `ArgumentNullException` for None."""
    if value is None:
        raise ArgumentNullException(f"Value cannot be null.\r\nParameter name: {name}")


def _check_path(path: Any) -> str:
    """Return a path that `System.IO` takes; raises for None, other types and the empty text."""
    _check_not_null(path, "path")
    if not isinstance(path, str):
        raise TypeError(f"expected str, got {value_type_name(path)}")
    if not path.strip():
        raise ArgumentException("The path is not of a legal form.")
    return path


def _files() -> VirtualFiles:
    return current_environment().files


def _refused(error: OSError, path: str) -> NoReturn:
    full = _files().full_path(path)
    if error.errno == errno.ENOENT:
        if _files().is_folder(ntpath.dirname(full)):
            raise FileNotFoundException(f"Could not find file '{full}'.") from None
        raise DirectoryNotFoundException(f"Could not find a part of the path '{full}'.") from None
    if error.errno == errno.EACCES:
        raise UnauthorizedAccessException(f"Access to the path '{full}' is denied.") from None
    raise IOException(error.strerror) from None


def _tried(path: str, action: Callable[[VirtualFiles], Any]) -> Any:
    try:
        return action(_files())
    except OSError as error:
        _refused(error, path)


class Path:
    """`System.IO.Path`: names only, no file is looked at."""

    DirectorySeparatorChar = "\\"
    PathSeparator = ";"

    @staticmethod
    def Combine(*parts: Any) -> str:
        items: Iterable[Any] = (
            parts[0] if len(parts) == 1 and not isinstance(parts[0], str) else parts
        )
        taken = list(items)
        if any(part is None for part in taken):
            raise ArgumentNullException("Value cannot be null.\r\nParameter name: path")
        return ntpath.join(*taken)

    @staticmethod
    def GetFileName(path: str) -> str:
        return ntpath.basename(path)

    @staticmethod
    def GetFileNameWithoutExtension(path: str) -> str:
        return Path.GetFileName(path).rpartition(".")[0] or Path.GetFileName(path)

    @staticmethod
    def GetExtension(path: str) -> str:
        _, dot, extension = ntpath.basename(path).rpartition(".")
        return dot + extension if dot and extension else ""

    @staticmethod
    def GetDirectoryName(path: str) -> str | None:
        folder = ntpath.dirname(path)
        return None if ntpath.splitdrive(path)[1] in ("\\", "/") else ntpath.normpath(folder)

    @staticmethod
    def ChangeExtension(path: str, extension: str | None) -> str:
        own = Path.GetExtension(path)
        stem = path[: -len(own)] if own else path
        return stem if extension is None else f"{stem}.{extension.removeprefix('.')}"

    @staticmethod
    def GetFullPath(path: str) -> str:
        return _files().full_path(_check_path(path))

    @staticmethod
    def HasExtension(path: str) -> bool:
        return bool(Path.GetExtension(path))

    @staticmethod
    def IsPathRooted(path: str) -> bool:
        return path[:1] in ("\\", "/") or path[1:2] == ":"

    @staticmethod
    def GetTempPath() -> str:
        folder = current_environment().temporary_folder
        _files().make_folders(folder)
        return folder + "\\"

    @staticmethod
    def GetInvalidFileNameChars() -> NetArray:
        return NetArray(str, ['"', "<", ">", "|", *map(chr, range(32)), ":", "*", "?", "\\", "/"])

    @staticmethod
    def GetInvalidPathChars() -> NetArray:
        return NetArray(str, ['"', "<", ">", "|", *map(chr, range(32))])


def _encoding(encoding: Any, otherwise: str) -> str:
    if encoding is None:
        return otherwise
    if isinstance(encoding, Encoding):
        return encoding._python_name
    raise TypeError(f"expected Encoding, got {type(encoding).__name__}")


class File:
    """`System.IO.File`: UTF-8, without a mark at its start unless `Encoding.UTF8` is given."""

    @staticmethod
    def Exists(path: Any) -> bool:
        return isinstance(path, str) and bool(path) and _files().is_file(path)

    @staticmethod
    def ReadAllBytes(path: str) -> NetArray:
        return NetArray(int, _tried(_check_path(path), lambda files: files.read(path)))

    @staticmethod
    def ReadAllText(path: str, encoding: Any = None) -> str:
        data = _tried(_check_path(path), lambda files: files.read(path))
        return data.decode(_encoding(encoding, "utf-8-sig"), "replace")

    @staticmethod
    def ReadAllLines(path: str, encoding: Any = None) -> NetArray:
        return NetArray(str, File.ReadAllText(path, encoding).splitlines())

    @staticmethod
    def _write(path: str, text: str, mode: str, encoding: Any) -> None:
        def write(files: VirtualFiles) -> None:
            with files.open(path, mode) as target:
                target.write(text.encode(_encoding(encoding, "utf-8")))

        _tried(_check_path(path), write)

    @staticmethod
    def WriteAllText(path: str, contents: str, encoding: Any = None) -> None:
        File._write(path, contents or "", "wb", encoding)

    @staticmethod
    def WriteAllLines(path: str, contents: Iterable[str], encoding: Any = None) -> None:
        File._write(path, "".join(f"{line}\r\n" for line in contents), "wb", encoding)

    @staticmethod
    def AppendAllText(path: str, contents: str, encoding: Any = None) -> None:
        held = encoding
        if isinstance(encoding, Encoding) and _files().is_file(path):
            # The mark stands at the start of a file only.
            held = Encoding(encoding._python_name.removesuffix("-sig"))
        File._write(path, contents or "", "ab", held)

    @staticmethod
    def Delete(path: str) -> None:
        if _files().exists(_check_path(path)):
            _tried(path, lambda files: files.remove(path))

    @staticmethod
    def Copy(sourceFileName: str, destFileName: str, overwrite: bool = False) -> None:
        def copy(files: VirtualFiles) -> None:
            data = files.read(sourceFileName)
            if files.exists(destFileName) and not overwrite:
                raise IOException(f"The file '{destFileName}' already exists.")
            with files.open(destFileName, "wb") as target:
                target.write(data)

        _tried(_check_path(sourceFileName), copy)

    @staticmethod
    def Move(sourceFileName: str, destFileName: str) -> None:
        _tried(sourceFileName, lambda files: files.rename(sourceFileName, destFileName))


class Directory:
    """`System.IO.Directory`."""

    @staticmethod
    def Exists(path: Any) -> bool:
        return isinstance(path, str) and bool(path) and _files().is_folder(path)

    @staticmethod
    def CreateDirectory(path: str) -> None:
        _tried(_check_path(path), lambda files: files.make_folders(path))

    @staticmethod
    def GetCurrentDirectory() -> str:
        return _files().folder

    @staticmethod
    def Delete(path: str, recursive: bool = False) -> None:
        def delete(files: VirtualFiles) -> None:
            (files.remove_tree if recursive else files.remove_folder)(path)

        _tried(_check_path(path), delete)

    @staticmethod
    def _found(path: str, pattern: str, option: Any, folders: bool) -> NetArray:
        if not _files().is_folder(_check_path(path)):
            full = _files().full_path(path)
            raise DirectoryNotFoundException(f"Could not find a part of the path '{full}'.")
        found = []
        for top, inner, names in _files().walk(path):
            wanted = inner if folders else names
            found += [
                ntpath.join(top, name)
                for name in wanted
                if pattern in ("*.*", "*") or fnmatch.fnmatchcase(name.lower(), pattern.lower())
            ]
            if option is None or option.name == "TopDirectoryOnly":
                break
        return NetArray(str, found)

    @staticmethod
    def GetFiles(path: str, searchPattern: str = "*", searchOption: Any = None) -> NetArray:
        return Directory._found(path, searchPattern, searchOption, False)

    @staticmethod
    def GetDirectories(path: str, searchPattern: str = "*", searchOption: Any = None) -> NetArray:
        return Directory._found(path, searchPattern, searchOption, True)

    EnumerateFiles = GetFiles
    EnumerateDirectories = GetDirectories


class SystemEnvironment:
    """`System.Environment`."""

    NewLine = "\r\n"
    SpecialFolder = SpecialFolder
    UserName = static_property(lambda _: current_environment().user_name)
    UserDomainName = static_property(lambda _: current_environment().machine_name)
    MachineName = static_property(lambda _: current_environment().machine_name)
    CurrentDirectory = static_property(lambda _: _files().folder)

    @staticmethod
    def GetEnvironmentVariable(variable: str) -> str | None:
        return current_environment().variables().get(variable.upper())

    @staticmethod
    def GetFolderPath(folder: Any) -> str:
        if not isinstance(folder, SpecialFolder):
            raise TypeError(f"expected SpecialFolder, got {type(folder).__name__}")
        home = current_environment().home
        return {
            "Desktop": rf"{home}\Desktop",
            "MyDocuments": rf"{home}\Documents",
            "ApplicationData": rf"{home}\AppData\Roaming",
            "LocalApplicationData": rf"{home}\AppData\Local",
            "CommonApplicationData": r"C:\ProgramData",
            "UserProfile": home,
        }[folder.name]


class Process:
    """`System.Diagnostics.Process`: opens a file or address for the user, runs no program."""

    @staticmethod
    def Start(fileName: str, *arguments: Any) -> None:
        if arguments or fileName.lower().endswith((".exe", ".bat", ".cmd", ".ps1")):
            raise NotSimulated("starting a program with System.Diagnostics.Process")
        current_environment().started.append(fileName)


__all__ = ["Directory", "File", "Path", "Process", "SearchOption", "SystemEnvironment"]
