"""Signature blobs, byte by byte as ECMA-335 II.23.2 has them, and what they must not do."""

import pytest

from revitron_grpc.catalog.assembly_metadata import DamagedError, Metadata, compressed, decoded
from revitron_grpc.catalog.assembly_signatures import (
    Signatures,
    SignatureType,
    named_parameters,
    plain_name,
)

STRINGS = b"\0System.Runtime.InteropServices\0InAttribute\0Box`1\0N\0Lid\0"
IN_NAMESPACE, IN_NAME, BOX, SPACE, LID = (
    STRINGS.index(b"System"),
    STRINGS.index(b"InAttribute"),
    STRINGS.index(b"Box"),
    STRINGS.index(b"N\0"),
    STRINGS.index(b"Lid"),
)
# TypeRefs: 1 InAttribute, 2 N.Box`1, 3 Lid inside of Box. Tokens are row << 2 | 1.
TYPE_REFS = ((6, IN_NAME, IN_NAMESPACE), (6, BOX, SPACE), (2 << 2 | 3, LID, 0))
IN, OF_BOX, OF_LID = 1 << 2 | 1, 2 << 2 | 1, 3 << 2 | 1


def signatures(blob: bytes, *specifications: bytes) -> tuple[Signatures, list[int]]:
    """Signatures over a heap with these blobs, and where the blobs stand in it."""
    heap, places = b"\0", []
    for one in (blob, *specifications):
        places.append(len(heap))
        heap += bytes([len(one)]) + one
    rows = tuple((place,) for place in places[1:])
    tables = {"TypeRef": TYPE_REFS, "TypeSpec": rows}
    return Signatures(Metadata("x.dll", tables, STRINGS, heap)), places


def field(*elements: int) -> str:
    one, places = signatures(bytes([0x06, *elements]))
    return one.of_field(places[0]).name


@pytest.mark.parametrize(
    ("elements", "spelled"),
    [
        ((0x08,), "System.Int32"),
        ((0x1D, 0x1D, 0x0E), "System.String[][]"),
        ((0x14, 0x08, 2, 0, 0), "System.Int32[,]"),
        ((0x14, 0x08, 1, 0, 0), "System.Int32[*]"),
        ((0x14, 0x08, 2, 2, 3, 4, 1, 0), "System.Int32[,]"),
        ((0x0F, 0x01), "System.Void*"),
        ((0x15, 0x12, OF_BOX, 1, 0x13, 0), "N.Box<!0>"),
        ((0x15, 0x12, OF_LID, 2, 0x1E, 1, 0x08), "N.Box.Lid<!!1,System.Int32>"),
        ((0x1B, 0x00, 0x01, 0x01, 0x08), "System.IntPtr"),
        ((0x20, IN, 0x08), "System.Int32"),
    ],
)
def test_types(elements: tuple[int, ...], spelled: str) -> None:
    assert field(*elements) == spelled


def test_a_reference_that_is_only_read() -> None:
    one, places = signatures(bytes([0x20, 2, 0x01, 0x1F, IN, 0x10, 0x08, 0x10, 0x08]))
    found = one.of_method(places[0])
    assert found.instance
    assert found.parameters == (
        SignatureType("System.Int32", by_reference=True, read_only=True),
        SignatureType("System.Int32", by_reference=True),
    )


def test_a_generic_method() -> None:
    one, places = signatures(bytes([0x10, 2, 1, 0x1E, 0, 0x1E, 1]))
    found = one.of_method(places[0])
    assert (found.generic, found.instance) == (2, False)
    assert found.returns.name == "!!0"
    assert found.parameters == (SignatureType("!!1"),)


@pytest.mark.parametrize(
    ("elements", "said"),
    [
        ((0x3F,), "unknown element"),
        ((0x1D,), "outside its data"),
        ((0x14, 0x08, 0), "0 dimensions"),
        ((0x15, 0x08, OF_BOX, 1, 0x08), "neither class nor value"),
        ((0x15, 0x12, OF_BOX, 0), "takes 0 arguments"),
        ((0x12, 3), "no table"),
        ((0x12, 9 << 2 | 1), "TypeRef has no row 9"),
        ((0x1D,) * 100 + (0x08,), "nested too deeply"),
    ],
)
def test_damage(elements: tuple[int, ...], said: str) -> None:
    with pytest.raises(DamagedError, match=said):
        field(*elements)


def test_a_type_that_mentions_itself() -> None:
    itself = bytes([0x1D, 0x12, 1 << 2 | 2])
    one, places = signatures(bytes([0x06, 0x12, 1 << 2 | 2]), itself)
    with pytest.raises(DamagedError, match=r"circle|too deeply"):
        one.of_field(places[0])


def test_types_that_multiply_their_names() -> None:
    """Each type has the one before four times as its arguments: names that fill any memory."""
    grown = [bytes([0x08])]
    for row in range(1, 7):
        arguments = [0x12, row << 2 | 2] * 4
        grown.append(bytes([0x15, 0x12, OF_LID, 4, *arguments]))
    one, places = signatures(bytes([0x06, 0x12, len(grown) << 2 | 2]), *grown)
    with pytest.raises(DamagedError, match="names of its types are too long"):
        one.of_field(places[0])


def test_names() -> None:
    assert plain_name("List`1") == "List"
    assert plain_name("Odd`name") == "Odd`name"
    assert named_parameters("Map<!0,!!1[]>", ["K"], ["A", "B"]) == "Map<K,B[]>"
    assert named_parameters("!7", ["K"], []) == "!7"


def test_compressed_numbers() -> None:
    # The examples of ECMA-335 II.23.2.
    for data, number in (
        (b"\x03", 0x03),
        (b"\x7f", 0x7F),
        (b"\x80\x80", 0x80),
        (b"\xae\x57", 0x2E57),
        (b"\xbf\xff", 0x3FFF),
        (b"\xc0\x00\x40\x00", 0x4000),
        (b"\xdf\xff\xff\xff", 0x1FFFFFFF),
    ):
        assert compressed(b"." + data, 1) == (number, 1 + len(data))
    for damaged in (b"", b"\x80", b"\xc0\0\0", b"\xff"):
        with pytest.raises(DamagedError):
            compressed(damaged, 0)


def test_rows_that_belong_to_another_row() -> None:
    tables = {"TypeDef": ((0, 1), (0, 3), (0, 3)), "Field": ((0,),) * 4}
    metadata = Metadata("x.dll", tables, b"\0", b"\0")
    owned = [list(metadata.owned("TypeDef", 1, number, "Field")) for number in (1, 2, 3)]
    assert owned == [[1, 2], [], [3, 4]]
    backwards = Metadata("x.dll", {**tables, "TypeDef": ((0, 3), (0, 1))}, b"\0", b"\0")
    with pytest.raises(DamagedError, match="wrong range of Field"):
        backwards.owned("TypeDef", 1, 1, "Field")


def test_a_tag_that_stands_for_no_table() -> None:
    assert decoded(2 << 1 | 1, (1, ("Event", "Property"))) == ("Property", 2)
    with pytest.raises(DamagedError, match="tag 3"):
        decoded(3, (2, ("TypeDef", "TypeRef", "TypeSpec")))
