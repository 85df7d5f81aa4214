"""Ask for the catalog again and again, as a colleague's program would, until a file appears.

    python poll_catalog.py HOST:PORT CA KEY UNTIL

Prints one JSON object: calls that were answered, and what those said that were not.
"""

import asyncio
import json
import sys
from pathlib import Path

import grpc

from revitron_grpc.client import Connection, connect
from revitron_grpc.v1 import catalog_service_pb2, catalog_service_pb2_grpc


async def poll(address: str, ca: str, key: str, until: Path) -> None:
    """Call without a pause to speak of, on a new connection each time."""
    answered, failed = 0, []
    connection = Connection(address, ca=Path(ca), api_key=Path(key).read_text("utf-8").strip())
    while not until.exists():
        async with connect(connection) as channel:
            stub = catalog_service_pb2_grpc.CatalogServiceStub(channel)
            try:
                await stub.GetCatalog(catalog_service_pb2.GetCatalogRequest(), timeout=60)
                answered += 1
            except grpc.aio.AioRpcError as error:
                failed.append(f"{error.code().name}: {error.details()}")
        await asyncio.sleep(0.05)
    print(json.dumps({"answered": answered, "failed": failed}))


asyncio.run(poll(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])))
