"""What an import found, for the screen and for files: faults gathered so that nobody scrolls, all of them on request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from planner.errors import Fault
from planner.register.cells import Cell
from planner.register.codes import KNOWN_WORDS
from planner.register.delimited import write_delimited
from planner.register.headings import Kind
from planner.register.importing import Imported, Rejected
from planner.register.mapping import own_name
from planner.register.personal import is_personal, shown
from planner.wording import Language, parts, render, say

EACH, ALL = 3, 60
"""Lines shown of one fault in one column, and in all."""
HEADS: dict[Language, tuple[str, ...]] = {
    "zh": ("文件", "行", "位置", "问题", "应为", "处理"),
    "en": ("file", "row", "place", "found", "expected", "what to do"),
}


def brief(faults: Sequence[Fault], lang: Language) -> Iterator[str]:
    """Lines for the screen: a few of each fault in each column, how many more there are, and the number of all."""
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in sorted(faults):
        groups.setdefault((fault.file, _column_of(fault), fault.code), []).append(fault)
    lines = 0
    left = 0
    for group in groups.values():
        if lines >= ALL:
            left += len(group)
            continue
        chosen = group[:EACH] if len(group) > EACH + 1 else group
        for fault in chosen:
            yield render(fault, lang)
        lines += len(chosen)
        if len(group) > len(chosen):
            rows = [fault.line for fault in group[len(chosen) :]]
            yield "  " + say("register.more_of_these", {"count": len(rows), "rows": rows}, lang)
    if left:
        yield say("register.more_kinds", {"count": left}, lang)
    yield say("register.faults_in_all", {"count": len(faults)}, lang)


def brief_notes(notes: Sequence[Fault], lang: Language) -> Iterator[str]:
    """Lines for the screen: one for each kind of note in each sheet, with the other columns that it holds for."""
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for note in notes:
        sheet = note.path.partition("!")[0] if "!" in note.path else note.path
        groups.setdefault((note.file, sheet, note.code), []).append(note)
    for first, *others in groups.values():
        line = render(first, lang) if first.file else say(first.code, first.values, lang)
        places = [other.path.rpartition("!")[2] for other in others]
        yield line + (say("register.same_note", {"places": places}, lang) if places else "")


def _column_of(fault: Fault) -> str:
    """The column of a fault, without its row."""
    head, _, heading = fault.path.partition(" ")
    return head.rstrip("0123456789") + heading


def write_faults(faults: Sequence[Fault], path: Path, lang: Language) -> None:
    """Every fault as CSV."""
    rows = [
        (f.file, f.line or None, f.path, *(*parts(f.code, f.values, lang), "", "")[:3]) for f in sorted(faults)
    ]  # fmt: skip
    write_delimited(path, HEADS[lang], rows)


def write_rejected(imported: Imported, path: Path, lang: Language) -> None:
    """The rows that were set aside, as CSV: where they stand, why, and the cells of known columns.

    A cell that could be personal is written as ***; columns that were dropped or not used are not written.
    """
    rejected = imported.rejected
    places = known_places(imported)
    names = {
        (r.part.sheet.kind, t): own_name(r.part.sheet.kind, t) for r in rejected for t in r.part.matched if t != "identity"
    }  # fmt: skip
    columns = list(dict.fromkeys(names.values()))
    heads = ("文件", "工作表", "行", "原因") if lang == "zh" else ("file", "sheet", "row", "why")
    write_delimited(path, (*heads, *columns), [_rejected_row(r, columns, names, places, lang) for r in rejected])


def _rejected_row(
    rejected: Rejected,
    columns: Sequence[str],
    names: Mapping[tuple[Kind, str], str],
    places: frozenset[str],
    lang: Language,
) -> tuple[Cell, ...]:
    sheet = rejected.part.sheet
    number, cells = sheet.rows[rejected.row]
    held: dict[str, Cell] = {}
    for target, column in rejected.part.matched.items():
        if target != "identity" and column.position < len(cells):
            held[names[sheet.kind, target]] = _repeated(cells[column.position], places)
    why = "; ".join(
        f"{f.path.partition('!')[2] or f.path}: {parts(f.code, f.values, lang)[0]}" for f in rejected.faults
    )
    return (sheet.file, sheet.name, number, why, *(held.get(column) for column in columns))


def _repeated(cell: Cell, places: frozenset[str]) -> Cell:
    """A cell of a rejected row as it is written: a number as a number, and nothing that could be personal."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and not is_personal(cell):
        return cell
    return shown(cell, places) or None


def known_places(imported: Imported) -> frozenset[str]:
    """Names of places that are surely no persons': those that were imported."""
    return (
        frozenset(map(str, imported.register.villages["name"])) | frozenset(imported.register.townships) | KNOWN_WORDS
    )
