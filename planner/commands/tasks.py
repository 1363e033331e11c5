"""The command about tasks: what a township has to do in a year, from a folder of results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.options import Lang, LangOption, language
from planner.wording import say


def tasks(
    directory: Annotated[Path, typer.Argument(help="结果文件夹 | folder of results")],
    township: Annotated[
        str | None,
        typer.Option("--township", help="只看一个乡镇；不写则各乡镇一行 | one township; else one row for each"),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="哪一年 | which year")] = None,
    scenario: Annotated[str | None, typer.Option("--scenario", help="哪一个情景 | which scenario")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="另存 CSV，金额为元 | also as CSV, money in 元")] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """各乡镇的任务清单 | task sheets: what each township has to do."""
    from planner import study
    from planner.report.sheet import as_csv, as_text

    sheet = study.tasks_of(directory, scenario, township, year, language(lang))
    typer.echo(as_text(sheet))
    if csv is not None:
        # The mark at the beginning lets a spreadsheet read Chinese as such.
        csv.write_text(as_csv(sheet), encoding="utf-8-sig", newline="\n")
        typer.echo(say("needs.written", {"path": str(csv)}, language(lang)))
