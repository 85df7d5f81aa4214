"""What all sections of the settings have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


class Section(BaseModel):
    """The base of all sections: unknown keys are errors, nothing changes after loading."""

    # The attribute docstrings below are also what docs/configuration.md says; a test compares.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
