"""Where a register comes from: a seed, by which it is made up for the plan, or the folder of one that was handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.errors import Fault, RegisterError
from planner.plan.model import Plan
from planner.register.fitting import fit_for_planning, in_order_of
from planner.register.gathering import STORED
from planner.register.model import Register
from planner.register.noting import population_notes
from planner.register.parquet import read_columns
from planner.register.stored import IDS, described, read_register
from planner.register.synthesis import synthesise
from planner.wording import Language, say

RegisterSource = int | Path
"""Seed of a made-up register, or the folder of one that was handed in."""


def open_register(plan: Plan, source: RegisterSource) -> Register:
    """The register as it stands, its townships in the plan's order; what it does not say is unknown.

    Raises: RegisterError where the folder is none or names a township that the plan does not have.
    """
    return synthesise(plan, source) if isinstance(source, int) else in_order_of(plan, read_register(source))


def planning_register(plan: Plan, source: RegisterSource) -> Register:
    """The register for an allocation or a simulation.

    Raises: RegisterError as `open_register`, and naming every column that planning cannot do without.
    """
    register = open_register(plan, source)
    return register if isinstance(source, int) else fit_for_planning(plan, register)[0]


def notes_on(plan: Plan, source: RegisterSource) -> tuple[Fault, ...]:
    """What is worth saying of a register that was handed in, before anything is reckoned with it."""
    if isinstance(source, int):
        return ()
    register = open_register(plan, source)
    return (*population_notes(register, plan), *fit_for_planning(plan, register)[1])


def source_for_manifest(source: RegisterSource) -> dict[str, Any]:
    """What a result says of its register: the seed, or the folder, its hash, and whether it is made up."""
    if isinstance(source, int):
        return {"seed": source, "synthetic": True}
    about = described(source)
    return {"folder": str(source), "sha256": _digest(source), "seed": about["seed"], "synthetic": about["synthetic"]}


def source_in_manifest(told: Mapping[str, Any], given: Path | None = None) -> RegisterSource:
    """The register of a result; `given` where the folder has moved.

    Raises: RegisterError where the folder is not there or holds another register.
    """
    if "folder" not in told:
        return int(told["seed"])
    folder = given if given is not None else Path(str(told["folder"]))
    described(folder)
    if _digest(folder) != told["sha256"]:
        raise RegisterError([Fault(folder.name, 0, STORED, "register.another", {})])
    return folder


def words_on(register: Register, source: RegisterSource, lang: Language) -> str:
    """What a page says of a register of real households; empty where it is made up."""
    if register.synthetic or isinstance(source, int):
        return ""
    values = {"households": register.households.rows, "villages": register.villages.rows, "hash": _digest(source)[:12]}
    return say("register.handed_in", values, lang)


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / STORED).read_bytes()).hexdigest()


def row_of_household(register: Register, number: str, source: RegisterSource) -> int | None:
    """The row of a household by the bureau's own number, where it was kept, or by the register's; None for no such."""
    if isinstance(source, Path) and (source / IDS).is_file():
        ids = read_columns(source / IDS).get("id")
        if ids is not None and number in (found := ids.tolist()):
            return int(found.index(number))
    if not number.isdecimal():
        return None
    rows = (register.households["household"] == int(number)).nonzero()[0] if len(number) < 19 else []
    return int(rows[0]) if len(rows) else None
