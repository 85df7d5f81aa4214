"""The metadata of a .NET assembly: tables, heaps and coded indexes (ECMA-335, partition II).

dnfile finds and lays out the tables. Their rows are unpacked here, whole tables at once: dnfile's
own row objects cost 7 s and 360 MB for a class library of 27,000 methods, this 50 ms, and Revit's
assemblies are larger. Everything that a file can say wrongly is checked: whatever the bytes, the
answer is the metadata or an `ASSEMBLY_UNREADABLE` that says what is wrong, in time and memory
bounded by the size of the file.
"""

import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dnfile
import pefile
from dnfile.base import ClrMetaDataTable, MDTableRow
from dnfile.stream import MetaDataTables

from revitron_grpc.errors import Reason, RevitronGrpcError

LARGEST_ASSEMBLY = 256 * 1024 * 1024
"""Bytes that an assembly may have; Revit's largest has about a sixth of it."""

_COM_DESCRIPTOR = 14
_METADATA_SIGNATURE = b"BSJB"
_MOST_STREAMS = 16
_LONGEST_NAME = 1023
"""Bytes of a name, as ECMA-335 II.24.2.2 limits them."""

Row = tuple[int, ...]
"""One row; the columns are in the order of ECMA-335 II.22."""

# ECMA-335 II.24.2.6: the tables that a coded index may point to, by tag, and the tag's bits.
TYPE_DEF_OR_REF = (2, ("TypeDef", "TypeRef", "TypeSpec"))
HAS_CONSTANT = (2, ("Field", "Param", "Property"))
HAS_CUSTOM_ATTRIBUTE = (
    5,
    (
        *("MethodDef", "Field", "TypeRef", "TypeDef", "Param", "InterfaceImpl", "MemberRef"),
        *("Module", "DeclSecurity", "Property", "Event", "StandAloneSig", "ModuleRef"),
        *("TypeSpec", "Assembly", "AssemblyRef", "File", "ExportedType", "ManifestResource"),
        *("GenericParam", "GenericParamConstraint", "MethodSpec"),
    ),
)
HAS_SEMANTICS = (1, ("Event", "Property"))
MEMBER_REF_PARENT = (3, ("TypeDef", "TypeRef", "ModuleRef", "MethodDef", "TypeSpec"))
CUSTOM_ATTRIBUTE_TYPE = (3, ("", "", "MethodDef", "MemberRef", ""))
RESOLUTION_SCOPE = (2, ("Module", "ModuleRef", "AssemblyRef", "TypeRef"))
TYPE_OR_METHOD_DEF = (1, ("TypeDef", "MethodDef"))

CodedIndex = tuple[int, tuple[str, ...]]


class DamagedError(Exception):
    """What the bytes say cannot be; it becomes an `ASSEMBLY_UNREADABLE` that names the file."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The tables and heaps of one assembly; row numbers count from 1, as in the file."""

    file_name: str
    tables: dict[str, tuple[Row, ...]]
    strings: bytes
    blobs: bytes

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table; none where the assembly has no such table."""
        return self.tables.get(table, ())

    def row(self, table: str, number: int) -> Row:
        """Return one row.

        Raises:
            DamagedError: There is no row of that number.

        """
        rows = self.rows(table)
        if not 0 < number <= len(rows):
            raise DamagedError(f"{table} has no row {number}")
        return rows[number - 1]

    def owned(self, table: str, column: int, number: int, owned: str) -> range:
        """Return the row numbers in `owned` that belong to row `number` of `table`.

        They run from the number in `column` to that of the next row.

        Raises:
            DamagedError: The numbers run backwards or past the end.

        """
        rows = self.rows(table)
        end = len(self.rows(owned)) + 1
        first = rows[number - 1][column]
        last = rows[number][column] if number < len(rows) else end
        if not 0 < first <= last <= end:
            raise DamagedError(f"row {number} of {table} has a wrong range of {owned}")
        return range(first, last)

    def outer_types(self) -> dict[int, int]:
        """Return the type around each nested type, as rows of TypeDef."""
        return {inner: outer for inner, outer in self.rows("NestedClass")}  # noqa: C416

    def string(self, offset: int) -> str:
        """Return a name.

        Raises:
            DamagedError: It lies outside the heap, does not end, or is no UTF-8.

        """
        end = self.strings.find(b"\0", offset, offset + _LONGEST_NAME + 1)
        if not 0 <= offset <= end:
            raise DamagedError(f"no name of at most {_LONGEST_NAME} bytes at {offset}")
        try:
            return self.strings[offset:end].decode("utf-8")
        except UnicodeDecodeError as error:
            raise DamagedError(f"the name at {offset} is no UTF-8") from error

    def blob(self, offset: int) -> bytes:
        """Return a signature, a constant or the arguments of an attribute.

        Raises:
            DamagedError: It lies outside the heap or runs past its end.

        """
        size, start = compressed(self.blobs, offset)
        if start + size > len(self.blobs):
            raise DamagedError(f"the blob at {offset} is cut off")
        return self.blobs[start : start + size]


def compressed(data: bytes, at: int) -> tuple[int, int]:
    """Read a compressed unsigned number (II.23.2); return it and where the next byte is.

    Raises:
        DamagedError: The data end before the number does, or no number begins so.

    """
    if not 0 <= at < len(data):
        raise DamagedError("a number lies outside its data")
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size, mask = (2, 0x3F) if first < 0xC0 else (4, 0x1F)
    if first >= 0xE0 or at + size > len(data):
        raise DamagedError("a number is cut off or malformed")
    rest = int.from_bytes(data[at + 1 : at + size], "big")
    return (first & mask) << 8 * (size - 1) | rest, at + size


def decoded(index: int, kind: CodedIndex) -> tuple[str, int]:
    """Split a coded index into the name of a table and a row number (0: none).

    Raises:
        DamagedError: The tag stands for no table.

    """
    bits, tables = kind
    tag = index & (1 << bits) - 1
    if tag >= len(tables) or not tables[tag]:
        raise DamagedError(f"the tag {tag} of an index stands for no table")
    return tables[tag], index >> bits


def read_metadata(path: Path) -> Metadata:
    """Read the metadata of the assembly at `path`; nothing of it is run.

    Raises:
        RevitronGrpcError: `ASSEMBLY_UNREADABLE` when the file cannot be read, has more than
            `LARGEST_ASSEMBLY` bytes, is no .NET assembly, or is damaged.

    """
    content = _content(path)
    try:
        with _unlogged():
            return _parsed(path.name, content)
    except DamagedError as error:
        raise unreadable(path, str(error)) from error


def unreadable(path: Path, why: str) -> RevitronGrpcError:
    """Return the error for a file that is no usable assembly."""
    return RevitronGrpcError(
        Reason.ASSEMBLY_UNREADABLE,
        f"{path} cannot be imported: {why}; give the RevitAPI.dll and RevitAPIUI.dll that lie "
        "in Revit's own folder, such as C:\\Program Files\\Autodesk\\Revit 2027",
    )


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise unreadable(path, "it is a folder")
        size = path.stat().st_size
        if size > LARGEST_ASSEMBLY:
            raise unreadable(path, f"it has {size} bytes, and {LARGEST_ASSEMBLY} are the limit")
        with path.open("rb") as file:
            content = file.read(LARGEST_ASSEMBLY + 1)
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error
    if not content:
        raise unreadable(path, "it is empty")
    if len(content) > LARGEST_ASSEMBLY:
        raise unreadable(path, f"it has more than {LARGEST_ASSEMBLY} bytes, which are the limit")
    return content


def _parsed(name: str, content: bytes) -> Metadata:
    if not content.startswith(b"MZ"):
        raise DamagedError("it is neither a DLL nor a program (it does not begin with MZ)")
    try:
        executable = dnfile.dnPE(data=content, fast_load=True, clr_lazy_load=True)
    except pefile.PEFormatError as error:
        raise DamagedError(f"its headers are damaged or cut off ({error})") from error
    except Exception as error:  # the libraries raise whatever they stumble on in damaged headers
        raise DamagedError("its headers are damaged") from error
    _check_header(executable)
    try:
        executable.parse_data_directories([_COM_DESCRIPTOR])
        net = executable.net
        if net is None or net.metadata is None:
            raise DamagedError("its .NET metadata are damaged or cut off")
        if b"#-" in net.metadata.streams:
            raise DamagedError("its .NET metadata are not compressed (a build for debugging)")
        tables, strings, blobs = net.mdtables, net.strings, net.blobs
        if tables is None or tables.header is None or strings is None or blobs is None:
            raise DamagedError("its .NET metadata are damaged or cut off")
        broken = [text for text in executable.get_warnings() if "stream" in text]
        if broken or len(tables.tables_list) != tables.header.MaskValid.bit_count():
            raise DamagedError("its metadata tables are damaged or cut off")
        unpacked = {table.name: _unpacked(tables, table) for table in tables.tables_list}
        string_bytes, blob_bytes = (
            heap.get_data_at_offset(0, heap.sizeof()) for heap in (strings, blobs)
        )
    except DamagedError:
        raise
    except Exception as error:  # as above
        raise DamagedError("its .NET metadata are damaged") from error
    return Metadata(name, unpacked, string_bytes, blob_bytes)


def _check_header(executable: dnfile.dnPE) -> None:
    """Find the metadata and count its streams, before dnfile copies each of them."""
    try:
        directory = executable.OPTIONAL_HEADER.DATA_DIRECTORY[_COM_DESCRIPTOR]  # type: ignore[attr-defined]
        if not directory.VirtualAddress:
            raise DamagedError("it is a native library, no .NET assembly")
        header = executable.get_data(directory.VirtualAddress, 16)
        (root,) = struct.unpack_from("<I", header, 8)
        start = executable.get_data(root, 16)
        (version_length,) = struct.unpack_from("<I", start, 12)
        flags_and_streams = executable.get_data(root + 16 + min(version_length, 256), 4)
        (streams,) = struct.unpack_from("<H", flags_and_streams, 2)
    except (IndexError, AttributeError) as error:
        raise DamagedError("it is a native library, or its headers are cut off") from error
    except (pefile.PEFormatError, struct.error, TypeError, ValueError) as error:
        raise DamagedError("its .NET header points outside the file") from error
    if start[:4] != _METADATA_SIGNATURE:
        raise DamagedError("no .NET metadata stand where its header says")
    if version_length > 255 or not 0 < streams <= _MOST_STREAMS:
        raise DamagedError("the head of its .NET metadata is damaged")


def _unpacked(tables: MetaDataTables, table: ClrMetaDataTable[MDTableRow]) -> tuple[Row, ...]:
    if not table.num_rows:
        return ()
    size = table.row_size * table.num_rows
    data = tables.get_data_at_rva(table.rva, size)
    layout = struct.Struct(table.rows[0].struct.__get_format__())
    if not table.rva or len(data) != size or layout.size != table.row_size:
        raise DamagedError(f"its table {table.name} is cut off")
    return tuple(layout.iter_unpack(data))


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep dnfile from writing to standard error what becomes one error of ours."""
    handlers, before = logging.root.handlers[:], logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
        logging.root.handlers[:] = handlers
