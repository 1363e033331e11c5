"""The folder of a register: whole or not there, and refused where it was touched."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from planner.errors import RegisterError
from planner.register.model import Register
from planner.register.parquet import read_columns, write_columns
from planner.register.stored import Origins, described, ours, put_in_place, read_register, unknown_in, write_register
from planner.register.synthesis import synthesise
from tests.simulation.small import small_plan


@pytest.fixture(scope="module")
def register() -> Register:
    return synthesise(small_plan(), 2)


@pytest.fixture
def folder(register, tmp_path) -> Path:
    write_register(register, tmp_path / "out")
    return tmp_path / "out"


def code_of(folder: Path) -> set[str]:
    with pytest.raises(RegisterError) as refused:
        read_register(folder)
    return {fault.code.partition(".")[2] for fault in refused.value.faults}


def test_a_folder_holds_two_tables_and_a_description(folder, register):
    assert sorted(p.name for p in folder.iterdir()) == ["households.parquet", "register.json", "villages.parquet"]
    assert read_register(folder).villages["name"].tolist() == register.villages["name"].tolist()
    assert described(folder)["synthetic"] is True
    assert ours(folder) == {"households.parquet", "register.json", "villages.parquet"}


def test_a_changed_or_missing_file_is_told(folder):
    (folder / "villages.parquet").write_bytes((folder / "villages.parquet").read_bytes() + b"x")
    assert code_of(folder) == {"stored_changed"}
    (folder / "villages.parquet").unlink()
    assert code_of(folder) == {"stored_missing"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "{", '{"format": 9, "files": {}, "townships": [], "synthetic": true, "seed": 1}']
)
def test_a_description_that_is_none_is_told(text, folder):
    (folder / "register.json").write_text(text, encoding="utf-8")
    assert code_of(folder) == {"not_stored"}


def test_a_folder_without_a_register_is_told(tmp_path):
    assert code_of(tmp_path) == {"not_stored"}


def test_a_description_cannot_lead_out_of_the_folder(folder):
    about = json.loads((folder / "register.json").read_text(encoding="utf-8"))
    about["files"]["../secret"] = "0" * 64
    (folder / "register.json").write_text(json.dumps(about), encoding="utf-8")
    assert code_of(folder) == {"stored_missing"}


def forge(folder: Path, table: str, column: str, value: float) -> None:
    """Change one value and the hash with it, as somebody would who knows the form."""
    import hashlib

    columns = read_columns(folder / table)
    columns = {n: np.array(c, dtype=np.str_) if n == "name" else np.array(c) for n, c in columns.items()}
    columns[column][0] = value
    write_columns(folder / table, columns)
    about = json.loads((folder / "register.json").read_text(encoding="utf-8"))
    about["files"][table] = hashlib.sha256((folder / table).read_bytes()).hexdigest()
    (folder / "register.json").write_text(json.dumps(about), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("households.parquet", "persons", 500, "stored_bounds"),
        ("households.parquet", "house_safe", 3, "stored_bounds"),
        ("households.parquet", "village", 10**6, "stored_link"),
        ("villages.parquet", "township", 77, "stored_link"),
    ],
)
def test_a_value_that_no_register_has_is_refused_even_with_a_right_hash(table, column, value, code, folder):
    forge(folder, table, column, value)
    assert code_of(folder) == {code}


def test_a_register_takes_the_place_of_an_earlier_one_and_of_nothing_else(register, folder, tmp_path):
    write_register(register, folder, Origins(ids=("a",) * register.households.rows))
    assert (folder / "ids.parquet").is_file()
    write_register(register, folder)
    assert not (folder / "ids.parquet").exists()
    (folder / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(RegisterError, match="not_ours"):
        write_register(register, folder)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RegisterError, match="not_ours"):
        write_register(register, tmp_path / "file")


def test_a_failure_half_way_leaves_nothing_behind(tmp_path):
    def fail(place: Path) -> None:
        (place / "half").write_text("x", encoding="utf-8")
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        put_in_place(tmp_path / "new" / "deep", fail, ours)
    assert list(tmp_path.iterdir()) == []


def test_what_is_unknown_is_counted(folder, register):
    about = described(folder)["columns"]["households"]
    assert about["persons"]["unknown"] == 0
    from planner.register.columns import HOUSEHOLD

    assert unknown_in(np.array([1.0, np.nan]), HOUSEHOLD["land_mu"]).tolist() == [False, True]
    assert unknown_in(np.array([1, -1]), HOUSEHOLD["labour"]).tolist() == [False, True]
    assert unknown_in(np.array([1, -1]), HOUSEHOLD["cause_second"]).tolist() == [False, False]
