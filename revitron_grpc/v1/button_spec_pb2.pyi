from revitron_grpc.v1 import vocabulary_pb2 as _vocabulary_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EFFECT_UNSPECIFIED: _ClassVar[Effect]
    EFFECT_READS: _ClassVar[Effect]
    EFFECT_SELECTS: _ClassVar[Effect]
    EFFECT_WRITES_FILE: _ClassVar[Effect]
    EFFECT_WRITES_MODEL: _ClassVar[Effect]

class Proof(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROOF_UNSPECIFIED: _ClassVar[Proof]
    PROOF_API_FACTS: _ClassVar[Proof]
    PROOF_SIMULATION: _ClassVar[Proof]

class Compatibility(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COMPATIBILITY_UNSPECIFIED: _ClassVar[Compatibility]
    COMPATIBILITY_COMPATIBLE: _ClassVar[Compatibility]
    COMPATIBILITY_COMPATIBLE_AS_FAR_AS_KNOWN: _ClassVar[Compatibility]
    COMPATIBILITY_INCOMPATIBLE: _ClassVar[Compatibility]

class CostClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COST_CLASS_UNSPECIFIED: _ClassVar[CostClass]
    COST_CLASS_LIGHT: _ClassVar[CostClass]
    COST_CLASS_MODERATE: _ClassVar[CostClass]
    COST_CLASS_HEAVY: _ClassVar[CostClass]
EFFECT_UNSPECIFIED: Effect
EFFECT_READS: Effect
EFFECT_SELECTS: Effect
EFFECT_WRITES_FILE: Effect
EFFECT_WRITES_MODEL: Effect
PROOF_UNSPECIFIED: Proof
PROOF_API_FACTS: Proof
PROOF_SIMULATION: Proof
COMPATIBILITY_UNSPECIFIED: Compatibility
COMPATIBILITY_COMPATIBLE: Compatibility
COMPATIBILITY_COMPATIBLE_AS_FAR_AS_KNOWN: Compatibility
COMPATIBILITY_INCOMPATIBLE: Compatibility
COST_CLASS_UNSPECIFIED: CostClass
COST_CLASS_LIGHT: CostClass
COST_CLASS_MODERATE: CostClass
COST_CLASS_HEAVY: CostClass

class ButtonSpec(_message.Message):
    __slots__ = ("ordinal", "id", "digest", "name", "title", "tooltip", "localizations", "category", "disciplines", "users", "problem", "placement", "context", "effect", "engine", "library", "library_reason", "origin", "api_requirements", "implementation_complexity", "dependencies", "revit_compatibility", "testing_strategy", "error_handling", "performance", "code", "criteria", "overall_score", "relaxations", "ranking", "proof_statement")
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TOOLTIP_FIELD_NUMBER: _ClassVar[int]
    LOCALIZATIONS_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    DISCIPLINES_FIELD_NUMBER: _ClassVar[int]
    USERS_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    PLACEMENT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_REASON_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    API_REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    IMPLEMENTATION_COMPLEXITY_FIELD_NUMBER: _ClassVar[int]
    DEPENDENCIES_FIELD_NUMBER: _ClassVar[int]
    REVIT_COMPATIBILITY_FIELD_NUMBER: _ClassVar[int]
    TESTING_STRATEGY_FIELD_NUMBER: _ClassVar[int]
    ERROR_HANDLING_FIELD_NUMBER: _ClassVar[int]
    PERFORMANCE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_FIELD_NUMBER: _ClassVar[int]
    OVERALL_SCORE_FIELD_NUMBER: _ClassVar[int]
    RELAXATIONS_FIELD_NUMBER: _ClassVar[int]
    RANKING_FIELD_NUMBER: _ClassVar[int]
    PROOF_STATEMENT_FIELD_NUMBER: _ClassVar[int]
    ordinal: int
    id: str
    digest: str
    name: str
    title: str
    tooltip: str
    localizations: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    category: _vocabulary_pb2.Category
    disciplines: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Discipline]
    users: _containers.RepeatedScalarFieldContainer[str]
    problem: str
    placement: Placement
    context: _containers.RepeatedScalarFieldContainer[str]
    effect: Effect
    engine: _vocabulary_pb2.Engine
    library: _vocabulary_pb2.Library
    library_reason: str
    origin: Origin
    api_requirements: _containers.RepeatedCompositeFieldContainer[ApiRequirement]
    implementation_complexity: ImplementationComplexity
    dependencies: _containers.RepeatedCompositeFieldContainer[Dependency]
    revit_compatibility: _containers.RepeatedCompositeFieldContainer[VersionVerdict]
    testing_strategy: TestingStrategy
    error_handling: _containers.RepeatedCompositeFieldContainer[ErrorHandling]
    performance: PerformanceConsiderations
    code: ButtonCode
    criteria: _containers.RepeatedCompositeFieldContainer[CriterionResult]
    overall_score: float
    relaxations: _containers.RepeatedCompositeFieldContainer[Relaxation]
    ranking: Ranking
    proof_statement: str
    def __init__(self, ordinal: _Optional[int] = ..., id: _Optional[str] = ..., digest: _Optional[str] = ..., name: _Optional[str] = ..., title: _Optional[str] = ..., tooltip: _Optional[str] = ..., localizations: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., category: _Optional[_Union[_vocabulary_pb2.Category, str]] = ..., disciplines: _Optional[_Iterable[_Union[_vocabulary_pb2.Discipline, str]]] = ..., users: _Optional[_Iterable[str]] = ..., problem: _Optional[str] = ..., placement: _Optional[_Union[Placement, _Mapping]] = ..., context: _Optional[_Iterable[str]] = ..., effect: _Optional[_Union[Effect, str]] = ..., engine: _Optional[_Union[_vocabulary_pb2.Engine, str]] = ..., library: _Optional[_Union[_vocabulary_pb2.Library, str]] = ..., library_reason: _Optional[str] = ..., origin: _Optional[_Union[Origin, _Mapping]] = ..., api_requirements: _Optional[_Iterable[_Union[ApiRequirement, _Mapping]]] = ..., implementation_complexity: _Optional[_Union[ImplementationComplexity, _Mapping]] = ..., dependencies: _Optional[_Iterable[_Union[Dependency, _Mapping]]] = ..., revit_compatibility: _Optional[_Iterable[_Union[VersionVerdict, _Mapping]]] = ..., testing_strategy: _Optional[_Union[TestingStrategy, _Mapping]] = ..., error_handling: _Optional[_Iterable[_Union[ErrorHandling, _Mapping]]] = ..., performance: _Optional[_Union[PerformanceConsiderations, _Mapping]] = ..., code: _Optional[_Union[ButtonCode, _Mapping]] = ..., criteria: _Optional[_Iterable[_Union[CriterionResult, _Mapping]]] = ..., overall_score: _Optional[float] = ..., relaxations: _Optional[_Iterable[_Union[Relaxation, _Mapping]]] = ..., ranking: _Optional[_Union[Ranking, _Mapping]] = ..., proof_statement: _Optional[str] = ...) -> None: ...

class LocalizedText(_message.Message):
    __slots__ = ("locale", "title", "tooltip")
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TOOLTIP_FIELD_NUMBER: _ClassVar[int]
    locale: str
    title: str
    tooltip: str
    def __init__(self, locale: _Optional[str] = ..., title: _Optional[str] = ..., tooltip: _Optional[str] = ...) -> None: ...

class Placement(_message.Message):
    __slots__ = ("panel", "group")
    PANEL_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    panel: str
    group: str
    def __init__(self, panel: _Optional[str] = ..., group: _Optional[str] = ...) -> None: ...

class Origin(_message.Message):
    __slots__ = ("recipe", "recipe_digest", "variant", "parameters")
    RECIPE_FIELD_NUMBER: _ClassVar[int]
    RECIPE_DIGEST_FIELD_NUMBER: _ClassVar[int]
    VARIANT_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    recipe: str
    recipe_digest: str
    variant: str
    parameters: _containers.RepeatedCompositeFieldContainer[ParameterValue]
    def __init__(self, recipe: _Optional[str] = ..., recipe_digest: _Optional[str] = ..., variant: _Optional[str] = ..., parameters: _Optional[_Iterable[_Union[ParameterValue, _Mapping]]] = ...) -> None: ...

class ParameterValue(_message.Message):
    __slots__ = ("name", "json_value")
    NAME_FIELD_NUMBER: _ClassVar[int]
    JSON_VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    json_value: str
    def __init__(self, name: _Optional[str] = ..., json_value: _Optional[str] = ...) -> None: ...

class ApiRequirement(_message.Message):
    __slots__ = ("symbol", "kind", "uses", "first_line", "present_in", "absent_in", "unknown_in", "obsolete_in", "guarded", "replacement", "documentation_url")
    SYMBOL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    FIRST_LINE_FIELD_NUMBER: _ClassVar[int]
    PRESENT_IN_FIELD_NUMBER: _ClassVar[int]
    ABSENT_IN_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_IN_FIELD_NUMBER: _ClassVar[int]
    OBSOLETE_IN_FIELD_NUMBER: _ClassVar[int]
    GUARDED_FIELD_NUMBER: _ClassVar[int]
    REPLACEMENT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTATION_URL_FIELD_NUMBER: _ClassVar[int]
    symbol: str
    kind: str
    uses: int
    first_line: int
    present_in: _containers.RepeatedScalarFieldContainer[int]
    absent_in: _containers.RepeatedScalarFieldContainer[int]
    unknown_in: _containers.RepeatedScalarFieldContainer[int]
    obsolete_in: _containers.RepeatedScalarFieldContainer[int]
    guarded: bool
    replacement: str
    documentation_url: str
    def __init__(self, symbol: _Optional[str] = ..., kind: _Optional[str] = ..., uses: _Optional[int] = ..., first_line: _Optional[int] = ..., present_in: _Optional[_Iterable[int]] = ..., absent_in: _Optional[_Iterable[int]] = ..., unknown_in: _Optional[_Iterable[int]] = ..., obsolete_in: _Optional[_Iterable[int]] = ..., guarded: _Optional[bool] = ..., replacement: _Optional[str] = ..., documentation_url: _Optional[str] = ...) -> None: ...

class ImplementationComplexity(_message.Message):
    __slots__ = ("statements", "branches", "functions", "max_depth", "api_symbols", "estimated_hours")
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    BRANCHES_FIELD_NUMBER: _ClassVar[int]
    FUNCTIONS_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    API_SYMBOLS_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_HOURS_FIELD_NUMBER: _ClassVar[int]
    statements: int
    branches: int
    functions: int
    max_depth: int
    api_symbols: int
    estimated_hours: float
    def __init__(self, statements: _Optional[int] = ..., branches: _Optional[int] = ..., functions: _Optional[int] = ..., max_depth: _Optional[int] = ..., api_symbols: _Optional[int] = ..., estimated_hours: _Optional[float] = ...) -> None: ...

class Dependency(_message.Message):
    __slots__ = ("name", "min_version", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MIN_VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    min_version: str
    reason: str
    def __init__(self, name: _Optional[str] = ..., min_version: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class VersionVerdict(_message.Message):
    __slots__ = ("revit_version", "compatibility", "proof", "references_proven", "references_unknown", "notes")
    REVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    COMPATIBILITY_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    REFERENCES_PROVEN_FIELD_NUMBER: _ClassVar[int]
    REFERENCES_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    revit_version: int
    compatibility: Compatibility
    proof: Proof
    references_proven: int
    references_unknown: int
    notes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, revit_version: _Optional[int] = ..., compatibility: _Optional[_Union[Compatibility, str]] = ..., proof: _Optional[_Union[Proof, str]] = ..., references_proven: _Optional[int] = ..., references_unknown: _Optional[int] = ..., notes: _Optional[_Iterable[str]] = ...) -> None: ...

class TestingStrategy(_message.Message):
    __slots__ = ("scenarios", "manual_steps", "automatic_checks")
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    MANUAL_STEPS_FIELD_NUMBER: _ClassVar[int]
    AUTOMATIC_CHECKS_FIELD_NUMBER: _ClassVar[int]
    scenarios: _containers.RepeatedCompositeFieldContainer[ScenarioResult]
    manual_steps: _containers.RepeatedScalarFieldContainer[str]
    automatic_checks: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, scenarios: _Optional[_Iterable[_Union[ScenarioResult, _Mapping]]] = ..., manual_steps: _Optional[_Iterable[str]] = ..., automatic_checks: _Optional[_Iterable[str]] = ...) -> None: ...

class ScenarioResult(_message.Message):
    __slots__ = ("name", "revit_version", "passed", "expectation")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    EXPECTATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    revit_version: int
    passed: bool
    expectation: str
    def __init__(self, name: _Optional[str] = ..., revit_version: _Optional[int] = ..., passed: _Optional[bool] = ..., expectation: _Optional[str] = ...) -> None: ...

class ErrorHandling(_message.Message):
    __slots__ = ("situation", "behaviour")
    SITUATION_FIELD_NUMBER: _ClassVar[int]
    BEHAVIOUR_FIELD_NUMBER: _ClassVar[int]
    situation: str
    behaviour: str
    def __init__(self, situation: _Optional[str] = ..., behaviour: _Optional[str] = ...) -> None: ...

class PerformanceConsiderations(_message.Message):
    __slots__ = ("cost_class", "facts", "note")
    COST_CLASS_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    cost_class: CostClass
    facts: _containers.RepeatedScalarFieldContainer[str]
    note: str
    def __init__(self, cost_class: _Optional[_Union[CostClass, str]] = ..., facts: _Optional[_Iterable[str]] = ..., note: _Optional[str] = ...) -> None: ...

class ButtonCode(_message.Message):
    __slots__ = ("script", "bundle_yaml", "icon_png", "icon_dark_png", "files")
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_YAML_FIELD_NUMBER: _ClassVar[int]
    ICON_PNG_FIELD_NUMBER: _ClassVar[int]
    ICON_DARK_PNG_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    script: str
    bundle_yaml: str
    icon_png: bytes
    icon_dark_png: bytes
    files: _containers.RepeatedCompositeFieldContainer[BundleFile]
    def __init__(self, script: _Optional[str] = ..., bundle_yaml: _Optional[str] = ..., icon_png: _Optional[bytes] = ..., icon_dark_png: _Optional[bytes] = ..., files: _Optional[_Iterable[_Union[BundleFile, _Mapping]]] = ...) -> None: ...

class BundleFile(_message.Message):
    __slots__ = ("path", "content")
    PATH_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    path: str
    content: bytes
    def __init__(self, path: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...

class CriterionResult(_message.Message):
    __slots__ = ("criterion", "score", "threshold", "passed", "evidence")
    CRITERION_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    criterion: _vocabulary_pb2.Criterion
    score: float
    threshold: float
    passed: bool
    evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    def __init__(self, criterion: _Optional[_Union[_vocabulary_pb2.Criterion, str]] = ..., score: _Optional[float] = ..., threshold: _Optional[float] = ..., passed: _Optional[bool] = ..., evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ...) -> None: ...

class Evidence(_message.Message):
    __slots__ = ("statement", "source", "value")
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    statement: str
    source: str
    value: float
    def __init__(self, statement: _Optional[str] = ..., source: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...

class Relaxation(_message.Message):
    __slots__ = ("criterion", "default_threshold", "applied_threshold")
    CRITERION_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    APPLIED_THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    criterion: _vocabulary_pb2.Criterion
    default_threshold: float
    applied_threshold: float
    def __init__(self, criterion: _Optional[_Union[_vocabulary_pb2.Criterion, str]] = ..., default_threshold: _Optional[float] = ..., applied_threshold: _Optional[float] = ...) -> None: ...

class Ranking(_message.Message):
    __slots__ = ("fit", "value", "novelty", "matched_words")
    FIT_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    NOVELTY_FIELD_NUMBER: _ClassVar[int]
    MATCHED_WORDS_FIELD_NUMBER: _ClassVar[int]
    fit: float
    value: float
    novelty: float
    matched_words: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, fit: _Optional[float] = ..., value: _Optional[float] = ..., novelty: _Optional[float] = ..., matched_words: _Optional[_Iterable[str]] = ...) -> None: ...
