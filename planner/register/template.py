"""The blank form (空白表): a workbook with every heading that is known, units, words to choose from, and one example.

The example is marked as such and has to be taken out: an import refuses its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.register.cells import Cell
from planner.register.columns import CAUSES, HOUSEHOLD, VILLAGE, Column
from planner.register.exporting import NO, SHEETS, YES
from planner.register.headings import OWN, REQUIRED, Kind, own_heading
from planner.register.parts import EXAMPLE
from planner.register.workbook import Page, write_workbook

_NOTE = (
    "第二行是表头，请勿改动；带“{example}”的一行是示例，填写前请删去。不知道的留空，不要写 0 或 -1。请勿填写姓名、身份证号、电话、住址。",
)
_SAMPLES: Mapping[str, Cell] = {
    "persons": 4, "labour": 2, "off_farm": 1, "pupils": 1, "students": 0, "graduates": 0, "elderly": 1, "disabled": 0,
    "ill": 1, "cause": "因病", "cause_second": "缺技术", "income_farm": 900.0, "income_wage": 1200.0,
    "income_transfer": 350.0, "income_property": 0.0, "house_area": 80.0, "land_mu": 3.5, "site_at_risk": NO,
    "consent_to_move": NO, "dibao": NO, "wubao": NO, "rural_persons": 2600, "km_gravel": 1.5, "km_concrete": 2.0,
    "grid_areas": 1, "water_projects": 0,
}  # fmt: skip


def write_template(path: Path) -> None:
    """Write the blank form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(path, [_page("households"), _page("villages"), _guide()])


def _targets(kind: Kind) -> list[str]:
    declared = HOUSEHOLD if kind == "households" else VILLAGE
    first = ["id", "township", "village", "group"] if kind == "households" else ["township", "village"]
    return first + [name for name in declared if name not in (*first, "household", "name", "village", "township")]


def _page(kind: Kind) -> Page:
    targets = _targets(kind)
    declared = HOUSEHOLD if kind == "households" else VILLAGE
    choices: dict[int, Sequence[str]] = {}
    for position, target in enumerate(targets):
        column = declared.get(target)
        if column is not None and column.kind == "flag":
            choices[position] = (YES, NO)
        elif target in ("cause", "cause_second"):
            choices[position] = CAUSES
    headings = [own_heading(kind, target) for target in targets]
    example = [_sample(target, declared.get(target)) for target in targets]
    return Page(SHEETS[kind], headings, [example], choices, tuple(n.format(example=EXAMPLE) for n in _NOTE))


def _sample(target: str, column: Column | None) -> Cell:
    if target in ("id", "township", "village", "group"):
        return EXAMPLE
    if target in _SAMPLES:
        return _SAMPLES[target]
    return YES if column is not None and column.kind == "flag" else None


def _guide() -> Page:
    """What each column means, its unit, and what may stand in it."""
    rows = []
    for kind in ("households", "villages"):
        declared = HOUSEHOLD if kind == "households" else VILLAGE
        for target in _targets(kind):
            column = declared.get(target)
            required = "必填" if target in REQUIRED[kind] or target == "township" else "可空（按不明）"
            heading = OWN.get((kind, target)) or own_heading(kind, target)
            rows.append((SHEETS[kind], heading, *_meaning(target, column), required))
    return Page("填表说明", ("工作表", "栏目", "单位", "可填的内容", "是否必填"), rows, {})


def _meaning(target: str, column: Column | None) -> tuple[str, str]:
    if column is None or (column.kind in ("text", "index") and target not in ("cause", "cause_second", "due_year")):
        return "", {"id": "数字或字母，不得用身份证号"}.get(target, "名称")
    if column.kind == "flag":
        return "", f"{YES} / {NO}"
    if target in ("cause", "cause_second"):
        return "", "、".join(CAUSES)
    return column.unit, "四位年份，不在计划内的留空" if target == "due_year" else f"{column.low:g} 至 {column.high:g}"
