"""What is done to a sound register so that it breaks in a way that no text can: cells hidden, parts forged, bytes spoilt."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

Paths = list[Path]


def _hide_sheet(book: Workbook, name: str) -> None:
    book[name].sheet_state = "hidden"


def _bury_sheet(book: Workbook, name: str) -> None:
    book[name].sheet_state = "veryHidden"


def _hide_row(book: Workbook, name: str, row: str) -> None:
    book[name].row_dimensions[int(row)].hidden = True


def _hide_column(book: Workbook, name: str, letters: str) -> None:
    book[name].column_dimensions[letters].hidden = True


def _merge(book: Workbook, name: str, cells: str) -> None:
    book[name].merge_cells(cells)


def _title(book: Workbook, name: str, rows: str) -> None:
    """Rows over the headings, the first of them a merged title."""
    book[name].insert_rows(1, int(rows))
    book[name]["A1"] = "建档立卡贫困户登记表"
    book[name].merge_cells("A1:H1")


def _set(book: Workbook, name: str, cell: str, value: str) -> None:
    book[name][cell] = value


IN_WORKBOOK: dict[str, Callable[..., None]] = {
    "hide-sheet": _hide_sheet, "bury-sheet": _bury_sheet, "hide-row": _hide_row, "hide-column": _hide_column,
    "merge": _merge, "title": _title, "set": _set,
}  # fmt: skip


def _with_part(paths: Paths, folder: Path, name: str, text: str = "x") -> Paths:
    """One more part in the workbook."""
    with zipfile.ZipFile(paths[0], "a") as parcel:
        parcel.writestr(name, text)
    return paths


def _twice(paths: Paths, folder: Path, name: str) -> Paths:
    """A part given a second time."""
    with zipfile.ZipFile(paths[0]) as parcel:
        text = parcel.read(name)
    return _rewritten(paths, {}, extra=[(name.upper(), text)])


def _rewritten(
    paths: Paths, changes: dict[str, Callable[[bytes], bytes]], extra: list[tuple[str, bytes]] | None = None
) -> Paths:
    with zipfile.ZipFile(paths[0]) as parcel:
        parts = [(i.filename, parcel.read(i)) for i in parcel.infolist()]
    with zipfile.ZipFile(paths[0], "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, text in [*parts, *(extra or [])]:
            parcel.writestr(name, changes.get(name, lambda t: t)(text))
    return paths


def _declare(paths: Paths, folder: Path) -> Paths:
    """An entity that stands for a thousand others, declared in the first sheet."""

    def change(text: bytes) -> bytes:
        head, _, rest = text.partition(b"?>") if text.startswith(b"<?xml") else (b"", b"", text)
        return head + (b"?>" if head else b"") + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + rest

    return _rewritten(paths, {"xl/worksheets/sheet1.xml": change})


def _wide_letters(paths: Paths, folder: Path) -> Paths:
    return _rewritten(paths, {"xl/worksheets/sheet1.xml": lambda t: b"\xff\xfe" + t.decode().encode("utf-16-le")})


def _far_row(paths: Paths, folder: Path) -> Paths:
    """A row that claims to be the thousand-millionth, up to which a reader would count."""
    return _rewritten(paths, {"xl/worksheets/sheet1.xml": lambda t: t.replace(b'<row r="3"', b'<row r="999999999"')})


def _spoil(paths: Paths, folder: Path) -> Paths:
    """Bytes in the middle of the first sheet are changed."""
    with zipfile.ZipFile(paths[0]) as parcel:
        at = parcel.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    raw = bytearray(paths[0].read_bytes())
    raw[at : at + 40] = bytes(40)
    paths[0].write_bytes(bytes(raw))
    return paths


def bomb(path: Path, size: int) -> None:
    """A small workbook whose first sheet unpacks to `size` bytes of blanks, a whole number of 2**20."""
    blank = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush nothing depends on what came before, so the piece can be said again.
    piece = packer.compress(blank) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = piece * (size >> 20) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    checksum = 0
    for _ in range(size >> 20):
        checksum = zlib.crc32(blank, checksum)
    name = b"xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("[Content_Types].xml", "<Types/>")
        parcel.writestr("xl/workbook.xml", "<workbook/>")
        handle = parcel.fp
        if handle is None:
            raise ValueError(path)
        info = zipfile.ZipInfo(name.decode())
        info.compress_type, info.CRC, info.compress_size = zipfile.ZIP_DEFLATED, checksum, len(packed)
        info.file_size, info.header_offset = size, handle.tell()
        header = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, checksum, len(packed), size, len(name), 0)
        handle.write(header + name + packed)
        parcel.filelist.append(info)
        parcel.NameToInfo[info.filename] = info
        parcel.start_dir = handle.tell()


def _bomb(paths: Paths, folder: Path) -> Paths:
    bomb(folder / "登记表.xlsx", 20 << 20)
    return [folder / "登记表.xlsx"]


def _content(content: bytes) -> Callable[..., Paths]:
    def write(paths: Paths, folder: Path, name: str = "登记表.xlsx") -> Paths:
        (folder / name).write_bytes(content)
        return [folder / name]

    return write


def _renamed(paths: Paths, folder: Path, name: str) -> Paths:
    paths[0].rename(folder / name)
    return [folder / name, *paths[1:]]


def _locked(paths: Paths, folder: Path) -> Paths:
    """The list of contents says that every part is encrypted."""
    raw = bytearray(paths[0].read_bytes())
    at = raw.find(b"PK\1\2")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\1\2", at + 4)
    paths[0].write_bytes(bytes(raw))
    return paths


def _joined(paths: Paths, folder: Path) -> Paths:
    """The last two lines of the first file in another encoding than the rest."""
    lines = paths[0].read_text(encoding="utf-8").splitlines(keepends=True)
    paths[0].write_bytes("".join(lines[:-2]).encode() + "".join(lines[-2:]).encode("gb18030"))
    return paths


def _encoded(paths: Paths, folder: Path, encoding: str) -> Paths:
    paths[0].write_bytes(paths[0].read_text(encoding="utf-8").encode(encoding))
    return paths


def _byte(paths: Paths, folder: Path, line: str) -> Paths:
    """A byte that neither encoding knows, at the end of a line."""
    lines = paths[0].read_bytes().splitlines(keepends=True)
    lines[int(line) - 1] = lines[int(line) - 1].rstrip() + b"\xff\n"
    paths[0].write_bytes(b"".join(lines))
    return paths


def _long_line(paths: Paths, folder: Path) -> Paths:
    with paths[0].open("ab") as handle:
        handle.write(b"1" * 300_000)
    return paths


def _long_cell(paths: Paths, folder: Path) -> Paths:
    with paths[0].open("ab") as handle:
        handle.write(b"107," + b"1" * 20_000 + b"\n")
    return paths


def _nested(paths: Paths, folder: Path) -> Paths:
    pq.write_table(pa.table({"户编号": ["1"], "行政村": [["a", "b"]]}), folder / "户.parquet")
    return [folder / "户.parquet"]


def _link(paths: Paths, folder: Path) -> Paths:
    (folder / "别处.csv").symlink_to(paths[0])
    return [folder / "别处.csv", *paths[1:]]


def _again(paths: Paths, folder: Path) -> Paths:
    return [*paths, paths[0]]


def _elsewhere(paths: Paths, folder: Path, name: str) -> Paths:
    return [folder / name]


def _empty_folder(paths: Paths, folder: Path) -> Paths:
    (folder / "空").mkdir()
    (folder / "空" / "说明.docx").write_bytes(b"x")
    return [folder / "空"]


def _many(paths: Paths, folder: Path) -> Paths:
    """Two dozen households whose column of villages holds the names of persons."""
    head, *rows = paths[0].read_text(encoding="utf-8").splitlines()
    given = "英花明强芳军秀兰文武国民福贵春夏秋冬东南西北中平"
    made = [rows[0].replace("101", str(200 + i)).replace("上湾村", f"韦{c}") for i, c in enumerate(given)]
    paths[0].write_text("\n".join([head, *made]) + "\n", encoding="utf-8")
    return paths[:1]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ON_FILES: dict[str, Callable[..., Paths]] = {
    "part": _with_part, "twice": _twice, "declare": _declare, "wide-letters": _wide_letters, "far-row": _far_row,
    "spoil": _spoil, "bomb": _bomb, "renamed": _renamed, "locked": _locked, "joined": _joined, "encoded": _encoded,
    "byte": _byte, "long-line": _long_line, "long-cell": _long_cell, "nested": _nested, "link": _link, "again": _again,
    "elsewhere": _elsewhere, "empty-folder": _empty_folder, "names": _many,
    "old": _content(OLD + bytes(600)),
    "encrypted": _content(OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100)),
    "not-zip": _content("户编号,行政村\n1,上湾村\n".encode()),
    "no-bytes": _content(b""),
    "not-parquet": _content(b"PAR1 and nothing more"),
}  # fmt: skip
