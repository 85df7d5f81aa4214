"""The drains of the office floor, under its slab, with their deliberate faults.

Drains (`system-drain`, its type without an abbreviation), under the floor: `drain-stack`,
`drain-foot`, `drain-1` (too flat), `drain-bend` (too sharp), `drain-2`, `drain-bend-45`, `drain-3`
(too flat, and narrowed by `drain-4`), `drain-tee` with `drain-vent`, `drain-4` (narrowed by
`drain-5`), `drain-5`.
"""

import math

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.services import PipeKinds, Place, Services, round_port

__all__ = ["add_drains"]


def add_drains(services: Services, kinds: PipeKinds, drain: ElementRecord) -> None:
    """Add the drains of `basin-1` and what carries them away."""
    run, fit = services.run, services.family

    def pipe(handle: str, start: Place, end: Place, size: float) -> None:
        run("pipe", handle, start, end, size, kinds.pipe, drain, flow_way=1)

    pipe("drain-stack", (7.1, 7.0, 0.4), (7.1, 7.0, -0.2), 50)
    fit(
        "drain-foot",
        "OST_PipeFitting",
        kinds.elbow,
        (7.1, 7.0, -0.3),
        (
            round_port((0.0, 0.0, 0.1), (0.0, 0.0, 1.0), 50, direction="In"),
            round_port((-0.1, 0.0, 0.0), (-1.0, 0.0, 0.0), 50, direction="Out"),
        ),
        system=drain,
    )
    pipe("drain-1", (7.0, 7.0, -0.3), (5.1, 7.0, -0.319), 50)
    fit(
        "drain-bend",
        "OST_PipeFitting",
        kinds.elbow,
        (5.0, 7.0, -0.319),
        (
            round_port((0.1, 0.0, 0.0), (1.0, 0.0, 0.0), 50, direction="In"),
            round_port((0.0, -0.1, 0.0), (0.0, -1.0, 0.0), 50, direction="Out"),
        ),
        system=drain,
    )
    pipe("drain-2", (5.0, 6.9, -0.319), (5.0, 5.1, -0.364), 50)
    slant = math.sqrt(0.5)
    fit(
        "drain-bend-45",
        "OST_PipeFitting",
        kinds.elbow,
        (5.0, 5.0, -0.364),
        (
            round_port((0.0, 0.1, 0.0), (0.0, 1.0, 0.0), 50, direction="In"),
            round_port((-0.1, -0.1, 0.0), (-slant, -slant, 0.0), 100, direction="Out"),
        ),
        system=drain,
    )
    pipe("drain-3", (4.9, 4.9, -0.364), (3.5, 3.5, -0.388), 100)
    fit(
        "drain-tee",
        "OST_PipeFitting",
        kinds.tee,
        (3.4, 3.4, -0.388),
        (
            round_port((0.1, 0.1, 0.0), (slant, slant, 0.0), 100, direction="In"),
            round_port((-0.1, -0.1, 0.0), (-slant, -slant, 0.0), 70, direction="Out"),
            round_port((0.0, 0.0, 0.1), (0.0, 0.0, 1.0), 50, direction="In"),
        ),
        system=drain,
    )
    pipe("drain-vent", (3.4, 3.4, 3.2), (3.4, 3.4, -0.288), 50)
    pipe("drain-4", (3.3, 3.3, -0.388), (2.0, 2.0, -0.45), 70)
    pipe("drain-5", (2.0, 2.0, -0.45), (1.0, 1.0, -0.5), 50)
