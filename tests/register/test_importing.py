"""What a bureau hands in becomes a register: recognised, converted, linked; what is unknown stays unknown."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from planner.errors import RegisterError
from planner.register.columns import CAUSES, UNKNOWN
from planner.register.importing import Order, import_register
from planner.register.personal import key_of, personal_data_in
from planner.register.stored import Origins, write_register
from planner.wording import render, render_all
from tests.register.handed_in import HOUSEHOLDS, STANDARD, brought_in, codes, columns, csv_of, handed_in, plan_of


def refused(order: Order) -> set[str]:
    with pytest.raises(RegisterError) as caught:
        import_register(order)
    return {fault.code.partition(".")[2] for fault in caught.value.faults}


def test_a_plain_table_is_read_and_what_it_lacks_is_unknown(tmp_path):
    found = brought_in(tmp_path, 户=HOUSEHOLDS)
    h, v = found.register.households, found.register.villages
    assert h["household"].tolist() == [11, 12, 13]
    assert h["persons"].tolist() == [4, 3, 2]
    assert h["house_safe"].tolist() == [1, 0, UNKNOWN]
    assert h["water_ok"].tolist() == [1, UNKNOWN, 0]
    assert h["labour"].tolist() == [UNKNOWN] * 3
    assert np.isnan(found.register.income).all()
    assert h["registered"].tolist() == [1, 1, 1]
    assert v["name"].tolist() == ["上湾村", "大岭村"]
    assert v["rural_persons"].tolist() == [UNKNOWN, UNKNOWN]
    assert found.register.townships == ("青石镇", "白水乡")
    assert not found.register.synthetic
    assert {"columns_unknown", "villages_derived", "all_registered"} <= {c.removeprefix("note_") for c in codes(found)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_text_is_read_in_either_encoding_with_or_without_a_mark(encoding, tmp_path):
    path = tmp_path / "户.csv"
    path.write_bytes(csv_of(HOUSEHOLDS).encode(encoding))
    found = import_register(Order((path,)))
    assert found.register.villages["name"].tolist() == ["上湾村", "大岭村"]
    assert ("note_bom" in codes(found), "note_gbk" in codes(found)) == (
        encoding == "utf-8-sig",
        encoding.startswith("gb"),
    )


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
def test_the_separator_is_found(separator, tmp_path):
    path = tmp_path / "户.csv"
    path.write_text(csv_of(HOUSEHOLDS).replace(",", separator), encoding="utf-8")
    assert import_register(Order((path,))).register.households["persons"].tolist() == [4, 3, 2]


def test_a_parquet_table_of_another_is_read(tmp_path):
    frame = pd.DataFrame(HOUSEHOLDS[1:], columns=HOUSEHOLDS[0])
    frame.to_parquet(tmp_path / "户.parquet")
    found = import_register(Order((tmp_path / "户.parquet",)))
    assert found.register.households["house_safe"].tolist() == [1, 0, UNKNOWN]


def test_a_folder_stands_for_the_tables_in_it_and_townships_may_come_one_by_one(tmp_path):
    head, *rows = HOUSEHOLDS
    handed_in(tmp_path / "in", 青石镇=[head, *rows[:2]], 白水乡=[head, rows[2]])
    (tmp_path / "in" / "~$锁.xlsx").write_bytes(b"x")
    (tmp_path / "in" / "说明.docx").write_bytes(b"x")
    found = import_register(Order((tmp_path / "in",)))
    assert sorted(found.register.households["household"].tolist()) == [11, 12, 13]
    assert "note_file_ignored" in codes(found)
    assert len(found.sources) == 2


def test_a_workbook_of_several_sheets_with_a_title_over_the_headings(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "贫困户基本信息"
    sheet.append(["某县建档立卡贫困户信息表"])
    sheet.merge_cells("A1:F1")
    sheet.append(["填报单位：扶贫办", None, None, None, "单位：人"])
    for row in HOUSEHOLDS:
        sheet.append(row)
    villages = book.create_sheet("行政村")
    villages.append(["乡镇", "行政村", "是否贫困村", "总人口"])
    villages.append(["白水乡", "大岭村", "是", 1500])
    villages.append(["青石镇", "上湾村", "否", 1800])
    book.create_sheet("填表说明").append(["请如实填写"])
    book.save(tmp_path / "a.xlsx")
    found = import_register(Order((tmp_path / "a.xlsx",)))
    assert found.register.villages["name"].tolist() == ["大岭村", "上湾村"]
    assert found.register.villages["rural_persons"].tolist() == [1500, 1800]
    assert found.register.households["village"].tolist() == [1, 1, 0]
    assert "note_sheet_ignored" in codes(found)


def test_personal_columns_are_dropped_by_heading_and_by_content_and_stand_nowhere(tmp_path):
    table = columns(
        "户编号 户主姓名 身份证号 联系电话 家庭住址 补充 乡镇 行政村 家庭人口",
        f"1 韦小花 {STANDARD} 13912345678 上湾村1号 13987654321 青石镇 上湾村 3",
        "2 覃小红 110105491231002 13912345679 上湾村2号 13987654322 青石镇 上湾村 2",
    )
    found = brought_in(tmp_path / "in", 户=table)
    dropped = [render(note) for note in found.notes if note.code == "register.note_dropped"]
    assert len(dropped) == 5
    write_register(found.register, tmp_path / "out", Origins(found.sources, found.notes))
    text = "".join(render(n) + render(n, "en") for n in found.notes)
    text += (tmp_path / "out" / "register.json").read_text(encoding="utf-8")
    raw = b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir())
    for word in ("韦小花", "覃小红", STANDARD, "13912345678", "13987654321", "110105491231002"):
        assert word not in text
        assert word.encode() not in raw
    assert not personal_data_in(text)
    for table_of in (found.register.households, found.register.villages):
        assert not any(personal_data_in(str(value)) for name in table_of for value in table_of[name].tolist())


def test_with_a_secret_identity_numbers_become_keys_and_nothing_else(tmp_path):
    table = columns(
        "户编号 户主身份证号 乡镇 行政村 家庭人口",
        f"A1 {STANDARD} 青石镇 上湾村 3",
        "A2 110105491231002 青石镇 上湾村 2",
        "A3 . 青石镇 上湾村 1",
    )
    secret = b"a secret of our own"
    found = import_register(Order(handed_in(tmp_path / "in", 户=table), salt=secret))
    assert found.keys == (key_of(STANDARD, secret), key_of(STANDARD, secret), None), "the short form is the same person"
    assert found.ids == ("A1", "A2", "A3")
    write_register(found.register, tmp_path / "out", Origins(found.sources, found.notes, 0, found.ids, found.keys))
    raw = b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir())
    assert secret not in raw
    assert STANDARD.encode() not in raw
    assert "key" in pd.read_parquet(tmp_path / "out" / "ids.parquet")


def test_faulty_rows_can_be_set_aside_with_the_households_that_hang_on_them(tmp_path):
    households = columns(
        "户编号 乡镇 行政村 家庭人口",
        "1 青石镇 上湾村 4", "2 青石镇 上湾村 四", "3 白水乡 大岭村 2", "4 白水乡 坡头村 1",
    )  # fmt: skip
    villages = columns("乡镇 行政村 农村人口", "青石镇 上湾村 900", "白水乡 大岭村 -5", "白水乡 坡头村 300")
    files = handed_in(tmp_path, 户=households, 村=villages)
    assert refused(Order(files)) == {"cell_not_number", "cell_negative"}
    found = import_register(Order(files, skip_faulty=True))
    assert found.register.households["household"].tolist() == [1, 4]
    assert found.register.villages["name"].tolist() == ["上湾村", "坡头村"]
    assert found.register.households["village"].tolist() == [0, 1]
    why = {(r.part.sheet.kind, r.part.sheet.rows[r.row][0]): {f.code for f in r.faults} for r in found.rejected}
    assert why == {
        ("villages", 3): {"register.cell_negative"},
        ("households", 3): {"register.cell_not_number"},
        ("households", 4): {"register.village_set_aside"},
    }


def test_where_every_row_is_faulty_nothing_is_imported_even_so(tmp_path):
    files = handed_in(tmp_path, 户=columns("户编号 乡镇 行政村 家庭人口", "1 青石镇 上湾村 四"))
    assert refused(Order(files, skip_faulty=True)) == {"cell_not_number"}


def test_a_fault_of_a_whole_column_cannot_be_set_aside(tmp_path):
    files = handed_in(tmp_path, 户=columns("户编号 乡镇 行政村 家庭人口 工资性收入（元）", "1 青石镇 上湾村 4 900"))
    assert refused(Order(files, skip_faulty=True)) == {"income_basis"}


PERSONS = columns(
    "户编号 姓名 与户主关系 年龄 劳动技能 在校生状况 健康状况 务工时间 是否参加新农合",
    "1 甲 户主 66 普通劳动力 非在校生 长期慢性病,残疾 . 是",
    "1 乙 配偶 58 技能劳动力 非在校生 健康 6 是",
    "1 丙 孙女 12 无劳动力 小学 健康 . 是",
    "1 丁 女儿 17 无劳动力 普通高中 健康 . 否",
    "2 戊 户主 70 丧失劳动力 非在校生 患有大病 . 是",
)
PERSONS[1][6] = "长期慢性病、残疾"


def test_persons_are_counted_by_household(tmp_path):
    households = columns("户编号 乡镇 行政村", "1 青石镇 上湾村", "2 青石镇 上湾村")
    h = brought_in(tmp_path, 户=households, 人员=PERSONS).register.households
    found = {name: h[name].tolist() for name in ("persons", "labour", "off_farm", "pupils", "students", "elderly")}
    assert found == {
        "persons": [4, 1], "labour": [2, 0], "off_farm": [1, 0], "pupils": [1, 0], "students": [1, 0], "elderly": [1, 1],
    }  # fmt: skip
    assert (h["ill"].tolist(), h["disabled"].tolist(), h["insured"].tolist()) == ([1, 1], [1, 0], [0, 1])


def test_a_table_of_persons_alone_makes_the_households_too(tmp_path):
    table = columns(
        "户编号 乡镇 行政村 与户主关系 劳动技能 致贫原因 人数",
        "7 青石镇 上湾村 配偶 普通劳动力 . 2", "7 青石镇 上湾村 户主 普通劳动力 因病 2", "8 白水乡 大岭村 户主 无劳动力 因残 1",
    )  # fmt: skip
    h = brought_in(tmp_path, 人员=table).register.households
    assert h["household"].tolist() == [7, 8]
    assert h["persons"].tolist() == [2, 1]
    assert h["labour"].tolist() == [2, 0]
    assert [CAUSES[c] for c in h["cause"]] == ["因病", "因残"]


def test_a_person_whose_row_is_faulty_takes_the_household_along(tmp_path):
    households = columns("户编号 乡镇 行政村", "1 青石镇 上湾村", "2 青石镇 上湾村")
    persons = columns("户编号 与户主关系 年龄", "1 户主 40", "1 配偶 400", "2 户主 50")
    found = import_register(Order(handed_in(tmp_path, 户=households, 人员=persons), skip_faulty=True))
    assert found.register.households["household"].tolist() == [2]
    assert {f.code for r in found.rejected for f in r.faults} == {"register.cell_high", "register.person_set_aside"}


def test_codes_of_bureaus_become_the_registers_own(tmp_path):
    table = columns(
        "户编号 乡镇 行政村 家庭人口 贫困户属性 房屋等级 人均住房面积（平方米） 其他致贫原因 耕地面积（公顷）",
        "1 青石镇 上湾村 4 低保贫困户 C级 20 缺技术、因学 0.2", "2 青石镇 上湾村 2 五保户 A级 15.5 无 .",
        "3 青石镇 上湾村 1 一般贫困户 . . . 1",
    )  # fmt: skip
    found = brought_in(tmp_path, 户=table)
    h = found.register.households
    assert (h["dibao"].tolist(), h["wubao"].tolist()) == ([1, 0, 0], [0, 1, 0])
    assert h["house_safe"].tolist() == [0, 1, UNKNOWN]
    assert h["house_area"].tolist()[:2] == [80, 31]
    assert h["cause_second"].tolist() == [CAUSES.index("缺技术"), -1, -1]
    assert h["land_mu"].tolist()[::2] == [3, 15]
    assert "note_first_of" in codes(found)


@pytest.mark.parametrize(
    ("ids", "numbers", "kept"),
    [
        (["5", "9"], [5, 9], ()),
        (["05", "9"], [0, 1], ("05", "9")),
        (["4508810010001", "4508810010002"], [0, 1], ("4508810010001", "4508810010002")),
        (["A-1", "A-2"], [0, 1], ("A-1", "A-2")),
    ],
)
def test_household_numbers_are_kept_where_they_are_plain_and_told_where_not(ids, numbers, kept, tmp_path):
    found = brought_in(tmp_path, 户=columns("户编号 乡镇 行政村 家庭人口", *(f"{i} 青石镇 上湾村 2" for i in ids)))
    assert found.register.households["household"].tolist() == numbers
    assert found.ids == kept


def test_without_numbers_households_are_counted(tmp_path):
    found = brought_in(tmp_path, 户=columns("乡镇 行政村 家庭人口", "青石镇 上湾村 2", "青石镇 上湾村 3"))
    assert found.register.households["household"].tolist() == [0, 1]
    assert "note_numbered" in codes(found)
    assert found.ids == (None, None)


def test_natural_groups_are_numbered_within_their_village(tmp_path):
    table = columns(
        "户编号 乡镇 行政村 自然屯 家庭人口",
        "1 青石镇 上湾村 东屯 2", "2 青石镇 上湾村 西屯 2", "3 青石镇 下湾村 西屯 2", "4 青石镇 上湾村 东屯 2",
    )  # fmt: skip
    assert brought_in(tmp_path, 户=table).register.households["group"].tolist() == [0, 1, 0, 0]


def test_a_village_of_one_name_in_two_townships_is_two_villages_where_a_table_says_so(tmp_path):
    villages = columns("乡镇 行政村 农村人口", "青石镇 新村 900", "白水乡 新村 500")
    table = columns("户编号 乡镇 行政村 家庭人口", "1 白水乡 新村 2", "2 青石镇 新村 3")
    assert brought_in(tmp_path, 户=table, 村=villages).register.households["village"].tolist() == [1, 0]


def test_names_are_compared_as_people_read_them(tmp_path):
    villages = columns("乡镇 行政村 农村人口", "青石镇 第1村 900")
    table = [["户编号", "乡镇", "行政村", "家庭人口"], ["1", " 青石镇 ", "第１ 村", "2"]]
    found = brought_in(tmp_path, 户=table, 村=villages)
    assert found.register.villages["name"].tolist() == ["第1村"]
    assert "note_spaces" in codes(found)


def test_a_plan_gives_the_townships_their_order_and_is_compared(tmp_path):
    files = handed_in(tmp_path, 户=HOUSEHOLDS)
    found = import_register(Order(files, plan=plan_of("白水乡", "黑土乡", "青石镇")))
    assert found.register.townships == ("白水乡", "黑土乡", "青石镇")
    assert found.register.villages["township"].tolist() == [2, 0]
    (note,) = (n for n in found.notes if n.code == "register.note_plan_persons")
    assert note.values == {"found": 9, "planned": 900, "count": 1}


def test_every_fault_of_every_file_is_in_one_report(tmp_path):
    files = handed_in(
        tmp_path, 甲=[["x"]], 户=columns("户编号 乡镇 行政村 家庭人口", "1 青石镇 上湾村 四", "1 青石镇 上湾村 3")
    )
    (tmp_path / "乙.xls").write_bytes(b"x")
    with pytest.raises(RegisterError) as caught:
        import_register(Order((*files, tmp_path / "乙.xls", tmp_path / "丙.csv")))
    said = render_all(caught.value)
    assert all(name in said for name in ("甲.csv", "乙.xls", "丙.csv"))


MAPPING = """\
sheets:
  households: {name: 表一, header_row: 2}
columns:
  households:
    persons: {heading: 口}
    行政村: {column: c}
    house_safe: {heading: 墙, codes: {砖混: 是, 土坯: 否, 说不清: 不明}}
    工资性收入: {heading: 打工, unit: 万元, per: household}
    cause: {heading: 原因, codes: {看病: 因病}}
ignore: [备注]
"""


def test_a_mapping_finds_what_is_called_otherwise(tmp_path):
    (tmp_path / "对照表.yaml").write_text(MAPPING, encoding="utf-8")
    rows = [["导出", "", "", "", "", "", "", "", ""], "户编号 乡镇 地 口 墙 打工 原因 备注 户主姓名".split()]
    rows += [r.split() for r in ("1 青石镇 上湾村 4 砖混 1.2 看病 x 甲", "2 青石镇 上湾村 2 说不清 0.4 缺技术 y 乙")]
    rows += [r.split() for r in ("3 青石镇 上湾村 3 土坯 0.9 因学 y 乙", "4 青石镇 上湾村 1 否 0.3 因学 y 乙")]
    files = handed_in(tmp_path, 表一=rows)
    found = import_register(Order(files, tmp_path / "对照表.yaml"))
    h = found.register.households
    assert h["persons"].tolist() == [4, 2, 3, 1]
    assert h["house_safe"].tolist() == [1, UNKNOWN, 0, 0]
    assert h["income_wage"].tolist() == [3000, 2000, 3000, 3000]
    assert [CAUSES[c] for c in h["cause"]] == ["因病", "缺技术", "因学", "因学"]
    assert "note_unused" not in codes(found)


def test_what_is_written_of_an_import_can_be_read_by_people_and_says_it_is_real(tmp_path):
    found = brought_in(tmp_path / "in", 户=HOUSEHOLDS)
    write_register(found.register, tmp_path / "out", Origins(found.sources, found.notes))
    about = json.loads((tmp_path / "out" / "register.json").read_text(encoding="utf-8"))
    assert (about["synthetic"], about["registered_persons"], about["households"], about["villages"]) == (False, 9, 3, 2)
    assert about["columns"]["households"]["land_mu"] == {
        "chinese": "耕地面积",
        "kind": "amount",
        "unit": "亩",
        "unknown": 3,
    }
    assert about["sources"] == [{"bytes": found.sources[0].size, "name": "户.csv", "sha256": found.sources[0].sha256}]
    assert about["notes"][0].keys() == {"zh", "en"}


def test_importing_twice_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        found = brought_in(tmp_path / "in", 户=HOUSEHOLDS)
        write_register(found.register, tmp_path / name, Origins(found.sources, found.notes))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("a", "b"))
    assert one == two


@pytest.mark.parametrize("name", ["户.csv", "户.txt"])
def test_a_path_may_be_relative(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(csv_of(HOUSEHOLDS), encoding="utf-8")
    assert import_register(Order((Path(name),))).register.households.rows == 3
