"""How outcomes combine."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from planner.rules.verdict import Verdicts, both, decided, either, of_count, of_flag
from planner.terms import Outcome

MET, NOT, UNKNOWN, OFF = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.NOT_IN_FORCE


def vector(*outcomes: int) -> np.ndarray:
    return np.array(outcomes, dtype=np.int8)


def verdicts(*rows: tuple[int, ...]) -> Verdicts:
    return Verdicts.of([(f"c{i}", vector(*row)) for i, row in enumerate(rows)], len(rows[0]))


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        ((MET, MET, MET), MET),
        ((MET, NOT, MET), NOT),
        ((MET, UNKNOWN, MET), UNKNOWN),
        ((UNKNOWN, NOT, MET), NOT),
        ((MET, OFF, MET), MET),
        ((OFF, UNKNOWN, OFF), UNKNOWN),
        ((OFF, NOT, UNKNOWN), NOT),
        ((OFF, OFF, OFF), OFF),
    ],
)
def test_all_criteria_must_be_met_and_what_is_not_in_force_is_left_out(outcomes, whole):
    assert verdicts(*[(o,) for o in outcomes]).combine().tolist() == [whole]


def test_combining_agrees_with_the_definition_for_every_three_outcomes():
    for three in itertools.product(list(Outcome), repeat=3):
        in_force = [o for o in three if o != OFF]
        if NOT in in_force:
            expected = NOT
        elif UNKNOWN in in_force:
            expected = UNKNOWN
        else:
            expected = MET if in_force else OFF
        assert verdicts(*[(o,) for o in three]).combine()[0] == expected
        assert both(*[vector(o) for o in three])[0] == expected


def test_one_met_part_is_enough_for_either():
    found = either(vector(MET, NOT, NOT, OFF, OFF), vector(UNKNOWN, UNKNOWN, NOT, NOT, OFF))
    assert found.tolist() == [MET, UNKNOWN, NOT, NOT, OFF]


def test_no_criterion_at_all_meets_nothing():
    assert Verdicts.of([], 3).combine().tolist() == [OFF, OFF, OFF]


def test_a_flag_counts_only_as_one_or_nought_whatever_its_type():
    assert of_flag(np.array([1, 0, -1, 7], np.int8)).tolist() == [MET, NOT, UNKNOWN, UNKNOWN]
    assert of_flag(np.array([True, False])).tolist() == [MET, NOT]
    assert of_flag(np.array([1.0, 0.0, np.nan])).tolist() == [MET, NOT, UNKNOWN]


def test_a_count_asks_for_at_least_one():
    assert of_count(np.array([2, 1, 0, -1])).tolist() == [MET, MET, NOT, UNKNOWN]
    assert of_count(np.array([1.0, np.nan])).tolist() == [MET, UNKNOWN]


def test_outcomes_are_small_whole_numbers():
    yes = np.array([True])
    for outcomes in (decided(yes, yes), of_flag(yes), both(vector(1)), either(vector(1)), verdicts((1,)).combine()):
        assert outcomes.dtype == np.int8


def test_verdicts_are_found_by_criterion_counted_and_kept_from_change():
    found = verdicts((MET, NOT, NOT), (UNKNOWN, MET, OFF))
    assert found["c1"].tolist() == [UNKNOWN, MET, OFF]
    assert found.counts() == {
        "c0": {MET: 1, NOT: 2, UNKNOWN: 0, OFF: 0},
        "c1": {MET: 1, NOT: 0, UNKNOWN: 1, OFF: 1},
    }
    with pytest.raises(KeyError, match="c9"):
        found["c9"]
    with pytest.raises(ValueError, match="read-only"):
        found.outcomes[0, 0] = MET
