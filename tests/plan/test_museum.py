"""Each broken plan of the museum is refused with exactly its lines, in both languages."""

from __future__ import annotations

import pytest

from planner.errors import PlanError
from planner.plan.loading import load_plan
from planner.wording import render
from tests.museum.cases import cases

CASES = cases("plan")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_plan_is_refused_in_these_words(case, tmp_path):
    place = case.build(tmp_path)
    with pytest.raises(PlanError) as caught:
        load_plan(place / "plan.yaml")
    assert [render(fault) for fault in caught.value.faults] == case.chinese
    assert [render(fault, "en") for fault in caught.value.faults] == case.english


def test_the_museum_shows_many_distinct_faults():
    assert len(CASES) >= 40
    assert len({case.sentence for case in CASES}) == len(CASES)
    said = [tuple(line.partition(": ")[2] for line in case.chinese) for case in CASES]
    assert len(set(said)) >= len(CASES) - 1, "no two cases show the same fault but for nan and infinity"


def test_ten_faults_give_ten_lines():
    (case,) = [case for case in CASES if case.name == "ten_faults"]
    assert len(case.chinese) == 10
    assert all(line.startswith("tiny-2001/money.yaml:") for line in case.chinese)
