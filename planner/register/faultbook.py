"""The book of an import: every fault with its place, which rows are faulty, and notes gathered by column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.errors import Fault
from planner.register.sheets import Sheet


@dataclass
class _Note:
    """A note that may hold for many cells of one column."""

    line: int
    path: str
    values: dict[str, object]
    count: int = 0


@dataclass
class FaultBook:
    """Faults and notes of one import."""

    faults: list[Fault] = field(default_factory=list)
    """Of files, sheets and columns: nothing can be imported while one stands."""
    of_rows: dict[tuple[int, int], list[Fault]] = field(default_factory=dict)
    """Faults of rows, by the identity of the sheet and the index of the row; such rows can be set aside."""
    _notes: dict[tuple[str, str, str], _Note] = field(default_factory=dict)

    def file(self, file: str, code: str, path: str = "", line: int = 0, /, **values: object) -> None:
        """A fault of a file or a sheet."""
        self.faults.append(Fault(file, line, path, code, values))

    def column(self, sheet: Sheet, position: int | None, code: str, /, **values: object) -> None:
        """A fault of a column, or of a table as a whole."""
        line, path = sheet.place(None, position)
        self.faults.append(Fault(sheet.file, line, path, code, values))

    def cell(self, sheet: Sheet, row: int, position: int | None, code: str, /, **values: object) -> None:
        """A fault of a cell or, without a position, of a row."""
        line, path = sheet.place(row, position)
        self.of_rows.setdefault((id(sheet), row), []).append(Fault(sheet.file, line, path, code, values))

    def note(self, sheet: Sheet, position: int | None, code: str, row: int | None = None, /, **values: object) -> None:
        """Something accepted but worth saying; the same note on one column is told once, with how many cells it meets."""
        line, path = sheet.place(row, position)
        key = (sheet.file, f"{sheet.name}!{position}", code)
        held = self._notes.setdefault(key, _Note(line, path, values))
        held.count += 1

    def note_file(self, file: str, code: str, path: str = "", /, **values: object) -> None:
        """A note on a file or a sheet."""
        self._notes.setdefault((file, path, code), _Note(0, path, values)).count += 1

    @property
    def notes(self) -> tuple[Fault, ...]:
        """Every note, by file and line, each with the number of cells that it meets under `count`."""
        found = (
            Fault(file, held.line, held.path, code, {"count": held.count, **held.values})
            for (file, _, code), held in self._notes.items()
        )
        return tuple(sorted(found))

    def faulty(self, sheet: Sheet, row: int) -> bool:
        """Whether a row has a fault."""
        return (id(sheet), row) in self.of_rows

    def all(self, sheets: Iterable[Sheet] = ()) -> tuple[Fault, ...]:
        """Every fault; with `sheets`, those of their rows alone."""
        chosen = {id(sheet) for sheet in sheets}
        rows = (faults for (sheet, _), faults in self.of_rows.items() if not chosen or sheet in chosen)
        return (*(() if chosen else self.faults), *(fault for faults in rows for fault in faults))
