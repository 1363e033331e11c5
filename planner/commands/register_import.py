"""Commands that bring a bureau's own register in and take one out: import, template, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.options import Lang, LangOption, language
from planner.errors import RegisterError, UsageError
from planner.wording import Language, say

if TYPE_CHECKING:
    from planner.errors import Fault
    from planner.register.importing import Imported

FAULTS = 2
"""Exit status where something in the files has to be mended."""


def import_files(
    files: Annotated[list[Path], typer.Argument(help="登记表文件或文件夹 | files or folders of the register")],
    out: Annotated[Path, typer.Option("--out", help="登记表文件夹 | folder of the register")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="对照表（YAML）| mapping of headings (YAML)")
    ] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", help="方案：核对乡镇和人口 | plan: its townships and population")
    ] = None,
    skip_faulty: Annotated[
        Path | None,
        typer.Option("--skip-faulty", help="有问题的行写到这个文件，其余导入 | set faulty rows aside in a file"),
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option("--key-file", help="密钥文件：身份证号变为密钥化编号 | secret: identity numbers become keys"),
    ] = None,
    faults: Annotated[
        Path | None, typer.Option("--faults", help="全部问题写到这个文件 | every fault to a file")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """导入建档立卡数据（Excel、CSV、Parquet），逐条报告问题 | import a bureau's own register, every fault told."""
    from planner.register.importing import Order, import_register
    from planner.register.personal import read_salt
    from planner.register.stored import Origins, write_register
    from planner.register.telling import write_faults, write_rejected
    from planner.scenario.resolving import resolve_many

    _refuse_among_inputs(files, (out, skip_faulty, faults))
    resolved = resolve_many(plan).plan if plan is not None else None
    salt = read_salt(key_file, out) if key_file is not None else None
    try:
        found = import_register(Order(tuple(files), mapping, resolved, salt, skip_faulty is not None))
    except RegisterError as error:
        _tell_faults(error.faults, faults, language(lang))
        raise typer.Exit(FAULTS) from None
    origins = Origins(found.sources, found.notes, len(found.rejected), found.ids, found.keys)
    write_register(found.register, out, origins)
    if skip_faulty is not None and found.rejected:
        write_rejected(found, skip_faulty, language(lang))
        if faults is not None:
            write_faults([fault for row in found.rejected for fault in row.faults], faults, language(lang))
    _tell(found, out, skip_faulty, language(lang))


def _tell_faults(found: Sequence[Fault], path: Path | None, lang: Language) -> None:
    from planner.register.telling import brief, write_faults

    for line in brief(found, lang):
        typer.echo(line, err=True)
    if path is not None:
        write_faults(found, path, lang)
        typer.echo(say("register.exported", {"path": str(path)}, lang), err=True)


def _tell(found: Imported, out: Path, rejected: Path | None, lang: Language) -> None:
    from planner.register.telling import brief_notes

    for note in brief_notes(found.notes, lang):
        typer.echo(say("register.note", {"note": note}, lang), err=True)
    h = found.register.households
    registered = h["registered"] == 1
    values = {
        "households": h.rows,
        "registered": int(registered.sum()),
        "persons": int(h["persons"][registered].sum()),
        "villages": found.register.villages.rows,
        "townships": len(found.register.townships),
        "path": str(out),
    }
    typer.echo(say("register.imported", values, lang))
    if found.register.synthetic:
        typer.echo(say("register.kept_synthetic", {}, lang))
    if rejected is not None and found.rejected:
        typer.echo(say("register.set_aside", {"count": len(found.rejected), "path": str(rejected)}, lang))


def _refuse_among_inputs(files: Sequence[Path], outputs: Sequence[Path | None]) -> None:
    """Nothing is written over what is read, or among it, where the next import would find it."""
    for output in outputs:
        for given in files:
            if output is not None and output.resolve().is_relative_to(given.resolve()):
                raise UsageError("usage.output_among_inputs", path=str(output))


def template(
    out: Annotated[Path, typer.Argument(help="空白表（.xlsx）| the blank form (.xlsx)")], lang: LangOption = Lang.zh
) -> None:
    """空白登记表：表头、单位、可填内容、示例 | a blank form with headings, units, words and an example."""
    from planner.register.template import write_template

    if out.exists():
        raise UsageError("usage.file_exists", path=str(out))
    if out.suffix.casefold() != ".xlsx":
        raise UsageError("usage.export_kind", found=out.suffix or "-")
    write_template(out)
    typer.echo(say("register.exported", {"path": str(out)}, language(lang)))


def export(
    register: Annotated[Path, typer.Argument(help="登记表文件夹 | folder of a register")],
    to: Annotated[
        Path, typer.Option("--to", help=".xlsx 文件、CSV 文件夹或 .parquet 文件夹 | .xlsx, CSV or .parquet folder")
    ],
    lang: LangOption = Lang.zh,
) -> None:
    """导出登记表为 Excel、CSV 或 Parquet | export a register."""
    from planner.register.exporting import export_register
    from planner.register.stored import read_register

    export_register(read_register(register), to)
    typer.echo(say("register.exported", {"path": str(to)}, language(lang)))
