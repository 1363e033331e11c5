"""One cell, one value or one fault; nothing is guessed."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.register.cells import (
    GUARDED,
    LONGEST_NAME,
    guarded,
    read_amount,
    read_count,
    read_flag,
    read_id,
    read_name,
    read_number,
    read_word,
    read_year,
    tidy,
)
from planner.register.codes import CAUSE_WORDS
from planner.register.columns import CAUSES

MU = {"亩": 1.0, "公顷": 15.0}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3", 3), (" 3.50 ", 3.5), ("-2", -2), ("+4", 4), (".5", 0.5), ("1e3", 1000), (7, 7), (2.25, 2.25),
        ("１２．５", 12.5), ("1,234", 1234), ("-1,234,567.5", -1234567.5), ("3.5亩", 3.5), ("3.5 亩", 3.5),
        ("", None), ("  ", None), (None, None), ("—", None), ("不详", None), ("/", None), (math.nan, None), ("\ufeff", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_a_person_would(cell, value):
    found = read_number(cell, MU)
    assert (found.value, found.code) == (value, "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("四", "not_number"), ("3.2.1", "not_number"), ("1_000", "not_number"), ("0x10", "not_number"), ("nan", "not_number"),
        ("1,23", "comma"), ("1.234,5", "comma"), ("12,34,567", "comma"), ("35%", "percent"), ("３５％", "percent"),
        ("2公顷", "other_unit"), ("0.3万", "other_unit"), ("3斤", "not_number"), ("#REF!", "error"), ("#n/a", "error"),
        (True, "truth"), (datetime.date(2031, 3, 5), "date"), (datetime.datetime(2031, 3, 5, 1, tzinfo=datetime.UTC), "date"),
        (datetime.time(1, 2), "date"), ("1e999", "not_finite"), (math.inf, "not_finite"), (13912345678.0, "personal"),
        ("139 1234 5678", "personal"), ("=1+1", "not_number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told_as_what_it_is(cell, code):
    assert read_number(cell, MU).code == f"register.cell_{code}"


@pytest.mark.parametrize(
    ("cell", "note"), [("１２", "fullwidth"), ("1,234", "thousands"), ("3亩", "unit_in_cell"), ("3", "")]
)
def test_what_was_accepted_though_it_could_be_a_slip_is_noted(cell, note):
    assert read_number(cell, MU).note == (f"register.note_{note}" if note else "")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_out_is_read_back_to_the_last_bit(value):
    found = read_number(repr(value), {})
    assert found.value == value or found.code == "register.cell_personal"


@given(st.integers(-(10**9), 10**9))
def test_thousands_marks_change_nothing(value):
    assert read_number(f"{value:,}", {}).value == value


def test_bounds_are_those_of_the_registers_own_unit():
    assert read_amount("2", 0, 100, 15, MU).value == 30
    assert read_amount("7", 0, 100, 15, MU).code == "register.cell_high_unit"
    assert read_amount("101", 0, 100, 1, MU).code == "register.cell_high"
    assert read_amount("100", 0, 100, 1, MU).value == 100
    assert read_amount("-1", 0, 100, 1, MU).code == "register.cell_negative"
    assert read_amount("0", 1, 100, 1, MU).code == "register.cell_low"


def test_counts_are_whole():
    assert read_count("3.0", 0, 20, {}).value == 3
    assert read_count("3.5", 0, 20, {}).code == "register.cell_not_whole"
    assert read_count("", 0, 20, {}).value is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", 1), ("否", 0), ("有", 1), ("无", 0), ("√", 1), ("×", 0), (1, 1), (0.0, 0), (True, 1), ("Y", 1), ("no", 0),
     ("", None), ("不详", None), ("—", None), ("安全", 1), ("C级", 0), ("危房", 0)],
)  # fmt: skip
def test_a_flag_is_read_from_answers_and_from_states(cell, value):
    assert read_flag(cell, "house_safe", {}, turned=False).value == value


@pytest.mark.parametrize(
    ("cell", "value"), [("是", 0), ("否", 1), (1, 0), (True, 0), ("安全", 1), ("D级", 0), ("", None)]
)
def test_an_answer_is_turned_round_with_its_heading_but_a_state_is_not(cell, value):
    """是否危房: a yes means that the house is not safe; the word 安全 means that it is."""
    assert read_flag(cell, "house_safe", {}, turned=True).value == value


def test_a_mapping_gives_words_of_its_own():
    codes = {"砖混": 1, "土坯": 0, "说不清": -1}
    assert [read_flag(w, "house_safe", codes, turned=True).value for w in codes] == [1, 0, None]


@pytest.mark.parametrize("cell", ["大概", 2, -1, "2", datetime.date(2031, 1, 1), "13912345678", "#N/A"], ids=repr)
def test_a_flag_that_is_none_is_a_fault(cell):
    assert read_flag(cell, "house_safe", {}, turned=False).code


def test_every_cause_is_known_by_its_own_name():
    assert [read_word(name, CAUSE_WORDS).value for name in CAUSES] == list(range(len(CAUSES)))
    assert read_word("缺劳动力", CAUSE_WORDS).value == CAUSES.index("缺劳力")
    assert read_word("缺技木", CAUSE_WORDS).values["near"] == "缺技术"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (101, "101"),
        (101.0, "101"),
        ("0101", "0101"),
        (" A-1 ", "A-1"),
        ("４５", "45"),
        (None, None),
        (450000000001, "450000000001"),
    ],
)
def test_a_household_number_is_text_with_its_noughts(cell, text):
    assert read_id(cell).value == text


@pytest.mark.parametrize(
    ("cell", "code"),
    [("4.5E+12", "scientific"), (1e15, "scientific"), (2.5, "scientific"), (10**18, "scientific"), ("一号", "characters"),
     ("x" * 41, "characters"), ("11010519491231002X", "personal"), (13912345678, "personal")],
)  # fmt: skip
def test_a_household_number_that_does_not_do_is_told(cell, code):
    assert read_id(cell).code == f"register.id_{code}"


@pytest.mark.parametrize("text", ["上湾村", "新市社区（东）", "第１村", "A-1 村", "-1村", "'村", "一.二"])
def test_a_name_of_a_place_is_written_and_read_back_the_same(text):
    read = read_name(guarded(text))
    assert read.value == text or "'" in text


@given(st.text(alphabet="=+-@'村庄1", min_size=1, max_size=6))
def test_no_text_that_is_written_begins_a_formula(text):
    written = guarded(text)
    assert written[0] == "'" or written[0] not in GUARDED
    assert text in (written, written[1:])


@pytest.mark.parametrize(
    "text", ["<b>村</b>", "村\n庄", "村;", "村\x00", "=村", "村" * (LONGEST_NAME + 1), "{村}", "村&庄"]
)
def test_a_name_that_could_be_more_than_a_name_is_refused(text):
    assert read_name(text).code in {"register.name_characters", "register.name_long"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [(" 2031", 2031), ("2031年", 2031), ("２０３１年度", 2031), (2031, 2031), ("", None), ("无", 0), (0, 0), ("—", 0)],
)
def test_a_year_is_read_with_or_without_its_word(cell, value):
    assert read_year(cell, 0, 2100).value == value


@pytest.mark.parametrize("cell", ["31年", 31, "2031.5", "今年", datetime.date(2031, 1, 1), 2101])
def test_a_year_that_is_none_is_a_fault(cell):
    assert read_year(cell, 0, 2100).code


@given(st.text(max_size=20))
def test_no_cell_breaks_a_reader(text):
    for read in (
        read_number(text, MU), read_flag(text, "house_safe", {}, turned=True), read_word(text, CAUSE_WORDS), read_id(text),
        read_name(text), read_year(text, 0, 2100),
    ):  # fmt: skip
        assert read.value is None or not read.code
    assert tidy(text) is None or str(tidy(text)) in text
