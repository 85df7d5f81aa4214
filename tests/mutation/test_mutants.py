"""Scenarios are worth something: a script without one of its working lines fails them."""

from revitron_grpc.generation.candidate import candidates_of
from tests.mutation.mutants import Killer, Mutant, choice, mutants_of

SCRIPTS, MUTANTS = 40, 4
KILLED_OF_THOSE_RUN, KILLED_OF_ALL = 0.90, 0.85


def sample(killer: Killer) -> list[Mutant]:
    """Choose scripts of different recipes and lines of them, by nothing but their names."""
    recipes = sorted(killer.library.recipes, key=lambda loaded: choice(loaded.id))[:SCRIPTS]
    chosen: list[Mutant] = []
    for loaded in recipes:
        candidates = sorted(candidates_of(loaded), key=lambda candidate: choice(candidate.key))
        mutants = mutants_of(candidates[0], killer.script(candidates[0]))
        mutants.sort(key=lambda mutant: choice(f"{mutant.text}{mutant.line}"))
        chosen += mutants[:MUTANTS]
    return chosen


def test_a_script_without_a_working_line_fails_a_scenario() -> None:
    """Lines that no scenario runs, such as the branch for a table of 400 rows, count in `all`."""
    killer = Killer()
    mutants = sample(killer)
    lines = {m.candidate.key: killer.lines_run(m.candidate) for m in mutants[::MUTANTS]}
    survivors = [mutant for mutant in mutants if not killer.kills(mutant)]
    run = [m for m in mutants if m.line in lines[m.candidate.key]]
    missed = [m for m in survivors if m.line in lines[m.candidate.key]]
    of_run, of_all = 1 - len(missed) / len(run), 1 - len(survivors) / len(mutants)
    told = "\n".join(f"{m.candidate.key} line {m.line}: {m.text}" for m in survivors)
    told = f"{of_run:.3f} of {len(run)} lines run, {of_all:.3f} of {len(mutants)}; alive:\n{told}"
    assert len(mutants) >= SCRIPTS * 3
    assert of_run >= KILLED_OF_THOSE_RUN, told
    assert of_all >= KILLED_OF_ALL, told
