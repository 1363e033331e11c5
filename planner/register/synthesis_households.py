"""The made-up households of a synthetic register."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.errors import Fault, RegisterError
from planner.plan.model import Plan
from planner.register.columns import CAUSES
from planner.register.synthesis_villages import PLACE_WORDS, Columns, Source, places_of
from planner.terms import Places

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def make_households(plan: Plan, villages: Columns, source: Source) -> Columns:
    """Columns of all households: the registered first, then the near-poor margin."""
    persons_wanted = int(plan.population["poor"].value)
    registered_count = round(persons_wanted / plan.population["per_household"].value)
    margin_count = round(registered_count * plan.population["near_poor_share"].value)
    count = registered_count + margin_count
    registered = np.arange(count) < registered_count
    place = places_of(plan, villages)
    village = _homes(plan, villages, place, registered, source)
    wubao = registered & (source.random(count) < plan.number("wubao_share"))
    persons = _sizes(plan, registered, wubao, persons_wanted, source)
    h: Columns = {
        "household": np.arange(count),
        "village": village,
        "group": source.integers(0, int(plan.number("groups_per_village")), count),
        "registered": registered.astype(np.int8),
        "persons": persons,
        "wubao": wubao.astype(np.int8),
    }
    _members(plan, h, source)
    _incomes(plan, h, place, source)
    _allowance(plan, h, source)
    _conditions(plan, h, villages, place, source)
    _sites(plan, h, source)
    return h


def _homes(plan: Plan, villages: Columns, place: Whole, registered: Mask, source: Source) -> Whole:
    """The village of each household: poor villages hold their assumed share of the registered."""
    weight = villages["rural_persons"] * np.exp(source.normal(0, plan.number("village_spread"), len(place)))
    weight = weight * np.where(place == Places.DUE, plan.number("due_density"), 1.0)
    listed = place != Places.OTHER
    share = np.zeros(len(place))
    inside = plan.number("share_in_poor_villages")
    share[listed] = inside * weight[listed] / weight[listed].sum()
    share[~listed] = (1 - inside) * weight[~listed] / weight[~listed].sum()
    return source.choice(len(place), len(registered), p=share / share.sum()).astype(np.int64)


def _sizes(plan: Plan, registered: Mask, wubao: Mask, wanted: int, source: Source) -> Whole:
    """Household sizes whose registered total is exact; households of 五保 are single."""
    largest = int(plan.number("largest_household"))
    single = wubao.sum() / registered.sum()
    mean = (plan.population["per_household"].value - single) / (1 - single)
    size = 1 + source.binomial(largest - 1, (mean - 1) / (largest - 1), len(registered))
    size[wubao] = 1
    while (gap := wanted - int(size[registered].sum())) != 0:
        step = 1 if gap > 0 else -1
        able = registered & ~wubao & (size + step <= largest) & (size + step >= 1)
        rows = source.permutation(np.flatnonzero(able))[: abs(gap)]
        size[rows] += step
    return size.astype(np.int64)


def _members(plan: Plan, h: Columns, source: Source) -> None:
    """Labour, pupils, students, elderly, disabled, ill; the last two correlate with having no labour."""
    persons = h["persons"]
    count = len(persons)
    none = (source.random(count) < plan.number("no_labour_share") * np.where(persons <= 2, 2.0, 0.8)) | (
        h["wubao"] == 1
    )
    rate = plan.number("labour_per_person") / (1 - plan.number("no_labour_share"))
    labour = np.where(none, 0, np.maximum(1, source.binomial(persons, min(1.0, rate))))
    left = persons - labour
    pupils = source.binomial(left, min(1.0, plan.number("pupil_rate") * persons.mean() / max(left.mean(), 1)))
    left = left - pupils
    students = source.binomial(left, min(1.0, plan.number("student_rate") * persons.mean() / max(left.mean(), 1)))
    left = left - students
    elderly = source.binomial(left, min(1.0, plan.number("elderly_rate") * persons.mean() / max(left.mean(), 1)))
    ill_chance = plan.number("ill_share") * np.where(none, 1.6, 0.9)
    registered = np.flatnonzero(h["registered"] == 1)
    disabled = np.zeros(count, np.int64)
    disabled[source.permutation(registered)[: int(plan.population["disabled"].value)]] = 1
    graduates = np.zeros(count, np.int64)
    able = np.flatnonzero((h["registered"] == 1) & (labour >= 1) & (persons >= 3))
    graduates[source.permutation(able)[: int(plan.population["graduates"].value)]] = 1
    h.update(
        labour=labour.astype(np.int64),
        off_farm=source.binomial(labour, plan.number("off_farm_share")).astype(np.int64),
        pupils=pupils.astype(np.int64),
        students=students.astype(np.int64),
        graduates=graduates,
        elderly=elderly.astype(np.int64),
        disabled=disabled,
        ill=(source.random(count) < ill_chance).astype(np.int64),
    )


def _incomes(plan: Plan, h: Columns, place: Whole, source: Source) -> None:
    """Net income per head: lognormal around the assumed median, lower with illness and without labour."""
    registered = h["registered"] == 1
    draw = source.normal(0, plan.number("income_sigma"), len(registered))
    factor = (
        np.where(h["ill"] > 0, plan.number("ill_income"), 1.0)
        * np.where(h["labour"] == 0, plan.number("no_labour_income"), 1.0)
        * np.where(place[h["village"]] == Places.DUE, plan.number("due_income_better"), 1.0)
    )
    income = np.exp(draw) * factor
    income *= plan.number("income_median") / np.median(income[registered])
    line = plan.household_criteria["income"].threshold
    at_start = line.at(plan.horizon.first) if line is not None and hasattr(line, "at") else income.max()
    span = source.uniform(plan.number("near_poor_low"), plan.number("near_poor_high"), len(registered))
    income = np.where(registered, income, at_start * span)
    for part in ("farm", "wage", "transfer", "property"):
        h[f"income_{part}"] = income * plan.number(f"income_{part}_share")


def _allowance(plan: Plan, h: Columns, source: Source) -> None:
    """低保: exact persons, and exact persons of those in households with labour; the poorest first, with noise."""
    total = int(plan.population["dibao"].value)
    with_labour = int(plan.population["dibao_with_labour"].value)
    score = h["income_farm"] * np.exp(source.normal(0, 0.3, len(h["persons"])))
    order = np.argsort(score, kind="stable")
    registered = h["registered"] == 1
    on = np.zeros(len(order), np.int8)
    for rows, wanted in (
        (order[(registered & (h["labour"] > 0))[order]], with_labour),
        (order[(registered & (h["labour"] == 0))[order]], total - with_labour),
    ):
        on[take_exact(rows, h["persons"], wanted, "dibao")] = 1
    h["dibao"] = on


def take_exact(rows: Whole, sizes: NDArray[np.generic], wanted: int, path: str) -> Whole:
    """The first of `rows` whose sizes sum exactly to `wanted`, passing over a household that would overshoot.

    Raises: RegisterError where no such choice is found.
    """
    running = np.cumsum(sizes[rows])
    stop = int(np.searchsorted(running, wanted, side="right"))
    taken = list(rows[:stop])
    missing = wanted - int(sizes[rows[:stop]].sum())
    for row in rows[stop:]:
        if missing <= 0:
            break
        if sizes[row] <= missing:
            taken.append(row)
            missing -= int(sizes[row])
    if missing:
        raise RegisterError(
            [Fault("register", 0, path, "register.total_unreachable", {"wanted": wanted, "missing": missing})]
        )
    return np.array(taken, dtype=np.int64)


def _conditions(plan: Plan, h: Columns, villages: Columns, place: Whole, source: Source) -> None:
    """Which criteria each household lacks at the start, by kind of village; more often among the poorer."""
    count = len(h["persons"])
    home = place[h["village"]]
    income = h["income_farm"]
    poorer = income < np.median(income[h["registered"] == 1])
    tilt = plan.number("gap_by_income")
    lean = np.where(poorer, 2 * tilt / (1 + tilt), 2 / (1 + tilt))

    def open_share(entry: str) -> NDArray[np.float64]:
        by_place = np.array([plan.number(f"open_{entry}_{PLACE_WORDS[k]}") for k in Places])
        chance: NDArray[np.float64] = by_place[home] * lean * np.where(h["registered"] == 1, 1.0, 0.25)
        return chance

    def flag(lacks: Mask) -> NDArray[np.int8]:
        return (~lacks).astype(np.int8)

    h["house_safe"] = flag(source.random(count) < open_share("house"))
    behind = (villages["water_projects"] > 0)[h["village"]]
    h["water_ok"] = flag(behind & (source.random(count) < plan.number("water_behind")))
    wired = (villages["grid_areas"] > 0)[h["village"]]
    h["electricity"] = flag(wired & (source.random(count) < open_share("electricity")))
    key = h["village"] * int(plan.number("groups_per_village")) + h["group"]
    group_luck = source.random(int(key.max()) + 1)
    by_place = np.array([plan.number(f"open_road_{PLACE_WORDS[k]}") for k in Places])
    h["road_ok"] = flag(group_luck[key] < by_place[home])
    h["schooling_ok"] = flag((h["pupils"] > 0) & (source.random(count) < open_share("schooling")))
    h["insured"] = flag(source.random(count) < open_share("insured"))
    h["television"] = flag(source.random(count) < open_share("television"))
    h["income_source"] = flag((h["labour"] > 0) & (source.random(count) < open_share("income_source")))
    h["house_area"] = np.round(
        h["persons"] * plan.number("house_area_person") * np.exp(source.normal(0, 0.3, count)), 0
    )
    h["land_mu"] = np.round(h["persons"] * plan.number("land_person") * np.exp(source.normal(0, 0.4, count)), 1)
    h["cause"], h["cause_second"] = _causes(h, source)


def _causes(h: Columns, source: Source) -> tuple[Whole, Whole]:
    """Main and second cause of poverty, in keeping with the household's members."""
    at = {name: i for i, name in enumerate(CAUSES)}
    count = len(h["persons"])
    other = source.choice(
        [at["缺技术"], at["缺资金"], at["缺土地"], at["自身发展动力不足"]], count, p=[0.5, 0.3, 0.1, 0.1]
    )
    main = np.select(
        [h["ill"] > 0, (h["disabled"] > 0), h["labour"] == 0, h["students"] > 0, h["road_ok"] == 0],
        [at["因病"], at["因残"], at["缺劳力"], at["因学"], at["交通条件落后"]],
        other,
    )
    second = np.where(main != other, other, np.where(h["road_ok"] == 0, at["交通条件落后"], -1))
    return main.astype(np.int64), second.astype(np.int64)


def _sites(plan: Plan, h: Columns, source: Source) -> None:
    """Households on sites that have to be left: those without a safe house or a road first; exact persons."""
    registered = h["registered"] == 1
    score = (h["house_safe"] == 0) * 0.6 + (h["road_ok"] == 0) * 0.6 + source.random(len(registered))
    order = np.argsort(-score, kind="stable")
    rows = order[registered[order]]
    at_risk = np.zeros(len(registered), np.int8)
    at_risk[take_exact(rows, h["persons"], int(plan.population["to_relocate"].value), "to_relocate")] = 1
    h["site_at_risk"] = at_risk
    agrees = source.random(len(registered)) < plan.number("consent_share")
    h["consent_to_move"] = ((at_risk == 1) & agrees).astype(np.int8)
