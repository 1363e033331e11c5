"""Counties made at random and small enough to try everything: whether a village leaves is the question in each."""

from __future__ import annotations

from functools import cache

import numpy as np

from planner.plan.model import Plan
from planner.register.model import Register
from tests.allocation.tiny import (
    FIRST,
    SECOND,
    award_plan,
    due,
    line,
    measure,
    poor_households,
    ruling,
    source,
    tiny_register,
)


@cache
def county(seed: int) -> tuple[Plan, Register]:
    """Four or five listed villages of 2 to 4 poor households; homes, a road or an award lack; money for some of it."""
    luck = np.random.default_rng(seed)
    count = 5 if seed % 4 == 0 else 4
    home = np.repeat(np.arange(count), luck.integers(2, 5, count))
    columns = {name: (luck.random(len(home)) < 0.6).astype(int).tolist() for name in ("house_safe", "road_ok")}
    km = luck.integers(0, 3, count)
    villages = {
        "township": (np.arange(count) % 2).tolist(),
        "poor_village": [1] * count,
        "due_year": luck.choice([FIRST, SECOND], count).tolist(),
        "rural_persons": luck.integers(60, 200, count).tolist(),
        "road_hard": (km == 0).astype(int).tolist(),
        "km_gravel": km.astype(float).tolist(),
    }
    free = {"leave_before_due": ruling("any", "not_before", "any")}
    money, works = luck.integers(2, 6), luck.integers(4, 10)
    plan = award_plan(
        float(money),
        measures={
            "grow": {"capacity": {"values": {str(FIRST): int(luck.integers(1, 7)), str(SECOND): 9}}},
            "repair": measure("household_good", "people", "户", 1, 9, closes=["house"]),
            "gravel": measure(
                "village_works", "roads", "公里", 4, 5, closes=["road", "village_road"], need="km_gravel"
            ),
        },
        lines={"roads": line(float(works)), "people": line(float(money))},
        sources={"works": source(float(works), ["roads"])},
        village_criteria={
            "village_road": {"name": "路", "english": "road", "kind": "flag", "clause": "一", "column": "road_hard"}
        },
        schedule={str(FIRST): due(12, 2), str(SECOND): due(30, count - 2)},
        rulings=free if seed % 2 else {},
    )
    persons = luck.integers(2, 6, len(home)).tolist()
    homes = poor_households(len(home), home.tolist(), **columns) | {"persons": persons}
    return plan, tiny_register(homes, villages)
