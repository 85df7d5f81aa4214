"""A pydantic model as rows of a table: key, allowed values, default."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

# An enum with more words than this is named, not spelled out.
_FEW = 4


def rows(model: type[BaseModel]) -> list[tuple[str, str, str]]:
    """Return key, values and default (`needed` if there is none) of every key, nested ones too."""
    schema = model.model_json_schema()
    return list(_rows(schema, schema.get("$defs", {}), ""))


def _rows(
    schema: dict[str, Any], definitions: dict[str, Any], prefix: str
) -> Iterator[tuple[str, str, str]]:
    for name, raw in schema["properties"].items():
        part = _resolved(raw, definitions)
        key, inner = prefix + name, part
        if "anyOf" in raw and "properties" in part:
            # An optional part of a variant has the keys of the recipe's own part of that name.
            yield key, f"as `{name}`", _default(raw)
            continue
        if part.get("type") == "array":
            inner, key = _resolved(part["items"], definitions), key + "[]"
        elif isinstance(part.get("additionalProperties"), dict):
            inner, key = _resolved(part["additionalProperties"], definitions), key + ".*"
        needed = "needed" if name in schema.get("required", ()) else _default(raw)
        if "properties" in inner:
            if inner is not part:
                yield prefix + name, _words(part, definitions), needed
            yield from _rows(inner, definitions, key + ".")
        else:
            yield prefix + name, _words(part, definitions), needed


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return definitions[name] | {k: v for k, v in schema.items() if k == "default"}
    choices = [c for c in schema.get("anyOf", ()) if c.get("type") != "null"]
    if len(choices) == 1:
        return _resolved(choices[0], definitions)
    return schema


def _default(schema: dict[str, Any]) -> str:
    default = schema.get("default")
    if default is None or isinstance(default, dict):
        return "none"
    return f"`{json.dumps(default)}`" if default != "" else "empty"


def _words(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    schema = _resolved(schema, definitions)
    # What may hold a list of anything may hold anything.
    if not schema or {"items": {}, "type": "array"} in schema.get("anyOf", ()):
        return "a value"
    if "enum" in schema:
        words = schema["enum"]
        if len(words) > _FEW:
            return f"one of {len(words)} words ({schema['title']})"
        return " or ".join(f"`{word}`" for word in words)
    match schema.get("type"):
        case "string" if schema.get("format") == "path":
            return "path"
        case "string":
            text = "text" + _limits(schema, "minLength", "maxLength", " characters")
            return text + (f", `{schema['pattern']}`" if "pattern" in schema else "")
        case "integer":
            return "whole number" + _limits(schema, "minimum", "maximum")
        case "number":
            return "number" + _limits(schema, "minimum", "maximum")
        case "boolean":
            return "`true` or `false`"
        case "array" if "prefixItems" in schema:
            return "pair: " + ", ".join(_words(part, definitions) for part in schema["prefixItems"])
        case "array":
            limits = _limits(schema, "minItems", "maxItems")
            return f"list{limits}: {_words(schema['items'], definitions)}"
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return f"map: {_words(schema['additionalProperties'], definitions)}"
        case "object":
            return "map: a value" if schema.get("additionalProperties") is True else "keys below"
        case _:
            choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
            parts = [_words(choice, definitions) for choice in choices]
            return "; ".join(parts)


def _limits(schema: dict[str, Any], least: str, most: str, unit: str = "") -> str:
    low, high = schema.get(least), schema.get(most)
    above = schema.get("exclusiveMinimum")
    if above is not None:
        return f", above {above:g}" + (f" and at most {high:g}" if high is not None else "")
    if low is not None and high is not None:
        return f", {low} to {high}{unit}"
    if low is not None:
        return f", at least {low}{unit}"
    return f", at most {high}{unit}" if high is not None else ""
