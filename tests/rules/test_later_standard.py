"""The later village standard (十一有一低于) is another choice of the same kinds, in a shipped scenario."""

from __future__ import annotations

import numpy as np
import pytest

from planner.register.columns import VILLAGE
from planner.rules.book import evaluate_villages, faults_of, flags_counted
from planner.rules.village_exit import village_aggregates
from planner.scenario.resolving import resolve
from planner.terms import Outcome
from tests.rules.shipped import FILE, shipped

FLAGS = ("house_safe", "insured", "schooling_ok", "water_ok", "electricity", "television")
ELEVEN = {
    "industry", "houses", "insurance", "schooling", "water", "road_hard", "grid", "service_centre", "television",
    "leadership",
}  # fmt: skip


@pytest.fixture(scope="module")
def later():
    return resolve(FILE.with_name("later-standard.yaml"))


def judged(plan, households=None, **village):
    """One village of twenty households of five persons among 3,400, with everything there but what is said."""
    columns = {c.name: np.array([1]) for c in VILLAGE.values() if c.kind == "flag"}
    columns |= {"rural_persons": np.array([3400])} | {name: np.array([value]) for name, value in village.items()}
    home = {name: np.ones(20, np.int8) for name in FLAGS} | {"persons": np.full(20, 5)}
    for name, lacking in (households or {}).items():
        home[name][:lacking] = 0
    everyone = np.ones(20, bool)
    figures = village_aggregates(home, np.zeros(20, np.int64), everyone, 1, flags=flags_counted(plan))
    found = evaluate_villages(plan, columns, figures, 2018)
    return {name: int(found[name][0]) for name in found.criteria}, int(found.combine()[0])


def test_ten_of_the_eleven_and_the_incidence_are_judged_and_the_eleventh_is_told_to_be_left_out(later):
    assert set(later.plan.village_criteria) == ELEVEN | {"incidence"}
    assert faults_of(later.plan) == []
    why = next(change for change in later.changes if change.path == "village_criteria")
    assert "村集体经济收入登记表没有这一列，未纳入" in why.why
    assert "Collective income has no column" in why.english


def test_every_figure_of_it_has_an_outside_source_or_is_assumed_with_a_range(later):
    for criterion in later.plan.village_criteria.values():
        if criterion.threshold is not None:
            assert criterion.threshold.source or criterion.threshold.range
            assert criterion.threshold.clause is None


def test_a_village_that_has_everything_meets_both_standards(later):
    for plan in (shipped(), later.plan):
        outcomes, whole = judged(plan)
        assert set(outcomes.values()) == {Outcome.MET}
        assert whole == Outcome.MET


def test_co_op_and_broadband_count_no_longer_and_television_in_every_household_does(later):
    without = {"coop": 0, "broadband": 0, "broadcasting": 0}
    assert judged(shipped(), **without)[1] == Outcome.NOT_MET
    assert judged(later.plan, **without)[1] == Outcome.MET
    # one household of twenty is five in a hundred; two are ten
    assert judged(later.plan, {"television": 1})[0]["television"] == Outcome.MET
    outcomes, whole = judged(later.plan, {"television": 2})
    assert (outcomes["television"], whole) == (Outcome.NOT_MET, Outcome.NOT_MET)
    assert judged(shipped(), {"television": 2})[1] == Outcome.MET


def test_water_goes_by_households_and_one_child_out_of_school_is_too_many(later):
    assert judged(later.plan, {"water_ok": 2}, water_works=1)[0]["water"] == Outcome.NOT_MET
    assert judged(later.plan, {"water_ok": 1}, water_works=0)[0]["water"] == Outcome.MET
    assert judged(later.plan, {"schooling_ok": 1})[0]["schooling"] == Outcome.NOT_MET


def test_incidence_keeps_its_three_in_a_hundred(later):
    # a hundred persons of 3,400 are 2.94 %, of 3,300 they are 3.03 %
    assert judged(later.plan)[0]["incidence"] == Outcome.MET
    assert judged(later.plan, rural_persons=3300)[0]["incidence"] == Outcome.NOT_MET
