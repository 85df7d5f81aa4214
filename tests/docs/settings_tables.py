"""The tables of docs/configuration.md, from the settings themselves.

`python -m tests.docs.settings_tables` prints them, to be pasted into the page.
"""

from typing import get_args

from pydantic import BaseModel

from revitron_grpc.settings import ENVIRONMENT_PREFIX, Settings
from tests.docs.schema_words import rows


def settings_tables() -> dict[str, list[str]]:
    """The lines of each section's table, by section."""
    tables: dict[str, list[str]] = {
        section: [
            "| key | value | default | environment variable | meaning |",
            "|---|---|---|---|---|",
        ]
        for section in Settings.model_fields
    }
    for key, values, default in rows(Settings):
        section, *names = key.split(".")
        model, name = _owner(key.split("."))
        meaning = " ".join((model.model_fields[name].description or "").split())
        assert meaning, f"{key} has no docstring in revitron_grpc/settings"
        variable = f"`{ENVIRONMENT_PREFIX}{key.replace('.', '__')}`".upper()
        if "[]" in key:
            variable = "as JSON, with its list"
        tables[section].append(
            f"| `{'.'.join(names)}` | {values} | {default} | {variable} | {meaning} |"
        )
    return tables


def _owner(path: list[str]) -> tuple[type[BaseModel], str]:
    """The section in which a key stands, at any depth, and the key's last part."""
    model: type[BaseModel] = Settings
    for part in path[:-1]:
        inner = model.model_fields[part.removesuffix("[]")].annotation
        if part.endswith("[]"):
            (inner,) = get_args(inner)
        assert isinstance(inner, type)
        assert issubclass(inner, BaseModel)
        model = inner
    return model, path[-1]


if __name__ == "__main__":
    for section, lines in settings_tables().items():
        print(f"## `{section}`\n\n" + "\n".join(lines) + "\n")
