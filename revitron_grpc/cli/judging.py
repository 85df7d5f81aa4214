"""Judge the items of toolbars: findings with their fixes, and the lines they are about."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.mend import found_with_fixes
from revitron_grpc.analysis.parse import source_text
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.selection import RuleSelection
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.cli.toolbars import JudgedItem, Toolbar
from revitron_grpc.report.button_matrix import JudgedButton
from revitron_grpc.report.source_lines import split_lines
from revitron_grpc.review.items import ReviewItem, ReviewOptions, SourceFile
from revitron_grpc.review.reviewer import Reviewer
from revitron_grpc.vocabulary import Engine, RevitVersion


@dataclass(frozen=True, slots=True)
class JudgedToolbar:
    """A toolbar with the reviewer of its items and what is said about its rules."""

    bar: Toolbar
    reviewer: Reviewer
    selection: RuleSelection


@dataclass(slots=True)
class Judgement:
    """All that was found; `lines` by path for files with findings, `scripts` counts them all."""

    findings: list[Finding] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    scripts: int = 0
    folders: int = 0
    buttons: dict[str, list[Finding]] = field(default_factory=dict)
    undecided: dict[str, Counter[RevitVersion]] = field(default_factory=dict)

    def judged_buttons(self) -> Iterable[JudgedButton]:
        """What a table of buttons is made of."""
        for name, findings in self.buttons.items():
            yield JudgedButton(name, tuple(findings), self.undecided[name])


def prepared(
    bars: Iterable[tuple[Toolbar, Engine, RuleSelection]], catalog: Catalog, view: ApiView
) -> list[JudgedToolbar]:
    """The reviewers, one for each toolbar, which share what they look up."""
    return [
        JudgedToolbar(
            bar,
            Reviewer(
                catalog,
                ReviewOptions(view.versions, engine, lib_files=bar.modules, layout=bar.layout),
                view,
            ),
            selection,
        )
        for bar, engine, selection in bars
    ]


def judge(
    bars: Sequence[JudgedToolbar], view: ApiView, step: Callable[[], None] = lambda: None
) -> Judgement:
    """Judge every item; `step` is called after each. Findings are in order of path and place."""
    done = Judgement()
    for toolbar in bars:
        for judged in toolbar.bar.items:
            _judge_item(toolbar, judged, view, done)
            step()
    done.findings.sort(
        key=lambda f: (f.path, f.line, f.column, f.rule, f.symbol, f.message, f.end_column)
    )
    return done


def _judge_item(toolbar: JudgedToolbar, judged: JudgedItem, view: ApiView, done: Judgement) -> None:
    report = toolbar.reviewer.review(judged.item)
    scripts = [file for file in judged.item.files if is_script(judged.item, file)]
    done.scripts += len(scripts)
    done.folders += judged.item.folder is not None
    undecided = done.undecided.setdefault(judged.button, Counter())
    for requirement in report.api_requirements:
        if not requirement.guarded:
            undecided.update(requirement.unknown_in)
    findings = [
        (finding, judged.path_of(finding.path))
        for finding in report.findings
        if toolbar.selection.wants(finding.rule, judged.path_of(finding.path))
    ]
    button = done.buttons.setdefault(judged.button, [])
    for path in dict.fromkeys(path for _, path in findings):
        found = [finding for finding, place in findings if place == path]
        source = next((f.content for f in scripts if judged.path_of(f.path) == path), None)
        if source is not None:
            done.lines[path] = split_lines(source_text(source))
            found = list(found_with_fixes(source, found, view))
        placed = [replace(finding, path=path) for finding in found]
        done.findings += placed
        button += placed


def is_script(item: ReviewItem, file: SourceFile) -> bool:
    """Whether a file of an item is read as Python."""
    return item.folder is None or file.path.lower().endswith(".py")
