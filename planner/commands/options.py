"""What the commands share: options, the language asked for, and what they write the same way."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.wording import Language, say

if TYPE_CHECKING:
    import pandas as pd

    from planner.register.opening import RegisterSource
    from planner.storage import Folder
    from planner.study import Case


class Lang(StrEnum):
    """Languages of what is printed."""

    zh = "zh"
    en = "en"


class Engine(StrEnum):
    """Solvers that a program can be handed to."""

    highs = "highs"
    pulp_cbc = "pulp-cbc"
    pulp_highs = "pulp-highs"


LangOption = Annotated[Lang, typer.Option("--lang", help="输出语言 | language of the output")]
OutOption = Annotated[Path, typer.Option("--out", help="结果文件夹 | folder of results")]
RunsOption = Annotated[int, typer.Option("--runs", min=1, max=100_000, help="仿真次数 | replications")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="运气种子 | luck seed")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=256, help="进程数 | processes")]
RegisterOption = Annotated[
    int, typer.Option("--register-seed", min=0, help="合成登记表的种子 | seed of the made-up register")
]
HandedInOption = Annotated[
    Path | None,
    typer.Option("--register", help="导入的登记表文件夹，代替合成的 | folder of an imported register, instead"),
]
PlanArgument = Annotated[str, typer.Argument(help="方案或情景文件 | a plan or scenario file")]


def language(lang: Lang) -> Language:
    """The language asked for, as the rest of the package names it."""
    return "en" if lang is Lang.en else "zh"


def command_line() -> str:
    """The command as it was typed, for the manifest of a result."""
    return "planner " + " ".join(sys.argv[1:])


def quiet(stage: str, done: int, total: int) -> None:
    """A progress callback that tells nothing."""


def tell_before(cases: Sequence[Case], lang: Language) -> None:
    """What is told before a run: values that nothing reads, and changes that change nothing."""
    from planner.plan.clauses import notes_before_run

    for case in cases:
        for note in notes_before_run(case.plan, [c.path for c in case.resolved.changes], lang):
            typer.echo(f"{case.name}: {note}", err=True)


def write_tables(folder: Folder, tables: dict[str, pd.DataFrame]) -> None:
    """Every table of a study into its folder of results."""
    for name, table in tables.items():
        folder.table(name, table)


def source_of(seed: int, folder: Path | None) -> RegisterSource:
    """Where the register comes from: the folder where one is named, else the seed."""
    return seed if folder is None else folder


def tell_register(case: Case, source: RegisterSource, lang: Language) -> None:
    """Notes on a register that was handed in, before anything is reckoned with it."""
    from planner.register.opening import notes_on

    for note in notes_on(case.plan, source):
        typer.echo(say("register.note", {"note": say(note.code, note.values, lang)}, lang), err=True)
