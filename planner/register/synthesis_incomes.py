"""The made-up incomes: how much per head, of which kinds, and who is on the rolls of 低保."""

from __future__ import annotations

import numpy as np

from planner.plan.figures import Series
from planner.plan.model import Plan
from planner.register.calibration import Floats, Mask, Source, Whole, take_exact
from planner.register.synthesis_villages import Columns
from planner.terms import Places

COMPONENTS = ("farm", "wage", "transfer", "property")
REMOTE = "tie_road_income"
"""The ratio that is reached through how remote a village is, not household by household."""
ROUNDS = 40
CLOSE = 1e-5
SMALLEST = 1e-9
STEEPEST = 1.0
LEAST_LEAN = 0.05


def draw_incomes(plan: Plan, h: Columns, place: Whole, remote: Floats, source: Source) -> Floats:
    """Net income per head: the registered around the median, the margin above the line (as the plan assumes).

    Median, spread, and the ratios of mean incomes (ill, without labour, due first, without a road) are fitted; the last
    by making households of remote villages poorer. Unit: 元/人/年. Shape: household.
    """
    registered = h["registered"] == 1
    rows = np.flatnonzero(registered)
    luck = source.normal(0, 1, len(registered))
    home = h["village"][rows]
    fitted = _fitted(
        plan,
        luck[rows],
        remote[home],
        {
            "ill_income": h["ill"][rows] > 0,
            "no_labour_income": h["labour"][rows] == 0,
            "due_income_better": place[home] == Places.DUE,
            "tie_road_income": h["road_ok"][rows] == 0,
        },
    )
    line = plan.household_criteria["income"].threshold
    at_start = line.at(plan.horizon.first) if isinstance(line, Series) else float(fitted.max())
    span = source.uniform(plan.number("near_poor_low"), plan.number("near_poor_high"), len(registered))
    income = at_start * span
    income[rows] = fitted
    return income


def _fitted(plan: Plan, luck: Floats, remote: Floats, groups: dict[str, Mask]) -> Floats:
    """Incomes whose spread and ratios are as wanted: each round moves every factor by what it misses (raking)."""
    sigma = spread = plan.number("income_sigma")
    wanted = {name: plan.number(name) for name, mask in groups.items() if mask.any() and not mask.all()}
    inside = {name: np.flatnonzero(groups[name]) for name in wanted}
    lean = _lean(remote, inside.get(REMOTE))
    factor = dict.fromkeys(wanted, 0.0)
    log = spread * luck
    for _ in range(ROUNDS):
        log = spread * luck
        for name, rows in inside.items():
            if name == REMOTE:
                log += factor[name] * remote
            else:
                log[rows] += factor[name]
        income = np.exp(log)
        whole = float(income.sum())
        miss = {
            name: _miss(float(income[inside[name]].sum()), whole, inside[name], log, wanted[name]) for name in wanted
        }
        tight = sigma / max(float(log.std()), SMALLEST)
        if max([abs(tight - 1), *(abs(by) for name, by in miss.items() if name != REMOTE or lean)]) < CLOSE:
            break
        spread *= tight
        for name, by in miss.items():
            step = (by / lean if lean else 0.0) if name == REMOTE else by
            factor[name] = float(np.clip(factor[name] + step, -STEEPEST, STEEPEST))
    income = np.exp(log)
    return np.asarray(income * (plan.number("income_median") / np.median(income)), dtype=np.float64)


def _lean(remote: Floats, roadless: Whole | None) -> float:
    """How much more remote the roadless live than the rest; nought where they do not, or hardly."""
    if roadless is None:
        return 0.0
    inside, count = float(remote[roadless].sum()), len(roadless)
    lean = inside / count - (float(remote.sum()) - inside) / (len(remote) - count)
    return lean if lean > LEAST_LEAN else 0.0


def _miss(inside: float, whole: float, rows: Whole, every: Floats, wanted: float) -> float:
    """By how much, in logarithms, a group's mean over that of the rest falls short of the ratio wanted."""
    return float(np.log(wanted * (whole - inside) * len(rows) / (inside * (len(every) - len(rows)))))


def draw_allowance(plan: Plan, h: Columns, income: Floats, source: Source) -> None:
    """低保: exact persons, and exact persons of those in households with labour; the poorest first, with errors."""
    total = int(plan.population["dibao"].value)
    with_labour = int(plan.population["dibao_with_labour"].value)
    score = income * np.exp(source.normal(0, plan.number("dibao_error"), len(income)))
    order = np.argsort(score, kind="stable")
    registered = h["registered"] == 1
    on = np.zeros(len(order), np.int8)
    for rows, wanted in (
        (order[(registered & (h["labour"] > 0))[order]], with_labour),
        (order[(registered & (h["labour"] == 0))[order]], total - with_labour),
    ):
        on[take_exact(rows, h["persons"], wanted, "dibao")] = 1
    h["dibao"] = on


def draw_components(plan: Plan, h: Columns, income: Floats, source: Source) -> None:
    """Income by kind: each household has its own mix, and all together have the plan's (raked over the registered).

    Wages go to households with labour, more of them where somebody works away; transfers to those without labour or on
    the rolls.
    """
    works, away = h["labour"] > 0, h["off_farm"] > 0
    lean = (h["labour"] == 0) | (h["dibao"] == 1) | (h["wubao"] == 1)
    sigma = plan.number("component_sigma")
    mix = np.exp(source.normal(0, sigma, (len(COMPONENTS), len(income))))
    mix[1] *= np.where(works, np.where(away, plan.number("wage_off_farm"), 1.0), 0.0)
    mix[2] *= np.where(lean, plan.number("transfer_no_labour"), 1.0)
    wanted = np.array([plan.number(f"income_{name}_share") for name in COMPONENTS])
    wanted = wanted / wanted.sum()
    rows = np.flatnonzero(h["registered"] == 1)
    mine, money = mix[:, rows], income[rows]
    scale = np.ones(len(COMPONENTS))
    for _ in range(ROUNDS):
        weighted = mine * scale[:, None]
        got = (weighted * (money / weighted.sum(axis=0))).sum(axis=1) / money.sum()
        if np.abs(got - wanted).max() < CLOSE:
            break
        scale *= np.divide(wanted, got, out=np.ones_like(got), where=got > 0)
    mix *= scale[:, None]
    mix *= income / mix.sum(axis=0)
    for name, part in zip(COMPONENTS, mix, strict=True):
        h[f"income_{name}"] = part
