"""A register that is exported and imported again is the same, to the last bit, in every form."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import RegisterError, UsageError
from planner.register.cells import GUARDED
from planner.register.columns import CAUSES, HOUSEHOLD, UNKNOWN, VILLAGE, Column
from planner.register.exporting import export_register, pages_of
from planner.register.importing import Order, import_register
from planner.register.model import Register
from planner.register.stored import read_register
from planner.register.synthesis import synthesise
from planner.register.workbook import read_workbook
from tests.simulation.small import small_plan

FORMS = ("x.xlsx", "csv", "x.parquet")
SIZES = {"income_farm", "income_wage", "income_transfer", "income_property"}
"""Columns whose typical size is looked at; random ones stay within it."""


def same(one: Register, other: Register) -> None:
    assert one.townships == other.townships
    assert (one.synthetic, one.seed) == (other.synthetic, other.seed)
    for before, after in ((one.households, other.households), (one.villages, other.villages)):
        assert list(before) == list(after)
        for name in before:
            np.testing.assert_array_equal(before[name], after[name], err_msg=name)
            assert before[name].dtype == after[name].dtype or before[name].dtype.kind == "U", name


def again(register: Register, form: str, folder: Path) -> Register:
    export_register(register, folder / form)
    if form.endswith(".parquet"):
        return read_register(folder / form)
    return import_register(Order((folder / form,))).register


@pytest.fixture(scope="module")
def made_up() -> Register:
    return synthesise(small_plan(), 3)


@pytest.mark.parametrize("form", FORMS)
def test_a_made_up_register_comes_back_the_same_and_stays_known_as_made_up(form, made_up, tmp_path):
    back = again(made_up, form, tmp_path)
    same(made_up, back)
    assert back.synthetic


@pytest.mark.parametrize("form", FORMS[:2])
def test_a_real_register_stays_real(form, made_up, tmp_path):
    assert not again(replace(made_up, synthetic=False, seed=0), form, tmp_path).synthetic


NAMES = st.text(alphabet="上下大新山河岭湾村-1（）A", min_size=1, max_size=6).filter(lambda t: t.strip("-") == t)


def _vector(column: Column, rows: int) -> st.SearchStrategy[list[float]]:
    if column.kind == "flag":
        return st.lists(st.sampled_from([0, 1, UNKNOWN]), min_size=rows, max_size=rows)
    if column.kind == "amount":
        high = 40_000.0 if column.name in SIZES else min(column.high, 90.0)
        low = 300.0 if column.name in SIZES else 5.0
        kept = st.floats(low, high) | st.just(float("nan")) | st.just(0.0)
        return st.lists(kept, min_size=rows, max_size=rows)
    high = int(min(column.high, 9000))
    counts = st.integers(int(max(column.low, 100 if column.name == "rural_persons" else 0)), high) | st.just(UNKNOWN)
    return st.lists(counts, min_size=rows, max_size=rows)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Any register that the rules of one allow, however unlikely."""
    towns = draw(st.lists(NAMES.map(lambda n: f"{n}镇"), min_size=1, max_size=3, unique=True))
    spots = draw(
        st.lists(
            st.tuples(st.integers(0, len(towns) - 1), NAMES.map(lambda n: f"{n}村")),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    rows = draw(st.integers(1, 7))
    v = {name: np.array(draw(_vector(column, len(spots)))) for name, column in VILLAGE.items() if column.kind != "text"}
    v["village"], v["name"] = np.arange(len(spots)), np.array([name for _, name in spots])
    v["township"] = np.array([town for town, _ in spots])
    v["due_year"] = np.where(v["poor_village"] == 0, 0, draw(st.sampled_from([0, 2031, 2032])))
    h = {name: np.array(draw(_vector(column, rows))) for name, column in HOUSEHOLD.items()}
    h["household"] = np.array(draw(st.lists(st.integers(0, 10**9), min_size=rows, max_size=rows, unique=True)))
    h["village"] = np.array(draw(st.lists(st.integers(0, len(spots) - 1), min_size=rows, max_size=rows)))
    h["group"] = np.array(draw(st.lists(st.integers(0, 999), min_size=rows, max_size=rows)))
    h["persons"] = np.array(draw(st.lists(st.integers(1, 20), min_size=rows, max_size=rows)))
    h["registered"] = np.where(h["registered"] == UNKNOWN, 1, h["registered"])
    for name in ("labour", "off_farm", "graduates", "elderly", "disabled", "ill"):
        h[name] = np.minimum(h[name], h["persons"])
    h["pupils"], h["students"] = (
        np.minimum(h["pupils"], h["persons"] // 2),
        np.minimum(h["students"], h["persons"] // 2),
    )
    for name in ("cause", "cause_second"):
        h[name] = np.minimum(h[name], len(CAUSES) - 1)
    kinds = {"flag": np.int8, "amount": np.float64}
    return Register.of(
        {n: vector.astype(kinds.get(HOUSEHOLD[n].kind, np.int64)) for n, vector in h.items()},
        {n: vector if n == "name" else vector.astype(kinds.get(VILLAGE[n].kind, np.int64)) for n, vector in v.items()},
        tuple(towns), synthetic=draw(st.booleans()), seed=draw(st.integers(0, 10**6)),
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_any_register_comes_back_the_same(form, register):
    with tempfile.TemporaryDirectory() as folder:
        same(register, again(register, form, Path(folder)))


def test_nothing_that_is_exported_is_a_formula(made_up, tmp_path):
    names = made_up.villages["name"].astype(object)
    names[:6] = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"]
    risky = replace(
        made_up, villages=type(made_up.villages)({**made_up.villages, "name": names.astype(str)}, VILLAGE, "v")
    )
    export_register(risky, tmp_path / "a.xlsx")
    export_register(risky, tmp_path / "csv")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    for path in (tmp_path / "csv").iterdir():
        with path.open(encoding="utf-8-sig", newline="") as handle:
            texts += [
                cell for row in csv.reader(handle) for cell in row if not cell.lstrip("-").replace(".", "").isdigit()
            ]
    assert not any(text[:1] in GUARDED - {"'"} for text in texts)
    assert "'=1+1" in texts


def test_numbers_are_exported_as_numbers(made_up, tmp_path):
    export_register(made_up, tmp_path / "a.xlsx")
    grids, faults = read_workbook(tmp_path / "a.xlsx", "a.xlsx")
    assert not faults
    head, *rows = (cells for _, cells in grids[0].rows)
    at = head.index("家庭人口")
    assert [row[at] for row in rows] == made_up.households["persons"].tolist()


def test_the_same_register_gives_the_same_bytes(made_up, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        export_register(made_up, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_pages_hold_every_column_once(made_up):
    households, villages, *_ = pages_of(made_up)
    assert len(set(households.headings)) == len(households.headings) == len(HOUSEHOLD) + 1
    assert len(set(villages.headings)) == len(villages.headings) == len(VILLAGE) - 1


def test_what_is_there_is_not_written_over(made_up, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "贫困户.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="file_exists"):
        export_register(made_up, tmp_path / "a.xlsx")
    with pytest.raises(RegisterError, match="not_ours"):
        export_register(made_up, tmp_path / "folder")
    with pytest.raises(UsageError, match="export_kind"):
        export_register(made_up, tmp_path / "a.docx")
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"
    assert (tmp_path / "folder" / "贫困户.csv").read_text(encoding="utf-8") == "mine"


def test_an_export_may_take_the_place_of_an_earlier_one(made_up, tmp_path):
    export_register(made_up, tmp_path / "csv")
    export_register(made_up, tmp_path / "csv")
    assert len(list((tmp_path / "csv").iterdir())) == 4
