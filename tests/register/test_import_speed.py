"""How long a county's register takes to come in: 33,000 households and more from a workbook and from text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planner.plan.loading import load_plan
from planner.register.exporting import export_register
from planner.register.importing import Order, import_register
from planner.register.synthesis import synthesise

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios" / "guiping-2016" / "plan.yaml"


@pytest.mark.bench
@pytest.mark.parametrize(("form", "seconds"), [("csv", 3.0), ("a.xlsx", 20.0)])
def test_a_countys_register_comes_in_while_one_waits(form, seconds, tmp_path):
    register = synthesise(load_plan(SHIPPED), 1)
    assert register.households.rows > 33_000
    export_register(register, tmp_path / form)
    began = time.process_time()
    import_register(Order((tmp_path / form,)))
    assert time.process_time() - began < seconds
