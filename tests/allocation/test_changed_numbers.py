"""A saved proposal in which one number was changed: refused, or shown to be no better than before.

Two ways to change a number: in the file alone, whose hash then tells; and with the hash made right again, as somebody would
who knows how the folder is made. Then the rows, the bounds, the ledger and the proofs have to tell.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from planner import cli, study, verification
from planner.allocation.allocate import prepare
from planner.allocation.certificate import Certificate
from planner.allocation.program import Program
from planner.errors import Fault
from planner.plan.model import Plan
from planner.register import opening
from planner.storage import Folder
from tests.simulation.small import write_small

CHANGES = 100
FORGED = 25
"""Changes of each kind with the hash made right again; each takes a verification."""
STEPS = (-1.0, 0.01, 1.0, 1000.0)
HARD = """name: 任务硬约束
question: 任务必须完成会怎样？
english: What with hard tasks?
extends: plan.yaml
overrides:
  - {path: regime.kind, value: tasks_hard, why: 对照, english: control}
"""
NAME = "hard"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reduced plan with hard tasks, divided and saved as the command does it."""
    place = write_small(tmp_path_factory.mktemp("small"))
    (place / f"{NAME}.yaml").write_text(HARD, encoding="utf-8")
    cases = study.open_cases([str(place / f"{NAME}.yaml")])
    made, _ = study.propose(cases, 1, 1, questions=False, progress=lambda *_: None)
    folder = Folder(place / "out")
    for name, table in study.tables_of(cases, made, (), study.register_of(cases[0], 1), ()).items():
        folder.table(name, table)
    verification.save_proposals(folder, {c.name: c.plan for c in cases}, made)
    folder.close(study.manifest_of("planner", cases, 1, None))
    return place / "out"


@contextmanager
def changed(saved: Path, name: str, change: Callable[[np.ndarray[Any, Any]], None], column: str) -> Iterator[None]:
    """One column of a saved file changed and its hash made right again; everything as before afterwards."""
    file, manifest = saved / name, saved / "manifest.json"
    before, listed = file.read_bytes(), manifest.read_text(encoding="utf-8")
    table = pq.read_table(file)
    numbers = table.column(column).to_numpy().copy()
    change(numbers)
    pq.write_table(table.set_column(table.column_names.index(column), column, pa.array(numbers)), file)
    tree = json.loads(listed)
    tree["files"][name] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(tree), encoding="utf-8")
    try:
        yield
    finally:
        file.write_bytes(before)
        manifest.write_text(listed, encoding="utf-8")


def moved(row: int, step: float) -> Callable[[np.ndarray[Any, Any]], None]:
    """A change of one number by a step."""

    def change(numbers: np.ndarray[Any, Any]) -> None:
        numbers[row] += numbers.dtype.type(step) or 1

    return change


def verified(saved: Path) -> tuple[Certificate, tuple[Fault, ...]]:
    certificate, faults = verification.verify(saved)[NAME]
    assert certificate is not None
    return certificate, faults


def told(saved: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How `planner verify` ends in this process."""
    monkeypatch.setattr(sys, "argv", ["planner", "verify", str(saved)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def array(saved: Path, key: str) -> np.ndarray[Any, Any]:
    return pq.read_table(saved / "arrays" / NAME / f"{key}.parquet").column("value").to_numpy()


def gaps(certificate: Certificate) -> list[float]:
    """The gap of each rank, and of the whole exits."""
    return [p.gap for p in certificate.proofs] + ([certificate.exits.gap] if certificate.exits else [])


def program_of(saved: Path) -> Program:
    plan = Plan.model_validate_json((saved / "plans" / f"{NAME}.json").read_text(encoding="utf-8"))
    return prepare(plan, opening.planning_register(plan, 1))[1]


def test_as_saved_it_is_verified(saved, monkeypatch):
    certificate, faults = verified(saved)
    assert certificate.holds
    assert certificate.proved
    assert not faults
    assert told(saved, monkeypatch) == 0


def test_any_number_of_any_file_that_is_changed_is_told_by_the_hash_of_the_file(saved, monkeypatch, capsys):
    """100 numbers of tables and arrays."""
    luck = np.random.default_rng(11)
    listed = json.loads((saved / "manifest.json").read_text(encoding="utf-8"))["files"]
    columns = []
    for name in sorted(listed):
        table = pq.read_table(saved / name) if name.endswith(".parquet") else pa.table({})
        kinds = [f.name for f in table.schema if pa.types.is_integer(f.type) or pa.types.is_floating(f.type)]
        columns += [(name, kind) for kind in kinds if np.isfinite(table.column(kind).to_numpy()).any()]
    assert len(columns) >= 40
    for pick in luck.integers(0, len(columns), CHANGES):
        name, column = columns[pick]
        before = (saved / name).read_bytes()
        table = pq.read_table(saved / name)
        numbers = table.column(column).to_numpy().copy()
        moved(int(luck.choice(np.flatnonzero(np.isfinite(numbers)))), float(luck.choice(STEPS)))(numbers)
        pq.write_table(table.set_column(table.column_names.index(column), column, pa.array(numbers)), saved / name)
        try:
            assert told(saved, monkeypatch) == 2, name
            assert name in capsys.readouterr().err
        finally:
            (saved / name).write_bytes(before)


@pytest.mark.slow
def test_any_one_number_of_the_ledger_is_refused_though_the_hash_agrees(saved):
    luck = np.random.default_rng(12)
    rows = pq.read_table(saved / "tables" / "money.parquet").num_rows
    for _ in range(FORGED):
        column = str(luck.choice(["yuan", "units", "year"]))
        step = {"yuan": luck.choice([1, -1, 10_000]), "units": luck.choice([0.001, 1.0]), "year": 1}[column]
        with changed(saved, "tables/money.parquet", moved(int(luck.integers(rows)), float(step)), column):
            assert verified(saved)[1], (column, step)


@pytest.mark.slow
def test_any_one_value_is_refused_or_leaves_as_good_a_proposal_though_the_hash_agrees(saved):
    """What slack hides from rows, bounds, ranks and the ledger is another proposal that holds, with the same money."""
    luck = np.random.default_rng(13)
    program, values = program_of(saved), array(saved, "values")
    refused = 0
    for row in luck.integers(0, len(values), FORGED):
        step = float(luck.choice(STEPS))
        with changed(saved, f"arrays/{NAME}/values.parquet", moved(int(row), step), "value"):
            certificate, faults = verified(saved)
        if not certificate.holds or faults:
            refused += 1
            continue
        other = values.copy()
        other[row] += step
        activity = program.matrix @ other
        size = 1.0 + abs(program.matrix) @ np.abs(other)
        assert (np.maximum(program.row_lower - activity, activity - program.row_upper) <= 1e-6 * size).all()
        assert program.lower[row] - 1e-6 <= other[row] <= program.upper[row] + 1e-6
        assert certificate.proved
    assert refused >= FORGED * 0.9


@pytest.mark.slow
def test_a_price_that_is_changed_proves_less_and_never_more(saved):
    luck = np.random.default_rng(14)
    before = gaps(verified(saved)[0])
    keys = sorted(p.stem for p in (saved / "arrays" / NAME).glob("*.parquet"))
    keys = [
        k for k in keys if k.startswith(("prices_", "free_prices_", "kept_", "free_kept_")) and len(array(saved, k))
    ]
    grown = 0
    for _ in range(FORGED):
        key = str(luck.choice(keys))
        row, step = int(luck.integers(len(array(saved, key)))), float(luck.choice(STEPS))
        with changed(saved, f"arrays/{NAME}/{key}.parquet", moved(row, step), "value"):
            certificate, faults = verified(saved)
        assert certificate.holds
        assert not faults
        after = gaps(certificate)
        assert all(b >= a - 1e-12 for a, b in zip(before, after, strict=True)), key
        grown += max(b - a for a, b in zip(before, after, strict=True)) > 1e-9
    assert grown >= FORGED * 0.5


def test_an_objective_said_to_be_worse_than_it_is_widens_its_gap(saved):
    before = gaps(verified(saved)[0])
    for i in range(len(before) - 1):
        with changed(saved, f"arrays/{NAME}/objective_{i}.parquet", moved(0, 0.1), "value"):
            certificate, _ = verified(saved)
        assert not certificate.holds or gaps(certificate)[i] > before[i] + 0.01
        assert not certificate.proved


def test_an_objective_said_to_be_better_than_it_can_be_is_refused(saved):
    for i in range(len(gaps(verified(saved)[0])) - 1):
        with changed(saved, f"arrays/{NAME}/objective_{i}.parquet", moved(0, -0.1), "value"):
            certificate, faults = verified(saved)
        assert not certificate.holds or faults, i


def test_no_bounds_are_stored_under_which_whatever_was_done_would_be_the_best(saved):
    assert not [p.stem for p in (saved / "arrays" / NAME).glob("*.parquet") if "lower" in p.stem or "upper" in p.stem]
