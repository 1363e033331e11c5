"""Broken registers, each with the very words that are said of it; nothing personal is ever repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import RegisterError
from planner.plan.loading import load_plan
from planner.register.importing import Imported, Order, import_register
from planner.register.personal import personal_data_in
from planner.wording import render_all
from tests.museum.registers import SOUND, Case, cases

CASES = cases()
TINY = Path(__file__).parent.parent / "plan" / "tiny" / "plan.yaml"
NAMES = ("韦小花", "韦小明", "韦小英", "韦英")


def tried(case: Case, folder: Path) -> Imported:
    files = case.build(folder / "in")
    mapping = folder / "对照表.yaml" if case.mapping else None
    if mapping is not None:
        mapping.write_text("\n".join(case.mapping) + "\n", encoding="utf-8")
    plan = load_plan(TINY).model_copy(update={"townships": ["青石镇", "白水乡"]}) if "plan" in case.asked else None
    return import_register(Order(tuple(files), mapping, plan, b"x" * 32 if "keyed" in case.asked else None))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_broken_register_is_refused_in_these_words(case, tmp_path):
    with pytest.raises(RegisterError) as refused:
        tried(case, tmp_path)
    assert render_all(refused.value).split("\n") == case.chinese
    if case.english:
        assert render_all(refused.value, "en").split("\n") == case.english
    said = render_all(refused.value) + render_all(refused.value, "en") + str(refused.value)
    assert not personal_data_in(said)
    assert not any(name in said for name in NAMES)


def test_the_museum_is_large_and_each_case_says_what_it_shows():
    assert len(CASES) >= 100
    assert all(case.sentence and case.chinese for case in CASES)
    assert sum(bool(case.english) for case in CASES) >= 20
    assert len({case.sentence for case in CASES}) == len(CASES)


@pytest.mark.parametrize("form", ["csv", "gbk", "xlsx"])
def test_the_register_that_the_museum_breaks_is_sound(form, tmp_path):
    found = tried(Case("sound", form=form), tmp_path)
    assert (found.register.households.rows, found.register.villages.rows) == (6, 3)
    assert found.register.townships == ("青石镇", "白水乡")
    assert found.register.income.tolist() == [2500, 2300, 2650, 1900, 2100, 2450]


def test_the_museum_has_no_table_that_the_sound_register_lacks_by_accident():
    assert set(SOUND) == {"户", "村"}
