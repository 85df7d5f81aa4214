"""Has one large script judged by the service, which gives it to a spawned worker.

Runs where the service is installed, with its Python and nothing of the tests:
`python large_script.py SERVER KEY_FILE`. Prints the number of findings and the words of the worst.
"""

import sys
from pathlib import Path

import grpc

from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.button_spec_pb2 import BundleFile

# Larger than review.inline_bytes.
SCRIPT = b"from Autodesk.Revit import DB\n" + b"print(DB.ElementId(1).IntegerValue)\n" * 3000


def main(server: str, key_file: str) -> None:
    """Send the script, print what comes back."""
    requests = (
        pb.ValidateButtonsRequest(options=pb.ValidationOptions(revit_versions=[2026])),
        pb.ValidateButtonsRequest(
            item=pb.ValidationItem(id="large", script=BundleFile(path="large.py", content=SCRIPT))
        ),
    )
    key = Path(key_file).read_text(encoding="ascii").strip()
    with grpc.insecure_channel(server) as channel:
        responses = ButtonServiceStub(channel).ValidateButtons(
            iter(requests), metadata=[("authorization", f"Bearer {key}")], timeout=60
        )
        for response in responses:
            if response.WhichOneof("event") == "report":
                findings = response.report.findings
                print(len(findings), findings[0].rule, findings[0].message)


if __name__ == "__main__":
    main(*sys.argv[1:])
