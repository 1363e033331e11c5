"""What a register should agree with and what it comes to (登记表核对): target, achieved, misfit, and what is assumed.

Works for a made-up register, where it shows how well the drawing kept to the plan, and for one that was handed in,
where it shows how far the county is from what was assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.plan.figures import Figure, Origin, Series
from planner.plan.model import Plan
from planner.register import measuring as m
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.measuring import Measured
from planner.register.model import Register
from planner.register.report_words import CAUSE_WORDS, ENTRIES, EXACT, PLACES, Pair
from planner.register.synthesis_causes import CAUSE_ENTRIES
from planner.register.synthesis_members import SMALL, shape_of_sizes
from planner.register.synthesis_villages import PLACE_WORDS, places_of
from planner.terms import Places

Kind = Literal["exact", "fitted", "assumed"]
"""Met to the unit; fitted to a figure with a source; fitted to an assumption."""
HOUSEHOLD_GAPS = {
    "house": "house_safe",
    "electricity": "electricity",
    "road": "road_ok",
    "schooling": "schooling_ok",
    "insured": "insured",
    "television": "television",
    "income_source": "income_source",
}
VILLAGE_GAPS = {
    "road_hard": "road_hard",
    "grid": "grid_ok",
    "broadcasting": "broadcasting",
    "broadband": "broadband",
    "water_works": "water_works",
    "coop": "coop",
    "industry": "industry",
    "service_centre": "service_centre",
    "leadership": "leadership",
}


@dataclass(frozen=True)
class Row:
    """One target and what the register comes to."""

    group: str
    path: str
    """Where the target stands in the plan."""
    name: Pair
    kind: Kind
    unit: str
    target: float
    found: Measured
    origin: Origin
    """Clause, source or assumption of the target, with its range."""

    @property
    def misfit(self) -> float:
        """Achieved less target, in `unit`."""
        return self.found.value - self.target

    @property
    def percent(self) -> float:
        """The misfit in % of the target; NaN where that is nought."""
        return 100 * self.misfit / self.target if self.target else float("nan")

    @property
    def errors(self) -> float:
        """The misfit in standard errors; NaN where the target is exact by its nature."""
        return self.misfit / self.found.error if self.found.error > 0 else float("nan")


@dataclass(frozen=True)
class TownshipRow:
    """One township at a glance: its registered households."""

    township: str
    households: int
    persons: int
    villages: int
    poor_villages: int
    incidence: float
    """Registered persons over rural persons, in %."""
    income: float
    """Mean net income per head. Unit: 元/人/年."""
    without: dict[str, float]
    """Criterion to the share of households for which it is open, in %."""


def report(plan: Plan, register: Register) -> tuple[Row, ...]:
    """Every target that can be measured on the register, group by group."""
    look = _Look(plan, register)
    return tuple(
        row
        for part in (_exact, _sizes, _members, _incomes, _causes, _household_gaps, _village_gaps, _works, _ties)
        for row in part(look)
    )


def only_assumed(plan: Plan, rows: tuple[Row, ...]) -> dict[str, Figure | Series]:
    """What the made-up register assumes without a target that could be measured on it."""
    shown = {row.path for row in rows}
    return {name: figure for name, figure in plan.synthesis.items() if f"synthesis.{name}" not in shown}


def townships(plan: Plan, register: Register, lacking: Mapping[str, NDArray[np.bool_]]) -> tuple[TownshipRow, ...]:
    """Every township at a glance; `lacking` has, by criterion, the households for which it is open.

    Shape: household for `lacking`.
    """
    look = _Look(plan, register)
    h, v = register.households, register.villages
    home = register.township_of_household
    rows = []
    for place, name in enumerate(register.townships):
        mine, here = look.registered & (home == place), v["township"] == place
        persons = int(m.total(h["persons"], mine).value)
        rural = m.total(v["rural_persons"], here).value
        rows.append(
            TownshipRow(
                name,
                int(mine.sum()),
                persons,
                int(here.sum()),
                int((v["poor_village"][here] == 1).sum()),
                100 * persons / rural if rural else float("nan"),
                m.mean(look.income, mine).value,
                {k: 100 * float(mask[mine].mean()) if mine.any() else float("nan") for k, mask in lacking.items()},
            )
        )
    return tuple(rows)


class _Look:
    """A register with what is asked of it again and again."""

    def __init__(self, plan: Plan, register: Register) -> None:
        self.plan = plan
        self.h = register.households
        self.v = register.villages
        self.income = register.income
        self.registered = self.h["registered"] == 1
        self.margin = self.h["registered"] == 0
        self.place = places_of(plan, dict(register.villages))
        self.home = self.place[self.h["village"]]
        self.every_village = np.ones(self.v.rows, bool)

    def lacks(self, column: str, mask: NDArray[np.bool_]) -> Measured:
        """The share of households whose flag says no."""
        return m.share(self.h[column] == 0, m.known(self.h[column]), mask)

    def has(self, column: str, mask: NDArray[np.bool_]) -> Measured:
        """The share of households with at least one."""
        return m.share(self.h[column] > 0, m.known(self.h[column]), mask)

    def row(self, group: str, entry: str, found: Measured, *, name: Pair | None = None) -> Iterator[Row]:
        """A row for an entry of `synthesis` or `population`, where the plan has it."""
        section = "synthesis" if entry in self.plan.synthesis else "population"
        figure = self.plan.synthesis.get(entry) or self.plan.population.get(entry)
        if isinstance(figure, Figure):
            kind: Kind = "assumed" if figure.assumed is not None else "fitted"
            pair = name or ENTRIES[entry]
            yield Row(group, f"{section}.{entry}", pair, kind, figure.unit, figure.value, found, figure)


def _exact(look: _Look) -> Iterator[Row]:
    h, v, plan = look.h, look.v, look.plan
    rolls = look.registered & (h["dibao"] == 1)
    found = {
        "poor": m.total(h["persons"], look.registered),
        "dibao": m.total(h["persons"], rolls),
        "dibao_with_labour": m.total(h["persons"], rolls & (h["labour"] > 0)),
        "disabled": m.total(h["disabled"], look.registered),
        "graduates": m.total(h["graduates"], look.registered),
        "to_relocate": m.total(h["persons"], look.registered & (h["site_at_risk"] == 1)),
        "villages": m.total(np.ones(v.rows), look.every_village),
        "poor_villages": m.total(v["poor_village"], look.every_village),
        "rural": m.total(v["rural_persons"], look.every_village),
    }
    for entry, measured in found.items():
        if (figure := plan.population.get(entry)) is not None:
            path = f"population.{entry}"
            yield Row("exact", path, EXACT[entry], "exact", figure.unit, figure.value, measured, figure)
    for year, due in sorted(plan.schedule.items()):
        name = _filled("due", {"year": (str(year), str(year))})
        listed = m.total((v["due_year"] == year).astype(np.int64), look.every_village)
        path, figure = f"schedule.{year}.villages", due.villages
        yield Row("exact", path, name, "exact", figure.unit, figure.value, listed, figure)
    for key, measure in plan.measures.items():
        for position, task in enumerate(measure.tasks):
            column = v.get(str(measure.need))
            flag = column is None or column.dtype == np.int8
            if measure.kind != "village_works" or task.places == "county" or column is None or flag:
                continue
            inside = look.place == Places.DUE if task.places == "due_villages" else look.place != Places.OTHER
            where = PLACES["due"] if task.places == "due_villages" else EXACT["poor_villages"]
            name = _filled("task", {"name": (measure.name, measure.english), "where": where})
            path, figure = f"measures.{key}.tasks.{position}.amount", task.amount
            yield Row("exact", path, name, "exact", figure.unit, figure.value, m.total(column, inside), figure)


def _sizes(look: _Look) -> Iterator[Row]:
    persons = look.h["persons"]
    yield from look.row("members", "per_household", m.mean(persons, look.registered))
    for size, wanted in enumerate(shape_of_sizes(look.plan), start=1):
        figure = look.plan.synthesis.get(f"size_{size}")
        if isinstance(figure, Figure):
            found = m.share(persons == size, m.known(persons), look.registered)
            name = _filled("size", {"size": (str(size), str(size))})
            yield Row("size", f"synthesis.size_{size}", name, "fitted", figure.unit, float(wanted), found, figure)


def _members(look: _Look) -> Iterator[Row]:
    h, mine = look.h, look.registered
    none, margin = m.share(h["labour"] == 0, m.known(h["labour"]), mine), m.total(look.margin, look.margin)
    ours = max(int(mine.sum()), 1)
    found = {
        "near_poor_share": Measured(margin.value / ours, float("nan"), ours),
        "share_in_poor_villages": m.share(look.home != Places.OTHER, mine, mine),
        "labour_per_person": m.per(h["labour"], h["persons"], mine),
        "off_farm_share": m.per(h["off_farm"], h["labour"], mine),
        "no_labour_share": none,
        "ill_share": look.has("ill", mine),
        "ill_per_person": m.per(h["ill"], h["persons"], mine),
        "pupil_rate": m.per(h["pupils"], h["persons"], mine),
        "student_rate": m.per(h["students"], h["persons"], mine),
        "elderly_rate": m.per(h["elderly"], h["persons"], mine),
        "wubao_share": m.share(h["wubao"] == 1, m.known(h["wubao"]), mine),
        "consent_share": m.share(
            h["consent_to_move"] == 1, m.known(h["consent_to_move"]), mine & (h["site_at_risk"] == 1)
        ),
    }
    for entry, measured in found.items():
        yield from look.row("members", entry, measured)
    for entry, column in (("house_area_person", "house_area"), ("land_person", "land_mu")):
        each = np.where(m.known(h[column]) & (h["persons"] > 0), h[column] / np.maximum(h["persons"], 1), -1.0)
        yield from look.row("members", entry, m.median(each, mine))


def _incomes(look: _Look) -> Iterator[Row]:
    mine = look.registered
    yield from look.row("income", "income_median", m.median(look.income, mine))
    yield from look.row("income", "income_sigma", m.spread_of_logs(look.income, mine))
    for part in ("farm", "wage", "transfer", "property"):
        found = m.per(look.h[f"income_{part}"], look.income, mine)
        yield from look.row("income", f"income_{part}_share", found)
    lines = [c.threshold for c in look.plan.household_criteria.values() if c.kind == "income_line"]
    margin = look.income[look.margin & m.known(look.income)]
    for entry, end in (("near_poor_low", np.min), ("near_poor_high", np.max)):
        line = lines[0].at(look.plan.horizon.first) if lines and isinstance(lines[0], Series) else float("nan")
        value = float(end(margin)) / line if len(margin) else float("nan")
        yield from look.row("income", entry, Measured(value, float("nan"), len(margin)))


def _causes(look: _Look) -> Iterator[Row]:
    main, second = look.h["cause"], look.h["cause_second"]
    for (entry, code), name in zip(CAUSE_ENTRIES.items(), CAUSE_WORDS, strict=True):
        found = m.share((main == code) | (second == code), m.known(main), look.registered)
        yield from look.row("cause", entry, found, name=name)


def _household_gaps(look: _Look) -> Iterator[Row]:
    h = look.h
    wired = (look.v["grid_areas"] > 0)[h["village"]]
    bases = {"electricity": wired, "schooling": h["pupils"] > 0, "income_source": h["labour"] > 0}
    for entry, column in HOUSEHOLD_GAPS.items():
        for kind, word in PLACE_WORDS.items():
            base = look.registered & (look.home == kind) & bases.get(entry, look.registered)
            name = _filled("lacks", {"what": _words(HOUSEHOLD[column]), "where": PLACES[word]})
            yield from look.row("household", f"open_{entry}_{word}", look.lacks(column, base), name=name)
    behind = (look.v["water_projects"] > 0)[h["village"]] & look.registered
    yield from look.row("household", "water_behind", look.lacks("water_ok", behind))


def _village_gaps(look: _Look) -> Iterator[Row]:
    for entry, column in VILLAGE_GAPS.items():
        for kind, word in PLACE_WORDS.items():
            flag = look.v[column]
            found = m.share(flag == 0, m.known(flag), look.place == kind)
            name = _filled("lacks", {"what": _words(VILLAGE[column]), "where": PLACES[word]})
            yield from look.row("village", f"village_open_{entry}_{word}", found, name=name)


def _works(look: _Look) -> Iterator[Row]:
    v = look.v
    other, poor = look.place == Places.OTHER, look.place == Places.POOR
    for entry, column, mask in (
        ("km_gravel_other", "km_gravel", other & (v["km_gravel"] > 0)),
        ("km_concrete_poor", "km_concrete", poor),
        ("km_concrete_other", "km_concrete", other & (v["road_hard"] == 0)),
        ("grid_areas_poor", "grid_areas", poor),
        ("grid_areas_other", "grid_areas", other & (v["grid_ok"] == 0)),
    ):
        yield from look.row("works", entry, m.mean(v[column], mask))


def _ties(look: _Look) -> Iterator[Row]:
    h, mine, income = look.h, look.registered, look.income
    ill, none, rough = h["ill"] > 0, h["labour"] == 0, h["road_ok"] == 0
    due, small = look.home == Places.DUE, h["persons"] <= SMALL
    well, works, road = h["ill"] == 0, h["labour"] > 0, h["road_ok"] == 1
    middle = m.median(income, mine).value
    poorer = income < middle
    density = [m.per(_persons_of(look), look.v["rural_persons"], look.place == k) for k in (Places.DUE, Places.POOR)]
    found = {
        "due_density": m.ratio(*density),
        "no_labour_small": m.ratio(
            m.share(none, m.known(h["labour"]), mine & small & (h["wubao"] != 1)),
            m.share(none, m.known(h["labour"]), mine & ~small),
        ),
        "ill_income": m.ratio(m.mean(income, mine & ill), m.mean(income, mine & well)),
        "no_labour_income": m.ratio(m.mean(income, mine & none), m.mean(income, mine & works)),
        "due_income_better": m.ratio(m.mean(income, mine & due), m.mean(income, mine & ~due)),
        "tie_road_income": m.ratio(m.mean(income, mine & rough), m.mean(income, mine & road)),
        "ill_no_labour": m.ratio(look.has("ill", mine & none), look.has("ill", mine & works)),
        "ill_labour": m.ratio(
            m.per(h["labour"], h["persons"], mine & ill), m.per(h["labour"], h["persons"], mine & well)
        ),
        "disabled_no_labour": m.ratio(look.has("disabled", mine & none), look.has("disabled", mine & works)),
        "tie_road_water": m.correlation(h["road_ok"], h["water_ok"], mine),
        "tie_size_pupils": m.correlation(h["persons"], h["pupils"], mine),
        "gap_by_income": _poorer_over_rest(look, poorer),
        "margin_open": m.ratio(look.lacks("house_safe", look.margin), look.lacks("house_safe", mine)),
    }
    for entry, measured in found.items():
        yield from look.row("tie", entry, measured)


def _poorer_over_rest(look: _Look, poorer: NDArray[np.bool_]) -> Measured:
    """How much oftener the poorer lack a house than the rest of villages of the same kind."""
    mine = look.registered
    raw = m.ratio(look.lacks("house_safe", mine & poorer), look.lacks("house_safe", mine & ~poorer))
    found, expected = 0.0, 0.0
    for kind in Places:
        here = mine & (look.home == kind)
        one, other = look.lacks("house_safe", here & poorer), look.lacks("house_safe", here & ~poorer)
        if one.base and other.base:
            found += one.value * one.base
            expected += other.value * one.base
    return replace(raw, value=found / expected if expected else float("nan"))


def _persons_of(look: _Look) -> NDArray[np.float64]:
    """Registered persons by village. Shape: village."""
    held = np.where(look.registered & m.known(look.h["persons"]), look.h["persons"], 0)
    return np.bincount(look.h["village"], weights=held, minlength=look.v.rows).astype(np.float64)


def _words(column: object) -> Pair:
    return (str(getattr(column, "chinese", "")), str(getattr(column, "english", "")))


def _filled(pattern: str, values: Mapping[str, Pair]) -> Pair:
    zh, en = EXACT[pattern]
    return (
        zh.format(**{k: pair[0] for k, pair in values.items()}),
        en.format(**{k: pair[1] for k, pair in values.items()}),
    )
