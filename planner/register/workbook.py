"""The only door to Excel workbooks: values in, values out; formulas, macros and what nobody sees stay outside.

A workbook is looked through by `planner.register.archive` before anything of it is opened.
"""

from __future__ import annotations

import math
import shutil
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.ElementTree import fromstring
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from planner.errors import Fault
from planner.register.archive import Limits, Seen, look_through, refusals
from planner.register.cells import Cell, guarded
from planner.register.personal import without_numbers
from planner.register.sheets import HEAD_WITHIN, WIDEST, Grid, Row, kept_rows, letter

_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, EOFError, OSError, OverflowError, RuntimeError,
)  # fmt: skip
"""What openpyxl raises for a workbook that is not as it should be; ValueError covers the refusals of defusedxml."""
_SMALL_PART = 5_000_000


def read_workbook(path: Path, shown: str, limits: Limits | None = None) -> tuple[list[Grid], list[Fault]]:
    """Every visible sheet of a workbook as it stands, or the faults for which it is not read."""
    faults = refusals(path, shown, limits or Limits())
    if faults:
        return [], faults
    seen, faults = look_through(path, shown)
    if faults:
        return [], faults
    try:
        parts = _parts_of_sheets(path)
        # The file is ours to close: openpyxl leaves it open where it gives up half-way.
        with warnings.catch_warnings(), path.open("rb") as handle:
            warnings.simplefilter("ignore")
            return _read(handle, shown, {name: seen[part] for name, part in parts.items() if part in seen})
    except _BROKEN:
        return [], [Fault(shown, 0, "", "register.excel_damaged", {})]


def _parts_of_sheets(path: Path) -> dict[str, str]:
    """Name of each sheet to the part that holds it."""
    with zipfile.ZipFile(path) as parcel:
        texts = []
        for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            if parcel.getinfo(name).file_size > _SMALL_PART:
                raise ValueError(name)
            texts.append(fromstring(parcel.read(name)))
    targets = {node.get("Id"): str(node.get("Target")) for node in texts[1].iter() if node.get("Id")}
    found = {}
    for node in texts[0].iter():
        if str(node.tag).endswith("}sheet"):
            link = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            found[str(node.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _read(handle: IO[bytes], shown: str, seen: dict[str, Seen]) -> tuple[list[Grid], list[Fault]]:
    book = openpyxl.load_workbook(handle, read_only=True, data_only=True, keep_links=False)
    grids: list[Grid] = []
    faults: list[Fault] = []
    try:
        if not book.worksheets:
            faults.append(Fault(shown, 0, "", "register.excel_no_sheets", {}))
        for sheet in book.worksheets:
            name = without_numbers(str(sheet.title))
            about = seen.get(str(sheet.title), Seen())
            if sheet.sheet_state != "visible":
                code = "register.excel_hidden_sheet" if sheet.sheet_state == "hidden" else "register.excel_very_hidden"
                faults.append(Fault(shown, 0, name, code, {}))
                continue
            sheet.reset_dimensions()
            grid = Grid(shown, name, _rows(sheet), merged=tuple(about.merged))
            unfit = _unfit(grid, about)
            faults += unfit
            if not unfit:
                grids.append(grid)
    finally:
        book.close()
    return grids, faults


def _unfit(grid: Grid, about: Seen) -> list[Fault]:
    """Why a sheet is not taken: rows or columns with content that nobody sees, or cells reckoned by formulas."""
    found: dict[str, dict[str, object]] = {}
    if about.formulas:
        found["register.excel_formula"] = {"cells": about.formulas}
    held = {number for number, _ in grid.rows}
    if rows := [number for number in about.hidden_rows if number in held]:
        found["register.excel_hidden_rows"] = {"rows": rows}
    width = max((len(cells) for _, cells in grid.rows), default=0)
    spans = [(first, min(last, width - 1)) for first, last in about.hidden_columns if first < width]
    if spans:
        letters = [letter(a) if a == b else f"{letter(a)}:{letter(b)}" for a, b in spans]
        found["register.excel_hidden_columns"] = {"columns": letters}
    return [Fault(grid.file, 0, grid.name, code, values) for code, values in found.items()]


def _rows(sheet: Any) -> list[Row]:
    """The rows with content, as wide as the first rows are; one column more tells of data without a heading."""
    widest = 1
    for row in sheet.iter_rows(min_row=1, max_row=HEAD_WITHIN + 1, max_col=WIDEST + 1, values_only=True):
        widest = max([widest, *(i + 1 for i, cell in enumerate(row) if cell is not None)])
    return kept_rows(sheet.iter_rows(min_row=1, max_col=min(widest, WIDEST) + 1, values_only=True))


@dataclass(frozen=True)
class Page:
    """One sheet to be written: its name, its headings, its rows, and lists of words to choose from."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    choices: dict[int, Sequence[str]]
    """Position of a column to the words that may stand in it."""
    notes: Sequence[str] = ()
    """A line over the headings for each; they stay above when the sheet is scrolled."""


def write_workbook(path: Path, pages: Sequence[Page]) -> None:
    """Write a workbook without a formula and without a date in it, so that the same data give the same bytes."""
    book = openpyxl.Workbook(write_only=True)
    for page in pages:
        _write_page(book, page)
    started = datetime.fromtimestamp(0, UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = started
    book.properties.creator = "planner"
    with _Still(path, "w", zipfile.ZIP_DEFLATED) as parcel:
        ExcelWriter(book, parcel).save()


def _write_page(book: Any, page: Page) -> None:
    sheet = book.create_sheet(page.name)
    sheet.freeze_panes = f"A{len(page.notes) + 2}"
    rows = list(page.rows)
    last = f"{letter(max(1, len(page.headings)) - 1)}{len(page.notes) + 1 + len(rows)}"
    # Said at the start, the size spares every reader a search for the end.
    sheet.calculate_dimension = lambda: f"A1:{last}"
    for i, heading in enumerate(page.headings):
        wide = sum(2 if ord(c) > 255 else 1 for c in heading)
        sheet.column_dimensions[letter(i)].width = max(10, wide + 3)
    for position, words in page.choices.items():
        check = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        check.add(f"{letter(position)}{len(page.notes) + 2}:{letter(position)}60000")
        sheet.data_validations.append(check)
    for line in page.notes:
        note = WriteOnlyCell(sheet, line)
        note.font = Font(italic=True, color="555555")
        sheet.append([note])
    heads = []
    for heading in page.headings:
        cell = WriteOnlyCell(sheet, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F5")
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        sheet.append([_written(sheet, cell) for cell in row])


def _written(sheet: Any, cell: Cell) -> Any:
    """A cell as it is written: numbers as numbers, nothing for what is unknown, text never as a formula."""
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    if isinstance(cell, float) and float(f"{cell:.16g}") != cell:
        # openpyxl keeps sixteen digits of a number, one too few for some.
        exact = WriteOnlyCell(sheet, repr(cell))
        exact.data_type = "n"
        return exact
    if not isinstance(cell, str):
        return cell
    text = guarded(cell)
    if text != cell:
        held = WriteOnlyCell(sheet, text)
        held.data_type = "s"
        return held
    return text


class _Still(zipfile.ZipFile):
    """A parcel whose parts carry no time."""

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]
        super().writestr(self._info(str(getattr(name, "filename", name))), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with Path(filename).open("rb") as source, self.open(self._info(str(arcname or filename)), "w") as target:
            held: IO[bytes] = target
            shutil.copyfileobj(source, held)

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        return info
