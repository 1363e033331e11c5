"""CSV in and out: the encoding found, the separator found, and nothing larger than a table of households."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from planner.errors import Fault
from planner.register.cells import Cell, guarded
from planner.register.headings import KNOWN, fold, without_unit
from planner.register.sheets import WIDEST, Grid, Row, kept_rows

MOST_BYTES = 400_000_000
LONGEST_LINE = 200_000
LONGEST_CELL = 10_000
SEPARATORS = (",", "\t", ";", "，", "|")
_CHUNK = 1 << 20
_SURE = 2
"""Chinese characters that a line has to show before its encoding is believed."""


def read_delimited(path: Path, shown: str) -> tuple[Grid | None, list[Fault], list[Fault]]:
    """The table in a file of text, with faults and notes; nothing where it cannot be read."""
    refused = _refused(path, shown)
    if refused:
        return None, refused, []
    raw = path.read_bytes()
    text, faults, notes = _decoded(raw, shown)
    if text is None:
        return None, faults, notes
    lines = text.split("\n", 40)[:40]
    rows, faults = _rows(text, _separator(lines), shown)
    return (None if faults else Grid(shown, "", rows)), faults, notes


def _refused(path: Path, shown: str) -> list[Fault]:
    """Why a file is not read: too large, with NUL bytes, in UTF-16, or with a line that never ends; found in pieces."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        values = {"found": f"{size / 1e6:.1f} MB", "limit": f"{MOST_BYTES / 1e6:.0f} MB"}
        return [Fault(shown, 0, "", "register.file_too_large", values)]
    line, since = 1, 0
    with path.open("rb") as handle:
        first = True
        while chunk := handle.read(_CHUNK):
            if first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return [Fault(shown, 0, "", "register.csv_utf16", {})]
            first = False
            if b"\0" in chunk:
                at = line + chunk.count(b"\n", 0, chunk.index(b"\0"))
                return [Fault(shown, at, "", "register.csv_nul", {})]
            for piece in chunk.split(b"\n")[:-1]:
                if since + len(piece) > LONGEST_LINE:
                    return [Fault(shown, line, "", "register.csv_line", {"limit": LONGEST_LINE})]
                since, line = 0, line + 1
            since += len(chunk) - chunk.rfind(b"\n") - 1
            if since > LONGEST_LINE:
                return [Fault(shown, line, "", "register.csv_line", {"limit": LONGEST_LINE})]
    return []


def _decoded(raw: bytes, shown: str) -> tuple[str | None, list[Fault], list[Fault]]:
    """The text in UTF-8 or GB 18030, whichever it is in; both in one file are a fault."""
    notes = [Fault(shown, 0, "", "register.note_bom", {})] if raw.startswith(b"\xef\xbb\xbf") else []
    try:
        return raw.decode("utf-8-sig"), [], notes
    except UnicodeDecodeError as problem:
        broken = raw.count(b"\n", 0, problem.start) + 1
    surely_utf8 = [n for n, line in enumerate(raw.split(b"\n"), 1) if _is_utf8(line)]
    if surely_utf8:
        values = {"line": broken, "others": len(surely_utf8), "first": surely_utf8[0]}
        return None, [Fault(shown, broken, "", "register.csv_two_encodings", values)], notes
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        return None, [Fault(shown, line, "", "register.csv_encoding", {})], notes
    return text, [], [*notes, Fault(shown, 0, "", "register.note_gbk", {})]


def _is_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8 beyond doubt: enough Chinese characters in it, and nothing that breaks it."""
    if line.isascii():
        return False
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum("\u3400" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" for c in text) >= _SURE


def _separator(lines: Sequence[str]) -> str:
    """The separator under which most headings of the first lines are known; a comma where none is."""

    def known(separator: str) -> int:
        best = 0
        for line in lines[:12]:
            heads = [without_unit(fold(cell.strip('"')))[0] for cell in line.split(separator)]
            best = max(best, *(sum(head in spellings for head in heads) for spellings in KNOWN.values()))
        return best

    return max(SEPARATORS, key=known)


def _rows(text: str, separator: str, shown: str) -> tuple[list[Row], list[Fault]]:
    """Rows numbered as a spreadsheet would number them."""
    began = 1

    def records() -> Iterator[list[str]]:
        nonlocal began
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for record in reader:
            yield record
            began = reader.line_num + 1

    try:
        rows = kept_rows(records())
    except csv.Error:
        return [], [Fault(shown, began, "", "register.csv_quote", {})]
    for number, cells in rows:
        if len(cells) > WIDEST:
            values = {"found": len(cells), "limit": WIDEST}
            return [], [Fault(shown, number, "", "register.too_wide", values)]
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            return [], [Fault(shown, number, "", "register.csv_cell", {"limit": LONGEST_CELL})]
    return rows, []


def write_delimited(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as CSV with a byte-order mark, as spreadsheets expect it; text never begins a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\r\n")
        writer.writerow([guarded(heading) for heading in headings])
        writer.writerows([[_written(cell) for cell in row] for row in rows])


def _written(cell: Cell) -> object:
    if isinstance(cell, str):
        return guarded(cell)
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    return repr(cell) if isinstance(cell, float) else cell
