"""What may enter the catalogue of standards, and what a kind gets to see and has to answer."""

from __future__ import annotations

import random

import numpy as np
import pytest

from planner.rules.rule import CHOSEN
from planner.rules.standard import (
    READABLE,
    STANDARDS,
    Amounts,
    Parameter,
    StandardKind,
    between,
    certain,
    counted,
    register_standard,
    standard_kind,
)
from planner.rules.standards import KINDS_IN
from planner.terms import Outcome

MET, NOT, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
MOST = Parameter("most", ("元/户",), "限额", "limit")


def plain(columns, parameters, reading):
    return certain(np.minimum(columns["persons"], parameters["most"]))


def by_luck(columns, parameters, reading):
    return certain(columns["persons"] * random.random())


def writes(columns, parameters, reading):
    columns["persons"][0] = 9
    return certain(columns["persons"])


def peeks(columns, parameters, reading):
    return certain(columns["labour"])


def forgets(columns, parameters, reading):
    return certain(columns["persons"][:1])


def kind(function, **changes) -> StandardKind:
    usual = {
        "name": "tried", "subject": "household", "reads": ("persons",), "asks": (), "parameters": (MOST,), "readings": (),
        "unit": None, "leading": "most", "span": "between", "function": function,
    }  # fmt: skip
    return StandardKind(**{**usual, **changes})


def judged(function, **changes):
    return kind(function, **changes).judge({"persons": np.array([3.0, 5.0]), "labour": np.ones(2)}, {"most": 4.0})


def test_a_kind_that_leans_on_chance_is_refused_at_registration():
    with pytest.raises(ValueError, match=r"standard kind tried: .*reaches chance"):
        register_standard(kind(by_luck))
    with pytest.raises(ValueError, match="reaches chance"):
        standard_kind("tried", reads=("persons",), parameters=(MOST,), leading="most")(by_luck)
    assert "tried" not in STANDARDS


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "loan_limit"}, "is registered already"),
        ({"reads": ("persons", "shoe_size")}, "reads shoe_size, which is no column"),
        ({"asks": ("sales",)}, "reads sales, which is no column"),
        ({"reads": (CHOSEN,)}, "lets the plan choose the column"),
        ({"leading": "least"}, "is led by least"),
    ],
)
def test_a_kind_that_does_not_hold_together_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        register_standard(kind(plain, **changes))


def test_a_kind_sees_the_columns_it_names_read_only_and_answers_for_every_row():
    assert judged(plain).value.tolist() == [3, 4]
    with pytest.raises(ValueError, match="read-only"):
        judged(writes)
    with pytest.raises(KeyError, match="labour"):
        judged(peeks)
    with pytest.raises(ValueError, match=r"standard kind tried: amounts int8 \[\(1,\)\]"):
        judged(forgets)
    with pytest.raises(KeyError, match="persons"):
        kind(plain).judge({"labour": np.ones(2)}, {"most": 4.0})


def test_what_is_asked_for_and_not_given_is_unknown():
    found = judged(peeks, reads=("persons",), asks=("labour",))
    assert found.value.tolist() == [1, 1]
    without = kind(peeks, asks=("labour",)).judge({"persons": np.ones(2)}, {"most": 4.0})
    assert without.outcome.tolist() == [UNKNOWN, UNKNOWN]
    assert np.isnan(without.value).all()


@pytest.mark.parametrize("found", STANDARDS.values(), ids=lambda k: k.name)
def test_every_registered_kind_uses_each_column_and_each_parameter_that_it_names(found):
    columns = {name: np.ones(2) for name in (*found.reads, *found.asks)}
    parameters = {p.name: 1.0 for p in found.parameters}
    used: set[str] = set()

    class Watched(dict):
        def __getitem__(self, name):
            used.add(name)
            return super().__getitem__(name)

        def get(self, name, default=None):
            used.add(name)
            return super().get(name, default)

    for reading in found.readings or ("",):
        found.function(Watched(columns), Watched(parameters), reading)
    assert used == {*columns, *parameters}


def test_the_catalogue_holds_the_kinds_of_its_files_and_each_names_what_it_reads():
    assert {found.function.__module__ for found in STANDARDS.values()} == {file.__name__ for file in KINDS_IN}
    for found in STANDARDS.values():
        assert found.reads or found.asks
        assert len({p.name for p in found.parameters}) == len(found.parameters)
        assert found.columns_read("labour" if found.chooses else None)


def test_columns_that_registers_seldom_hold_are_apart_from_those_they_do():
    households = READABLE["household"]
    assert len({c.chinese for c in households.values()}) == len(households)
    assert not set(READABLE["case"]) & set(households)


def test_an_amount_is_one_number_only_where_it_is_known_and_not_between_two():
    found = Amounts(
        np.array([MET, MET, UNKNOWN, NOT], np.int8), np.array([5.0, 5.0, 5.0, 0.0]), np.array([5.0, 9.0, 5.0, 0.0])
    )
    np.testing.assert_array_equal(found.value, [5, np.nan, np.nan, 0])


def test_what_is_not_allowed_is_nought_and_what_may_be_starts_at_nought():
    allowed = np.array([MET, NOT, UNKNOWN, UNKNOWN, NOT], np.int8)
    found = certain(np.array([5.0, 5.0, 5.0, np.nan, np.nan])).only(allowed)
    assert found.outcome.tolist() == [MET, NOT, UNKNOWN, UNKNOWN, NOT]
    np.testing.assert_array_equal(found.low, [5, 0, 0, 0, 0])
    np.testing.assert_array_equal(found.high, [5, 0, 5, np.nan, 0])


def test_an_amount_between_two_ends_is_met_only_where_it_is_surely_above_nought():
    found = between(np.array([1.0, 0.0, 0.0, 0.0]), np.array([2.0, 2.0, 0.0, np.nan]))
    assert found.outcome.tolist() == [MET, UNKNOWN, NOT, UNKNOWN]
    assert found.outcome.dtype == np.int8


def test_a_count_below_its_least_is_unknown():
    np.testing.assert_array_equal(counted(np.array([2, 0, -1])), [2, 0, np.nan])
    np.testing.assert_array_equal(counted(np.array([2, 0, -1]), 1), [2, np.nan, np.nan])
