"""A parcel is looked at before it is opened; whatever it claims, little memory is spent on saying no."""

from __future__ import annotations

import random
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from planner.errors import RegisterError
from planner.register.archive import CHUNK, Limits, look_through, refusals
from planner.register.importing import Order, import_register
from planner.register.workbook import read_workbook
from tests.museum.recipes import bomb
from tests.register.handed_in import HOUSEHOLDS

MB = 1_000_000


@contextmanager
def little_memory(most: int = 12 * MB) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most, f"{peak / MB:.0f} MB"


@pytest.fixture(scope="module")
def large_bomb(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("bomb") / "登记表.xlsx"
    bomb(path, 500 << 20)
    return path


@pytest.fixture
def sound(tmp_path) -> Path:
    book = Workbook()
    for row in HOUSEHOLDS:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_half_a_gigabyte_in_half_a_megabyte_is_refused_at_once_in_little_memory(large_bomb):
    assert large_bomb.stat().st_size < MB
    with zipfile.ZipFile(large_bomb) as parcel:
        assert sum(part.file_size for part in parcel.infolist()) > 500 * MB
    import_register  # noqa: B018  what is loaded once is not the file's doing
    began = time.perf_counter()
    with little_memory(), pytest.raises(RegisterError, match="zip_ratio"):
        import_register(Order((large_bomb,)))
    assert time.perf_counter() - began < 2


def test_even_where_the_ratio_is_allowed_it_is_read_in_pieces_and_refused_for_what_it_holds(large_bomb):
    lenient = Limits(ratio=10**9, total=10**12)
    assert refusals(large_bomb, "x", lenient) == []
    with little_memory():
        assert [f.code for f in look_through(large_bomb, "x")[1]] == ["register.excel_huge_cell"]


def test_the_bytes_of_all_parts_together_have_a_limit(sound):
    assert [f.code for f in refusals(sound, "x", Limits(total=1000))] == ["register.zip_total"]
    assert [f.code for f in refusals(sound, "x", Limits(parts=2))] == ["register.zip_parts"]
    assert [f.code for f in refusals(sound, "x", Limits(contents=10))] == ["register.zip_parts"]
    assert [f.code for f in refusals(sound, "x", Limits(file=100))] == ["register.file_too_large"]
    assert refusals(sound, "x", Limits()) == []


def test_parts_that_share_their_bytes_count_in_full(tmp_path):
    """Many entries that point to one piece: their packed sizes add up, the file does not."""
    path = tmp_path / "a.xlsx"
    bomb(path, 8 << 20)
    with zipfile.ZipFile(path, "a") as parcel:
        info = parcel.getinfo("xl/worksheets/sheet1.xml")
        for i in range(2, 60):
            again = zipfile.ZipInfo(f"xl/worksheets/sheet{i}.xml")
            again.compress_type, again.CRC, again.compress_size = info.compress_type, info.CRC, info.compress_size
            again.file_size, again.header_offset = info.file_size, info.header_offset
            parcel.filelist.append(again)
        parcel.comment = b"x" * 60_000
    assert [f.code for f in refusals(path, "x", Limits(ratio=1000))] == ["register.zip_ratio"]


def test_a_formula_is_found_wherever_the_pieces_are_cut(tmp_path):
    book = Workbook()
    sheet = book.active
    for i in range(9000):
        sheet.append([1, 2, "=A1" if i % 10 == 0 else 3, "村庄的名称"])
    book.save(tmp_path / "a.xlsx")
    seen, faults = look_through(tmp_path / "a.xlsx", "a.xlsx")
    assert not faults
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parcel:
        assert parcel.getinfo("xl/worksheets/sheet1.xml").file_size > 3 * CHUNK
    assert seen["xl/worksheets/sheet1.xml"].formulas == [f"C{row}" for row in range(1, 9001, 10)]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 40))
def test_a_spoilt_workbook_is_read_or_refused_but_never_breaks_the_reader(seed, count, tmp_path_factory):
    book = Workbook()
    for row in HOUSEHOLDS:
        book.active.append(row)
    path = tmp_path_factory.mktemp("spoilt") / "a.xlsx"
    book.save(path)
    raw = bytearray(path.read_bytes())
    luck = random.Random(seed)
    for _ in range(count):
        raw[luck.randrange(len(raw))] = luck.randrange(256)
    path.write_bytes(bytes(raw))
    grids, faults = read_workbook(path, "a.xlsx")
    assert isinstance(grids, list)
    assert all(fault.code.startswith("register.") for fault in faults)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 12))
def test_spoilt_text_in_a_sound_parcel_never_breaks_the_reader(seed, count, tmp_path_factory):
    """Every part stays packed as it should be; only what it says is spoilt."""
    book = Workbook()
    for row in HOUSEHOLDS:
        book.active.append(row)
    path = tmp_path_factory.mktemp("spoilt") / "a.xlsx"
    book.save(path)
    luck = random.Random(seed)
    with zipfile.ZipFile(path) as parcel:
        parts = {info.filename: bytearray(parcel.read(info)) for info in parcel.infolist()}
    for _ in range(count):
        text = parts[luck.choice(sorted(parts))]
        text[luck.randrange(len(text))] = luck.choice(b'<>"=&;0123456789AZ/ x')
    with zipfile.ZipFile(path, "w") as parcel:
        for name, text in parts.items():
            parcel.writestr(name, bytes(text))
    grids, faults = read_workbook(path, "a.xlsx")
    assert isinstance(grids, list)
    assert all(fault.code.startswith("register.") for fault in faults)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_bytes_break_the_reader_of_text(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("bytes") / "户.csv"
    path.write_bytes("户编号,行政村,家庭人口\n".encode() + content)
    with pytest.raises(RegisterError):
        import_register(Order((path,)))


def test_a_line_that_never_ends_is_refused_in_little_memory(tmp_path):
    path = tmp_path / "户.csv"
    with path.open("wb") as handle:
        for _ in range(60):
            handle.write(b"1" * MB)
    with little_memory(), pytest.raises(RegisterError, match="csv_line"):
        import_register(Order((path,)))
