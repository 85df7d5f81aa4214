import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from revitron_grpc.v1 import button_spec_pb2 as _button_spec_pb2
from revitron_grpc.v1 import finding_pb2 as _finding_pb2
from revitron_grpc.v1 import vocabulary_pb2 as _vocabulary_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RunState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RUN_STATE_UNSPECIFIED: _ClassVar[RunState]
    RUN_STATE_RUNNING: _ClassVar[RunState]
    RUN_STATE_FINISHED: _ClassVar[RunState]
    RUN_STATE_CANCELLED: _ClassVar[RunState]
    RUN_STATE_FAILED: _ClassVar[RunState]

class RatingVerdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RATING_VERDICT_UNSPECIFIED: _ClassVar[RatingVerdict]
    RATING_VERDICT_KEEP: _ClassVar[RatingVerdict]
    RATING_VERDICT_REJECT: _ClassVar[RatingVerdict]
RUN_STATE_UNSPECIFIED: RunState
RUN_STATE_RUNNING: RunState
RUN_STATE_FINISHED: RunState
RUN_STATE_CANCELLED: RunState
RUN_STATE_FAILED: RunState
RATING_VERDICT_UNSPECIFIED: RatingVerdict
RATING_VERDICT_KEEP: RatingVerdict
RATING_VERDICT_REJECT: RatingVerdict

class GenerateButtonsRequest(_message.Message):
    __slots__ = ("count", "categories", "revit_versions", "pyrevit_version", "disciplines", "brief", "existing_tools", "engine", "library", "thresholds", "seed", "batch_limit", "include_rejected", "include_icons", "resume_token")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    REVIT_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    PYREVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    DISCIPLINES_FIELD_NUMBER: _ClassVar[int]
    BRIEF_FIELD_NUMBER: _ClassVar[int]
    EXISTING_TOOLS_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    THRESHOLDS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    BATCH_LIMIT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_REJECTED_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ICONS_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    count: int
    categories: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Category]
    revit_versions: _containers.RepeatedScalarFieldContainer[int]
    pyrevit_version: str
    disciplines: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Discipline]
    brief: str
    existing_tools: _containers.RepeatedCompositeFieldContainer[ExistingTool]
    engine: _vocabulary_pb2.Engine
    library: _vocabulary_pb2.Library
    thresholds: _containers.RepeatedCompositeFieldContainer[ThresholdOverride]
    seed: int
    batch_limit: int
    include_rejected: bool
    include_icons: bool
    resume_token: str
    def __init__(self, count: _Optional[int] = ..., categories: _Optional[_Iterable[_Union[_vocabulary_pb2.Category, str]]] = ..., revit_versions: _Optional[_Iterable[int]] = ..., pyrevit_version: _Optional[str] = ..., disciplines: _Optional[_Iterable[_Union[_vocabulary_pb2.Discipline, str]]] = ..., brief: _Optional[str] = ..., existing_tools: _Optional[_Iterable[_Union[ExistingTool, _Mapping]]] = ..., engine: _Optional[_Union[_vocabulary_pb2.Engine, str]] = ..., library: _Optional[_Union[_vocabulary_pb2.Library, str]] = ..., thresholds: _Optional[_Iterable[_Union[ThresholdOverride, _Mapping]]] = ..., seed: _Optional[int] = ..., batch_limit: _Optional[int] = ..., include_rejected: _Optional[bool] = ..., include_icons: _Optional[bool] = ..., resume_token: _Optional[str] = ...) -> None: ...

class ExistingTool(_message.Message):
    __slots__ = ("title", "description", "path")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    title: str
    description: str
    path: str
    def __init__(self, title: _Optional[str] = ..., description: _Optional[str] = ..., path: _Optional[str] = ...) -> None: ...

class ThresholdOverride(_message.Message):
    __slots__ = ("criterion", "threshold")
    CRITERION_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    criterion: _vocabulary_pb2.Criterion
    threshold: float
    def __init__(self, criterion: _Optional[_Union[_vocabulary_pb2.Criterion, str]] = ..., threshold: _Optional[float] = ...) -> None: ...

class GenerateButtonsResponse(_message.Message):
    __slots__ = ("resume_token", "started", "buttons", "rejected", "progress", "summary")
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STARTED_FIELD_NUMBER: _ClassVar[int]
    BUTTONS_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    resume_token: str
    started: RunStarted
    buttons: ButtonBatch
    rejected: RejectedCandidate
    progress: RunProgress
    summary: RunSummary
    def __init__(self, resume_token: _Optional[str] = ..., started: _Optional[_Union[RunStarted, _Mapping]] = ..., buttons: _Optional[_Union[ButtonBatch, _Mapping]] = ..., rejected: _Optional[_Union[RejectedCandidate, _Mapping]] = ..., progress: _Optional[_Union[RunProgress, _Mapping]] = ..., summary: _Optional[_Union[RunSummary, _Mapping]] = ...) -> None: ...

class RunStarted(_message.Message):
    __slots__ = ("run_id", "plan_digest", "catalog_digest", "recipes_digest", "release", "count", "revit_versions", "resumed", "exclusions", "notices")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    PLAN_DIGEST_FIELD_NUMBER: _ClassVar[int]
    CATALOG_DIGEST_FIELD_NUMBER: _ClassVar[int]
    RECIPES_DIGEST_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    REVIT_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    RESUMED_FIELD_NUMBER: _ClassVar[int]
    EXCLUSIONS_FIELD_NUMBER: _ClassVar[int]
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    plan_digest: str
    catalog_digest: str
    recipes_digest: str
    release: str
    count: int
    revit_versions: _containers.RepeatedScalarFieldContainer[int]
    resumed: bool
    exclusions: _containers.RepeatedCompositeFieldContainer[Exclusion]
    notices: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, run_id: _Optional[str] = ..., plan_digest: _Optional[str] = ..., catalog_digest: _Optional[str] = ..., recipes_digest: _Optional[str] = ..., release: _Optional[str] = ..., count: _Optional[int] = ..., revit_versions: _Optional[_Iterable[int]] = ..., resumed: _Optional[bool] = ..., exclusions: _Optional[_Iterable[_Union[Exclusion, _Mapping]]] = ..., notices: _Optional[_Iterable[str]] = ...) -> None: ...

class Exclusion(_message.Message):
    __slots__ = ("reason", "candidates")
    REASON_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    reason: str
    candidates: int
    def __init__(self, reason: _Optional[str] = ..., candidates: _Optional[int] = ...) -> None: ...

class ButtonBatch(_message.Message):
    __slots__ = ("buttons",)
    BUTTONS_FIELD_NUMBER: _ClassVar[int]
    buttons: _containers.RepeatedCompositeFieldContainer[_button_spec_pb2.ButtonSpec]
    def __init__(self, buttons: _Optional[_Iterable[_Union[_button_spec_pb2.ButtonSpec, _Mapping]]] = ...) -> None: ...

class RejectedCandidate(_message.Message):
    __slots__ = ("id", "title", "category", "recipe", "variant", "failed", "reason")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RECIPE_FIELD_NUMBER: _ClassVar[int]
    VARIANT_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    id: str
    title: str
    category: _vocabulary_pb2.Category
    recipe: str
    variant: str
    failed: _containers.RepeatedCompositeFieldContainer[_button_spec_pb2.CriterionResult]
    reason: str
    def __init__(self, id: _Optional[str] = ..., title: _Optional[str] = ..., category: _Optional[_Union[_vocabulary_pb2.Category, str]] = ..., recipe: _Optional[str] = ..., variant: _Optional[str] = ..., failed: _Optional[_Iterable[_Union[_button_spec_pb2.CriterionResult, _Mapping]]] = ..., reason: _Optional[str] = ...) -> None: ...

class RunProgress(_message.Message):
    __slots__ = ("judged", "accepted", "rejected", "wanted", "recomputing")
    JUDGED_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    WANTED_FIELD_NUMBER: _ClassVar[int]
    RECOMPUTING_FIELD_NUMBER: _ClassVar[int]
    judged: int
    accepted: int
    rejected: int
    wanted: int
    recomputing: bool
    def __init__(self, judged: _Optional[int] = ..., accepted: _Optional[int] = ..., rejected: _Optional[int] = ..., wanted: _Optional[int] = ..., recomputing: _Optional[bool] = ...) -> None: ...

class RunSummary(_message.Message):
    __slots__ = ("accepted", "rejected", "rejected_by_criterion", "categories", "specs_digest", "criteria_coverage", "recipes", "proof_statement", "plan_digest")
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_BY_CRITERION_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    SPECS_DIGEST_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_COVERAGE_FIELD_NUMBER: _ClassVar[int]
    RECIPES_FIELD_NUMBER: _ClassVar[int]
    PROOF_STATEMENT_FIELD_NUMBER: _ClassVar[int]
    PLAN_DIGEST_FIELD_NUMBER: _ClassVar[int]
    accepted: int
    rejected: int
    rejected_by_criterion: _containers.RepeatedCompositeFieldContainer[CriterionCount]
    categories: _containers.RepeatedCompositeFieldContainer[CategoryOutcome]
    specs_digest: str
    criteria_coverage: float
    recipes: int
    proof_statement: str
    plan_digest: str
    def __init__(self, accepted: _Optional[int] = ..., rejected: _Optional[int] = ..., rejected_by_criterion: _Optional[_Iterable[_Union[CriterionCount, _Mapping]]] = ..., categories: _Optional[_Iterable[_Union[CategoryOutcome, _Mapping]]] = ..., specs_digest: _Optional[str] = ..., criteria_coverage: _Optional[float] = ..., recipes: _Optional[int] = ..., proof_statement: _Optional[str] = ..., plan_digest: _Optional[str] = ...) -> None: ...

class CriterionCount(_message.Message):
    __slots__ = ("criterion", "candidates")
    CRITERION_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    criterion: _vocabulary_pb2.Criterion
    candidates: int
    def __init__(self, criterion: _Optional[_Union[_vocabulary_pb2.Criterion, str]] = ..., candidates: _Optional[int] = ...) -> None: ...

class CategoryOutcome(_message.Message):
    __slots__ = ("category", "wanted", "accepted", "rejected", "shortage_reason")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    WANTED_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    SHORTAGE_REASON_FIELD_NUMBER: _ClassVar[int]
    category: _vocabulary_pb2.Category
    wanted: int
    accepted: int
    rejected: int
    shortage_reason: str
    def __init__(self, category: _Optional[_Union[_vocabulary_pb2.Category, str]] = ..., wanted: _Optional[int] = ..., accepted: _Optional[int] = ..., rejected: _Optional[int] = ..., shortage_reason: _Optional[str] = ...) -> None: ...

class ValidateButtonsRequest(_message.Message):
    __slots__ = ("options", "item")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    options: ValidationOptions
    item: ValidationItem
    def __init__(self, options: _Optional[_Union[ValidationOptions, _Mapping]] = ..., item: _Optional[_Union[ValidationItem, _Mapping]] = ...) -> None: ...

class ValidationOptions(_message.Message):
    __slots__ = ("revit_versions", "engine", "pyrevit_version", "select", "ignore", "path_ignores", "lib_files", "layout")
    REVIT_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    PYREVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    SELECT_FIELD_NUMBER: _ClassVar[int]
    IGNORE_FIELD_NUMBER: _ClassVar[int]
    PATH_IGNORES_FIELD_NUMBER: _ClassVar[int]
    LIB_FILES_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    revit_versions: _containers.RepeatedScalarFieldContainer[int]
    engine: _vocabulary_pb2.Engine
    pyrevit_version: str
    select: _containers.RepeatedScalarFieldContainer[str]
    ignore: _containers.RepeatedScalarFieldContainer[str]
    path_ignores: _containers.RepeatedCompositeFieldContainer[PathIgnore]
    lib_files: _containers.RepeatedCompositeFieldContainer[_button_spec_pb2.BundleFile]
    layout: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, revit_versions: _Optional[_Iterable[int]] = ..., engine: _Optional[_Union[_vocabulary_pb2.Engine, str]] = ..., pyrevit_version: _Optional[str] = ..., select: _Optional[_Iterable[str]] = ..., ignore: _Optional[_Iterable[str]] = ..., path_ignores: _Optional[_Iterable[_Union[PathIgnore, _Mapping]]] = ..., lib_files: _Optional[_Iterable[_Union[_button_spec_pb2.BundleFile, _Mapping]]] = ..., layout: _Optional[_Iterable[str]] = ...) -> None: ...

class PathIgnore(_message.Message):
    __slots__ = ("path", "rules")
    PATH_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    path: str
    rules: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, path: _Optional[str] = ..., rules: _Optional[_Iterable[str]] = ...) -> None: ...

class ValidationItem(_message.Message):
    __slots__ = ("id", "script", "bundle")
    ID_FIELD_NUMBER: _ClassVar[int]
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    id: str
    script: _button_spec_pb2.BundleFile
    bundle: Bundle
    def __init__(self, id: _Optional[str] = ..., script: _Optional[_Union[_button_spec_pb2.BundleFile, _Mapping]] = ..., bundle: _Optional[_Union[Bundle, _Mapping]] = ...) -> None: ...

class Bundle(_message.Message):
    __slots__ = ("path", "files")
    PATH_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    path: str
    files: _containers.RepeatedCompositeFieldContainer[_button_spec_pb2.BundleFile]
    def __init__(self, path: _Optional[str] = ..., files: _Optional[_Iterable[_Union[_button_spec_pb2.BundleFile, _Mapping]]] = ...) -> None: ...

class ValidateButtonsResponse(_message.Message):
    __slots__ = ("report", "progress", "summary")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    report: ValidationReport
    progress: ValidationProgress
    summary: ValidationSummary
    def __init__(self, report: _Optional[_Union[ValidationReport, _Mapping]] = ..., progress: _Optional[_Union[ValidationProgress, _Mapping]] = ..., summary: _Optional[_Union[ValidationSummary, _Mapping]] = ...) -> None: ...

class ValidationReport(_message.Message):
    __slots__ = ("id", "findings", "revit_compatibility", "api_requirements", "complexity", "unresolved_receivers")
    ID_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    REVIT_COMPATIBILITY_FIELD_NUMBER: _ClassVar[int]
    API_REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    COMPLEXITY_FIELD_NUMBER: _ClassVar[int]
    UNRESOLVED_RECEIVERS_FIELD_NUMBER: _ClassVar[int]
    id: str
    findings: _containers.RepeatedCompositeFieldContainer[_finding_pb2.Finding]
    revit_compatibility: _containers.RepeatedCompositeFieldContainer[_button_spec_pb2.VersionVerdict]
    api_requirements: _containers.RepeatedCompositeFieldContainer[_button_spec_pb2.ApiRequirement]
    complexity: _button_spec_pb2.ImplementationComplexity
    unresolved_receivers: int
    def __init__(self, id: _Optional[str] = ..., findings: _Optional[_Iterable[_Union[_finding_pb2.Finding, _Mapping]]] = ..., revit_compatibility: _Optional[_Iterable[_Union[_button_spec_pb2.VersionVerdict, _Mapping]]] = ..., api_requirements: _Optional[_Iterable[_Union[_button_spec_pb2.ApiRequirement, _Mapping]]] = ..., complexity: _Optional[_Union[_button_spec_pb2.ImplementationComplexity, _Mapping]] = ..., unresolved_receivers: _Optional[int] = ...) -> None: ...

class ValidationProgress(_message.Message):
    __slots__ = ("received", "reported")
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    received: int
    reported: int
    def __init__(self, received: _Optional[int] = ..., reported: _Optional[int] = ...) -> None: ...

class ValidationSummary(_message.Message):
    __slots__ = ("items", "errors", "warnings", "infos", "failing_by_version", "catalog_digest")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    ERRORS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    INFOS_FIELD_NUMBER: _ClassVar[int]
    FAILING_BY_VERSION_FIELD_NUMBER: _ClassVar[int]
    CATALOG_DIGEST_FIELD_NUMBER: _ClassVar[int]
    items: int
    errors: int
    warnings: int
    infos: int
    failing_by_version: _containers.RepeatedCompositeFieldContainer[VersionCount]
    catalog_digest: str
    def __init__(self, items: _Optional[int] = ..., errors: _Optional[int] = ..., warnings: _Optional[int] = ..., infos: _Optional[int] = ..., failing_by_version: _Optional[_Iterable[_Union[VersionCount, _Mapping]]] = ..., catalog_digest: _Optional[str] = ...) -> None: ...

class VersionCount(_message.Message):
    __slots__ = ("revit_version", "items")
    REVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    revit_version: int
    items: int
    def __init__(self, revit_version: _Optional[int] = ..., items: _Optional[int] = ...) -> None: ...

class GetRunRequest(_message.Message):
    __slots__ = ("run_id",)
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    def __init__(self, run_id: _Optional[str] = ...) -> None: ...

class GetRunResponse(_message.Message):
    __slots__ = ("run",)
    RUN_FIELD_NUMBER: _ClassVar[int]
    run: Run
    def __init__(self, run: _Optional[_Union[Run, _Mapping]] = ...) -> None: ...

class Run(_message.Message):
    __slots__ = ("run_id", "plan_digest", "state", "create_time", "end_time", "request", "summary", "buttons", "owner")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    PLAN_DIGEST_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    BUTTONS_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    plan_digest: str
    state: RunState
    create_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    request: GenerateButtonsRequest
    summary: RunSummary
    buttons: _containers.RepeatedCompositeFieldContainer[RunButton]
    owner: str
    def __init__(self, run_id: _Optional[str] = ..., plan_digest: _Optional[str] = ..., state: _Optional[_Union[RunState, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., request: _Optional[_Union[GenerateButtonsRequest, _Mapping]] = ..., summary: _Optional[_Union[RunSummary, _Mapping]] = ..., buttons: _Optional[_Iterable[_Union[RunButton, _Mapping]]] = ..., owner: _Optional[str] = ...) -> None: ...

class RunButton(_message.Message):
    __slots__ = ("ordinal", "id", "title", "category", "rating")
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    ordinal: int
    id: str
    title: str
    category: _vocabulary_pb2.Category
    rating: Rating
    def __init__(self, ordinal: _Optional[int] = ..., id: _Optional[str] = ..., title: _Optional[str] = ..., category: _Optional[_Union[_vocabulary_pb2.Category, str]] = ..., rating: _Optional[_Union[Rating, _Mapping]] = ...) -> None: ...

class ListRunsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "states", "created_after", "created_before")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    CREATED_AFTER_FIELD_NUMBER: _ClassVar[int]
    CREATED_BEFORE_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    states: _containers.RepeatedScalarFieldContainer[RunState]
    created_after: _timestamp_pb2.Timestamp
    created_before: _timestamp_pb2.Timestamp
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., states: _Optional[_Iterable[_Union[RunState, str]]] = ..., created_after: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_before: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListRunsResponse(_message.Message):
    __slots__ = ("runs", "next_page_token")
    RUNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    runs: _containers.RepeatedCompositeFieldContainer[Run]
    next_page_token: str
    def __init__(self, runs: _Optional[_Iterable[_Union[Run, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Rating(_message.Message):
    __slots__ = ("verdict", "stars", "comment", "update_time")
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    STARS_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    verdict: RatingVerdict
    stars: int
    comment: str
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, verdict: _Optional[_Union[RatingVerdict, str]] = ..., stars: _Optional[int] = ..., comment: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RateButtonRequest(_message.Message):
    __slots__ = ("run_id", "button_id", "rating")
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    BUTTON_ID_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    run_id: str
    button_id: str
    rating: Rating
    def __init__(self, run_id: _Optional[str] = ..., button_id: _Optional[str] = ..., rating: _Optional[_Union[Rating, _Mapping]] = ...) -> None: ...

class RateButtonResponse(_message.Message):
    __slots__ = ("rating",)
    RATING_FIELD_NUMBER: _ClassVar[int]
    rating: Rating
    def __init__(self, rating: _Optional[_Union[Rating, _Mapping]] = ...) -> None: ...
