"""A sheet of rows with sums, as aligned text for a screen and as CSV for a spreadsheet.

On the screen money stands in 万元, rounded so that every column adds up to its own sum: the sums are rounded, and what
rounding leaves over goes to the rows with the largest remainders. In the CSV it is whole 元.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planner.report.numbers import NOTHING, decimal, missing, percent, wan_text, whole
from planner.wording import Language

Kind = Literal["text", "count", "units", "money", "share"]
Cell = str | int | float | None
"""None where there is nothing to say."""
Row = tuple[Cell, ...]
GAP = "  "


@dataclass(frozen=True)
class Head:
    """A column: its heading, what stands in it, and whether it is summed."""

    words: str
    kind: Kind
    adds: bool = False


@dataclass(frozen=True)
class Block:
    """Rows that belong together, with the words of their own sum (none where they have none)."""

    rows: tuple[Row, ...]
    total: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table to be read: title, columns, blocks of rows, the sum of all, and notes below it."""

    title: str
    heads: tuple[Head, ...]
    blocks: tuple[Block, ...]
    total: str
    """Words of the last sum; none where there is none."""
    notes: tuple[str, ...]
    lang: Language
    warning: str = ""
    """What has to be said wherever the figures go, in the CSV too."""
    step: int = 10_000
    """Unit: whole 元 to which money is rounded on the screen."""

    def sums(self, rows: Sequence[Row]) -> Row:
        """The sums of the columns that are summed, nothing in the others."""
        return tuple(
            sum(value for row in rows if isinstance(value := row[i], int | float) and not missing(value))
            if head.adds
            else None
            for i, head in enumerate(self.heads)
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all blocks."""
        return tuple(row for block in self.blocks for row in block.rows)


def as_text(sheet: Sheet) -> str:
    """Title, aligned columns, sums, notes; money in 万元."""
    lines = [_heads(sheet, "万元"), *_printed(sheet)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(sheet.heads))]
    body = [
        GAP.join(
            _padded(text, width, right=head.kind != "text")
            for text, width, head in zip(line, widths, sheet.heads, strict=True)
        ).rstrip()
        for line in lines
    ]
    rule = "-" * max(_width(line) for line in body)
    notes = [*sheet.notes, sheet.warning] if sheet.warning else sheet.notes
    return "\n".join([sheet.title, rule, body[0], rule, *body[1:], rule, *notes])


def as_csv(sheet: Sheet) -> str:
    """Headings, rows and the last sum; money in whole 元, shares between 0 and 1."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_heads(sheet, "元"))
    rows = list(sheet.rows)
    if sheet.total:
        rows.append((sheet.total, *sheet.sums(rows)[1:]))
    writer.writerows([["" if v is None or missing(v) else v for v in row] for row in rows])
    if sheet.warning:
        writer.writerow([sheet.warning])
    return out.getvalue()


def _heads(sheet: Sheet, unit: str) -> list[str]:
    """The headings, with the unit in those of money."""
    said = f"（{unit}）" if sheet.lang == "zh" else f" ({unit})"
    return [f"{h.words}{said}" if h.kind == "money" else h.words for h in sheet.heads]


def _printed(sheet: Sheet) -> list[list[str]]:
    """Rows, sums of the blocks and the last sum, in words."""
    whole_sum = sheet.sums(sheet.rows)
    steps = {i: _apportioned(sheet, i, whole_sum[i]) for i, h in enumerate(sheet.heads) if h.kind == "money" and h.adds}
    lines, at = [], 0
    for place, block in enumerate(sheet.blocks):
        for row in block.rows:
            lines.append([_cell(h, v, sheet.step, steps.get(i), at) for i, (h, v) in enumerate(_paired(sheet, row))])
            at += 1
        if block.total:
            sums = sheet.sums(block.rows)
            line = [
                wan_text(steps[i].blocks[place] * sheet.step) if i in steps else _cell(h, v, sheet.step)
                for i, (h, v) in enumerate(_paired(sheet, sums))
            ]
            lines.append([block.total, *line[1:]])
    if sheet.total:
        line = [
            wan_text(sum(steps[i].blocks) * sheet.step) if i in steps else _cell(h, v, sheet.step)
            for i, (h, v) in enumerate(_paired(sheet, whole_sum))
        ]
        lines.append([sheet.total, *line[1:]])
    return lines


@dataclass(frozen=True)
class _Rounded:
    """A column of money in steps: of each block, and of each row."""

    blocks: list[int]
    rows: list[int]


def _apportioned(sheet: Sheet, column: int, total: Cell) -> _Rounded:
    """The column's sum rounded, shared out to the blocks, and each block's to its rows."""
    amounts = [[int(row[column] or 0) for row in block.rows] for block in sheet.blocks]
    blocks = _parts((int(total or 0) + sheet.step // 2) // sheet.step, [sum(each) for each in amounts], sheet.step)
    rows = [part for each, steps in zip(amounts, blocks, strict=True) for part in _parts(steps, each, sheet.step)]
    return _Rounded(blocks, rows)


def _parts(total: int, amounts: Sequence[int], step: int) -> list[int]:
    """Steps of each amount, every one rounded down or up so that they make up the total; ties go to the first."""
    parts = [amount // step for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda i: (-(amounts[i] % step), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _paired(sheet: Sheet, row: Row) -> zip[tuple[Head, Cell]]:
    return zip(sheet.heads, row, strict=True)


def _cell(head: Head, value: Cell, step: int, rounded: _Rounded | None = None, at: int = 0) -> str:
    if head.kind == "text":
        return "" if value is None else str(value)
    if value is None or isinstance(value, str) or missing(value):
        return "" if value is None else NOTHING
    if head.kind == "money":
        return wan_text((rounded.rows[at] if rounded is not None else round(value / step)) * step)
    if head.kind == "share":
        return percent(float(value))
    return decimal(float(value), 1) if head.kind == "units" else whole(float(value))


def _width(text: str) -> int:
    """Places on a screen: Chinese characters and full-width marks take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
