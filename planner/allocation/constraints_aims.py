"""Constraint families that measure the aims: the schedule, the pathways' targets, the worst-off township."""

from __future__ import annotations

import numpy as np

from planner.allocation.constraints_villages import wanted_out
from planner.allocation.families import family
from planner.allocation.formulation import SHOW, Draft
from planner.allocation.program import Index, Part
from planner.plan.model import Plan


@family(
    "schedule_persons",
    "按期脱贫人数",
    "persons due to be out",
    clause="一; 二(一)",
    unit="人",
    sets=("year",),
    hard=False,
    serves=("persons",),
)
def schedule_persons(d: Draft) -> None:
    """Persons out so far (those by a transfer alone apart, unless ruled so) + what is missing ≥ persons due."""
    pr = d.problem
    due = pr.plan.due_persons
    years = [pr.years.index(y) for y in due]
    at = np.arange(len(years))
    rows = np.broadcast_to(at, (len(d.out), len(years)))
    d.builder.rows(
        "schedule_persons",
        [(y,) for y in due],
        [(rows, d.out[:, years], 1.0), (at, d.relief[years], -1.0), (at, d.short_persons, 1.0)],
        lower=np.array(list(due.values())),
    )


@family(
    "schedule_villages",
    "按期脱帽村数",
    "villages due to be off the list",
    clause="一; 二(三)",
    unit="村",
    sets=("year",),
    hard=False,
    serves=("villages",),
)
def schedule_villages(d: Draft) -> None:
    """Villages off so far + what is missing ≥ villages due."""
    pr = d.problem
    due = pr.plan.due_villages
    years = [pr.years.index(y) for y in due]
    at = np.arange(len(years))
    rows = np.broadcast_to(at, (len(d.off), len(years)))
    d.builder.rows(
        "schedule_villages",
        [(y,) for y in due],
        [(rows, d.off[:, years], 1.0), (at, d.short_villages, 1.0)],
        lower=np.minimum(np.array(list(due.values())), len(pr.listed)),
    )


@family(
    "village_progress",
    "贫困村离脱帽还差的人",
    "how far the listed villages are with the persons they need",
    clause="二(三)",
    unit="比例",
    sets=("village", "year"),
    hard=False,
    serves=("progress",),
)
def village_progress(d: Draft) -> None:
    """Progress × persons needed ≤ persons out of the village."""
    wanted = wanted_out(d)
    has = np.flatnonzero(wanted > SHOW)
    cells = np.arange(len(has) * d.years).reshape(-1, d.years)
    d.builder.rows(
        "village_progress",
        [(int(d.problem.listed[j]), y) for j in has for y in d.problem.years],
        [
            (cells, d.progress[has], np.repeat(wanted[has][:, None], d.years, axis=1)),
            (cells, d.village_out[has], -1.0),
        ],
        upper=0.0,
    )


@family(
    "pathway_target",
    "各批脱贫人数目标",
    "persons to be led out by a pathway in its year",
    clause="二(一)",
    unit="人",
    sets=("pathway",),
    hard=False,
    serves=("pathways", "first_pathways"),
)
def pathway_target(d: Draft) -> None:
    """Persons whose primary pathway it is, put on the list in the year of the target + what is missing ≥ target."""
    c = d.problem.classes
    size = c.persons / c.households
    names = list(d.short_pathway)
    parts: list[Part] = [(np.arange(len(names)), np.array(list(d.short_pathway.values())), 1.0)]
    for w, name in enumerate(names):
        offers, y = listed_by(d, name)
        mine = offers[d.exit[offers, y] >= 0]
        parts.append((np.full(len(mine), w), d.exit[mine, y], size[c.offer_class[mine]]))
    target = np.array([target_of(d, name) for name in names])
    d.builder.rows("pathway_target", [(w,) for w in names], parts, lower=target)


def listed_by(d: Draft, pathway: str) -> tuple[Index, int]:
    """Offers whose primary pathway it is, and the index of the year of its target."""
    pr = d.problem
    package = np.array([p.pathway == pathway for p in pr.needs.packages])
    given = pr.plan.pathways[pathway].target
    year = given.year if given is not None else None
    return np.flatnonzero(package[pr.classes.offer_package]), pr.years.index(year) if year in pr.years else 0


def target_of(d: Draft, pathway: str) -> float:
    """Persons to be led out by a pathway; nought where the plan gives none. Unit: 人."""
    given = d.problem.plan.pathways[pathway].target
    return 0.0 if given is None else given.value


@family(
    "worst_township",
    "最差乡镇的脱贫比例",
    "the least share out of any township",
    clause="五(一)3",
    unit="比例",
    sets=("township",),
    hard=False,
    serves=("worst",),
)
def worst_township(d: Draft) -> None:
    """Persons of a township out by the end of the schedule ≥ worst × its registered persons."""
    pr = d.problem
    y = pr.years.index(max(pr.plan.schedule))
    persons = np.bincount(
        pr.strata.township[pr.strata.of_village], weights=pr.village_persons, minlength=len(pr.plan.townships)
    )
    has = np.flatnonzero(persons > 0)
    where = np.full(len(persons), -1)
    where[has] = np.arange(len(has))
    strata = np.flatnonzero(where[pr.strata.township] >= 0)
    d.builder.rows(
        "worst_township",
        [(int(t),) for t in has],
        [
            (where[pr.strata.township[strata]], d.out[strata, y], 1.0),
            (np.arange(len(has)), np.full(len(has), d.worst), -persons[has].astype(np.float64)),
        ],
        lower=0.0,
    )


@family(
    "cap_off",
    "按摘帽口径须脱贫的人数",
    "persons who have to be out for the cap-off",
    clause="一; 二(三)",
    unit="人",
    sets=("village",),
    hard=False,
    serves=("cap_off",),
)
def cap_off(d: Draft) -> None:
    """Persons out at the end of the schedule + what is missing ≥ persons above the incidence, by listed village and county."""
    pr = d.problem
    y = pr.years.index(max(pr.plan.schedule))
    count = len(pr.listed)
    at = np.arange(count)
    rural = pr.register.villages["rural_persons"].astype(float)
    allowed = cap_off_incidence(pr.plan) * rural.sum()
    d.builder.rows(
        "cap_off",
        [(int(v),) for v in pr.listed] + [("county",)],
        [
            (at, d.village_out[:, y], 1.0),
            (np.full(len(d.out), count), d.out[:, y], 1.0),
            (np.arange(count + 1), d.short_cap, 1.0),
        ],
        lower=np.append(pr.out_needed[pr.listed], max(0.0, pr.village_persons.sum() - allowed)),
    )


def cap_off_incidence(plan: Plan) -> float:
    """The incidence that counts as capped off, as a share."""
    for milestone in plan.milestones.values():
        if milestone.measure == "cap_off" and milestone.at_most is not None:
            return milestone.at_most.value / 100
    return 0.0
