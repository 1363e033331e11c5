"""Reads a broken register of the museum, builds its files from a sound one, and what must be said of it, word for word.

A case is a text file. `# ` is its sentence; `% ` the form of the files: csv (the default), gbk, xlsx. `@ table` names a table
of the sound register (户, 村) or a new one; `- old` with `+ new` changes a piece that stands there once; `| text` is a line of
a new table, or is added to the old one; `x table` leaves a table out. `! word …` is done to the finished files by a recipe
(`tests.museum.recipes`). `& ` is a line of the mapping file. `? plan` compares with the small plan, `? keyed` gives a key file.
`= ` and `~ ` are the expected lines in Chinese and English.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from tests.museum import recipes

HERE = Path(__file__).parent / "register"
BOOK = "登记表.xlsx"
SOUND = {
    "户": """\
户编号,乡镇,行政村,自然屯,家庭人口,劳动力人数,义务教育阶段学生,主要致贫原因,年人均纯收入（元）,工资性收入（元/人）,家庭经营收入（元/人）,转移性收入（元/人）,财产性收入（元/人）,是否危房,住房面积（平方米）,是否通水,参加新农合,贫困户属性,耕地面积（亩）,是否需搬迁,是否愿意搬迁
101,青石镇,上湾村,一屯,4,2,1,因病,2500,1200,900,400,0,否,80,是,是,一般贫困户,3.5,否,否
102,青石镇,上湾村,二屯,3,1,0,缺技术,2300,1000,1000,300,0,是,60,是,是,低保户,2,是,是
103,青石镇,新市村,一屯,5,2,2,因学,2650,1500,800,350,0,否,95,否,是,一般贫困户,4,否,否
104,青石镇,新市村,一屯,1,0,0,缺劳动力,1900,0,700,1200,0,是,40,是,否,五保户,1,否,否
105,白水乡,大岭村,坡屯,6,3,2,缺资金,2100,600,1200,300,0,否,110,是,是,一般贫困户,6,是,否
106,白水乡,大岭村,坡屯,2,1,0,因残,2450,900,950,600,0,否,50,是,是,低保户,1.5,否,否
""",
    "村": """\
乡镇,行政村,贫困村,计划脱帽年份,农村人口,通硬化路,有合作组织,待建砂石路（公里）
青石镇,上湾村,是,2031,1800,否,是,2.5
青石镇,新市村,否,,2400,是,是,0
白水乡,大岭村,是,2032,1500,是,否,4
""",
}


@dataclass
class Case:
    """One broken register and the lines expected."""

    name: str
    sentence: str = ""
    form: str = "csv"
    tables: dict[str, str] = field(default_factory=lambda: dict(SOUND))
    after: list[list[str]] = field(default_factory=list)
    mapping: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    chinese: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)

    def build(self, folder: Path) -> list[Path]:
        """The files of the case; returns what is to be imported."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = _workbook(self, folder) if self.form == "xlsx" else _texts(self, folder)
        for word, *rest in self.after:
            if word not in recipes.IN_WORKBOOK:
                paths = recipes.ON_FILES[word](paths, folder, *rest)
        return paths


def read_case(path: Path) -> Case:
    """The case in a file."""
    case, table, old = Case(path.stem), "", ""
    lists = {"&": case.mapping, "?": case.asked, "=": case.chinese, "~": case.english}
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark in lists:
            lists[mark].append(rest)
        elif mark == "#":
            case.sentence = rest
        elif mark == "%":
            case.form = rest
        elif mark == "!":
            case.after.append(rest.split())
        elif mark == "-":
            old = rest
        elif mark == "@":
            table = rest
            case.tables.setdefault(table, "")
        elif mark == "x":
            del case.tables[rest]
        elif mark in "+|":
            _change(case, table, old if mark == "+" else "", rest)
    return case


def _change(case: Case, table: str, old: str, new: str) -> None:
    """Put one piece of a table in the place of another that stands there once, or add a line."""
    text = case.tables[table]
    if not old:
        case.tables[table] = f"{text}{new}\n"
        return
    if text.count(old) != 1:
        raise ValueError(f"{case.name}: {old!r} stands {text.count(old)} times in {table}")
    case.tables[table] = text.replace(old, new)


def cases() -> list[Case]:
    """All cases, by name."""
    return [read_case(path) for path in sorted(HERE.glob("*.txt"))]


def _texts(case: Case, folder: Path) -> list[Path]:
    paths = []
    for name, text in case.tables.items():
        path = folder / f"{name}.csv"
        path.write_bytes(text.replace("\\x00", "\0").encode("gb18030" if case.form == "gbk" else "utf-8"))
        paths.append(path)
    return paths


def _workbook(case: Case, folder: Path) -> list[Path]:
    book = Workbook()
    book.remove(book.active)
    for name, text in case.tables.items():
        sheet = book.create_sheet(name)
        for row in csv.reader(io.StringIO(text)):
            sheet.append([_value(cell) for cell in row])
    for word, *rest in case.after:
        if word in recipes.IN_WORKBOOK:
            recipes.IN_WORKBOOK[word](book, *rest)
    path = folder / BOOK
    book.save(path)
    return [path]


def _value(cell: str) -> object:
    """A cell of a workbook: a number, a date written as [2031-03-05], a truth written as [TRUE], or text."""
    if re.fullmatch(r"-?\d+", cell):
        return int(cell) if len(cell) < 16 else float(cell)
    if re.fullmatch(r"-?\d+\.\d+", cell):
        return float(cell)
    if dated := re.fullmatch(r"\[(\d{4}-\d\d-\d\d)\]", cell):
        return datetime.date.fromisoformat(dated[1])
    return {"": None, "[TRUE]": True}.get(cell, cell)
