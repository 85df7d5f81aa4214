"""A candidate: one recipe with every parameter filled in, not yet validated."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from revitron_grpc.recipes.library import LoadedRecipe
from revitron_grpc.recipes.schema import Icon, Place, RevitRange, Variant
from revitron_grpc.vocabulary import Category, Discipline, Library


@dataclass(frozen=True)
class Candidate:
    """One tool that could be offered, before its script is rendered."""

    loaded: LoadedRecipe
    variant: Variant

    @cached_property
    def id(self) -> str:
        """A stable name of the idea: the same recipe, variant and values give the same id.

        The text of the script is not part of it, so that a later release of the same tool keeps
        its id (an updated extension keeps its folders, a rejected idea stays rejected).
        """
        values = sorted((name, repr(value)) for name, value in self.variant.values.items())
        return hashlib.sha256(repr((self.key, values)).encode()).hexdigest()[:16]

    @property
    def key(self) -> str:
        """The recipe's and the variant's id, for people and logs."""
        return f"{self.loaded.id}/{self.variant.id}"

    @property
    def category(self) -> Category:
        """The recipe's category."""
        return self.loaded.recipe.category

    @property
    def disciplines(self) -> tuple[Discipline, ...]:
        """The variant's own disciplines, or those of the recipe."""
        return tuple(self.variant.disciplines or self.loaded.recipe.disciplines)

    @property
    def problem(self) -> str:
        """The problem solved, in the variant's words where it has some."""
        return self.variant.problem or self.loaded.recipe.problem

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords of recipe and variant."""
        return tuple(dict.fromkeys([*self.variant.keywords, *self.loaded.recipe.keywords]))

    @property
    def icon(self) -> Icon:
        """The variant's own icon, or the recipe's."""
        return self.variant.icon or self.loaded.recipe.icon

    @property
    def place(self) -> Place:
        """Where on the ribbon the button stands."""
        return self.variant.place or self.loaded.recipe.place

    @property
    def revit(self) -> RevitRange:
        """The Revit releases in which the tool works."""
        return self.variant.revit or self.loaded.recipe.revit

    @property
    def libraries(self) -> tuple[Library, ...]:
        """The libraries for which the recipe has a template."""
        return tuple(sorted(self.loaded.templates))


def candidates_of(loaded: LoadedRecipe) -> tuple[Candidate, ...]:
    """Return every candidate that a recipe can make, in the order of its variants."""
    return tuple(Candidate(loaded, variant) for variant in loaded.recipe.variants)
