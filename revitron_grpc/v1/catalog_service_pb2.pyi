import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from revitron_grpc.v1 import vocabulary_pb2 as _vocabulary_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetCatalogRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetCatalogResponse(_message.Message):
    __slots__ = ("digest", "revit_versions", "types", "members", "python_names", "tools", "native_commands", "recipes", "candidates", "sources", "completeness")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    REVIT_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    PYTHON_NAMES_FIELD_NUMBER: _ClassVar[int]
    TOOLS_FIELD_NUMBER: _ClassVar[int]
    NATIVE_COMMANDS_FIELD_NUMBER: _ClassVar[int]
    RECIPES_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    COMPLETENESS_FIELD_NUMBER: _ClassVar[int]
    digest: str
    revit_versions: _containers.RepeatedScalarFieldContainer[int]
    types: int
    members: int
    python_names: int
    tools: int
    native_commands: int
    recipes: int
    candidates: int
    sources: _containers.RepeatedCompositeFieldContainer[CatalogSource]
    completeness: float
    def __init__(self, digest: _Optional[str] = ..., revit_versions: _Optional[_Iterable[int]] = ..., types: _Optional[int] = ..., members: _Optional[int] = ..., python_names: _Optional[int] = ..., tools: _Optional[int] = ..., native_commands: _Optional[int] = ..., recipes: _Optional[int] = ..., candidates: _Optional[int] = ..., sources: _Optional[_Iterable[_Union[CatalogSource, _Mapping]]] = ..., completeness: _Optional[float] = ...) -> None: ...

class CatalogSource(_message.Message):
    __slots__ = ("name", "version", "fetch_time", "completeness", "covers")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    FETCH_TIME_FIELD_NUMBER: _ClassVar[int]
    COMPLETENESS_FIELD_NUMBER: _ClassVar[int]
    COVERS_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    fetch_time: _timestamp_pb2.Timestamp
    completeness: float
    covers: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ..., fetch_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., completeness: _Optional[float] = ..., covers: _Optional[str] = ...) -> None: ...

class SearchApiRequest(_message.Message):
    __slots__ = ("query", "limit")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    query: str
    limit: int
    def __init__(self, query: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class SearchApiResponse(_message.Message):
    __slots__ = ("symbols",)
    SYMBOLS_FIELD_NUMBER: _ClassVar[int]
    symbols: _containers.RepeatedCompositeFieldContainer[ApiSymbol]
    def __init__(self, symbols: _Optional[_Iterable[_Union[ApiSymbol, _Mapping]]] = ...) -> None: ...

class ApiSymbol(_message.Message):
    __slots__ = ("name", "kind", "signature", "present_in", "unknown_in", "obsolete_in", "since", "removed_in", "replacement", "documentation_url")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    PRESENT_IN_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_IN_FIELD_NUMBER: _ClassVar[int]
    OBSOLETE_IN_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    REMOVED_IN_FIELD_NUMBER: _ClassVar[int]
    REPLACEMENT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTATION_URL_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: str
    signature: str
    present_in: _containers.RepeatedScalarFieldContainer[int]
    unknown_in: _containers.RepeatedScalarFieldContainer[int]
    obsolete_in: _containers.RepeatedScalarFieldContainer[int]
    since: str
    removed_in: int
    replacement: str
    documentation_url: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[str] = ..., signature: _Optional[str] = ..., present_in: _Optional[_Iterable[int]] = ..., unknown_in: _Optional[_Iterable[int]] = ..., obsolete_in: _Optional[_Iterable[int]] = ..., since: _Optional[str] = ..., removed_in: _Optional[int] = ..., replacement: _Optional[str] = ..., documentation_url: _Optional[str] = ...) -> None: ...

class SearchToolsRequest(_message.Message):
    __slots__ = ("title", "description", "limit")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    title: str
    description: str
    limit: int
    def __init__(self, title: _Optional[str] = ..., description: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class SearchToolsResponse(_message.Message):
    __slots__ = ("matches", "duplicate_limit")
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    matches: _containers.RepeatedCompositeFieldContainer[ToolMatch]
    duplicate_limit: float
    def __init__(self, matches: _Optional[_Iterable[_Union[ToolMatch, _Mapping]]] = ..., duplicate_limit: _Optional[float] = ...) -> None: ...

class ToolMatch(_message.Message):
    __slots__ = ("title", "source", "path", "similarity", "reason")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    title: str
    source: str
    path: str
    similarity: float
    reason: str
    def __init__(self, title: _Optional[str] = ..., source: _Optional[str] = ..., path: _Optional[str] = ..., similarity: _Optional[float] = ..., reason: _Optional[str] = ...) -> None: ...

class ListRecipesRequest(_message.Message):
    __slots__ = ("categories", "disciplines")
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    DISCIPLINES_FIELD_NUMBER: _ClassVar[int]
    categories: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Category]
    disciplines: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Discipline]
    def __init__(self, categories: _Optional[_Iterable[_Union[_vocabulary_pb2.Category, str]]] = ..., disciplines: _Optional[_Iterable[_Union[_vocabulary_pb2.Discipline, str]]] = ...) -> None: ...

class ListRecipesResponse(_message.Message):
    __slots__ = ("recipes", "digest")
    RECIPES_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    recipes: _containers.RepeatedCompositeFieldContainer[RecipeSummary]
    digest: str
    def __init__(self, recipes: _Optional[_Iterable[_Union[RecipeSummary, _Mapping]]] = ..., digest: _Optional[str] = ...) -> None: ...

class RecipeSummary(_message.Message):
    __slots__ = ("id", "category", "problem", "disciplines", "engines", "libraries", "min_revit_version", "max_revit_version", "variants", "digest")
    ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    DISCIPLINES_FIELD_NUMBER: _ClassVar[int]
    ENGINES_FIELD_NUMBER: _ClassVar[int]
    LIBRARIES_FIELD_NUMBER: _ClassVar[int]
    MIN_REVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    MAX_REVIT_VERSION_FIELD_NUMBER: _ClassVar[int]
    VARIANTS_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    id: str
    category: _vocabulary_pb2.Category
    problem: str
    disciplines: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Discipline]
    engines: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Engine]
    libraries: _containers.RepeatedScalarFieldContainer[_vocabulary_pb2.Library]
    min_revit_version: int
    max_revit_version: int
    variants: _containers.RepeatedCompositeFieldContainer[RecipeVariant]
    digest: str
    def __init__(self, id: _Optional[str] = ..., category: _Optional[_Union[_vocabulary_pb2.Category, str]] = ..., problem: _Optional[str] = ..., disciplines: _Optional[_Iterable[_Union[_vocabulary_pb2.Discipline, str]]] = ..., engines: _Optional[_Iterable[_Union[_vocabulary_pb2.Engine, str]]] = ..., libraries: _Optional[_Iterable[_Union[_vocabulary_pb2.Library, str]]] = ..., min_revit_version: _Optional[int] = ..., max_revit_version: _Optional[int] = ..., variants: _Optional[_Iterable[_Union[RecipeVariant, _Mapping]]] = ..., digest: _Optional[str] = ...) -> None: ...

class RecipeVariant(_message.Message):
    __slots__ = ("id", "title", "tooltip")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TOOLTIP_FIELD_NUMBER: _ClassVar[int]
    id: str
    title: str
    tooltip: str
    def __init__(self, id: _Optional[str] = ..., title: _Optional[str] = ..., tooltip: _Optional[str] = ...) -> None: ...
