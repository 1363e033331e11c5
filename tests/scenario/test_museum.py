"""Each broken scenario of the museum is refused with exactly its lines, in both languages."""

from __future__ import annotations

import pytest

from planner.errors import ScenarioError
from planner.scenario.resolving import resolve
from planner.wording import render
from tests.museum.cases import cases

CASES = cases("scenario")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_scenario_is_refused_in_these_words(case, tmp_path):
    place = case.build(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        resolve(place / "case.yaml")
    assert [render(fault) for fault in caught.value.faults] == case.chinese
    assert [render(fault, "en") for fault in caught.value.faults] == case.english
