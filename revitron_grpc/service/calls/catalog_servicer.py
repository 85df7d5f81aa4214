"""`CatalogService` on the wire: what is known, for people and programs."""

import asyncio

from grpc.aio import ServicerContext

from revitron_grpc.catalog.model import PythonApiEntry
from revitron_grpc.catalog.search import SearchHit
from revitron_grpc.catalog.similarity import DUPLICATE_LIMIT, ToolDescription, function_of
from revitron_grpc.contract import CATEGORIES, DISCIPLINES, ENGINES, LIBRARIES
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.recipes.library import LoadedRecipe
from revitron_grpc.recipes.schema import OPEN_END
from revitron_grpc.service.editions import Editions
from revitron_grpc.service.wire.requests import MAX_DESCRIPTION, MAX_TITLE
from revitron_grpc.v1 import catalog_service_pb2 as pb
from revitron_grpc.v1 import vocabulary_pb2
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceServicer
from revitron_grpc.workshop import Workshop

MAX_QUERY = 200
MAX_LIMIT = 100


class CatalogServicer(CatalogServiceServicer):
    """Answers from the catalog and the recipes of this replica."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions

    @property
    def _workshop(self) -> Workshop:
        """The newest one; an answer is made from it in one go."""
        return self._editions.current.pipeline.workshop

    async def GetCatalog(
        self, request: pb.GetCatalogRequest, context: ServicerContext
    ) -> pb.GetCatalogResponse:
        """Describe the catalog."""
        catalog, library = self._workshop.catalog, self._workshop.library
        return pb.GetCatalogResponse(
            digest=catalog.digest,
            revit_versions=catalog.versions,
            types=len(catalog.types),
            members=sum(len(api.members) for api in catalog.types),
            python_names=len(catalog.python_api.entries),
            tools=len(catalog.tools),
            native_commands=len(catalog.native_commands),
            recipes=len(library.recipes),
            candidates=sum(len(loaded.recipe.variants) for loaded in library.recipes),
            sources=[
                pb.CatalogSource(
                    name=source.name,
                    version=source.version,
                    completeness=source.completeness,
                    covers=str(source.kind),
                    fetch_time=catalog.fetch_times.get(source.name),
                )
                for source in catalog.sources
            ],
            completeness=catalog.completeness,
        )

    async def SearchApi(
        self, request: pb.SearchApiRequest, context: ServicerContext
    ) -> pb.SearchApiResponse:
        """Find API symbols by name."""
        _check_length("query", request.query, MAX_QUERY)
        limit = _limit(request.limit, default=20)
        # A look-up that falls back to similar names takes milliseconds.
        hits = await asyncio.to_thread(self._workshop.catalog.search, request.query, limit)
        return pb.SearchApiResponse(symbols=[_symbol(hit) for hit in hits])

    async def SearchTools(
        self, request: pb.SearchToolsRequest, context: ServicerContext
    ) -> pb.SearchToolsResponse:
        """Find tools that do something like what is described."""
        _check_length("title", request.title, MAX_TITLE)
        _check_length("description", request.description, MAX_DESCRIPTION, least=0)
        limit = _limit(request.limit, default=10)
        if not self._workshop.research:
            raise RevitronGrpcError(
                Reason.RESEARCH_DISABLED,
                "this service compares with no tool that exists (framework.disable_research); "
                "ask another one, or have it started without that switch",
            )
        function = function_of(ToolDescription(request.title, request.description))
        return pb.SearchToolsResponse(
            matches=[
                pb.ToolMatch(
                    title=match.tool.title,
                    source=match.tool.source,
                    path=match.tool.path,
                    similarity=match.similarity,
                    reason=match.reason,
                )
                for match in self._workshop.known.nearest(function, limit)
            ],
            duplicate_limit=DUPLICATE_LIMIT,
        )

    async def ListRecipes(
        self, request: pb.ListRecipesRequest, context: ServicerContext
    ) -> pb.ListRecipesResponse:
        """List the recipes, by category and id."""
        library = self._workshop.library
        found = [loaded for loaded in library.recipes if _wanted(loaded, request)]
        found.sort(key=lambda loaded: (CATEGORIES[loaded.recipe.category], loaded.id))
        return pb.ListRecipesResponse(
            recipes=[_summary(loaded) for loaded in found], digest=library.digest
        )


def _symbol(hit: SearchHit) -> pb.ApiSymbol:
    symbol = hit.symbol
    return pb.ApiSymbol(
        name=hit.full_name,
        kind=hit.kind,
        signature=hit.signature,
        present_in=hit.versions,
        unknown_in=hit.unknown_in,
        obsolete_in=() if isinstance(symbol, PythonApiEntry) else symbol.obsolete_in,
        since=hit.since or "",
        removed_in=hit.removed_in or 0,
        replacement=hit.instead or "",
        documentation_url=hit.url or "",
    )


def _wanted(loaded: LoadedRecipe, request: pb.ListRecipesRequest) -> bool:
    recipe = loaded.recipe
    if request.categories and CATEGORIES[recipe.category] not in request.categories:
        return False
    return not request.disciplines or bool(_disciplines(loaded) & set(request.disciplines))


def _disciplines(loaded: LoadedRecipe) -> set[vocabulary_pb2.Discipline]:
    found = set(loaded.recipe.disciplines)
    for variant in loaded.recipe.variants:
        found |= set(variant.disciplines)
    return {DISCIPLINES[discipline] for discipline in found}


def _summary(loaded: LoadedRecipe) -> pb.RecipeSummary:
    recipe = loaded.recipe
    return pb.RecipeSummary(
        id=recipe.id,
        category=CATEGORIES[recipe.category],
        problem=recipe.problem,
        disciplines=sorted(_disciplines(loaded)),
        engines=[ENGINES[engine] for engine in recipe.engines],
        libraries=sorted(LIBRARIES[library] for library in loaded.templates),
        min_revit_version=recipe.revit.min,
        max_revit_version=0 if recipe.revit.max == OPEN_END else recipe.revit.max,
        variants=[
            pb.RecipeVariant(id=v.id, title=v.title, tooltip=v.tooltip) for v in recipe.variants
        ],
        digest=loaded.digest,
    )


def _limit(asked: int, default: int) -> int:
    if not 0 <= asked <= MAX_LIMIT:
        _refuse("limit", f"is {asked}, must be 1 to {MAX_LIMIT}")
    return asked or default


def _check_length(field: str, text: str, most: int, least: int = 1) -> None:
    if not least <= len(text) <= most:
        _refuse(field, f"has {len(text)} characters, must have {least} to {most}")


def _refuse(field: str, description: str) -> None:
    raise InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation(field, description),))
