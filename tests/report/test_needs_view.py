"""The sheets of needs: what they sum to, and that they read well in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from planner.register.model import Register
from planner.report import needs_view
from planner.report.sheet import as_text
from planner.rules.needs import Needs, needs
from planner.rules.ranking import village_needs
from tests.simulation.small import small_plan, small_register

VIEWS = {
    "county": needs_view.county_sheet,
    "measure": needs_view.measure_sheet,
    "township": needs_view.township_sheet,
    "village": needs_view.village_sheet,
}


@pytest.fixture(scope="module")
def found() -> Needs:
    return needs(small_plan(), small_register(), 2016)


def column(sheet, words: str):
    at = [head.words for head in sheet.heads].index(words)
    return [row[at] for row in sheet.rows]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_told_in_both_languages_and_says_that_it_is_synthetic(found, view, lang):
    sheet = VIEWS[view](found, lang)
    text = as_text(sheet)
    assert "{" not in text
    assert "nan" not in text
    assert "2016" in sheet.title
    assert ("合成" if lang == "zh" else "synthetic") in sheet.warning
    if lang == "zh":
        assert not re.search(r"[A-Za-z]{4,}", "".join(h.words for h in sheet.heads))
    else:
        assert all(re.search(r"[a-z]", h.words) for h in sheet.heads)


def test_the_county_shows_each_measure_beside_its_task(found):
    sheet = needs_view.county_sheet(found, "zh")
    assert sheet.sums(sheet.rows)[5] == sum(int(m.yuan.sum()) for m in found.measures.values())
    names = column(sheet, "措施")
    at = names.index("危房改造")
    needed, task, covered = (column(sheet, w)[at] for w in ("需要", "当年任务", "覆盖"))
    assert (needed, task) == (found.measures["house_repair"].units.sum(), 2480 / 25)
    assert covered == pytest.approx(min(1, task / needed))
    assert [block.total for block in sheet.blocks] == ["方案内合计", "另账合计"]


def test_kinds_of_village_add_up_to_what_is_needed(found):
    sheet = needs_view.measure_sheet(found, "zh")
    parts = [column(sheet, w) for w in ("首年脱帽村", "其他贫困村", "非贫困村")]
    np.testing.assert_allclose(np.sum(parts, axis=0), column(sheet, "需要"))


def test_townships_add_up_to_the_county(found):
    sheet = needs_view.township_sheet(found, "zh")
    total = dict(zip([h.words for h in sheet.heads], sheet.sums(sheet.rows), strict=True))
    assert total["贫困村"] == 6
    assert total["贫困人口"] == 5333
    assert total["缺口户"] == found.open_households.sum()
    assert total["年收入差额"] == found.gap.yuan.sum()
    assert total["一次性资金"] + total["每年资金"] == sum(int(m.yuan.sum()) for m in found.measures.values())


def test_the_villages_on_the_list_stand_by_rank_and_the_others_in_a_note(found):
    sheet = needs_view.village_sheet(found, "zh")
    assert column(sheet, "名次") == [1, 2, 3, 4, 5, 6]
    assert column(sheet, "脱帽年份") == sorted(column(sheet, "脱帽年份"))
    assert any("非贫困村12个" in note for note in sheet.notes)
    ranked = village_needs(found)
    first = sheet.rows[0]
    assert first[-1] == "、".join(found.plan.village_criteria[c].name for c in ranked[0].lacking)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_village_is_told_with_its_place_its_open_criteria_and_who_has_to_leave(found, lang):
    village = next(v for v in village_needs(found) if v.rank == 2)
    sheet = needs_view.one_village_sheet(found, village.row, lang)
    text = as_text(sheet)
    assert str(found.register.villages["name"][village.row]) in sheet.title
    assert str(village.to_leave) in text
    names = [found.plan.village_criteria[c] for c in village.lacking]
    assert all((c.name if lang == "zh" else c.english) in text for c in names)
    assert sheet.sums(sheet.rows)[3] == village.total_yuan


def test_a_village_that_is_not_on_the_list_is_told_so(found):
    other = next(v for v in village_needs(found) if v.rank == 0)
    sheet = needs_view.one_village_sheet(found, other.row, "zh")
    assert "不在贫困村名单内" in sheet.notes[0]


def changed(register: Register, **columns) -> Register:
    households = {**register.households, **{n: v for n, v in columns.items() if n in register.households}}
    villages = {**register.villages, **{n: v for n, v in columns.items() if n in register.villages}}
    return Register.of(households, villages, register.townships, synthetic=False, seed=0)


def test_what_is_not_known_is_told_and_a_real_register_is_not_called_synthetic(found):
    register = found.register
    persons = register.households["persons"].copy()
    persons[np.flatnonzero(register.households["registered"] == 1)[0]] = -1
    unknown = changed(register, television=np.full_like(register.households["television"], -1), persons=persons)
    text = as_text(needs_view.county_sheet(needs(found.plan, unknown, 2016), "zh"))
    assert "有电视看 " in text
    assert "待核实" in text
    assert "1户人口数不明" in text
    assert "合成" not in text
    listed = next(v.row for v in village_needs(found) if v.rank == 1)
    rural = register.villages["rural_persons"].copy()
    rural[listed] = -1
    one = needs_view.one_village_sheet(needs(found.plan, changed(register, rural_persons=rural), 2016), listed, "zh")
    assert any("待核实" in note for note in one.notes)


def test_criteria_without_a_measure_are_named(found):
    bare = {k: m for k, m in found.plan.measures.items() if k != "television"}
    plan = found.plan.model_copy(update={"measures": bare})
    sheet = needs_view.county_sheet(needs(plan, found.register, 2016), "zh")
    assert any("“有电视看”未达标而方案没有措施" in note for note in sheet.notes)
    assert not any("有电视看" in n for n in needs_view.county_sheet(replace(found), "zh").notes)
