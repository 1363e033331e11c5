"""The shipped plan loads, and its audit finds what a person found by hand (docs of the plan, last list)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.plan.audit import audit
from planner.plan.loading import load
from planner.wording import render


@pytest.fixture(scope="module")
def loaded(root):
    return load(root / "scenarios" / "guiping-2016" / "plan.yaml")


@pytest.fixture(scope="module")
def findings(loaded):
    return {finding.key: finding for finding in audit(loaded.plan)}


def test_the_shipped_plan_loads_without_a_note(loaded):
    assert [render(note) for note in loaded.notes] == []


DIFFERENCES = {
    "pathways_total": -400,  # 35,000 + 1,000 + 5,500 + 6,500 + 1,600 = 49,600 of 50,000
    "lines_total": -300,  # 79,700 of about 80,000 or more
    "infrastructure_four": -200,  # 35,000 + 10,000 + 3,800 + 1,000 = 49,800
    "infrastructure_all": 1604,  # 51,604
    "relocated_and_target": 381,  # 1,381 and 1,000
    "other_line": Fraction("34.11"),  # 400 + 600 + 34.11 of 1,000
    "relocation_cost": 1508,  # 1,518 x 6 = 9,108 and 7,600
}
LACKING = {
    "employment_means": 4700,  # 6,500 less 1,000, 500, 300
    "drinking_water": 50,
    "service_centres": 35,
    "sources": 26700,  # 79,700 less 53,000
    "sources.restricted": 11700,  # 25,400 less 13,700
    "water_tasks": 3500,
    "education_tasks": 2400,
    "ecology_tasks": 1196,
    "services_tasks": 3000,
    "mutual_funds": 7550,
}
SHARED = {
    "dibao_in_addition": 31399,
    "dibao_labour_inside": 18500,
    "dibao_labour_twice": 18500,
    "tied_water": 5300,
    "residents_share": 3000,
    "credit": 6600,
}
BEYOND = {"persons_after_first_year": 83324, "villages_after_first_year": 94, "sources.years": 4}


@pytest.mark.parametrize("key", DIFFERENCES)
def test_figures_that_should_agree_differ_by_this(findings, key):
    assert findings[key].difference == DIFFERENCES[key]


@pytest.mark.parametrize("key", LACKING)
def test_what_is_needed_and_not_covered_is_this(findings, key):
    assert findings[key].lacking == LACKING[key]


@pytest.mark.parametrize("key", SHARED)
def test_what_may_be_counted_twice_is_this(findings, key):
    assert findings[key].shared == SHARED[key]


@pytest.mark.parametrize("key", BEYOND)
def test_what_reaches_beyond_the_first_year_is_this(findings, key):
    assert findings[key].beyond == BEYOND[key]


def test_a_target_whose_line_has_no_printed_amount_is_found(findings):
    assert findings["pathways.medical.target"].needed == 1600
    assert {"lines.health", "lines.dibao"} <= set(findings)


def test_what_adds_up_is_not_found(findings):
    # 2,000 + 7,000 + 800 + 500 + 4,700 = 15,000; 137 of 1,381 is under 10 %; 6,822 x 50 yuan = 34.11; 57 x 3 >= 151
    assert not {"sources.own_budget", "along_share", "accident_insurance", "envoys"} & set(findings)
