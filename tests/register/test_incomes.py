"""Incomes come to 元 per head and year, whatever they were counted in; what cannot be told is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from planner.errors import RegisterError
from planner.plan.figures import Figure
from planner.register.importing import Order, import_register
from planner.register.incomes import COMPONENTS
from tests.register.handed_in import brought_in, codes, columns, handed_in, plan_of

PLACE = "户编号 乡镇 行政村 家庭人口"
PARTS = "工资性收入 生产经营性收入 转移性收入 财产性收入"


def refused(folder, table, **order) -> dict[str, list[int]]:
    with pytest.raises(RegisterError) as caught:
        import_register(Order(handed_in(folder, 户=table), **order))
    lines: dict[str, list[int]] = {}
    for fault in caught.value.faults:
        lines.setdefault(fault.code.partition(".")[2], []).append(fault.line)
    return lines


def incomes(found) -> list[list[float]]:
    return [found.register.households[name].tolist() for name in COMPONENTS]


def test_parts_per_household_are_divided_where_the_stated_income_per_head_decides(tmp_path):
    table = columns(
        f"{PLACE} 人均纯收入（元） {PARTS}",
        "1 青石镇 上湾村 4 2500 6000 3000 1000 0", "2 青石镇 上湾村 2 2000 1000 2000 900 100",
    )  # fmt: skip
    found = brought_in(tmp_path, 户=table)
    assert incomes(found) == [[750, 1000], [1500, 500], [250, 450], [0, 50]]
    assert found.register.income.tolist() == [2500, 2000]
    assert "note_basis_household" in codes(found)


def test_parts_per_head_stay_as_they_are_where_the_stated_income_decides_so(tmp_path):
    table = columns(
        f"{PLACE} 人均纯收入（元） {PARTS}",
        "1 青石镇 上湾村 4 2500 1500 750 250 0",
        "2 青石镇 上湾村 2 2000 900 1000 50 50",
    )
    found = brought_in(tmp_path, 户=table)
    assert incomes(found) == [[750, 1000], [1500, 900], [250, 50], [0, 50]]
    assert "note_basis_head" in codes(found)


@pytest.mark.parametrize("unit", ["（元/户）", "(元/户/年)", "（户均，元）"])
def test_a_heading_may_say_per_household_itself(unit, tmp_path):
    heads = " ".join(part + unit for part in PARTS.split())
    found = brought_in(tmp_path, 户=columns(f"{PLACE} {heads}", "1 青石镇 上湾村 4 6000 3000 1000 400"))
    assert incomes(found) == [[750], [1500], [250], [100]]


def test_where_every_household_has_one_person_nothing_decides_and_it_is_asked(tmp_path):
    table = columns(
        f"{PLACE} 人均纯收入（元） {PARTS}",
        "1 青石镇 上湾村 1 2500 1500 750 250 0",
        "2 青石镇 上湾村 1 2000 900 1000 50 50",
    )
    assert refused(tmp_path, table) == {"income_basis": [1, 1, 1, 1]}


def test_an_expense_is_taken_off_the_farm_income_and_a_loss_is_told(tmp_path):
    heads = f"{PLACE} 生产经营性收入（元/人） 生产经营性支出（元/人）"
    found = brought_in(tmp_path / "a", 户=columns(heads, "1 青石镇 上湾村 4 900 300", "2 青石镇 上湾村 4 500 ."))
    assert found.register.households["income_farm"].tolist() == [600, 500]
    assert refused(tmp_path / "b", columns(heads, "1 青石镇 上湾村 4 300 900")) == {"income_negative": [2]}


def test_a_part_that_is_missing_is_what_remains_of_the_total(tmp_path):
    heads = f"{PLACE} 人均纯收入（元） 工资性收入（元/人） 生产经营性收入（元/人） 转移性收入（元/人）"
    found = brought_in(tmp_path / "a", 户=columns(heads, "1 青石镇 上湾村 4 2500 1500 750 200"))
    assert incomes(found) == [[750], [1500], [200], [50]]
    assert "note_remaining" in codes(found)
    assert refused(tmp_path / "b", columns(heads, "1 青石镇 上湾村 4 2500 1500 750 900")) == {"income_sum": [2]}


def test_a_total_alone_is_unknown_without_a_plan_and_divided_by_its_shares_with_one(tmp_path):
    table = columns(f"{PLACE} 人均纯收入（元）", "1 青石镇 上湾村 4 2000")
    alone = brought_in(tmp_path, 户=table)
    assert np.isnan(alone.register.income).all()
    assert "note_total_alone" in codes(alone)
    shares = dict(zip(COMPONENTS, (0.4, 0.3, 0.2, 0.1), strict=True))
    entries = {
        f"{name}_share": Figure(value=share, unit="比例", assumed="虚构", range=(0, 1))
        for name, share in shares.items()
    }
    plan = plan_of("青石镇", synthesis=entries)
    found = import_register(Order(handed_in(tmp_path, 户=table), plan=plan))
    assert incomes(found) == [[pytest.approx(2000 * share)] for share in shares.values()]
    assert found.register.income.tolist() == [pytest.approx(2000)]
    assert "note_total_shared" in codes(found)


def test_per_head_wins_where_both_totals_stand_there(tmp_path):
    table = columns(f"{PLACE} 家庭纯收入（元） 人均纯收入（元） {PARTS}", "1 青石镇 上湾村 4 10000 2500 1500 750 250 0")
    assert brought_in(tmp_path, 户=table).register.income.tolist() == [2500]


def test_incomes_in_wan_are_converted(tmp_path):
    heads = " ".join(f"{part}（万元/户）" for part in PARTS.split())
    found = brought_in(tmp_path, 户=columns(f"{PLACE} {heads}", "1 青石镇 上湾村 4 0.6 0.3 0.1 0.04"))
    assert incomes(found) == [[750], [1500], [250], [100]]


def test_a_column_ten_thousand_times_too_small_or_too_large_is_asked_about(tmp_path):
    heads = " ".join(f"{part}（元/人）" for part in PARTS.split())
    small = columns(f"{PLACE} {heads}", *(f"{i} 青石镇 上湾村 4 0.15 0.07 0.02 0" for i in range(1, 7)))
    assert refused(tmp_path / "a", small) == {"column_too_small": [1]}
    large = columns(f"{PLACE} {heads}", *(f"{i} 青石镇 上湾村 4 150000 70000 20000 0" for i in range(1, 7)))
    assert refused(tmp_path / "b", large) == {"column_too_large": [1]}


def test_a_part_per_household_that_is_too_much_per_head_is_told(tmp_path):
    table = columns(f"{PLACE} 工资性收入（万元/户）", "1 青石镇 上湾村 2 900")
    assert refused(tmp_path, table) == {"cell_high_unit": [2]}
