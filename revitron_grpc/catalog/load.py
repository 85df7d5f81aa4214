"""Load a catalog file; the packaged one once a process."""

from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock

from revitron_grpc.catalog.completeness import Fetch
from revitron_grpc.catalog.file_format import decode
from revitron_grpc.catalog.model import CatalogData
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.errors import Reason, RevitronGrpcError

PACKAGED_NAME = "catalog.bin"
"""The file of the packaged catalog in `revitron_grpc/catalog/data/`."""

PACKAGED = Path(str(resources.files("revitron_grpc.catalog") / "data" / PACKAGED_NAME))
"""Where the packaged catalog lies, for the command that builds it anew."""

_lock = Lock()


def load_data(path: Path | None = None) -> tuple[CatalogData, str]:
    """Read the records and the digest of the catalog file at `path`, or of the packaged one.

    Raises:
        RevitronGrpcError: `CATALOG_UNREADABLE`, as `load_catalog`.

    """
    if path is None:
        source = resources.files("revitron_grpc.catalog") / "data" / PACKAGED_NAME
        name = f"data/{PACKAGED_NAME} of the package"
    else:
        source, name = path, str(path)
    try:
        file = source.read_bytes()
    except OSError as error:
        raise RevitronGrpcError(
            Reason.CATALOG_UNREADABLE,
            f"catalog {name} cannot be read: {error.strerror or error}; reinstall revitron-grpc, "
            "or build it with 'revitron-grpc catalog build --from FACTS'",
        ) from error
    return decode(file, name)


def load_catalog(path: Path | None = None, fetches: tuple[Fetch, ...] = ()) -> Catalog:
    """Load the catalog file at `path`, or the packaged one.

    `fetches` are the configured sources, for the completeness.

    Raises:
        RevitronGrpcError: `CATALOG_UNREADABLE` when the file is missing, damaged or of another
            format.

    """
    data, digest = load_data(path)
    return Catalog(data, digest, fetches)


def packaged_catalog() -> Catalog:
    """Return the packaged catalog, loaded at the first call and shared by all threads.

    Raises:
        RevitronGrpcError: `CATALOG_UNREADABLE`, as `load_catalog`.

    """
    with _lock:
        return _packaged()


@cache
def _packaged() -> Catalog:
    return load_catalog()
