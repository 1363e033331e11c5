"""The made-up households of a synthetic register."""

from __future__ import annotations

import numpy as np

from planner.plan.model import Plan
from planner.quantities import share_out
from planner.register.calibration import Floats, Source, Whole
from planner.register.synthesis_causes import draw_causes
from planner.register.synthesis_conditions import draw_conditions, draw_roads, draw_sites
from planner.register.synthesis_incomes import draw_allowance, draw_components, draw_incomes
from planner.register.synthesis_members import (
    draw_counted,
    draw_dependants,
    draw_ill,
    draw_labour,
    draw_sizes,
    draw_without_labour,
    draw_wubao,
    spread_over,
)
from planner.register.synthesis_villages import Columns, places_of
from planner.terms import Places

GRADUATES_HOME = 3
"""Persons from which a household may have sent one to college."""


def make_households(plan: Plan, villages: Columns, remote: Floats, source: Source) -> Columns:
    """Columns of all households: the registered first, then the near-poor margin."""
    persons_wanted = int(plan.population["poor"].value)
    registered_count = round(persons_wanted / plan.population["per_household"].value)
    margin_count = round(registered_count * plan.population["near_poor_share"].value)
    count = registered_count + margin_count
    registered = np.arange(count) < registered_count
    place = places_of(plan, villages)
    persons = draw_sizes(plan, registered_count, margin_count, persons_wanted, source)
    wubao = draw_wubao(plan, persons, registered, source)
    h: Columns = {
        "household": np.arange(count),
        "village": _homes(plan, villages, place, (registered_count, margin_count), source),
        "group": source.integers(0, int(plan.number("groups_per_village")), count),
        "registered": registered.astype(np.int8),
        "persons": persons,
        "wubao": wubao.astype(np.int8),
    }
    _members(plan, h, source)
    h["road_ok"] = draw_roads(plan, h, place, remote, source)
    income = draw_incomes(plan, h, place, remote, source)
    draw_allowance(plan, h, income, source)
    draw_components(plan, h, income, source)
    draw_conditions(plan, h, villages, place, income, source)
    draw_causes(plan, h, source)
    draw_sites(plan, h, source)
    return h


def _homes(plan: Plan, villages: Columns, place: Whole, counts: tuple[int, int], source: Source) -> Whole:
    """The village of each household: poor villages hold their assumed share of the registered, and of the margin."""
    weight = villages["rural_persons"] * np.exp(source.normal(0, plan.number("village_spread"), len(place)))
    weight = weight * np.where(place == Places.DUE, plan.number("due_density"), 1.0)
    listed = place != Places.OTHER
    inside = plan.number("share_in_poor_villages") if not listed.all() else 1.0
    share = np.zeros(len(place))
    for kind, part in ((listed, inside), (~listed, 1 - inside)):
        if kind.any():
            share[kind] = part * weight[kind] / weight[kind].sum()
    homes = [source.permutation(np.repeat(np.arange(len(place)), share_out(n, share.tolist()))) for n in counts]
    return np.concatenate(homes).astype(np.int64)


def _members(plan: Plan, h: Columns, source: Source) -> None:
    """Who lives in each household; the registered and the margin each agree with the assumed shares."""
    persons, registered, wubao = h["persons"], h["registered"] == 1, h["wubao"] == 1
    none = draw_without_labour(plan, persons, registered, wubao, source)
    parts = []
    for rows in (np.flatnonzero(registered), np.flatnonzero(~registered)):
        ill = draw_ill(plan, persons, rows, none, source)
        labour = draw_labour(plan, persons, rows, none, ill, source)
        away = spread_over(labour, round(plan.number("off_farm_share") * int(labour.sum())), source)
        parts.append({"ill": ill, "labour": labour, "off_farm": away})
    for name in ("ill", "labour", "off_farm"):
        h[name] = np.concatenate([part[name] for part in parts])
    dependants = [
        draw_dependants(plan, persons, h["labour"], none, rows, source)
        for rows in (np.flatnonzero(registered), np.flatnonzero(~registered))
    ]
    for name in ("pupils", "elderly", "students"):
        h[name] = np.concatenate([part[name] for part in dependants])
    burden = np.where(none, plan.number("disabled_no_labour"), 1.0) * registered
    h["disabled"] = draw_counted(plan, "disabled", burden, source)
    able = registered & (h["labour"] >= 1) & (persons >= GRADUATES_HOME)
    h["graduates"] = draw_counted(plan, "graduates", able.astype(np.float64), source)
