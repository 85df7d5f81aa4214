"""Saved objects of Kibana: what they refer to, the fields they name, what they would ask."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_WITHOUT_FIELD = {"count"}
_BUCKETS = {"date_histogram", "terms"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A visualization or a saved search.

    `fields` are named by aggregations, each with the aggregation's type; `columns` are shown.
    """

    name: str
    title: str
    query: str
    fields: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    body: dict[str, Any]


def panels(objects: list[dict[str, Any]]) -> Iterator[Panel]:
    """Yield each visualization and each saved search."""
    for saved in objects:
        told = saved["attributes"]
        if saved["type"] not in {"visualization", "search"}:
            continue
        source = json.loads(told["kibanaSavedObjectMeta"]["searchSourceJSON"])
        query = source["query"]
        assert query["language"] == "lucene", saved["id"]
        state = json.loads(told.get("visState", '{"aggs": []}'))
        aggregations = state["aggs"]
        yield Panel(
            name=saved["id"],
            title=told["title"],
            query=query["query"],
            fields=tuple(
                (each["params"]["field"], each["type"])
                for each in aggregations
                if each["type"] not in _WITHOUT_FIELD
            ),
            columns=tuple(told.get("columns", ())),
            body={
                "size": 0,
                "track_total_hits": True,
                "query": {"query_string": {"query": query["query"], "analyze_wildcard": True}},
                "aggs": _nested(aggregations),
            },
        )


def dangling(objects: list[dict[str, Any]]) -> list[str]:
    """Return the references that lead nowhere, and the panels of dashboards without a reference."""
    there = {(saved["type"], saved["id"]) for saved in objects}
    wrong: list[str] = []
    used: set[tuple[str, str]] = set()
    for saved in objects:
        names = {reference["name"] for reference in saved["references"]}
        for reference in saved["references"]:
            used.add((reference["type"], reference["id"]))
            if (reference["type"], reference["id"]) not in there:
                wrong.append(f"{saved['id']} refers to {reference['id']}, which is not there")
        told = saved["attributes"]
        needed = {panel["panelRefName"] for panel in json.loads(told.get("panelsJSON", "[]"))}
        source = json.loads(told.get("kibanaSavedObjectMeta", {}).get("searchSourceJSON", "{}"))
        needed |= {source["indexRefName"]} if "indexRefName" in source else set()
        wrong += [f"{saved['id']} has no reference {name}" for name in sorted(needed - names)]
    wrong += [
        f"{name} is on no dashboard" for kind, name in sorted(there - used) if kind != "dashboard"
    ]
    return wrong


def _nested(aggregations: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of a search, as Kibana makes it: metrics within the innermost bucket."""
    inner = {
        each["id"]: {each["type"]: _metric(each)}
        for each in aggregations
        if each["type"] not in _BUCKETS | _WITHOUT_FIELD
    }
    for each in reversed([one for one in aggregations if one["type"] in _BUCKETS]):
        told = each["params"]
        if each["type"] == "date_histogram":
            bucket: dict[str, Any] = {"field": told["field"], "fixed_interval": "1m"}
        else:
            by = told["orderBy"]
            key = by if by in inner or by == "_key" else "_count"
            bucket = {
                "field": told["field"],
                "size": told["size"],
                "order": {key: told["order"]},
            }
        inner = {each["id"]: {each["type"]: bucket, "aggs": inner}}
    return inner


def _metric(aggregation: dict[str, Any]) -> dict[str, Any]:
    told = aggregation["params"]
    shown = {"field": told["field"]}
    return shown | ({"percents": told["percents"]} if "percents" in told else {})
