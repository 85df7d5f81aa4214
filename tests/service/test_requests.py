"""What a request may say, and what is told about one that says something else."""

import pytest

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.generation.request import GenerationRequest, LibraryChoice
from revitron_grpc.service.wire.requests import generation_request
from revitron_grpc.v1.button_service_pb2 import (
    ExistingTool,
    GenerateButtonsRequest,
    ThresholdOverride,
)
from revitron_grpc.v1.vocabulary_pb2 import (
    CATEGORY_ANALYSIS_AND_SIMULATION,
    CATEGORY_SELECTION_AND_FILTERING,
    CRITERION_AEC_VALUE,
    CRITERION_DUPLICATE_CHECK,
    DISCIPLINE_MEP,
)
from revitron_grpc.vocabulary import Category, Criterion, Discipline, Engine, RevitVersion

COVERED = tuple(RevitVersion(year) for year in range(2022, 2027))


def checked(**fields: object) -> GenerationRequest:
    return generation_request(GenerateButtonsRequest(**fields), COVERED)  # type: ignore[arg-type]


def fields_refused(**fields: object) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        checked(**fields)
    return {violation.field: violation.description for violation in caught.value.violations}


def test_an_empty_request_means_the_defaults() -> None:
    request = checked()
    assert request.count == 250
    assert request.categories == tuple(Category)
    assert request.revit_versions == COVERED
    assert request.engine is Engine.IRONPYTHON_27
    assert request.library is LibraryChoice.AUTO


def test_repeated_words_are_put_in_order_once() -> None:
    request = checked(
        categories=[CATEGORY_ANALYSIS_AND_SIMULATION, CATEGORY_SELECTION_AND_FILTERING] * 2,
        revit_versions=[2026, 2024, 2026],
        disciplines=[DISCIPLINE_MEP, DISCIPLINE_MEP],
    )
    assert request.categories == (Category.SELECTION, Category.ANALYSIS)
    assert request.revit_versions == (2024, 2026)
    assert request.disciplines == (Discipline.MEP,)


@pytest.mark.parametrize(
    ("fields", "field", "limit"),
    [
        ({"count": 0}, "count", "1 to 1000"),
        ({"count": 1001}, "count", "1 to 1000"),
        ({"count": -5}, "count", "1 to 1000"),
        ({"batch_limit": 0}, "batch_limit", "1 to 50"),
        ({"batch_limit": 51}, "batch_limit", "1 to 50"),
        ({"categories": [99]}, "categories", "99"),
        ({"disciplines": [0]}, "disciplines", "0"),
        ({"engine": 77}, "engine", "77"),
        ({"library": 77}, "library", "77"),
        ({"revit_versions": [2021]}, "revit_versions", "2022, 2023, 2024, 2025, 2026"),
        ({"brief": "x" * 2001}, "brief", "2000"),
        ({"pyrevit_version": "newest"}, "pyrevit_version", "5.1"),
        ({"resume_token": "x" * 2049}, "resume_token", "2048"),
        ({"existing_tools": [ExistingTool()]}, "existing_tools[0].title", "1 to 200"),
        ({"existing_tools": [ExistingTool(title="x")] * 5001}, "existing_tools", "5000"),
        (
            {"thresholds": [ThresholdOverride(criterion=CRITERION_AEC_VALUE, threshold=1.1)]},
            "thresholds[0].threshold",
            "0 to 1",
        ),
        (
            {
                "thresholds": [
                    ThresholdOverride(criterion=CRITERION_AEC_VALUE, threshold=float("nan"))
                ]
            },
            "thresholds[0].threshold",
            "0 to 1",
        ),
        ({"thresholds": [ThresholdOverride(threshold=0.5)]}, "thresholds[0].criterion", "0"),
    ],
)
def test_a_wrong_field_is_named_with_its_limit(
    fields: dict[str, object], field: str, limit: str
) -> None:
    assert limit in fields_refused(**fields)[field]


def test_all_wrong_fields_are_told_at_once() -> None:
    assert set(fields_refused(count=0, brief="x" * 3000)) == {"count", "brief"}


def test_limits_themselves_are_allowed() -> None:
    request = checked(
        count=1000,
        brief="x" * 2000,
        existing_tools=[ExistingTool(title="x" * 200)] * 5000,
        batch_limit=50,
    )
    assert request.count == 1000
    assert len(request.existing_tools) == 5000


def test_a_criterion_named_twice_is_refused() -> None:
    twice = [ThresholdOverride(criterion=CRITERION_DUPLICATE_CHECK, threshold=0.5)] * 2
    assert "second time" in fields_refused(thresholds=twice)["thresholds[1].criterion"]


def test_thresholds_come_in_order_of_criterion() -> None:
    request = checked(
        thresholds=[
            ThresholdOverride(criterion=CRITERION_AEC_VALUE, threshold=0.25),
            ThresholdOverride(criterion=CRITERION_DUPLICATE_CHECK, threshold=0.5),
        ]
    )
    assert request.thresholds == (
        (Criterion.DUPLICATE_CHECK, 0.5),
        (Criterion.AEC_VALUE, 0.25),
    )
