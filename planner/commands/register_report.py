"""Commands that look at a register: what it should agree with, and a survey of one of any size."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.options import Lang, LangOption, PlanArgument, RegisterOption, WorkersOption, language, source_of
from planner.wording import Language

if TYPE_CHECKING:
    import numpy as np

    from planner.plan.model import Plan
    from planner.register.model import Register
    from planner.survey import Survey

LEAST, MOST = 300, 100_000_000


def report(
    plan: PlanArgument,
    stored: Annotated[
        Path | None, typer.Option("--register", help="导入的登记表文件夹 | folder of a register that was handed in")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON | as JSON")] = False,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """登记表与各项目标相差多少、哪些只是设定 | target, achieved and misfit, and what is assumed."""
    from planner import study
    from planner.register.report import only_assumed, townships
    from planner.register.report import report as report_on
    from planner.report import register_view as view
    from planner.report.sheet import as_text

    case = study.open_case(plan)
    register = study.register_of(case, source_of(register_seed, stored))
    rows = report_on(case.plan, register)
    towns = townships(case.plan, register, _lacking(case.plan, register))
    entries = only_assumed(case.plan, rows) if register.synthetic else {}
    if as_json:
        typer.echo(json.dumps(view.as_json(rows, towns, entries), ensure_ascii=False, indent=1))
        return
    said = language(lang)
    typer.echo(as_text(view.target_sheet(rows, _title(register, said), said)))
    typer.echo()
    typer.echo(as_text(view.township_sheet(towns, case.plan, said)))
    if entries:
        typer.echo()
        typer.echo(as_text(view.assumed_sheet(entries, said)))


def stream(
    plan: PlanArgument,
    households: Annotated[
        int, typer.Option("--households", min=LEAST, max=MOST, help="建档立卡户数 | registered households")
    ],
    workers: WorkersOption = 2,
    out: Annotated[Path | None, typer.Option("--out", help="另存 Parquet | also as Parquet")] = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """任意规模的登记表，逐片合成、判定、合计，内存不增 | draw, judge and count a register of any size."""
    from rich.console import Console
    from rich.progress import Progress

    from planner import study
    from planner.register.streaming import Stream
    from planner.report.register_view import survey_sheet
    from planner.report.sheet import as_text
    from planner.survey import survey

    case, said = study.open_case(plan), language(lang)
    begun = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        found = survey(
            Stream(case.plan, households, register_seed),
            workers,
            lambda done, total: bar.update(task, completed=done, total=total),
        )
    seconds = time.monotonic() - begun
    typer.echo(_told(found, workers, seconds, said))
    typer.echo(as_text(survey_sheet(found, case.plan, said)))
    if out is not None:
        _save(out, found)


def _title(register: Register, lang: Language) -> str:
    from planner.register.report_words import FORM

    at = 0 if lang == "zh" else 1
    kind = FORM["made_up"][at].format(seed=register.seed) if register.synthetic else FORM["handed_in"][at]
    return FORM["title"][at].format(kind=kind)


def _lacking(plan: Plan, register: Register) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """By criterion the households for which it is not met at the start."""
    from planner.rules.book import evaluate_households, household_columns
    from planner.terms import Outcome

    verdicts = evaluate_households(plan, household_columns(register), plan.horizon.first)
    return {name: verdicts[name] == Outcome.NOT_MET for name in verdicts.criteria}


def _told(found: Survey, workers: int, seconds: float, lang: Language) -> str:
    from planner.register.report_words import FORM

    at = 0 if lang == "zh" else 1
    head = FORM["survey_head"][at].format(
        households=f"{found.held['households']:,}",
        margin=f"{found.held['margin']:,}",
        pieces=found.pieces,
        workers=workers,
        seconds=f"{seconds:,.1f}",
    )
    off = [name for name, wanted in found.wanted.items() if found.held[name] != wanted]
    check = FORM["survey_off"][at].format(names=", ".join(off)) if off else FORM["survey_exact"][at]
    return f"{head}\n{check}"


def _save(out: Path, found: Survey) -> None:
    import pandas as pd

    from planner.storage import save_table
    from planner.tables import ALONE

    rows = [(c.group, c.level, c.rule, c.outcome.name.lower(), c.units, c.persons) for c in found.counts]
    save_table(out, "survey", pd.DataFrame(rows, columns=list(ALONE["survey"])))
