"""The two variables of the framework: which settings file, and how much is logged.

`REVITRON_FRAMEWORK_ENV` names a file of the folder `config` beside which the command runs;
`REVITRON_FRAMEWORK_LOG_LEVEL` is a short name of `REVITRON_GRPC_LOGGING__LEVEL`.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason

ENV = "REVITRON_FRAMEWORK_ENV"
LOG_LEVEL = "REVITRON_FRAMEWORK_LOG_LEVEL"
ENVIRONMENTS = ("default", "development", "production")
"""What `REVITRON_FRAMEWORK_ENV` may say."""

_FOLDER = Path("config")
_PREFIX = "REVITRON_FRAMEWORK_"
_LEVELS = ("debug", "info", "warning", "error")


def chosen_file(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the settings file that `REVITRON_FRAMEWORK_ENV` picks; None if it is not set.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) for another name, a file that is not there,
    and a variable of the framework that does not exist.
    """
    unknown = sorted(n for n in environment if n.startswith(_PREFIX) and n not in (ENV, LOG_LEVEL))
    if unknown:
        raise _wrong(unknown[0], f"is no setting; there are {ENV} and {LOG_LEVEL}")
    name = environment.get(ENV, "")
    if not name:
        return None
    if name not in ENVIRONMENTS:
        raise _wrong(ENV, f"is {name!r}, must be {_either(ENVIRONMENTS)}")
    path = _FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise _wrong(
            ENV,
            f"is {name!r}, but there is no file {path} in {Path.cwd()}; run the command in the "
            "folder that has it, or name a file with --config",
        )
    return path


def chosen_level(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the level that `REVITRON_FRAMEWORK_LOG_LEVEL` names; None if it is not set.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) for a level that does not exist, and for
    one that contradicts `REVITRON_GRPC_LOGGING__LEVEL`.
    """
    level = environment.get(LOG_LEVEL, "").lower()
    if not level:
        return None
    if level not in _LEVELS:
        raise _wrong(LOG_LEVEL, f"is {level!r}, must be {_either(_LEVELS)}")
    long_name = "REVITRON_GRPC_LOGGING__LEVEL"
    other = environment.get(long_name, level)
    if other != level:
        raise _wrong(
            LOG_LEVEL, f"is {level!r}, but {long_name}, the same setting, is {other!r}; unset one"
        )
    return level


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _wrong(variable: str, description: str) -> InvalidInputError:
    return InvalidInputError(
        Reason.INVALID_CONFIGURATION,
        (FieldViolation(f"environment variable {variable}", description),),
    )
