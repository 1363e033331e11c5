"""From a problem to the columns of a linear program: rows stand in `constraints_*`, aims in `objectives`. Fixed order.

Columns (unit): `exit` households of an offer put on the list of a year; `gone` households of a class who cannot be
listed any more; `stock` units of a household measure delivered so far; `used` of them in households that are gone; `done`
share of a village's whole works; `held` units of a task held by its clause; `untied` money of a line without a task;
`money` from a pool of like sources to a measure; `carry` money left for next year; `out` persons of a stratum out so far;
`relief` persons out so far by a transfer alone; `village_out` persons of a listed village out so far; `village_good`
households of a listed village served; `progress` how far a listed village is with the persons it needs; `ready` whether
it has all its works begun; `forward` whether it is put forward to leave the list; `off` the share of it expected off the
list; `short_*` what is missing from a target or a soft task; `depart_*` a line's departure from print; `worst` the least
share out of any township.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.allocation.problem import AREAS, Problem
from planner.allocation.program import Builder, Index
from planner.plan.funds import FundSource
from planner.plan.measures import Measure
from planner.plan.model import Plan

SHOW = 1e-9
"""Below this a need counts as none."""


@dataclass
class Draft:
    """A program under construction: the builder, the problem, and the numbers of its columns by meaning."""

    problem: Problem
    builder: Builder
    exit: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    """Shape: offer × year; -1 where an offer has no column."""
    gone: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    """Households of a class who cannot be listed any more. Shape: class × year."""
    stock: dict[str, Index] = field(default_factory=dict)
    """Measure to columns. Shape: stratum × year; -1 where nobody takes it."""
    used: dict[str, Index] = field(default_factory=dict)
    done: dict[str, Index] = field(default_factory=dict)
    """Works to columns. Shape: village × year; -1 where none is needed."""
    held: dict[str, Index] = field(default_factory=dict)
    """Shape: year."""
    untied: dict[str, Index] = field(default_factory=dict)
    money: dict[tuple[str, str, str], Index] = field(default_factory=dict)
    """(pool, payee, area) to columns. Shape: year. A payee is a measure, or `line:` and a line."""
    carry: dict[str, Index] = field(default_factory=dict)
    extra: dict[str, Index] = field(default_factory=dict)
    """Pool with a source not yet named to columns of money beyond its amount; nought unless asked for. Shape: year."""
    out: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    relief: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    behind: dict[str, Index] = field(default_factory=dict)
    village_out: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    village_good: dict[str, Index] = field(default_factory=dict)
    ready: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    forward: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    """The villages' exits: whole in the mixed-integer form in the years of the schedule. Shape: listed village × year."""
    off: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    progress: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    """Share of the persons whom a listed village still has to lead out. Shape: listed village × year."""
    short_persons: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    short_villages: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    short_pathway: dict[str, int] = field(default_factory=dict)
    short_task: dict[tuple[str, int], int] = field(default_factory=dict)
    """(measure, number of the task) to the column of units missing from it; only where tasks are soft."""
    short_cap: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    """Persons missing from the cap-off: one column per listed village, the last for the county."""
    over: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    under: Index = field(default_factory=lambda: np.zeros(0, np.int64))
    worst: int = -1

    @property
    def years(self) -> int:
        """How many years the horizon has."""
        return len(self.problem.years)


def draft_columns(problem: Problem) -> Draft:
    """The columns of a problem under its plan's regime, with the map from meaning to columns; no rows yet."""
    made = Draft(problem, Builder())
    _people(made)
    _deliveries(made)
    _money(made)
    _schedule(made)
    return made


def pays(source: FundSource, key: str, measure: Measure | None, line: str) -> bool:
    """Whether a source may pay a measure of a line, or the untied money of the line."""
    if line not in source.pays:
        return False
    return source.measures is None or measure is None or key in source.measures


def pools(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Sources that may pay for exactly the same things stand together under the name of the first (资金池).

    The program cannot tell them apart, so each payee later gets the same mixture of them.
    """
    found: dict[object, list[str]] = {}
    for name, source in plan.sources.items():
        if source.pays:
            measures = tuple(source.measures) if source.measures is not None else None
            found.setdefault((tuple(sorted(source.pays)), source.places, measures, source.account), []).append(name)
    return {members[0]: tuple(members) for members in found.values()}


def leaf_lines(problem: Problem) -> list[str]:
    """Lines that pay, in the plan's order."""
    return problem.plan.leaves()


def funded(plan: Plan, account: str, year: int) -> bool:
    """Whether an account receives money in a year: the plan's own may be granted once only."""
    return account == "side" or plan.money.years == "repeated" or year == plan.horizon.first


def _people(d: Draft) -> None:
    pr, b, years = d.problem, d.builder, d.problem.years
    c = pr.classes
    limit = c.households[c.offer_class][:, None] * c.share
    offer, year = np.nonzero(limit > SHOW)
    d.exit = np.full(limit.shape, -1, np.int64)
    d.exit[offer, year] = b.columns(
        "exit", list(zip(offer.tolist(), year.tolist(), strict=True)), upper=limit[offer, year]
    )
    classes = [(i, y) for i in range(len(c.households)) for y in years]
    d.gone = b.columns("gone", classes, upper=np.repeat(c.households, d.years)).reshape(-1, d.years)
    strata = range(len(pr.strata.township))
    d.out = b.columns("out", [(s, y) for s in strata for y in years]).reshape(-1, d.years)
    d.relief = b.columns("relief", [(y,) for y in years])
    for k in pr.goods:
        has = np.flatnonzero(pr.takers[k] > 0)
        upper = np.repeat(pr.takers[k][has], d.years)
        lower = np.zeros(len(upper))
        measure = pr.plan.measures[k]
        if measure.entitlement:
            account = pr.plan.lines[measure.line].account
            lower = upper * np.tile([funded(pr.plan, account, y) for y in years], len(has))
        for kind, low in ((d.stock, lower), (d.used, 0.0)):
            kind[k] = np.full((len(pr.strata.township), d.years), -1, np.int64)
            name = f"{'stock' if kind is d.stock else 'used'}:{k}"
            labels = [(k, int(s), y) for s in has for y in years]
            kind[k][has] = b.columns(name, labels, lower=low, upper=upper).reshape(-1, d.years)


def _deliveries(d: Draft) -> None:
    pr, b, years = d.problem, d.builder, d.problem.years
    for k in pr.works:
        has = np.flatnonzero(pr.works_units[k] > 0)
        d.done[k] = np.full((len(pr.works_units[k]), d.years), -1, np.int64)
        labels = [(k, int(v), y) for v in has for y in years]
        d.done[k][has] = b.columns(f"done:{k}", labels, upper=1.0).reshape(-1, d.years)
        if k in pr.behind:
            d.behind[k] = b.columns(
                f"behind:{k}", [(k, s, y) for s in range(len(pr.strata.township)) for y in years]
            ).reshape(-1, d.years)
    for k, m in pr.plan.measures.items():
        if m.kind == "held":
            d.held[k] = b.columns(f"held:{k}", [(k, y) for y in years])


def _money(d: Draft) -> None:
    pr, b, years = d.problem, d.builder, d.problem.years
    plan = pr.plan
    lines = leaf_lines(pr)
    d.untied = {line: b.columns(f"untied:{line}", [(line, y) for y in years], upper=_untied(d, line)) for line in lines}
    payees: list[tuple[str, Measure | None, str]] = [
        (k, m, m.line) for k, m in plan.measures.items() if m.kind != "duty"
    ]
    payees += [(f"line:{line}", None, line) for line in lines]
    for name, pool in pools(plan).items():
        source = plan.sources[pool[0]]
        for payee, measure, line in payees:
            if not pays(source, payee, measure, line):
                continue
            for area in AREAS:
                if _areas(measure, area) and not (source.places == "poor_villages" and area == "other"):
                    d.money[name, payee, area] = b.columns(
                        f"money:{name}:{payee}:{area}", [(name, payee, area, y) for y in years]
                    )
        if any(not plan.sources[member].named for member in pool):
            d.extra[name] = b.columns(f"extra:{name}", [(name, y) for y in years], upper=0.0)
        d.carry[name] = b.columns(f"carry:{name}", [(name, y) for y in years], upper=_carries(d))


def _areas(measure: Measure | None, area: str) -> bool:
    """Tasks held for the whole county are the county's, held tasks of poor villages theirs; untied money may be either."""
    if measure is not None and measure.kind == "held":
        bound = any(t.places != "county" for t in measure.tasks)
        return (area == "poor") == bound
    return True


def _untied(d: Draft, line: str) -> NDArray[np.float64]:
    """Money without a task: where a clause holds the line; and in the printed year where lines are as written.

    In later years, whose money is an assumption, what finds no task and no need is not drawn.
    """
    plan = d.problem.plan
    if plan.lines[line].account == "side":
        return np.zeros(d.years)
    held = plan.lines[line].held is not None
    printed = plan.regime.kind in ("as_written", "lines_within")
    return np.array([np.inf if held or (printed and y == 0) else 0.0 for y in range(d.years)])


def _carries(d: Draft) -> NDArray[np.float64]:
    allowed = d.problem.plan.rulings["carry_over"].choice == "allowed"
    return np.array([np.inf if allowed and y < d.years - 1 else 0.0 for y in range(d.years)])


def _schedule(d: Draft) -> None:
    pr, b, years = d.problem, d.builder, d.problem.years
    d.village_out = b.columns(
        "village_out",
        [(int(v), y) for v in pr.listed for y in years],
        upper=pr.village_most[pr.listed].ravel(),
    ).reshape(-1, d.years)
    for k, wanted in pr.houses_needed.items():
        has = [(j, int(v)) for j, v in enumerate(pr.listed) if wanted[v] > SHOW]
        d.village_good[k] = np.full((len(pr.listed), d.years), -1, np.int64)
        if has:
            numbers = b.columns(f"village_good:{k}", [(k, v, y) for _, v in has for y in years])
            d.village_good[k][[j for j, _ in has]] = numbers.reshape(-1, d.years)
    early = pr.first_allowed[:, None] > np.arange(d.years)[None, :]
    due = sorted(pr.plan.schedule)
    villages = [(int(v), y) for v in pr.listed for y in years]
    open_to = np.where(early, 0.0, 1.0).ravel()
    d.ready = b.columns("ready", villages, upper=1.0).reshape(-1, d.years)
    d.forward = np.full((len(pr.listed), d.years), -1, np.int64)
    for name, when in (("forward", np.isin(years, due)), ("forward_later", ~np.isin(years, due))):
        labels = [(int(v), int(y)) for v in pr.listed for y in np.array(years)[when]]
        upper = np.where(early, 0.0, 1.0)[:, when].ravel()
        d.forward[:, when] = b.columns(name, labels, upper=upper, whole=name == "forward").reshape(len(early), -1)
    d.off = b.columns("off", villages, upper=open_to).reshape(-1, d.years)
    d.progress = b.columns("progress", villages, upper=1.0).reshape(-1, d.years)
    d.short_persons = b.columns("short_persons", [(y,) for y in due])
    d.short_villages = b.columns("short_villages", [(y,) for y in due])
    for w, pathway in pr.plan.pathways.items():
        if pathway.target is not None:
            d.short_pathway[w] = int(b.columns(f"short_pathway:{w}", [(w,)])[0])
    if pr.plan.regime.kind == "tasks_soft":
        asked = [(k, i) for k, m in pr.plan.measures.items() if m.kind != "held" for i in range(len(m.tasks))]
        numbers = b.columns("short_task", asked).tolist()
        d.short_task = dict(zip(asked, numbers, strict=True))
    d.short_cap = b.columns("short_cap", [(int(v),) for v in pr.listed] + [("county",)])
    printed = [(line, y) for line in leaf_lines(pr) for y in years]
    d.over = b.columns("depart_over", printed).reshape(-1, d.years)
    d.under = b.columns("depart_under", printed).reshape(-1, d.years)
    d.worst = int(b.columns("worst", [()], upper=1.0)[0])
