"""Units of money, and the exact way from a printed amount to whole yuan and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.quantities import is_money, known_unit, print_wan, rewritten, share_out, split_unit, wan, yuan

PRINTED = [
    (34.11, "万元", 341_100),
    (8, "亿元", 800_000_000),
    (15_322, "元/户", 15_322),
    (0.0244, "万元/户", 244),
    (0.00005, "万元", 1),
    (0.00004, "万元", 0),
    (-0.00005, "万元", -1),
    (1.005, "万元/人/年", 10_050),
]


@pytest.mark.parametrize(("value", "unit", "whole"), PRINTED)
def test_a_printed_amount_is_whole_yuan_with_halves_away_from_nought(value, unit, whole):
    assert yuan(value, unit) == whole


def test_the_program_counts_in_ten_thousands():
    assert (wan(15_323, "元/户"), wan(8, "亿元"), wan(0.42, "万元/户")) == (1.5323, 80_000.0, 0.42)


def test_money_is_printed_with_at_most_two_decimals():
    assert [print_wan(n) for n in (341_100, 0, 50, 49, 10_000, 123_456_789)] == [
        "34.11",
        "0",
        "0.01",
        "0",
        "1",
        "12345.68",
    ]


@pytest.mark.parametrize("unit", ["元", "万元/人/年", "公里", "%", "户/年"])
def test_units_that_can_be_counted_in(unit):
    assert known_unit(unit)


@pytest.mark.parametrize("unit", ["", "美元", "万元/", "公里/光年", "/人"])
def test_units_that_cannot(unit):
    assert not known_unit(unit)


def test_money_is_told_by_its_head():
    assert is_money("万元/人")
    assert not is_money("人/万元")
    assert split_unit("万元/人/年") == ("万元", ("人", "年"))


@given(st.integers(-(10**12), 10**12))
def test_whole_yuan_come_back_from_every_unit(whole):
    assert yuan(float(Decimal(whole) / 10_000), "万元") == whole
    assert wan(whole, "元") == float(Decimal(whole) / 10_000)


SHARED = [
    (10, [1, 1, 1], [4, 3, 3]),
    (7, [3, 1], [5, 2]),
    (0, [1, 2], [0, 0]),
    (3, [0, 0], [2, 1]),
    (5, [], []),
    (1, [0, 1, 0], [0, 1, 0]),
]


@pytest.mark.parametrize(("total", "weights", "parts"), SHARED)
def test_a_whole_is_shared_out_by_largest_remainder(total, weights, parts):
    """7 by 3 : 1 is 5.25 and 1.75; the one left over goes to the larger remainder."""
    assert share_out(total, [float(w) for w in weights]) == parts


@given(st.integers(0, 10**13), st.lists(st.floats(0, 1e9), min_size=1, max_size=40))
def test_parts_are_whole_add_up_and_lie_within_one_of_their_share(total, weights):
    parts = share_out(total, weights)
    assert sum(parts) == total
    assert all(isinstance(part, int) and part >= 0 for part in parts)
    whole = sum(weights)
    if whole > 0:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * (weight / whole)) < 1 + 1e-6 * total


@pytest.mark.parametrize(
    ("unit", "instead", "by"),
    [
        ("米", "公里", Fraction(1, 1000)),
        ("万元/米", "万元/公里", Fraction(1000)),
        ("千米", "公里", Fraction(1)),
        ("公顷/户", "亩/户", Fraction(15)),
        ("万人", "人", Fraction(10_000)),
        ("千元/人", "元/人", Fraction(1000)),
    ],
)
def test_a_unit_not_counted_in_has_one_that_is_written_instead(unit, instead, by):
    assert not known_unit(unit)
    assert known_unit(instead)
    assert rewritten(unit) == (instead, by)


@pytest.mark.parametrize("unit", ["公里", "万元/户", "斤", "斤/米"])
def test_a_unit_that_is_known_or_quite_unknown_is_not_rewritten(unit):
    assert rewritten(unit) is None
