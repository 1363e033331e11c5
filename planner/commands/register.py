"""Commands about the register of households and villages."""

from __future__ import annotations

import typer

from planner.commands.register_import import export, import_files, template
from planner.commands.register_report import report, stream

register_app = typer.Typer(add_completion=False, no_args_is_help=True, help="登记表 | the register")
register_app.command("report")(report)
register_app.command("stream")(stream)
register_app.command("import")(import_files)
register_app.command("template")(template)
register_app.command("export")(export)
