"""The tables of docs/configuration.md, from the settings themselves.

`python -m tests.docs.settings_tables` prints them, to be pasted into the page.
"""

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
        section, name = key.split(".")
        model = Settings.model_fields[section].annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        meaning = " ".join((model.model_fields[name].description or "").split())
        assert meaning, f"{key} has no docstring in settings.py"
        variable = f"{ENVIRONMENT_PREFIX}{section}__{name}".upper()
        tables[section].append(f"| `{name}` | {values} | {default} | `{variable}` | {meaning} |")
    return tables


if __name__ == "__main__":
    for section, lines in settings_tables().items():
        print(f"## `{section}`\n\n" + "\n".join(lines) + "\n")
