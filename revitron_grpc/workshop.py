"""Where one candidate becomes a judged one: render, analyse, judge, assemble.

A workshop holds all that this takes; it never changes after construction and is shared by all
threads. `judge` is a pure function of its task: nothing in it belongs to one caller or one run.
"""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.assembly import assemble
from revitron_grpc.bundles.icons import draw_icon
from revitron_grpc.button_spec import ButtonSpec
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.catalog.similarity import ToolIndex, ToolMatch, known_tools, office_tools
from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.generation.render import ScriptRenderer
from revitron_grpc.proofs import packaged_proofs, proof_key
from revitron_grpc.recipes.library import RecipeLibrary
from revitron_grpc.recipes.scenario import Proves
from revitron_grpc.simulation.apis import RevitApis
from revitron_grpc.simulation.proof import prove
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.simulation.tested import LiveRun
from revitron_grpc.validation.dossier import Dossier, nearest_known
from revitron_grpc.validation.judge import Thresholds, judge
from revitron_grpc.validation.own_tools import OwnTools
from revitron_grpc.vocabulary import Engine, Library, RevitVersion

# Judged candidates that are kept; a spec is about 22 KB.
_JUDGED = 1024
# Sets of versions in use at one time; with five versions there are 31 in all.
_VIEWS = 32


@dataclass(frozen=True, slots=True)
class Task:
    """One candidate to judge, by name, so that it is small where it must be sent to a process."""

    candidate_key: str
    flavour: Library
    flavour_reason: str
    versions: tuple[RevitVersion, ...]
    engine: Engine
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Memory:
    """What a workshop keeps of its work, for the next one who asks."""

    judged: bool = True
    """Candidates that it judged, up to a bound."""
    nearest: bool = True
    """The nearest known tools of each candidate."""


class Workshop:
    """Catalog, recipes, templates and the tools that exist: all that judging takes."""

    def __init__(
        self,
        catalog: Catalog,
        library: RecipeLibrary,
        *,
        research: bool = True,
        simulated: Catalog | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Without `research` nothing is compared with tools that exist.

        `simulated` is the catalog that an earlier workshop simulated Revit from.
        """
        self.catalog = catalog
        self.simulated = _simulated_from(catalog, simulated)
        self.library = library
        self.research = research
        self.memory = memory or Memory()
        self.known = ToolIndex(known_tools(catalog) if research else ())
        # Compared as a caller's own are: in their words, which are no published tool's.
        self._office = OwnTools(office_tools(catalog) if research else ())
        self._renderer = ScriptRenderer(library)
        self.proofs = packaged_proofs(self.simulated)
        self._apis = RevitApis(self.simulated)
        self._samples = SampleModels()
        self._judged: OrderedDict[Task, ButtonSpec] = OrderedDict()
        self._judged_lock = Lock()
        self._nearest: dict[str, tuple[ToolMatch, ...]] = {}
        self._views: dict[tuple[RevitVersion, ...], ApiView] = {}
        self._views_lock = Lock()
        self._candidates: dict[str, Candidate] = {
            candidate.key: candidate
            for loaded in library.recipes
            for candidate in candidates_of(loaded)
        }

    def judge(self, task: Task) -> ButtonSpec:
        """Render, analyse and judge one candidate; the spec carries the verdict, good or bad.

        What was judged is kept, up to a bound, for a resumed run or the next caller's.
        """
        with self._judged_lock:
            spec = self._judged.get(task)
            if spec is not None:
                self._judged.move_to_end(task)
                return spec
        spec = self._judge(task)
        if not self.memory.judged:
            return spec
        with self._judged_lock:
            self._judged[task] = spec
            if len(self._judged) > _JUDGED:
                self._judged.popitem(last=False)
        return spec

    def warm_up(self, sample: Iterable[Task]) -> None:
        """Prepare templates, icons and sample models, and judge a sample without keeping it.

        What a first run would have to look up, no caller waits for.
        """
        self._renderer.compile()
        for candidate in self._candidates.values():
            for dark in (False, True):
                draw_icon(
                    candidate.icon.subject, candidate.icon.action, candidate.category, dark=dark
                )
        for model in sorted({s.model for r in self.library.recipes for s in r.scenarios}):
            with suppress(KeyError), self._samples.lent(model):
                pass
        for task in sample:
            self._judge(task)

    def _judge(self, task: Task) -> ButtonSpec:
        candidate = self._candidates[task.candidate_key]
        script = self._renderer.render(candidate, task.flavour)
        analysis = analyse(
            script,
            self.catalog,
            AnalysisOptions(versions=task.versions, engine=task.engine),
            self.view(task.versions),
        )
        dossier = Dossier(
            candidate=candidate,
            script=script,
            flavour=task.flavour,
            analysis=analysis,
            versions=task.versions,
            engine=task.engine,
            known=self.known,
            nearest=self.nearest_known(candidate),
            researched=self.research,
            simulated=self._simulate(candidate, script, task),
            tested=self.proofs.find(proof_key(candidate, task.flavour, script)),
        )
        return assemble(dossier, judge(dossier, task.thresholds), task.flavour_reason)

    def _simulate(self, candidate: Candidate, script: str, task: Task) -> LiveRun | None:
        """Run the effect scenario in the newest requested version; None where there is none.

        A pack of the service's owner is run, never what a caller sent.
        """
        loaded = candidate.loaded
        scenario = next(
            (
                scenario
                for scenario in loaded.scenarios_of(candidate.variant.id, task.flavour)
                if scenario.proves is Proves.EFFECT
                and (not scenario.engines or task.engine in scenario.engines)
            ),
            None,
        )
        if scenario is None:
            return None
        version = max(task.versions)
        api = self._apis.get(version, task.engine)
        files = [(file.name, file.content) for file in loaded.files]
        proof = prove(scenario, script, api, self._samples, files)
        return LiveRun(version, task.engine, scenario.model, proof)

    def nearest_known(self, candidate: Candidate) -> tuple[ToolMatch, ...]:
        """Return the known tools that do nearly the same, kept for each candidate."""
        if not self.research:
            return ()
        found = self._nearest.get(candidate.key)
        if found is None:
            found = nearest_known(candidate, self.known)
            office = self._office.nearest(candidate)
            if office is not None and (not found or office.similarity > found[0].similarity):
                found = (office, *(match for match in found if match.tool != office.tool))
            if self.memory.nearest:
                self._nearest[candidate.key] = found
        return found

    def view(self, versions: tuple[RevitVersion, ...]) -> ApiView:
        """The catalog seen for these versions; what one script looked up serves the next."""
        with self._views_lock:
            view = self._views.get(versions)
            if view is None:
                if len(self._views) >= _VIEWS:
                    self._views.pop(next(iter(self._views)))
                view = self._views[versions] = ApiView(self.catalog, versions)
            return view


def _simulated_from(catalog: Catalog, earlier: Catalog | None) -> Catalog:
    """The catalog that Revit is simulated from: one known before, where its API is the same.

    Tools and Python names change nothing in the simulation, so what was proven in it before a
    catalog got more of them holds as it did.
    """
    known = (packaged_catalog(), *([earlier] if earlier is not None else []))
    return next((one for one in known if one.has_api_of(catalog)), catalog)
