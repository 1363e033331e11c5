"""What each figure says, worked out by hand from a few rows."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from planner.report.card import Card
from planner.report.factory import BASE_LAYOUT, CONFIG_ZH, SHOWN_KINDS, drawing, plain, wrapped
from planner.report.figures.answers import three_questions
from planner.report.figures.differences import paired_differences
from planner.report.figures.exits import by_pathway, led_out
from planner.report.figures.gaps import resource_gaps
from planner.report.figures.lines import by_line
from planner.report.figures.milestones import probabilities
from planner.report.figures.money import money_flow
from planner.report.figures.schedule import persons_out, villages_off
from planner.report.figures.states import flows
from planner.report.figures.townships import money_by_township
from planner.report.page import SECTIONS
from planner.report.view import View
from planner.tables import TABLES
from tests.report.sample import tables
from tests.report.sample_plan import plan

ALL_CARDS = [card for _, cards in SECTIONS for card in cards]


def view_of(lang: str = "zh", **rows: list[tuple[Any, ...]]) -> View:
    return View({name: pd.DataFrame(found, columns=list(TABLES[name])) for name, found in rows.items()}, plan(), lang)


def cells(card: Card) -> list[tuple[str, ...]]:
    return list(card.tables[0].rows)


def test_the_schedule_is_cumulative_and_held_after_its_last_year():
    view = view_of()
    assert view.due("persons") == {2031: 50000, 2032: 91662, 2033: 133324, 2034: 133324, 2035: 133324}
    assert view.due("villages") == {2031: 57, 2032: 104, 2033: 151, 2034: 151, 2035: 151}
    assert view.schedule_end == 2033


def test_the_title_of_persons_out_names_the_median_and_the_target_of_the_last_year_of_the_schedule():
    card = persons_out(
        view_of(
            bands=[
                ("a", 2031, "persons_out", 41000.0, 30000.0, 38000.0, 41000.0, 44000.0, 52000.0),
                ("a", 2033, "persons_out", 120100.0, 110000.0, 118000.0, 120000.0, 122000.0, 130000.0),
            ]
        )
    )
    assert "到2033年底中位数 a 120,000 人" in card.title
    assert "目标 133,324 人" in card.title
    assert "90% 区间 110,000 – 130,000" in card.panels[0].label
    assert cells(card)[0] == ("a", "2031", "50,000", "30,000", "38,000", "41,000", "44,000", "52,000", "41,000", "—")


def test_bands_median_and_targets_are_drawn_on_years_written_as_words():
    figure = (
        villages_off(
            view_of(bands=[("a", year, "villages_off", 50.0, 40.0, 45.0, 50.0, 55.0, 60.0) for year in (2031, 2032)])
        )
        .panels[0]
        .figure
    )
    assert figure is not None
    assert figure.layout.xaxis.type == "category"
    by_name = {trace.name: trace for trace in figure.data if trace.name}
    assert list(by_name["90% 区间"].y) == [60.0, 60.0]
    assert list(by_name["50% 区间"].y) == [55.0, 55.0]
    assert list(by_name["中位数(仿真)".replace("(", "\uff08").replace(")", "\uff09")].x) == ["2031", "2032"]
    target = next(trace for trace in figure.data if trace.mode == "markers")
    assert list(target.y) == [57, 104, 151, 151, 151]


def test_both_readings_of_the_milestones_stand_in_the_title_and_in_one_table():
    row = ("incidence", 2033, 3.0, 0.42, 0.33, 0.52, 0.4, 100)
    card = probabilities(
        view_of(
            "en",
            milestones=[
                ("a", "strict", "strict", "cohort_left", 2033, 0.0, 0.0, 0.0, 0.04, 5120.0, 100),
                ("a", "cap_off", "cap_off", *row),
            ],
            bands=[("a", 2031, "persons_out", *[1.0] * 6)],
        )
    )
    assert "incidence at or below 3 % a 42 %; everybody out, every village off a 0 %" in card.title
    assert [r[4] for r in cells(card)] == ["0 % (0 % – 4 %)", "42 % (33 % – 52 %)"]
    assert card.open_table


def test_the_sankey_conserves_money_from_source_to_line_to_measure():
    money = [
        ("a", 2031, "idle", "housing", "house", "示例东山镇", "due", 1.0, 30_000_000),
        ("a", 2031, "growth", "housing", "house", "示例东山镇", "due", 1.0, 5_000_000),
        ("a", 2031, "idle", "works", "road", "示例东河镇", "poor", 2.0, 65_000_000),
        ("a", 2032, "idle", "works", "road", "示例东河镇", "poor", 2.0, 10_000_000),
    ]
    card = money_flow(view_of(money=money))
    first = card.panels[0]
    assert first.choice == ("a", "2031")
    assert "共 10,000 万元" in first.label
    assert "贫困村基础设施" in first.label
    assert "占 65 %" in first.label
    assert first.figure is not None
    link = first.figure.data[0].link
    place = {label.split(" ")[0]: i for i, label in enumerate(first.figure.data[0].node.label)}
    found = {(s, t): v for s, t, v in zip(link.source, link.target, link.value, strict=True)}
    assert found[(place["盘活存量资金"], place["农村危房改造"])] == 3000
    assert found[(place["一般公共预算收入增量"], place["农村危房改造"])] == 500
    assert found[(place["农村危房改造"], place["危房改造"])] == 3500
    assert found[(place["贫困村基础设施"], place["屯级道路硬化"])] == 6500
    table = card.panels[-1].table
    assert table is not None
    assert table.rows[-1] == ("合计", "", "", "10,000", "1,000", "11,000")


def test_a_scenario_without_money_says_so_and_is_not_the_one_shown_first():
    card = money_flow(
        view_of(
            bands=[(name, 2031, "persons_out", *[1.0] * 6) for name in ("none", "some")],
            money=[("some", 2031, "idle", "housing", "house", "示例东山镇", "due", 1.0, 1_000_000)],
        )
    )
    assert card.selectors[0].start == "some"
    silent = next(p for p in card.panels if p.choice == ("none", "2031"))
    assert silent.figure is None
    assert "none：2031年没有资金安排" in silent.empty


def test_the_title_of_the_lines_names_the_greatest_shift_and_skips_a_scenario_without_money():
    card = by_line(
        view_of(
            lines=[
                ("none", 2031, "works", "plan", 500_000_000, 0, "二(五)"),
                ("a", 2031, "works", "plan", 500_000_000, 480_000_000, "二(五)"),
                ("a", 2031, "education", "plan", 70_000_000, 95_000_000, "二(五)"),
            ]
        )
    )
    assert "变动最大的是 a 的教育，由 7,000 万元到 9,500 万元（+2,500）" in card.title
    assert cells(card)[-1] == ("合计（方案内）", "57,000", "0", "-57,000", "57,500", "+500")


def test_parts_of_a_line_add_up_to_it_and_the_line_itself_is_not_counted_again():
    whole = plan()
    parts = {k: whole.lines["works"].model_copy(update={"parent": "works", "name": k}) for k in ("roads", "water")}
    with_parts = whole.model_copy(update={"lines": {**whole.lines, **parts}})
    rows = [
        ("a", 2031, "works", "plan", 500_000_000, 460_000_000, "二(五)"),
        ("a", 2031, "roads", "plan", 350_000_000, 330_000_000, "四1"),
        ("a", 2031, "water", "plan", 150_000_000, 130_000_000, "四3"),
    ]
    table = pd.DataFrame(rows, columns=list(TABLES["lines"]))
    card = by_line(View({"lines": table}, with_parts, "zh"))
    assert cells(card) == [
        ("贫困村基础设施", "50,000", "46,000", "-4,000"),
        ("合计（方案内）", "50,000", "46,000", "-4,000"),
    ]
    assert card.panels[0].figure is not None
    assert len(card.panels[0].figure.data[0].x) == 2


def test_an_amount_that_the_document_does_not_print_is_not_shown_as_printed():
    card = by_line(view_of(lines=[("a", 2031, "health", "side", 25_000_000, 20_000_000, "三(五)")]))
    assert cells(card)[0] == ("医疗(原文未给金额)", "—", "2,000", "—")
    assert card.panels[0].figure is not None
    assert list(card.panels[0].figure.data[1].x) == []


def test_money_of_a_township_is_a_sum_over_sources_lines_and_years():
    card = money_by_township(
        view_of(
            money=[
                ("a", 2031, "idle", "housing", "house", "示例东山镇", "due", 1.0, 30_000_000),
                ("a", 2032, "growth", "works", "road", "示例东山镇", "due", 1.0, 20_000_000),
                ("a", 2031, "idle", "works", "road", "示例东河镇", "due", 1.0, 10_000_000),
            ]
        )
    )
    assert cells(card) == [("示例东山镇", "5,000"), ("示例东河镇", "1,000"), ("合计", "6,000")]


def test_money_without_a_named_source_is_the_gap_of_the_first_year():
    card = resource_gaps(
        view_of(
            gaps=[
                ("a", 2031, "works", 500_000_000, 380_000_000, 120_000_000),
                ("a", 2031, "other", 10_000_000, 10_000_000, 0),
                ("a", 2032, "works", 500_000_000, 0, 500_000_000),
            ],
            bands=[("a", 2031, "persons_out", *[1.0] * 6)],
        )
    )
    assert "安排 51,000 万元，其中 12,000 万元（24 %）来源未明确" in card.title
    assert ("a", "2031", "合计", "51,000", "39,000", "12,000") in cells(card)
    assert ("a", "2032", "合计", "50,000", "0", "50,000") in cells(card)


def test_led_out_stands_apart_from_leaving_anyway():
    card = led_out(
        view_of(
            bands=[
                ("a", 2033, "led_out", 30000.0, *[0.0] * 5),
                ("a", 2033, "left_anyway", 60000.0, *[0.0] * 5),
            ]
        )
    )
    assert "带动最多的是 a，到2033年底 30,000 人；另有 60,000 人不帮也会脱贫" in card.title
    assert cells(card) == [("a", "2033", "30,000", "60,000", "33 %")]


def test_a_pathway_without_a_target_has_no_mark_and_is_not_counted_as_reached():
    card = by_pathway(
        view_of(
            pathways=[
                ("a", 2031, "industry", 36000.0, 35000.0),
                ("a", 2031, "medical", 900.0, 1600.0),
                ("a", 2031, "transfer", 500.0, math.nan),
            ],
            bands=[("a", 2031, "persons_out", *[1.0] * 6)],
        )
    )
    assert "达到目标的途径数：a 1/2" in card.title
    assert "共 37,400 人" in card.panels[0].label
    figure = card.panels[0].figure
    assert figure is not None
    assert list(figure.data[1].x) == [35000, 1600]
    assert cells(card)[-1][-1] == "—"


def test_a_difference_whose_interval_holds_nought_is_said_not_to_be_told_from_it():
    rows = [
        ("b", "a", 2033, "persons_out", 500.0, -100.0, 1100.0, 30),
        ("c", "a", 2033, "persons_out", 900.0, 700.0, 1100.0, 30),
    ]
    card = paired_differences(view_of(paired=rows, bands=[(name, 2031, "persons_out", *[1.0] * 6) for name in "abc"]))
    assert "c 比 a +900 人（95% 区间 +700 – +1,100）" in card.title
    assert "b 与 a 相差 +500 人（95% 区间 -100 – +1,100，与零分不开）" in card.title


def test_the_flows_of_a_year_say_who_left_who_returned_and_who_entered():
    card = flows(
        view_of(
            flows=[
                ("a", 2031, "assisted", "consolidation", 800.0),
                ("a", 2031, "registered", "stable", 20.0),
                ("a", 2031, "consolidation", "stable", 70.0),
                ("a", 2031, "consolidation", "returned", 9.0),
                ("a", 2031, "margin", "entered", 4.0),
            ],
            bands=[("a", 2031, "persons_out", *[1.0] * 6)],
        )
    )
    assert card.panels[0].label == "a，2031年：820 人脱贫，9 人返贫，4 人新识别"


ANSWER = ("as_written", "once", "found", 797_000_000, 797_000_000, 41200.0, 61000.0, 52.0, 60.0, 5.1, "")


def test_an_answer_says_how_far_from_the_schedule_it_ends():
    asked, best, _ = three_questions(view_of(answers=[ANSWER]))
    assert asked.answers[0].verdict == "到2033年底可脱贫 61,000 人，比进度少 72,324 人"
    assert ("2031年底摘帽/目标（村）", "52 / 57") in asked.answers[0].facts
    assert ("资金（全部年份）", "79,700 万元") in asked.answers[0].facts
    assert best.empty == "尚未计算这一问。"


def test_where_no_money_does_the_clause_that_binds_is_named():
    stuck = ("least_money", "once", "infeasible", 0, 0, *[math.nan] * 5, "四1")
    answer = three_questions(view_of(answers=[stuck]))[2].answers[0]
    assert answer.verdict.endswith("卡在条款：四1")
    assert answer.tone == "stuck"
    assert answer.facts == ()


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_without_rows_says_in_words_why_it_is_empty(card, lang):
    found = card(view_of(lang))
    if card.__name__ == "rulings":
        assert found.tables
    else:
        assert len(found.empty) > 5
        assert not found.panels


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda f: f.__name__)
def test_a_card_with_rows_has_a_title_that_says_something_a_table_and_no_empty_panel_without_words(card):
    found = card(View(tables(), plan(), "zh"))
    assert not found.empty
    assert found.tables or any(p.table for p in found.panels)
    assert all(p.figure is not None or p.table is not None or p.empty for p in found.panels)
    assert all(p.label for p in found.panels)
    assert found.notes or found.key == "changes"


def test_every_drawing_is_of_the_house_form():
    view = View(tables(), plan(), "zh")
    drawn = [p.figure for card in ALL_CARDS for p in card(view).panels if p.figure is not None]
    assert len(drawn) > 40
    for figure in drawn:
        assert {trace.type for trace in figure.data} <= SHOWN_KINDS
        assert figure.layout.transition.to_plotly_json() == {}
        assert figure.layout.title.text is None
        if figure.layout.xaxis.type == "category":
            assert all(isinstance(x, str) for trace in figure.data for x in trace.x)


def test_nothing_is_ever_sent_away_and_there_is_no_bar_of_buttons():
    assert CONFIG_ZH["showSendToCloud"] is False
    assert CONFIG_ZH["displaylogo"] is False
    assert CONFIG_ZH["displayModeBar"] is False
    assert "transition" not in BASE_LAYOUT


def test_a_layout_with_transition_is_refused():
    with pytest.raises(ValueError, match="transition"):
        drawing([], 100, transition={"duration": 0})


def test_names_are_shown_letter_by_letter():
    assert plain('<b>x</b> & <a href="y">') == '&lt;b&gt;x&lt;/b&gt; &amp; &lt;a href="y"&gt;'
    assert wrapped("<br>") == "&lt;br&gt;"


def test_labels_break_into_even_lines():
    assert wrapped("产业发展脱贫一批", 14) == "产业发展<br>脱贫一批"
    assert wrapped("Land transfer revenue", 12) == "Land<br>transfer<br>revenue"


def test_other_columns_and_more_scenarios_than_colours_are_refused():
    with pytest.raises(ValueError, match="table gaps"):
        View({"gaps": pd.DataFrame({"scenario": ["a"]})}, plan(), "zh")
    bands = [(f"s{i}", 2031, "persons_out", *[1.0] * 6) for i in range(7)]
    with pytest.raises(ValueError, match="at most 6"):
        view_of(bands=bands)
