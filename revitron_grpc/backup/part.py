"""The parts of an archive that can be restored alone."""

from enum import StrEnum


class Part(StrEnum):
    """Which part of an archive is restored."""

    ALL = "all"
    DATABASE = "database"
    """Runs, ratings, keys, what was owed; with the settings of this machine."""
    FILES = "files"
    """Everything else."""
