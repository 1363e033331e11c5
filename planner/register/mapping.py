"""The mapping file (对照表): what a bureau's own headings, units and words stand for, where the usual ones do not do.

```yaml
sheets:
  households: {name: 贫困户信息, header_row: 3}
columns:
  households:
    人均纯收入: {heading: 纯收入, unit: 万元, per: head}
    house_safe: {heading: 房屋状况, codes: {砖混: 是, 土坯: 否}}
    dibao: {column: H}
ignore: [备注]
```

A column is named by its heading in the register (own or English) and found in the file by `heading` or by `column`
letters. What the mapping does not name is recognised as usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from planner.errors import Fault, RegisterError
from planner.plan.figures import Frozen, Words
from planner.plan.form import Slip, slips_of
from planner.reading import read_file
from planner.register.codes import ATTRIBUTES, CAUSE_WORDS, YES_NO_UNKNOWN
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.headings import EXTRA, KNOWN, Kind, fold, own_heading, targets
from planner.register.personal import without_numbers
from planner.register.sheets import HEAD_WITHIN, position_of
from planner.register.units import known_unit, per_of
from planner.wording import nearest

Part = Literal["households", "villages", "members"]


class SheetRule(Frozen):
    """Where a table stands."""

    name: Words | None = None
    """Of the sheet, or of the file where it has no sheets."""
    header_row: int | None = None


class ColumnRule(Frozen):
    """Where a column stands and how its cells are to be read."""

    heading: Words | None = None
    column: str | None = None
    """Letters, where the heading alone does not tell."""
    unit: Words | None = None
    per: Literal["head", "household"] | None = None
    codes: dict[Words, str | int | bool] | None = None
    """Words in the cells to what they stand for: 是, 否, 不明; a cause of poverty; 低保户, 五保户."""


class MappingFile(Frozen):
    """Everything that a mapping file may say."""

    sheets: dict[Part, SheetRule] | None = None
    columns: dict[Part, dict[Words, ColumnRule]] | None = None
    ignore: list[Words] | None = None


@dataclass(frozen=True)
class ColumnMap:
    """One column of a mapping, checked."""

    target: str
    heading: str
    """Folded; empty where the column is found by its letters."""
    position: int | None
    unit: str
    per: str
    codes: Mapping[str, int]
    """Folded words to codes; -1 for unknown."""
    path: str
    """Its place in the mapping file."""


@dataclass(frozen=True)
class Mapped:
    """A mapping, checked; the empty one leaves everything to the usual headings."""

    sheets: Mapping[str, SheetRule] = field(default_factory=dict)
    columns: Mapping[str, tuple[ColumnMap, ...]] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: Kind) -> tuple[ColumnMap, ...]:
        """The columns that the mapping names for a kind of table."""
        return self.columns.get(kind, ())

    def fault(self, path: str, code: str, **values: object) -> Fault:
        """A fault at a place of the mapping file."""
        return Fault(self.file, self.lines.get(path, 0), path, code, values)


def load_mapping(path: Path) -> Mapped:
    """The mapping in a file.

    Raises: RegisterError with every fault of reading, form and sense.
    """
    shown = without_numbers(path.name)
    reading = read_file(path, shown)
    faults = list(reading.faults)
    found, slips = slips_of(MappingFile, reading.tree, [f.path for f in faults], reading.whole)
    columns: dict[str, tuple[ColumnMap, ...]] = {}
    if found is not None:
        for part, rules in (found.columns or {}).items():
            made = [_column(part, name, rule, slips) for name, rule in rules.items()]
            columns[part] = tuple(m for m in made if m is not None)
        slips += [
            Slip(
                f"sheets.{part}.header_row",
                "register.mapping_header_row",
                {"found": rule.header_row, "limit": HEAD_MOST},
            )
            for part, rule in (found.sheets or {}).items()
            if rule.header_row is not None and not 1 <= rule.header_row <= HEAD_MOST
        ]
    faults += [Fault(shown, _line(reading.lines, s.path), s.path, s.code, s.values) for s in slips]
    if faults or found is None:
        raise RegisterError(faults)
    sheets: dict[str, SheetRule] = dict((found.sheets or {}).items())
    return Mapped(sheets, columns, frozenset(map(fold, found.ignore or ())), shown, reading.lines)


HEAD_MOST = 5 * HEAD_WITHIN
"""The furthest row in which a mapping may put the headings."""


def _line(lines: Mapping[str, int], path: str) -> int:
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path, 0)


def _column(part: Part, name: str, rule: ColumnRule, slips: list[Slip]) -> ColumnMap | None:
    """One column, checked; what is wrong goes to `slips`."""
    path = f"columns.{part}.{name}"
    before = len(slips)
    target = target_named(part, name)
    if target is None:
        near = nearest(name, [own_name(part, t) for t in targets(part)])
        code = "register.mapping_target_near" if near else "register.mapping_target"
        slips.append(Slip(path, code, {"found": name, "near": near or ""}))
    if (rule.heading is None) == (rule.column is None):
        slips.append(Slip(path, "register.mapping_where", {}))
    position = None
    if rule.column is not None and (position := position_of(rule.column)) is None:
        slips.append(Slip(f"{path}.column", "register.mapping_letters", {"found": rule.column[:12]}))
    if rule.unit is not None and target is not None and not known_unit(target, fold(rule.unit)):
        slips.append(Slip(f"{path}.unit", "register.mapping_unit", {"found": rule.unit}))
    codes = {}
    for word, meaning in (rule.codes or {}).items():
        code_of = _meaning(target or "", str(meaning).casefold() if isinstance(meaning, bool) else str(meaning))
        if code_of is None:
            allowed = list(_meanings(target or ""))
            values = {"found": str(meaning)[:20], "word": word, "allowed": allowed}
            slips.append(Slip(f"{path}.codes.{word}", "register.mapping_code", values))
        else:
            codes[fold(word)] = code_of
    if target is None or len(slips) > before:
        return None
    per = rule.per or per_of(fold(rule.unit or ""))
    return ColumnMap(target, fold(rule.heading or ""), position, fold(rule.unit or ""), per, codes, path)


def target_named(part: Kind, name: str) -> str | None:
    """The target that a name in a mapping means: the register's own name, or a usual heading.

    >>> target_named("households", "persons"), target_named("households", "家庭人口"), target_named("villages", "x")
    ('persons', 'persons', None)
    """
    if name in targets(part):
        return name
    known = KNOWN[part].get(fold(name))
    return known.target if known and not known.turned else None


def own_name(part: Kind, target: str) -> str:
    """The name of a target as a person would look for it."""
    columns = HOUSEHOLD if part == "households" else VILLAGE
    if target in EXTRA[part] or target not in columns:
        return next(name for name in _first_names(part, target))
    return own_heading(part, target).partition("（")[0]


def _first_names(part: Kind, target: str) -> list[str]:
    return [heading.names[0] for heading in KNOWN[part].values() if heading.target == target]


def _meanings(target: str) -> Mapping[str, int]:
    if target in ("cause", "cause_second"):
        return CAUSE_WORDS
    if target == "attribute":
        return {word: dibao + 2 * wubao for word, (dibao, wubao) in ATTRIBUTES.items()}
    return YES_NO_UNKNOWN


def _meaning(target: str, word: str) -> int | None:
    if target in ("cause", "cause_second", "attribute"):
        return _meanings(target).get(word)
    return {**YES_NO_UNKNOWN, "1": 1, "0": 0, "true": 1, "false": 0}.get(fold(word))
