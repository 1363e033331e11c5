"""One cell becomes one value, or a fault that says what was expected; nothing is guessed.

A reader of cells takes what stands in the cell (text from CSV, text, number, truth or date from Excel) and answers with
a `Read`: the value (None where the cell is empty or says that nothing is known), the code of a fault, and the code of a
note where something was accepted but is worth saying.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from planner.register.codes import ANSWERS, KNOWN_WORDS, STATES, UNKNOWN_WORDS
from planner.register.headings import fold
from planner.register.personal import is_personal, shown
from planner.wording import nearest

Cell = None | bool | int | float | str | date | datetime | time
"""What may stand in a cell once a file is read."""
EXCEL_ERRORS = frozenset("#N/A #REF! #DIV/0! #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #GETTING_DATA".split())
LONGEST_NAME = 60
SHORTEST_PERSONAL = 11
"""Digits of a telephone number; fewer are nobody's."""

_NOTHING = "\ufeff\u200b\u200e\u200f\u2060"
"""Characters without width, which no space is."""
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\Z", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?\Z", re.ASCII)
_COMMAS = re.compile(r"[-+]?[\d.]*,[\d.,]*\Z", re.ASCII)
_WITH_UNIT = re.compile(r"([-+]?[\d.,]+)\s*([^\d\s.,%][^\d]*)\Z", re.ASCII)
_PERCENT = re.compile(r"[-+]?[\d.,]+\s*%\Z", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+\Z", re.ASCII)
_NAME = re.compile(r"[\w \-()（）、·.]+\Z")
_YEAR = re.compile(r"(\d{4})(?:年|年度|年底|年末)?\Z", re.ASCII)


@dataclass(frozen=True)
class Read:
    """What a cell says."""

    value: Any = None
    code: str = ""
    """Of the fault; empty where there is none."""
    values: Mapping[str, object] = field(default_factory=dict)
    """For the blanks of the fault's message."""
    note: str = ""
    """Code of what is worth saying of a cell that was accepted."""


Reader = Callable[[Cell], Read]
BLANK = Read()


def tidy(cell: Cell) -> Cell:
    """The cell without space around it; an empty text is no cell."""
    if isinstance(cell, str):
        return cell.strip().strip(_NOTHING).strip() or None
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return cell


def read_number(cell: Cell, units: Mapping[str, float]) -> Read:
    """A number as it stands. `units` are the words for the column's own unit, which may follow the figure."""
    cell = tidy(cell)
    if cell is None:
        return BLANK
    if isinstance(cell, bool):
        return Read(code="register.cell_truth", values={"found": str(cell).upper()})
    if isinstance(cell, int | float):
        if is_personal(cell):
            return Read(code="register.cell_personal")
        return _finite(float(cell), str(cell))
    if isinstance(cell, date | time):
        return Read(code="register.cell_date", values={"found": shown(str(cell)[:10])})
    if _NUMBER.match(cell) and len(cell.partition(".")[0]) < SHORTEST_PERSONAL:
        return _finite(float(cell), cell)
    if is_personal(cell):
        return Read(code="register.cell_personal")
    return _number_in_text(cell, units)


def _number_in_text(cell: str, units: Mapping[str, float]) -> Read:
    text = unicodedata.normalize("NFKC", cell)
    note = "register.note_fullwidth" if text != cell else ""
    if fold(text) in UNKNOWN_WORDS:
        return BLANK
    if _NUMBER.match(text):
        found = _finite(float(text), cell)
        return Read(found.value, found.code, found.values, note)
    if _THOUSANDS.match(text):
        return Read(float(text.replace(",", "")), note="register.note_thousands")
    if cell.upper() in EXCEL_ERRORS:
        return Read(code="register.cell_error", values={"found": cell.upper()})
    if _PERCENT.match(text):
        return Read(code="register.cell_percent", values={"found": shown(text)})
    if _COMMAS.match(text):
        return Read(code="register.cell_comma", values={"found": shown(text)})
    united = _WITH_UNIT.match(text)
    if (
        united
        and _NUMBER.match(united[1].replace(",", ""))
        and (united[1].count(",") == 0 or _THOUSANDS.match(united[1]))
    ):
        value, unit = float(united[1].replace(",", "")), fold(united[2])
        if units.get(unit) == 1:
            return Read(value, note="register.note_unit_in_cell")
        if unit in ("万", "万元", "千", "千元", "亿", "亿元") or unit in units:
            return Read(code="register.cell_other_unit", values={"found": shown(text, (text,))})
    return Read(code="register.cell_not_number", values={"found": shown(cell, KNOWN_WORDS)})


def _finite(value: float, found: str) -> Read:
    return Read(value) if math.isfinite(value) else Read(code="register.cell_not_finite", values={"found": found[:12]})


def read_amount(cell: Cell, low: float, high: float, factor: float, units: Mapping[str, float]) -> Read:
    """A number within bounds; `factor` turns it into the register's own unit before it is measured against them."""
    found = read_number(cell, units)
    if found.value is None:
        return found
    value = found.value if factor == 1 else round(found.value * factor, 6)
    bounds = {"found": found.value, "low": low, "high": high}
    if value < low:
        return Read(code="register.cell_negative" if found.value < 0 <= low else "register.cell_low", values=bounds)
    if value > high:
        return Read(code="register.cell_high" if factor == 1 else "register.cell_high_unit", values=bounds)
    return Read(value, note=found.note)


def read_count(cell: Cell, low: float, high: float, units: Mapping[str, float]) -> Read:
    """A whole number within bounds."""
    found = read_amount(cell, low, high, 1, units)
    if found.value is not None and not float(found.value).is_integer():
        return Read(code="register.cell_not_whole", values={"found": found.value})
    return found if found.value is None else Read(int(found.value), note=found.note)


def read_flag(cell: Cell, column: str, codes: Mapping[str, int], *, turned: bool) -> Read:
    """Yes or no; -1 in `codes` stands for unknown. `turned` where a yes means the opposite of the column."""
    cell = tidy(cell)
    if cell is None:
        return BLANK
    if isinstance(cell, bool):
        return Read(int(cell != turned))
    word = fold(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    if word in codes:
        return Read(None if codes[word] < 0 else codes[word])
    if word in UNKNOWN_WORDS:
        return BLANK
    states = STATES.get(column, {})
    if word in states:
        return Read(states[word])
    if word in ANSWERS:
        return Read(ANSWERS[word] ^ int(turned))
    return _unknown_word(cell, ["是", "否", *codes, *states])


def read_word(cell: Cell, codes: Mapping[str, Any]) -> Read:
    """One of the words of a list."""
    cell = tidy(cell)
    if cell is None or (isinstance(cell, str) and fold(cell) in UNKNOWN_WORDS and fold(cell) not in codes):
        return BLANK
    word = fold(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    return Read(codes[word]) if word in codes else _unknown_word(cell, codes)


def _unknown_word(cell: Cell, known: Mapping[str, Any] | list[str]) -> Read:
    if isinstance(cell, str) and cell.upper() in EXCEL_ERRORS:
        return Read(code="register.cell_error", values={"found": cell.upper()})
    if isinstance(cell, date | time):
        return Read(code="register.cell_date", values={"found": shown(str(cell)[:10])})
    if is_personal(cell):
        return Read(code="register.cell_personal")
    words = {"found": shown(cell, KNOWN_WORDS), "allowed": list(known)}
    near = nearest(str(cell), known)
    if near is not None and len(str(cell)) > 1:
        return Read(code="register.cell_code_near", values={**words, "near": near})
    return Read(code="register.cell_code", values=words)


def read_id(cell: Cell) -> Read:
    """The number by which a household is known: text, with leading noughts kept."""
    cell = tidy(cell)
    if cell is None or isinstance(cell, bool):
        return BLANK
    if isinstance(cell, date | time):
        return Read(code="register.cell_date", values={"found": shown(str(cell)[:10])})
    if is_personal(cell):
        return Read(code="register.id_personal")
    if isinstance(cell, float):
        if not cell.is_integer() or abs(cell) >= 1e15:
            return Read(code="register.id_scientific", values={"found": f"{cell:.6g}"})
        return Read(str(int(cell)))
    if isinstance(cell, int):
        return Read(str(cell)) if abs(cell) < 10**15 else Read(code="register.id_scientific", values={"found": HUGE})
    text = unicodedata.normalize("NFKC", cell)
    note = "register.note_fullwidth" if text != cell else ""
    if text.upper() in EXCEL_ERRORS:
        return Read(code="register.cell_error", values={"found": text.upper()})
    if _SCIENTIFIC.match(text):
        return Read(code="register.id_scientific", values={"found": text})
    if not re.fullmatch(r"[0-9A-Za-z_.\-/]{1,40}", text):
        return Read(code="register.id_characters", values={"found": shown(cell)})
    return Read(text, note=note)


HUGE = "1E+15"
"""Stands in a message for a whole number beyond the fifteen digits that Excel keeps."""


def read_name(cell: Cell) -> Read:
    """The name of a village, a township or a natural group; a number stands for itself."""
    cell = tidy(cell)
    if cell is None or (isinstance(cell, str) and fold(cell) in UNKNOWN_WORDS):
        return BLANK
    if isinstance(cell, bool | date | time):
        code = "register.cell_truth" if isinstance(cell, bool) else "register.cell_date"
        return Read(code=code, values={"found": shown(str(cell)[:10])})
    if is_personal(cell):
        return Read(code="register.cell_personal")
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if text.upper() in EXCEL_ERRORS:
        return Read(code="register.cell_error", values={"found": text.upper()})
    if text[:1] == "'" and text[1:2] in GUARDED:
        text = text[1:]
    if len(text) > LONGEST_NAME:
        return Read(code="register.name_long", values={"found": len(text), "limit": LONGEST_NAME})
    if not _NAME.match(text):
        bad = sorted({c for c in text if not _NAME.match(c)})
        return Read(code="register.name_characters", values={"found": [c if c.isprintable() else "?" for c in bad]})
    return Read(text)


GUARDED = frozenset("=+-@\t\r\0＝＋－＠'")
"""First characters of a text that a spreadsheet could take for a formula; ours are written after an apostrophe."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `read_name` takes the apostrophe off again.

    >>> guarded("=1+1"), guarded("'x"), guarded("3"), guarded("")
    ("'=1+1", "''x", '3', '')
    """
    return f"'{text}" if text[:1] in GUARDED and text else text


def read_year(cell: Cell, low: float, high: float) -> Read:
    """A year, with or without 年; nothing, none or nought for no year."""
    cell = tidy(cell)
    if cell is None:
        return BLANK
    if isinstance(cell, str):
        text = unicodedata.normalize("NFKC", cell)
        if fold(text) in UNKNOWN_WORDS or fold(text) in ("无", "0"):
            return Read(0)
        written = _YEAR.match(text)
        if written is None:
            found = read_number(cell, {})
            return found if found.code and found.code != "register.cell_not_number" else _no_year(cell)
        cell = int(written[1])
    if isinstance(cell, date):
        return Read(code="register.cell_date", values={"found": str(cell)[:10]})
    found = read_count(cell, low, high, {})
    if found.value is None or found.value == 0:
        return found
    return found if len(str(found.value)) == 4 else _no_year(cell)


def _no_year(cell: Cell) -> Read:
    return Read(code="register.cell_year", values={"found": shown(cell, KNOWN_WORDS)})
