"""Constraint families about households and villages: who can leave, with what, and when a village may."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.allocation.families import family
from planner.allocation.formulation import SHOW, Draft, funded
from planner.allocation.program import Index, Part


def previous(block: Index) -> tuple[Index, Index]:
    """Columns of each year but the first, and those of the year before. Shape: (anything) × year."""
    return block[..., 1:], block[..., :-1]


def in_time(d: Draft, done: Index, rows: Index, weight: NDArray[np.float64]) -> list[Part]:
    """Works begun are not works done: of those of a year only a share is finished by its end, the rest a year later."""
    finished = finished_share(d)
    return [(rows, done, weight * finished), (rows[:, 1:], done[:, :-1], weight[:, 1:] * (1 - finished[1:]))]


def finished_share(d: Draft) -> NDArray[np.float64]:
    """Share of the works begun in a year that are finished by its end. Shape: year."""
    series = d.problem.plan.series("finished_in_year")
    return np.array([series.at(y) for y in d.problem.years])


def spent(d: Draft) -> NDArray[np.float64]:
    """Share of the households put on a list in a year who cannot be tried again: those who left, and some who did not.

    Of those who failed, `tried_again` may be listed anew with what they have. Shape: offer × year.
    """
    spent: NDArray[np.float64] = 1 - d.problem.plan.number("tried_again") * (1 - d.problem.classes.chance)
    return spent


@family(
    "class_size",
    "每类户列入名单的不超过该类尚可列入的户数",
    "households listed of a class are at most those who can still be listed",
    clause="二(一)",
    unit="户",
    sets=("class", "year"),
)
def class_size(d: Draft) -> None:
    """gone[c, y] = gone[c, y-1] + those spent in y; gone[c, y-1] + households listed in y ≤ households of the class."""
    c = d.problem.classes
    offer, year = np.nonzero(d.exit >= 0)
    row = c.offer_class[offer] * d.years + year
    at = np.arange(d.gone.size).reshape(d.gone.shape)
    labels = [(i, y) for i in range(len(c.households)) for y in range(d.years)]
    before = previous(d.gone)[1]
    gone = -spent(d)[offer, year]
    d.builder.rows(
        "class_gone",
        labels,
        [(at, d.gone, 1.0), (at[:, 1:], before, -1.0), (row, d.exit[offer, year], gone)],
        lower=0.0,
        upper=0.0,
    )
    d.builder.rows(
        "class_size",
        labels,
        [(at[:, 1:], before, 1.0), (row, d.exit[offer, year], 1.0)],
        upper=np.repeat(c.households, d.years),
    )


@family(
    "offer_size",
    "一类户中以一种办法脱贫的不超过适合的户数",
    "households led out by a package are at most those it suits",
    clause="二(一)",
    unit="户",
    sets=("offer", "year"),
)
def offer_size(d: Draft) -> None:
    """Households of an offer spent before + listed in the year ≤ households of the class × the best share so far.

    Bounds already say so within a year; only rows that say more than these are built. A row whose limit is not below
    that of the next year is left to the next year's row, which says nearly the same.
    """
    c = d.problem.classes
    most = c.households[c.offer_class][:, None] * np.maximum.accumulate(c.share, axis=1)
    so_far = np.cumsum(c.households[c.offer_class][:, None] * c.share, axis=1)
    says = (so_far > most + SHOW) & (c.share < 1 - SHOW)
    says[:, :-1] &= ~(says[:, 1:] & (most[:, :-1] >= most[:, 1:] - SHOW))
    offer, year = np.nonzero(says)
    gone = spent(d)
    parts: list[Part] = []
    for back in range(d.years):
        row = np.flatnonzero(year >= back)
        columns = d.exit[offer[row], year[row] - back]
        held = columns >= 0
        weight = gone[offer[row], year[row] - back][held] if back else 1.0
        parts.append((row[held], columns[held], weight))
    labels = [(int(o), int(y)) for o, y in zip(offer, year, strict=True)]
    d.builder.rows("offer_size", labels, parts, upper=most[offer, year])


@family(
    "persons_out",
    "各片累计脱贫人数",
    "persons of a stratum out so far",
    clause="二(一)",
    unit="人",
    sets=("stratum", "year"),
)
def persons_out(d: Draft) -> None:
    """out[s, y] = out[s, y-1] + persons led out in y times their chance; relief adds up those of transfers alone."""
    c, years = d.problem.classes, d.years
    offer, year = np.nonzero(d.exit >= 0)
    expected = (c.persons / c.households)[c.offer_class[offer]] * c.chance[offer, year]
    row = c.stratum[c.offer_class[offer]] * years + year
    before = previous(d.out)[1]
    at = np.arange(d.out.size).reshape(d.out.shape)
    d.builder.rows(
        "persons_out",
        [(s, y) for s in range(len(d.out)) for y in range(years)],
        [
            (at, d.out, 1.0),
            (at[:, 1:], before, -1.0),
            (row, d.exit[offer, year], -expected),
        ],
        lower=0.0,
        upper=0.0,
    )
    plan = d.problem.plan
    apart = np.array(
        [
            p.pathway is not None and not p.measures and not plan.pathways[p.pathway].counts and not _counted(d)
            for p in d.problem.needs.packages
        ]
    )
    alone = apart[c.offer_package[offer]]
    at_year = np.arange(years)
    d.builder.rows(
        "relief_out",
        [(y,) for y in range(years)],
        [
            (at_year, d.relief, 1.0),
            (at_year[1:], d.relief[:-1], -1.0),
            (year[alone], d.exit[offer[alone], year[alone]], -expected[alone]),
        ],
        lower=0.0,
        upper=0.0,
    )


def _counted(d: Draft) -> bool:
    ruling = d.problem.plan.rulings.get("dibao_counts")
    return ruling is not None and ruling.choice == "counted"


@family(
    "list",
    "脱贫人数不超过当年预脱贫名单",
    "no more persons are led out than stand on the year's list",
    clause="五(一)2; 五(一)3",
    unit="人",
    sets=("year",),
)
def year_list(d: Draft) -> None:
    """Persons of earlier lists who are out + those on the year's ≤ persons due so far × (1 + overshoot).

    Free once everybody is due.
    """
    pr, c = d.problem, d.problem.classes
    offer, year = np.nonzero(d.exit >= 0)
    size = (c.persons / c.households)[c.offer_class[offer]]
    plan = pr.plan
    apart = np.array([p.pathway is not None and not p.measures for p in pr.needs.packages])[c.offer_package[offer]]
    due = plan.due_persons
    years = [y for y in due if due[y] < pr.village_persons.sum()]
    parts: list[Part] = []
    for row, when in enumerate(years):
        y = pr.years.index(when)
        mine = (year <= y) & ~apart
        weight = size * np.where(year < y, c.chance[offer, year], 1.0)
        parts.append((np.full(int(mine.sum()), row), d.exit[offer[mine], year[mine]], weight[mine]))
    limit = np.array([due[y] for y in years]) * (1 + plan.number("list_overshoot"))
    d.builder.rows("list", [(y,) for y in years], parts, upper=limit)


@family(
    "goods_used",
    "脱贫户所用措施累计",
    "units of a measure in households that are out",
    clause="二(二)",
    unit="户",
    sets=("measure", "stratum", "year"),
)
def goods_used(d: Draft) -> None:
    """used[k, s, y] = used[k, s, y-1] + units of those spent in y; used[k, s, y-1] + units of those listed in y ≤ stock.

    Who is listed needs the unit in place; who failed and can be tried again still has it. A cost that comes back every
    year lapses where its line has no money: then those who left before are not called back, and only who is listed in
    that year needs a unit of it.
    """
    c = d.problem.classes
    plan, years = d.problem.plan, d.problem.years
    offer, year = np.nonzero(d.exit >= 0)
    gone = spent(d)[offer, year]
    for k in d.problem.goods:
        stock, used = d.stock[k], d.used[k]
        has = np.flatnonzero(used[:, 0] >= 0)
        where = np.full(len(used), -1)
        where[has] = np.arange(len(has))
        rate = c.goods[k][offer]
        stratum = c.stratum[c.offer_class[offer]]
        take = (rate > SHOW) & (where[stratum] >= 0)
        at = np.arange(len(has) * d.years).reshape(-1, d.years)
        labels = [(k, int(s), y) for s in has for y in range(d.years)]
        row, columns = where[stratum[take]] * d.years + year[take], d.exit[offer[take], year[take]]
        measure = plan.measures[k]
        account = plan.lines[measure.line].account
        lapses = np.array([measure.recurring and not funded(plan, account, y) for y in years])
        before = previous(used[has])[1]
        d.builder.rows(
            f"goods_used:{k}", labels,
            [(at, used[has], 1.0), (at[:, 1:], before, -1.0), (row, columns, -(rate * gone)[take])],
            lower=np.tile(np.where(lapses, -np.inf, 0.0), len(has)), upper=0.0,
        )  # fmt: skip
        if lapses.any():
            floor = np.tile(np.where(lapses, 0.0, -np.inf), len(has))
            parts: list[Part] = [(at, used[has], 1.0), (row, columns, -(rate * gone)[take])]
            d.builder.rows(f"goods_new:{k}", labels, parts, lower=floor)
        held = np.broadcast_to(np.where(lapses, 0.0, 1.0), at.shape)
        d.builder.rows(
            f"goods_stock:{k}",
            labels,
            [(at[:, 1:], before, held[:, 1:]), (row, columns, rate[take]), *in_place(d, k, stock[has], at)],
            upper=0.0,
        )


def in_place(d: Draft, k: str, stock: Index, rows: Index) -> list[Part]:
    """Units in place by year end: all that were delivered, but homes only as far as they are built in their year."""
    if d.problem.plan.measures[k].counted != "person":
        return [(rows, stock, -1.0)]
    series = d.problem.plan.series("moved_in_year")
    share = np.broadcast_to(np.array([series.at(y) for y in d.problem.years]), rows.shape)
    return [(rows, stock, -share), (rows[:, 1:], stock[:, :-1], -(1 - share[:, 1:]))]


@family(
    "works_first",
    "须待公共工程完成后方可脱贫",
    "households behind shared works leave only when these are whole",
    clause="二(二)",
    unit="人",
    sets=("works", "stratum", "year"),
)
def works_first(d: Draft) -> None:
    """Persons behind works k who are out so far ≤ persons behind the share of whole works done in the stratum."""
    c = d.problem.classes
    offer, year = np.nonzero(d.exit >= 0)
    cls = c.offer_class[offer]
    expected = (c.persons / c.households)[cls] * c.chance[offer, year]
    of_village = d.problem.strata.of_village
    for k, behind in d.behind.items():
        share = c.works[k][offer]
        take = share > SHOW
        at = np.arange(behind.size).reshape(behind.shape)
        d.builder.rows(
            f"behind:{k}",
            [(k, s, y) for s in range(len(behind)) for y in range(d.years)],
            [
                (at, behind, 1.0),
                (at[:, 1:], behind[:, :-1], -1.0),
                (
                    c.stratum[cls[take]] * d.years + year[take],
                    d.exit[offer[take], year[take]],
                    -(expected * share)[take],
                ),
            ],
            lower=0.0,
            upper=0.0,
        )
        village = np.flatnonzero((d.done[k][:, 0] >= 0) & (d.problem.behind[k] > 0))
        row = of_village[village][:, None] * d.years + np.arange(d.years)
        weight = np.repeat(d.problem.behind[k][village][:, None], d.years, axis=1)
        d.builder.rows(
            f"works_first:{k}",
            [(k, s, y) for s in range(len(behind)) for y in range(d.years)],
            [(at, behind, 1.0), *in_time(d, d.done[k][village], row, -weight)],
            upper=0.0,
        )
