"""Which table a sheet is, which row its headings are in, and which column stands for what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.errors import Fault
from planner.register.cells import Cell, tidy
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.faultbook import FaultBook
from planner.register.headings import KNOWN, Heading, Kind, fold, is_personal_heading, unlike, without_unit
from planner.register.mapping import ColumnMap, Mapped, own_name
from planner.register.personal import is_personal
from planner.register.sheets import HEAD_WITHIN, Grid, Sheet, shown_heading
from planner.register.units import factor_of, per_of
from planner.wording import nearest

MARKS: Mapping[str, Kind] = {
    "人员": "members", "成员": "members", "member": "members", "乡镇": "townships", "township": "townships",
    "户": "households", "household": "households", "村": "villages", "village": "villages",
}  # fmt: skip
"""Pieces of sheet and file names that say what a table is about, the telling ones first."""
SAMPLE = 1 << 11
"""Rows of an unused column that are looked at for personal data."""
TABLES: tuple[Kind, ...] = ("households", "villages", "members")
_ALIKE: Mapping[Kind, Mapping[str, Heading]] = {
    kind: {unlike(spelling): heading for spelling, heading in known.items()} for kind, known in KNOWN.items()
}


@dataclass(frozen=True)
class Matched:
    """How one column is to be read."""

    target: str
    position: int
    turned: bool = False
    factor: float = 1.0
    """By which a figure becomes one in the register's own unit."""
    per: str = ""
    united: bool = False
    """Whether the heading or the mapping said the unit."""
    codes: Mapping[str, int] = field(default_factory=dict)


def recognise(grid: Grid, mapped: Mapped, book: FaultBook, *, alone: bool) -> Sheet | None:
    """The sheet with its kind and headings; None where it is no table of the register, which is noted or a fault.

    `alone` where the file holds nothing else.
    """
    forced = _forced(grid, mapped)
    hint = forced or next((kind for mark, kind in MARKS.items() if mark in f"{grid.file} {grid.name}"), None)
    if not grid.rows:
        _told(grid, book, "register.sheet_empty", insist=alone or hint is not None)
        return None
    found = _headings(grid, mapped, forced, hint)
    if found is None:
        _told(grid, book, "register.no_headings", insist=alone or forced is not None or _by_name(grid) is not None)
        return None
    kind, index = found
    number, cells = grid.rows[index]
    sheet = Sheet(grid.file, grid.name, kind, number, tuple(_text(c) for c in cells), grid.rows[index + 1 :])
    last = sheet.rows[-1][0] if sheet.rows else number
    merged = [address for row, address in grid.merged if number <= row and _first_row(address) <= last]
    if merged:
        book.file(grid.file, "register.excel_merged", grid.name, cells=merged)
        return None
    if sheet.rows and _second_head(sheet, kind):
        book.column(sheet, None, "register.two_heads", row=sheet.rows[0][0])
        return None
    if not sheet.rows:
        _told(grid, book, "register.sheet_empty", insist=kind in TABLES)
        return None
    return sheet


def _forced(grid: Grid, mapped: Mapped) -> Kind | None:
    """The kind that the mapping gives to a sheet or file of this name."""
    names = {fold(grid.name), fold(grid.file), fold(grid.file.rpartition(".")[0])}
    for part, rule in mapped.sheets.items():
        if rule.name is not None and fold(rule.name) in names:
            return next(kind for kind in TABLES if kind == part)
    return None


def _by_name(grid: Grid) -> Kind | None:
    return next((kind for mark, kind in MARKS.items() if mark in grid.name), None)


def _told(grid: Grid, book: FaultBook, code: str, *, insist: bool) -> None:
    if insist:
        book.file(grid.file, code, grid.name, within=HEAD_WITHIN)
    else:
        book.note_file(grid.file, "register.note_sheet_ignored", grid.name)


def _text(cell: Cell) -> str:
    held = tidy(cell)
    return "" if held is None else str(held)


def _first_row(address: str) -> int:
    return int("".join(c for c in address.partition(":")[0] if c.isdigit()))


def _headings(grid: Grid, mapped: Mapped, forced: Kind | None, hint: Kind | None) -> tuple[Kind, int] | None:
    """Kind of the table and index of the row of headings: where most of the cells are known."""
    best: tuple[float, Kind, int] | None = None
    for kind in (forced,) if forced else KNOWN:
        rule = mapped.sheets.get(kind)
        for i, (number, cells) in enumerate(grid.rows[: 1 if grid.headed else 5 * HEAD_WITHIN]):
            wanted = rule.header_row if rule and rule.header_row else None
            if (number != wanted) if wanted else (number > HEAD_WITHIN):
                continue
            score = _score(kind, [_text(c) for c in cells], mapped.of(kind)) + 0.5 * (kind == hint)
            if score >= _LEAST[kind] or (wanted and forced):
                best = max(best, (score, kind, i), key=lambda b: b[0]) if best else (score, kind, i)
    return best[1:] if best else None


_LEAST: Mapping[Kind, float] = {"households": 2, "villages": 2, "members": 2, "townships": 1.5, "about": 2}


def _score(kind: Kind, headings: Sequence[str], maps: Sequence[ColumnMap]) -> float:
    """How many headings of a row are known for a kind of table."""
    named = {m.heading for m in maps if m.heading}
    found = {h.target for h in (_known(kind, text)[0] for text in headings) if h is not None}
    score = len(found) + sum(fold(text) in named for text in headings)
    if kind == "members":
        return score + 20 * (bool(found & {"relation", "skill", "school", "health"}) and "id" in found)
    return score if kind not in ("townships", "about") or sum(map(bool, headings)) <= 2 else 0


def _known(kind: Kind, text: str) -> tuple[Heading | None, str, bool]:
    """What a heading stands for, the unit in its brackets, and whether a character of it only looks right."""
    whole = fold(text)
    base, unit = without_unit(whole)
    for spelling, rest in ((whole, ""), (base, unit)):
        if found := KNOWN[kind].get(spelling):
            return found, rest, False
    for spelling, rest in ((whole, ""), (base, unit)):
        if found := _ALIKE[kind].get(unlike(spelling)):
            return found, rest, True
    return None, "", False


def _second_head(sheet: Sheet, kind: Kind) -> bool:
    """Whether the row under the headings holds more headings."""
    texts = [_text(c) for c in sheet.rows[0][1]]
    known = [t for t in texts if t and _known(kind, t)[0] is not None]
    return len(known) >= 2 and tuple(texts) != sheet.headings[: len(texts)]


def known_as(kind: Kind, heading: str) -> str | None:
    """The target that a heading stands for in a kind of table; None where it is not known there."""
    found = _known(kind, heading)[0] if heading else None
    return None if found is None else found.target


def match(
    sheet: Sheet, mapped: Mapped, book: FaultBook, *, keyed: bool, aside: Collection[int] = ()
) -> dict[str, Matched]:
    """Target to column. Personal columns are dropped and noted, those of no use too.

    `keyed` where identity numbers are turned into keys instead; columns `aside` are read as another table's.
    """
    found: dict[str, Matched] = {}
    maps = list(mapped.of(sheet.kind))
    unused: list[str] = []
    for position, heading in enumerate(sheet.headings):
        if position in aside:
            continue
        rule = _rule_for(maps, position, heading)
        if rule is not None:
            maps.remove(rule)
            _add(found, _by_rule(rule, position, heading, sheet), sheet, book, firm=True)
            continue
        known, unit, alike = _known(sheet.kind, heading) if heading else (None, "", False)
        if known is None or (known.target == "identity" and not keyed):
            _leave(sheet, position, heading, unused, mapped, book)
            continue
        if fold(heading) in mapped.ignore:
            continue
        if alike:
            book.note(sheet, position, "register.note_alike_heading", meant=own_name(sheet.kind, known.target))
        made = _by_heading(known, position, unit, sheet, book)
        _add(found, made, sheet, book, firm=False)
    for rule in maps:
        near = nearest(rule.heading, [fold(h) for h in sheet.headings]) if rule.heading else None
        code = "register.mapping_absent_near" if near else "register.mapping_absent"
        where = f"{sheet.file} {sheet.name}".strip()
        book.faults.append(mapped.fault(rule.path, code, found=rule.heading or "-", where=where, near=near or ""))
    if unused:
        book.note(sheet, None, "register.note_unused", headings=unused)
    sheet.columns.update({target: m.position for target, m in found.items()})
    return found


def _rule_for(maps: Sequence[ColumnMap], position: int, heading: str) -> ColumnMap | None:
    return next((m for m in maps if m.position == position or (m.heading and m.heading == fold(heading))), None)


def _by_rule(rule: ColumnMap, position: int, heading: str, sheet: Sheet) -> Matched:
    known, unit, _ = _known(sheet.kind, heading)
    same = known if known is not None and known.target == rule.target else None
    unit = rule.unit or unit
    per = rule.per or per_of(unit) or (same.per if same else "")
    turned = bool(same and same.turned)
    return Matched(rule.target, position, turned, factor_of(rule.target, unit) or 1.0, per, bool(unit), rule.codes)


def _by_heading(known: Heading, position: int, unit: str, sheet: Sheet, book: FaultBook) -> Matched:
    factor = factor_of(known.target, unit) if unit else 1.0
    if factor is None:
        factor = 1.0
        if _is_amount(known.target):
            book.column(sheet, position, "register.heading_unit", found=unit)
    elif not unit and _is_amount(known.target):
        book.note(sheet, position, "register.note_unit_assumed", unit=_assumed_unit(known.target))
    return Matched(known.target, position, known.turned, factor, per_of(unit) or known.per, bool(unit))


def _is_amount(target: str) -> bool:
    column = HOUSEHOLD.get(target) or VILLAGE.get(target)
    return column.kind == "amount" if column else target in ("income_total", "expense_farm", "house_area_person")


def _assumed_unit(target: str) -> str:
    column = HOUSEHOLD.get(target) or VILLAGE.get(target)
    return column.unit.partition("/")[0] if column else ("平方米" if target == "house_area_person" else "元")


def _add(found: dict[str, Matched], made: Matched, sheet: Sheet, book: FaultBook, *, firm: bool) -> None:
    """Enter a column; two for one target are a fault, unless one gives it per head and the other per household."""
    before = found.get(made.target)
    if before is None or (before.per == "household" and made.per == "head"):
        found[made.target] = made
    elif not (before.per == "head" and made.per == "household"):
        first = shown_heading(sheet.headings[before.position])
        book.column(
            sheet, made.position, "register.heading_twice", first=first, meant=own_name(sheet.kind, made.target)
        )


def _leave(sheet: Sheet, position: int, heading: str, unused: list[str], mapped: Mapped, book: FaultBook) -> None:
    """A column that is not taken: personal, without a heading, or of no use here."""
    if fold(heading) in mapped.ignore:
        return
    if is_personal_heading(heading) or any(map(is_personal, _sample(sheet, position))):
        book.note(sheet, position, "register.note_dropped")
    elif heading:
        unused.append(shown_heading(heading))
    elif any(cell is not None for cell in _sample(sheet, position)):
        book.note(sheet, position, "register.note_no_heading")


def _sample(sheet: Sheet, position: int) -> Iterator[Cell]:
    return (cells[position] for _, cells in sheet.rows[:SAMPLE] if position < len(cells))


def missing_faults(sheet: Sheet, wanted: Sequence[str], found: Mapping[str, Matched]) -> list[Fault]:
    """One fault for each required column that is not there, with the heading that may have been meant for it."""
    faults = []
    for target in wanted:
        if target in found:
            continue
        free = [h for i, h in enumerate(sheet.headings) if h and i not in {m.position for m in found.values()}]
        near = nearest(own_name(sheet.kind, target), free)
        line, path = sheet.place(None, None)
        values = {"meant": own_name(sheet.kind, target), "near": shown_heading(near or "")}
        code = "register.heading_missing_near" if near else "register.heading_missing"
        faults.append(Fault(sheet.file, line, path, code, values))
    return faults
