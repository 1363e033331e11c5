"""Which values of a plan are read by which stage (读取), and which by none: those are told before a run.

A value is a figure, a series, or the choice of a ruling. The declarations below say what the code reads; a test records
what it really reads, on a plan with every kind of entry, and refuses a declaration that claims too much or too little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from planner.plan.known import Known, split_clauses
from planner.plan.model import Plan
from planner.plan.relations import paths_of
from planner.plan.rulings import Ruling

RUN = ("register", "allocation", "simulation", "comparison")
"""The stages of a run, in their order; the audit stands beside them."""
AUDIT = "audit"
RULES = "rules"
"""What a household may receive, judged household by household; it moves no money of the run."""
Reads = Mapping[str, frozenset[str]]
"""Path of each value to the stages that read it."""
Holds = Callable[[Plan, list[str]], bool]
"""Whether a declaration holds for a value, given the steps of its path: the second names its entry."""

POPULATION = (
    "poor", "rural", "near_poor_share", "per_household", "villages", "poor_villages", "dibao", "dibao_with_labour",
    "disabled", "graduates", "to_relocate",
)  # fmt: skip
SYNTHESIS = (
    "share_in_poor_villages", "income_median", "income_sigma", "near_poor_low", "near_poor_high", "labour_per_person",
    "ill_share", "pupil_rate", "student_rate", "elderly_rate", "consent_share", "wubao_share", "water_behind",
    "km_gravel_other", "km_concrete_poor", "km_concrete_other", "grid_areas_poor", "grid_areas_other",
    "due_income_better", "no_labour_share", "largest_household", "income_*_share", "house_area_person", "land_person",
    "groups_per_village", "gap_by_income", "ill_income", "no_labour_income", "township_spread", "village_spread",
    "off_farm_share", "due_density", "size_*", "cause_*", "tie_*", "ill_per_person", "ill_no_labour", "ill_labour",
    "disabled_no_labour", "no_labour_small", "elderly_no_labour", "margin_open", "remote_gap", "wage_off_farm",
    "transfer_no_labour", "component_sigma", "house_area_sigma", "land_sigma", "site_by_gap", "dibao_error",
    "open_*_due", "open_*_poor", "open_*_other", "village_open_*_due", "village_open_*_poor", "village_open_*_other",
)  # fmt: skip
PLANNED_ON = (
    "trend", "noise", "county_noise", "gain_sigma", "least_chance", "list_overshoot", "finished_in_year", "dibao_floor",
    "village_margin", "tried_again", "first_year_reached", "moved_in_year",
)  # fmt: skip
SIMULATED = (
    "trend", "noise", "noise_memory", "illness_hazard", "illness_cost", "illness_relief", "disaster_hazard",
    "disaster_cost", "price_sigma", "price_level", "gain_sigma", "list_overshoot", "list_month", "held_back", "village_held_back",
    "false_accept", "return_found", "entry_found", "adjust_month", "crews", "rain_slow", "delay_sigma", "dibao_floor",
    "class_months", "classes_at_once", "advance_share", "house_counts_built", "county_noise",
)  # fmt: skip
RULED_IN_CODE = {
    "carry_over": ("allocation",),
    "dibao_counts": ("allocation",),
    "exit_carries_measure": ("allocation",),
    "leave_before_due": ("allocation", "simulation"),
}
"""Rulings whose choice changes what the code does; any other is carried out by the values that depend on it."""


def reads_of(plan: Plan) -> Reads:
    """Every value of a plan with the stages that read it; none for one that nothing reads."""
    known = Known(plan, {})
    found: dict[str, set[str]] = {path: set() for path in known.figures}
    found |= {f"rulings.{name}": set() for name in plan.rulings}
    for stage, pattern, holds in DECLARED:
        for path in found:
            if _fits(path, pattern) and holds(plan, path.split(".")):
                found[path].add(stage)
    for path, stages in _ruled(plan):
        found[path].update(stages)
    for relation in plan.relations.values():
        for term in (*relation.left, *relation.right):
            for path in paths_of(term):
                # a year of a series is read as its series
                found.get(path, found.get(path.rpartition(".")[0], set())).add(AUDIT)
    return {path: frozenset(stages) for path, stages in found.items()}


def unread(plan: Plan) -> tuple[str, ...]:
    """Values that no stage reads and no recorded reason excuses, in the plan's order.

    A printed fact is excused where its clause says why it does not enter the model; a ruling where some value or relation
    depends on it, since it is carried out there; delays of a source that pays for nothing but tasks held by a clause.
    """
    dependents = depends_on(plan)
    return tuple(path for path, stages in reads_of(plan).items() if not stages and not _excused(plan, path, dependents))


def idle(plan: Plan, changed: Iterable[str]) -> tuple[str, ...]:
    """Of the paths that a scenario changed, those at which nothing stands that a run reads.

    What a ruling puts in place is told with the ruling: it is idle where nothing of all that its options set is read.
    """
    reads = reads_of(plan)

    def untouched(path: str) -> bool:
        touched = [stages for held, stages in reads.items() if _overlap(held, path)]
        return bool(touched) and not any(stages & frozenset(RUN) for stages in touched)

    found = []
    set_by_rulings = {s.path for ruling in plan.rulings.values() for s in ruling.sets.get(ruling.choice, ())}
    for path in changed:
        settings = _settings(plan, path)
        acts = any(not untouched(each) for each in settings)
        if path not in set_by_rulings and not acts and untouched(path):
            found.append(path)
    return tuple(found)


def _settings(plan: Plan, path: str) -> tuple[str, ...]:
    """What the options of the ruling at a path put in place; none for any other path."""
    section, _, rest = path.partition(".")
    ruling = plan.rulings.get(rest.partition(".")[0]) if section == "rulings" else None
    return tuple(s.path for settings in ruling.sets.values() for s in settings) if ruling is not None else ()


def depends_on(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Each ruling with the paths of the values and relations that depend on it."""
    found: dict[str, list[str]] = {name: [] for name in plan.rulings}
    for path, origin in Known(plan, {}).origins.items():
        if origin.ruling is not None:
            found.setdefault(origin.ruling, []).append(path)
    for key, relation in plan.relations.items():
        if relation.ruling is not None:
            found.setdefault(relation.ruling, []).append(f"relations.{key}")
    for key, standard in plan.standards.items():
        if standard.ruling is not None:
            found.setdefault(standard.ruling, []).append(f"standards.{key}")
    return {name: tuple(paths) for name, paths in found.items()}


def _excused(plan: Plan, path: str, dependents: Mapping[str, tuple[str, ...]]) -> bool:
    section, _, key = path.partition(".")
    if section == "rulings":
        return bool(dependents.get(key)) or bool(_settings(plan, path))
    if section == "sources":
        # the form wants to know when money comes, even where it pays only for tasks held by a clause
        return not _delivering(plan, path.split("."))
    if section != "facts":
        return False
    cited = split_clauses(plan.facts[key].clause or "")
    return any(plan.clauses[c].unmodelled is not None for c in cited if c in plan.clauses)


def _ruled(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rulings with the stages that read their choice."""
    rulings: Mapping[str, Ruling] = plan.rulings
    for name, stages in RULED_IN_CODE.items():
        if name in rulings:
            yield f"rulings.{name}", stages
    for measure in plan.measures.values():
        if measure.own_share is not None and measure.own_share.ruling in rulings:
            yield f"rulings.{measure.own_share.ruling}", ("allocation", "simulation")
    for standard in plan.standards.values():
        if standard.ruling in rulings:
            yield f"rulings.{standard.ruling}", (RULES,)
    for relation in plan.relations.values():
        if relation.ruling in rulings:
            yield f"rulings.{relation.ruling}", (AUDIT,)


def _fits(path: str, pattern: str) -> bool:
    steps, wanted = path.split("."), pattern.split(".")
    return len(steps) == len(wanted) and all(map(fnmatchcase, steps, wanted))


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _always(plan: Plan, steps: list[str]) -> bool:
    return True


def _bought(plan: Plan, steps: list[str]) -> bool:
    """Measures that are planned and delivered, not held by their clause."""
    return plan.measures[steps[1]].kind != "held"


def _household(plan: Plan, steps: list[str]) -> bool:
    return plan.measures[steps[1]].kind.startswith("household_")


def _income(plan: Plan, steps: list[str]) -> bool:
    return plan.measures[steps[1]].kind == "household_income"


def _shared(plan: Plan, steps: list[str]) -> bool:
    return plan.measures[steps[1]].kind in ("village_works", "duty")


def _paying_line(plan: Plan, steps: list[str]) -> bool:
    return steps[1] in plan.leaves()


def _paying(plan: Plan, steps: list[str]) -> bool:
    return bool(plan.sources[steps[1]].pays)


def _weighed(plan: Plan, steps: list[str]) -> bool:
    """Sources that are a total or a part, and those of the plan's own account with a named amount."""
    source = plan.sources[steps[1]]
    whole = any(other.parent == steps[1] for other in plan.sources.values())
    return whole or source.parent is not None or (source.account == "plan" and source.named)


def _delivering(plan: Plan, steps: list[str]) -> bool:
    """Sources that may pay for something that is delivered; tasks held by a clause are paid apart from the calendar."""
    source = plan.sources[steps[1]]
    tied = source.measures if source.measures is not None else list(plan.measures)
    bought = (m for k, m in plan.measures.items() if k in tied and m.kind != "held")
    return any(measure.line in source.pays for measure in bought)


def _sets_the_margin(plan: Plan, steps: list[str]) -> bool:
    """The margin of households above the poverty line is made from the line of the first year."""
    return plan.household_criteria[steps[1]].kind == "income_line"


def _counts_units(plan: Plan, steps: list[str]) -> bool:
    """Tasks in units, not as a share of what is needed."""
    measure = plan.measures[steps[1]]
    return measure.tasks[int(steps[3])].amount.unit == measure.unit


def _shared_out(plan: Plan, steps: list[str]) -> bool:
    """Tasks whose units a made-up register spreads over the villages of a kind."""
    measure = plan.measures[steps[1]]
    flags = {criterion.column for criterion in plan.village_criteria.values()}
    task = measure.tasks[int(steps[3])]
    return measure.kind == "village_works" and task.places != "county" and measure.need not in flags


def _tasked(plan: Plan, steps: list[str]) -> bool:
    measure = plan.measures[steps[1]]
    return any(task.amount.unit == measure.unit for task in measure.tasks)


DECLARED: tuple[tuple[str, str, Holds], ...] = (
    *(("register", f"population.{name}", _always) for name in POPULATION),
    *(("register", f"synthesis.{name}", _always) for name in SYNTHESIS),
    ("register", "schedule.*.villages", _always),
    ("register", "measures.*.tasks.*.amount", _shared_out),
    ("register", "household_criteria.*.threshold", _sets_the_margin),
    *(("allocation", f"dynamics.{name}", _always) for name in PLANNED_ON),
    ("allocation", "money.scale", _always),
    ("allocation", "schedule.*.*", _always),
    ("allocation", "pathways.*.target", _always),
    ("allocation", "lines.*.amount", _paying_line),
    ("allocation", "sources.*.amount", _paying),
    ("allocation", "measures.*.cost", _always),
    ("allocation", "measures.*.cost_cap", _household),
    ("allocation", "measures.*.moved_along", _household),
    ("allocation", "measures.*.own_share", _shared),
    ("allocation", "measures.*.capacity", _bought),
    ("allocation", "measures.*.gain", _income),
    ("allocation", "measures.*.first_year", _income),
    ("allocation", "measures.*.failure", _income),
    ("allocation", "measures.*.tasks.*.amount", _always),
    ("allocation", "household_criteria.*.threshold", _always),
    ("allocation", "village_criteria.*.threshold", _always),
    *(("simulation", f"dynamics.{name}", _always) for name in SIMULATED),
    ("simulation", "synthesis.income_farm_share", _always),
    ("simulation", "schedule.*.persons", _always),
    ("simulation", "pathways.*.target", _always),
    ("simulation", "sources.*.delay_months", _delivering),
    ("simulation", "sources.*.arrives", _delivering),
    ("simulation", "measures.*.cost", _bought),
    ("simulation", "measures.*.cost_cap", _household),
    ("simulation", "measures.*.moved_along", _household),
    ("simulation", "measures.*.own_share", _shared),
    ("simulation", "measures.*.gain", _income),
    ("simulation", "measures.*.first_year", _income),
    ("simulation", "measures.*.failure", _income),
    ("simulation", "measures.*.loss", _income),
    ("simulation", "measures.*.works.*", _bought),
    ("simulation", "household_criteria.*.threshold", _always),
    ("simulation", "village_criteria.*.threshold", _always),
    ("comparison", "milestones.*.*", _always),
    ("comparison", "lines.*.amount", _paying_line),
    ("comparison", "measures.*.cost", _always),
    ("comparison", "measures.*.tasks.*.amount", _counts_units),
    ("comparison", "pathways.*.target", _always),
    ("comparison", "population.per_household", _always),
    (RULES, "standards.*.parameters.*", _always),
    (AUDIT, "lines.*.amount", _always),
    (AUDIT, "sources.*.amount", _weighed),
    (AUDIT, "pathways.*.target", _always),
    (AUDIT, "measures.*.cost", _always),
    (AUDIT, "measures.*.own_share", _tasked),
    (AUDIT, "measures.*.capacity", _tasked),
    (AUDIT, "measures.*.tasks.*.amount", _counts_units),
)
"""Stage, pattern of paths, and for which entries it holds."""
