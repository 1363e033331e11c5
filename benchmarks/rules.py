"""How long a whole county takes to be judged, beside the same outcomes written as bare numpy without a rule book.

`python benchmarks/rules.py` prints one line of JSON: milliseconds (the best of the repetitions) for the criteria of
households and villages with the pathways, for the bare reference of the same, their ratio, and for the standards. The
reference checks itself: it has to come to the same counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.synthesis import synthesise
from planner.rules.book import (
    eligibility,
    evaluate_households,
    evaluate_villages,
    flags_counted,
    household_columns,
    threshold_in,
)
from planner.rules.standards import standards_for
from planner.rules.village_exit import village_aggregates

ROOT = Path(__file__).resolve().parent.parent


def judged(plan: Plan, register: Register, year: int) -> list[int]:
    """Households and villages that meet everything, and households eligible for each pathway, by the rule book."""
    columns, villages = household_columns(register), register.villages
    registered = columns["registered"] == 1
    figures = village_aggregates(columns, columns["village"], registered, villages.rows, flags=flags_counted(plan))
    households = evaluate_households(plan, columns, year).combine()
    places = evaluate_villages(plan, villages, figures, year).combine()
    return [int((v == 1).sum()) for v in (households, places, *eligibility(plan, columns).values())]


def bare(plan: Plan, register: Register, year: int) -> list[int]:
    """The same for the shipped criteria, written out by hand: no unknowns, no catalogue, no copies."""
    h, v = register.households, register.villages
    flags = ("house_safe", "water_ok", "electricity", "road_ok", "insured", "television")
    met = np.logical_and.reduce([h[name] == 1 for name in flags])
    met &= (h["pupils"] == 0) | (h["schooling_ok"] == 1)
    met &= (h["income_source"] == 1) | (h["dibao"] == 1) | (h["wubao"] == 1)
    met &= register.income > threshold_in(plan.household_criteria["income"], year)
    home, registered = h["village"], h["registered"] == 1
    poor = np.bincount(home, weights=h["persons"] * registered, minlength=v.rows)
    total = np.bincount(home, weights=registered, minlength=v.rows)
    place = poor <= threshold_in(plan.village_criteria["incidence"], year) * v["rural_persons"]
    for name, flag in (("houses", "house_safe"), ("insurance", "insured")):
        share = np.bincount(home, weights=registered & (h[flag] == 1), minlength=v.rows)
        place &= share >= threshold_in(plan.village_criteria[name], year) * total
    columns = [c.column for c in plan.village_criteria.values() if c.kind == "flag"]
    place &= np.logical_and.reduce([v[str(name)] == 1 for name in columns])
    able, moves = h["labour"] > 0, (h["site_at_risk"] == 1) & (h["consent_to_move"] == 1)
    learns = (h["students"] > 0) | (h["graduates"] > 0)
    open_to = {
        "industry": able, "relocation": moves, "education": learns, "employment": able, "medical": h["ill"] > 0,
        "transfer": (h["dibao"] == 1) | (h["wubao"] == 1),
    }  # fmt: skip
    return [int(x.sum()) for x in (met, place, *(open_to[p.kind] for p in plan.pathways.values()))]


def best(work: Callable[[], Any], repeats: int) -> float:
    """Milliseconds of the quickest repetition."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return round(1000 * min(times), 2)


def main() -> None:
    """Time a county's rules."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plan", type=Path, default=ROOT / "scenarios" / "guiping-2016" / "plan.yaml")
    parser.add_argument("--repeats", type=int, default=20)
    asked = parser.parse_args()
    plan = load_plan(asked.plan)
    register, year = synthesise(plan, 1), plan.horizon.first
    if judged(plan, register, year) != bare(plan, register, year):
        sys.exit("the bare reference comes to other counts than the rule book")
    columns = household_columns(register)
    ours, theirs = (best(lambda f=f: f(plan, register, year), asked.repeats) for f in (judged, bare))
    found = {
        "households": register.households.rows,
        "villages": register.villages.rows,
        "judged_ms": ours,
        "bare_ms": theirs,
        "ratio": round(ours / theirs, 1),
        "standards_ms": best(lambda: standards_for(plan, columns, year), asked.repeats),
        "standards": len(standards_for(plan, columns, year)),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
