"""What the made-up households lack at the start, and who has to move."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.plan.model import Plan
from planner.register.calibration import Floats, Mask, Source, Whole, pick_within, take_exact
from planner.register.synthesis_villages import PLACE_WORDS, Columns, swayed
from planner.terms import Places


def open_shares(plan: Plan, entry: str) -> Floats:
    """The assumed share that lacks something, by kind of village. Shape: places."""
    return np.array([plan.number(f"{entry}_{PLACE_WORDS[k]}") for k in Places])


def draw_roads(plan: Plan, h: Columns, place: Whole, remote: Floats, source: Source) -> NDArray[np.int8]:
    """Roads are lacked by whole natural village groups, the remote rather than the near; shares by kind of village.

    Shape: household.
    """
    width = int(plan.number("groups_per_village"))
    key = h["village"] * width + h["group"]
    count = len(place) * width
    held = np.bincount(key, weights=h["registered"], minlength=count)
    luck = swayed(plan, np.repeat(remote, width), source)
    lacks = np.zeros(count, bool)
    kinds = np.repeat(place, width)
    for kind, share in enumerate(open_shares(plan, "open_road")):
        groups = np.flatnonzero(kinds == kind)
        order = groups[np.argsort(-luck[groups], kind="stable")]
        reached = np.cumsum(held[order])
        wanted = share * reached[-1] if len(reached) else 0.0
        # the last group is in where that comes nearer to what is wanted than leaving it out
        lacks[order[reached - held[order] / 2 <= wanted]] = wanted > 0
    flags: NDArray[np.int8] = (~lacks[key]).astype(np.int8)
    return flags


def draw_conditions(plan: Plan, h: Columns, villages: Columns, place: Whole, income: Floats, source: Source) -> None:
    """Which criteria each household lacks, by kind of village; more often among the poorer; seldom in the margin."""
    count = len(income)
    home = place[h["village"]]
    registered = h["registered"] == 1
    poorer = income < np.median(income[registered])
    tilt = plan.number("gap_by_income")
    lean = np.where(poorer, tilt, 1.0)
    rare = plan.number("margin_open")
    everyone = np.ones(count, bool)
    wired = (villages["grid_areas"] > 0)[h["village"]]
    bases: dict[str, tuple[str, Mask]] = {
        "house_safe": ("house", everyone),
        "electricity": ("electricity", wired),
        "schooling_ok": ("schooling", h["pupils"] > 0),
        "insured": ("insured", everyone),
        "television": ("television", everyone),
        "income_source": ("income_source", h["labour"] > 0),
    }
    for column, (entry, base) in bases.items():
        share = open_shares(plan, f"open_{entry}")
        # whoever has somebody working away has a source of income
        weight = np.where(h["off_farm"] > 0, 0.0, lean) if column == "income_source" else lean
        lacks = pick_within(weight, share, home, base & registered, source)
        lacks |= pick_within(weight, share * rare, home, base & ~registered, source)
        h[column] = (~lacks).astype(np.int8)
    h["water_ok"] = _water(plan, h, (villages["water_projects"] > 0)[h["village"]], source)
    for column, mean in (("house_area", "house_area"), ("land_mu", "land")):
        spread = np.exp(source.normal(0, plan.number(f"{mean}_sigma"), count))
        h[column] = np.round(h["persons"] * plan.number(f"{mean}_person") * spread, 0 if column == "house_area" else 1)


def _water(plan: Plan, h: Columns, behind: Mask, source: Source) -> NDArray[np.int8]:
    """Who lacks water: the assumed share of those whose village waits for its works, the roadless sooner (as tied).

    Shape: household.
    """
    lacks = np.zeros(len(behind), bool)
    share = plan.number("water_behind")
    for mine, tie in ((h["registered"] == 1, plan.number("tie_road_water")), (h["registered"] == 0, 0.0)):
        rough = (h["road_ok"] == 0) & mine
        p, q = float(rough.sum()) / max(int(mine.sum()), 1), share * float((behind & mine).sum()) / max(mine.sum(), 1)
        both = (p * q + tie * np.sqrt(p * (1 - p) * q * (1 - q))) * float(mine.sum())
        wanted = round(share * int((behind & mine).sum()))
        inside, outside = np.flatnonzero(behind & rough), np.flatnonzero(behind & mine & ~rough)
        joint = min(max(round(both), wanted - len(outside), 0), len(inside), wanted)
        lacks[source.permutation(inside)[:joint]] = True
        lacks[source.permutation(outside)[: wanted - joint]] = True
    return (~lacks).astype(np.int8)


def draw_sites(plan: Plan, h: Columns, source: Source) -> None:
    """Households on sites that have to be left: those without a safe house or a road first; exact persons."""
    registered = h["registered"] == 1
    by_gap = plan.number("site_by_gap")
    score = (h["house_safe"] == 0) * by_gap + (h["road_ok"] == 0) * by_gap + source.random(len(registered))
    order = np.argsort(-score, kind="stable")
    rows = order[registered[order]]
    at_risk = np.zeros(len(registered), np.int8)
    at_risk[take_exact(rows, h["persons"], int(plan.population["to_relocate"].value), "to_relocate")] = 1
    h["site_at_risk"] = at_risk
    agrees = source.random(len(registered)) < plan.number("consent_share")
    h["consent_to_move"] = ((at_risk == 1) & agrees).astype(np.int8)
