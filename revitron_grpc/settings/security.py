"""Settings of who may do what."""

from typing import Annotated

from pydantic import Field

from revitron_grpc.settings.section import Section


class ResumeSettings(Section):
    """Resume tokens."""

    secret: Annotated[str, Field(repr=False, max_length=256)] = ""
    """Signs tokens; the same on all replicas. Empty: a key that everybody knows, which keeps
    tokens from being mangled but not from being forged."""
