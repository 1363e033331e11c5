"""A sheet on the screen adds up as printed, is aligned, and says the same in CSV to the 元."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.report.sheet import Block, Head, Sheet, as_csv, as_text

HEADS = (
    Head("措施", "text"),
    Head("需要", "units"),
    Head("资金", "money", adds=True),
    Head("户", "count", adds=True),
    Head("覆盖", "share"),
)


def sheet(*blocks: Block, **more) -> Sheet:
    return Sheet("题目", HEADS, blocks, "合计", ("注一",), **{"lang": "zh", "warning": "合成", **more})


def body(text: str) -> list[list[str]]:
    """The cells of all lines between the rules under the heading."""
    parts = [part.strip("\n") for part in text.split("-" * 10) if part.strip("-\n")]
    return [line.split() for line in parts[2].lstrip("-").strip("\n").splitlines()]


SMALL = sheet(
    Block((("修", 1.25, 14_999, 3, 0.5), ("建", 2.0, 14_999, 1000, float("nan"))), "小计"),
    Block((("养", 3.0, 4_000, 2, None),)),
)


def test_rows_sums_and_notes_stand_as_worked_by_hand():
    # 3.3998 万元 are 3; of them the first block takes 2.65 and the second 0.35, so 3 and 0; its rows are alike
    assert body(as_text(SMALL)) == [
        ["修", "1.3", "2", "3", "50", "%"],
        ["建", "2", "1", "1,000", "—"],
        ["小计", "3", "1,003"],
        ["养", "3", "0", "2"],
        ["合计", "3", "1,005"],
    ]
    assert as_text(SMALL).splitlines()[0] == "题目"
    assert as_text(SMALL).splitlines()[-2:] == ["注一", "合成"]
    assert "资金（万元）" in as_text(SMALL)


def test_the_unit_stands_in_the_language_of_the_reader():
    assert "资金 (万元)" in as_text(sheet(Block(()), lang="en"))


def test_columns_are_aligned_though_chinese_takes_two_places():
    lines = as_text(SMALL).splitlines()[2:9]
    ends = {len(line.encode("gb18030")) for line in lines if "%" in line or "覆盖" in line}
    assert len(ends) == 1


def test_csv_has_whole_yuan_empty_cells_the_sum_and_the_warning():
    rows = list(csv.reader(io.StringIO(as_csv(SMALL))))
    assert rows == [
        ["措施", "需要", "资金（元）", "户", "覆盖"],
        ["修", "1.25", "14999", "3", "0.5"],
        ["建", "2.0", "14999", "1000", ""],
        ["养", "3.0", "4000", "2", ""],
        ["合计", "", "33998", "1005", ""],
        ["合成"],
    ]


def test_without_a_warning_nothing_is_added():
    assert as_text(sheet(Block(()), warning="")).splitlines()[-1] == "注一"
    assert "合成" not in as_csv(sheet(Block(()), warning=""))


def test_money_can_be_told_to_a_hundred_yuan():
    told = body(as_text(sheet(Block((("修", 1.0, 15_322, 1, 1.0),)), step=100)))
    assert told[0][2] == told[1][1] == "1.53"


@given(st.lists(st.lists(st.integers(0, 10**9), max_size=12), min_size=1, max_size=4), st.sampled_from([100, 10_000]))
def test_what_is_printed_adds_up_to_the_rounded_sum(blocks, step):
    made = sheet(*(Block(tuple(("行", 0.0, y, 0, None) for y in each), "小计") for each in blocks), step=step)
    # a sum has no units before its money
    found = [line[2] if line[0] == "行" else line[1] for line in body(as_text(made))]
    values = [round(float(cell.replace(",", "")) * 10_000 / step) for cell in found]
    at, whole = 0, 0
    for each in blocks:
        rows, total = values[at : at + len(each)], values[at + len(each)]
        assert sum(rows) == total
        assert all(abs(value - yuan / step) < 1 for value, yuan in zip(rows, each, strict=True))
        whole += total
        at += len(each) + 1
    assert whole == values[-1]
    assert values[-1] == pytest.approx(sum(map(sum, blocks)) / step, abs=0.5)
