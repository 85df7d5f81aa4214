"""`pyrevit.userconfig`: settings that scripts keep; what is not saved is gone after the run."""

import json
from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.pyrevit.exceptions import PyRevitException
from revitron_grpc.simulation.pyrevit.host import command_name
from revitron_grpc.simulation.session import Session


class PyRevitConfigSectionParser:
    """The settings of one section: attributes whose values are kept as JSON keeps them.

    Names count without regard to case, as in Python's ConfigParser. What JSON does not know is
    refused; tuples come back as lists.
    """

    def __init__(self, config: "UserConfig", section_name: str) -> None:
        object.__setattr__(self, "_config", config)
        object.__setattr__(self, "_section_name", section_name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._options)

    def __str__(self) -> str:
        return self._section_name

    @property
    def _options(self) -> dict[str, Any]:
        return self._config.sections.get(self._section_name, {})

    def __getattr__(self, param_name: str) -> Any:
        options = self._options
        if param_name.lower() not in options:
            raise AttributeError(f"Parameter does not exist in config file: {param_name}")
        return _as_json(options[param_name.lower()])

    def __setattr__(self, param_name: str, value: Any) -> None:
        try:
            stored = _as_json(value)
        except (TypeError, ValueError) as wrong:
            raise PyRevitException(f"Error setting parameter value. | {wrong}") from None
        section = self._config.sections.setdefault(self._section_name, {})
        section[param_name.lower()] = stored

    @property
    def header(self) -> str:
        """The name of the section."""
        return self._section_name

    @property
    def subheader(self) -> str:
        """The last part of the section's name."""
        return self._section_name.rpartition(".")[2]

    def has_option(self, option_name: str) -> bool:
        """Tell whether the section has this setting."""
        return option_name.lower() in self._options

    def get_option(self, op_name: str, default_value: Any = None) -> Any:
        """Return a setting; the default where there is none.

        Raises `AttributeError` where there is none and the default is None.
        """
        if self.has_option(op_name):
            return self.__getattr__(op_name)
        if default_value is None:
            raise AttributeError(f"Parameter does not exist in config file: {op_name}")
        return default_value

    def set_option(self, op_name: str, value: Any) -> None:
        """Set a setting."""
        setattr(self, op_name, value)

    def remove_option(self, option_name: str) -> bool:
        """Remove a setting; tell whether it was there."""
        return self._options.pop(option_name.lower(), None) is not None

    def has_subsection(self, section_name: str) -> bool:
        """Tell whether there is a section below this one."""
        return self.get_subsection(section_name) is not None

    def add_subsection(self, section_name: str) -> "PyRevitConfigSectionParser":
        """Add a section below this one."""
        return self._config.add_section(f"{self._section_name}.{section_name}")

    def get_subsections(self) -> list["PyRevitConfigSectionParser"]:
        """Return the sections below this one."""
        return [
            PyRevitConfigSectionParser(self._config, name)
            for name in self._config.sections
            if name.startswith(f"{self._section_name}.")
        ]

    def get_subsection(self, section_name: str) -> "PyRevitConfigSectionParser | None":
        """Return the section of that name below this one."""
        found = (one for one in self.get_subsections() if one.subheader == section_name)
        return next(found, None)


class UserConfig:
    """The settings of one run: read from the session's profile, written back when saved."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sections: dict[str, dict[str, Any]] = {}
        self._read()

    def _read(self) -> None:
        self.sections = _copied(
            {f"{command_name(self._session)}_config": self._session.remembered}
            | self._session.config
        )

    def get_config(
        self, section: str | None = None, reload: bool = False
    ) -> PyRevitConfigSectionParser:
        """Return the settings of a section; of the command itself where none is named."""
        if reload:
            self._read()
        name = section or f"{command_name()}_config"
        self.sections.setdefault(name, {})
        return PyRevitConfigSectionParser(self, name)

    def save_config(self) -> None:
        """Keep all settings for the next run."""
        self._session.config.clear()
        self._session.config.update(_copied(self.sections))
        own = self.sections.get(f"{command_name()}_config", {})
        self._session.remembered = dict(own)

    def reset_config(self, section: str | None = None) -> None:
        """Remove the settings of a section; of the command itself where none is named."""
        name = section or f"{command_name()}_config"
        for one in list(self.sections):
            if one == name or one.startswith(f"{name}."):
                del self.sections[one]
        self.save_config()

    def add_section(self, section_name: str) -> PyRevitConfigSectionParser:
        """Add a section."""
        self.sections[section_name] = {}
        return PyRevitConfigSectionParser(self, section_name)


def _copied(sections: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {key.lower(): value for key, value in options.items()}
        for name, options in sections.items()
    }


def _as_json(value: Any) -> Any:
    """Return what a value is after it was written to the file and read again."""
    return json.loads(json.dumps(value))
