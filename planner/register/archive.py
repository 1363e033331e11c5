"""An Excel file before it is opened: a parcel whose sizes, parts and text are looked at piece by piece, never whole.

Refused: what is not a parcel, old and encrypted workbooks, parcels that unpack to far more than they are, parts outside
their place or given twice, macros, links to other workbooks, embedded objects, declarations of entities, formulas, and
rows or columns that nobody sees. Memory stays small whatever the file claims.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from planner.errors import Fault

CHUNK = 1 << 18
LAST_ROW = 1 << 20
NEAR = 1 << 11
"""Bytes before a formula in which its cell begins."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""\A<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_TAG = re.compile(rb"<(?:\w+:)?(f|row|col|mergeCell)(?=[\s/>])([^>]*)>")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_ROW = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["'](\d+)["']""")
_MERGED = re.compile(rb"""\bref\s*=\s*["']([A-Z]+\d+:[A-Z]+(\d+))["']""")
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]+\d+)["']""")
_PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"vbaproject|xl/macrosheets/", re.IGNORECASE), "register.excel_macros"),
    (re.compile(r"xl/externallinks/|xl/connections\.xml|xl/querytables/", re.IGNORECASE), "register.excel_external"),
    (re.compile(r"xl/(embeddings|activex)/", re.IGNORECASE), "register.excel_embedded"),
)


@dataclass(frozen=True)
class Limits:
    """How large a parcel may be; half a million households fit."""

    file: int = 200_000_000
    """Bytes of the file itself."""
    total: int = 1_000_000_000
    """Bytes once unpacked, all parts together."""
    texts: int = 150_000_000
    """Bytes of the shared texts, which are held in memory."""
    ratio: int = 100
    """Bytes unpacked for each byte of the file."""
    small: int = 2_000_000
    """Bytes below which no ratio is asked."""
    parts: int = 2_000
    contents: int = 1_000_000
    """Bytes of the list of contents, which is read whole."""


@dataclass
class Seen:
    """What the text of one sheet says of itself."""

    formulas: list[str] = field(default_factory=list)
    """Cells that hold a formula; the first thousand."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last, counted from nought."""
    merged: list[tuple[int, str]] = field(default_factory=list)
    """Last row and address of each merged range."""
    beyond: bool = False
    """Whether a row claims a number that no sheet has; a reader would count up to it."""
    tail: bytes = b""
    """The end of the piece before, where the cell of a formula may have begun."""


def refusals(path: Path, shown: str, limits: Limits) -> list[Fault]:
    """Why a file is not opened at all; empty where it may be."""
    size = path.stat().st_size
    if size > limits.file:
        return [Fault(shown, 0, "", "register.file_too_large", {"found": _mb(size), "limit": _mb(limits.file)})]
    with path.open("rb") as handle:
        start = handle.read(8)
        if start == _OLD:
            held = start + handle.read(4_000_000)
            code = "register.excel_encrypted" if _ENCRYPTED in held else "register.excel_old"
            return [Fault(shown, 0, "", code, {})]
        handle.seek(max(0, size - 65_557))
        _, found, rest = handle.read().rpartition(b"PK\5\6")
        contents = rest[8:12] if found else b""
    if len(contents) == 4 and int.from_bytes(contents, "little") > limits.contents:
        return [Fault(shown, 0, "", "register.zip_parts", {"limit": limits.parts})]
    try:
        with zipfile.ZipFile(path) as parcel:
            return _of_parts(parcel.infolist(), size, shown, limits)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return [Fault(shown, 0, "", "register.excel_not_zip", {})]


def _of_parts(parts: list[zipfile.ZipInfo], size: int, shown: str, limits: Limits) -> list[Fault]:
    """Faults that the list of contents shows, before anything is unpacked."""
    found: dict[str, tuple[str, dict[str, object]]] = {}
    if len(parts) > limits.parts:
        found["register.zip_parts"] = ("", {"limit": limits.parts})
    total = sum(part.file_size for part in parts)
    if total > limits.total:
        found["register.zip_total"] = ("", {"found": _mb(total), "limit": _mb(limits.total)})
    if total > limits.small and total > limits.ratio * size:
        found["register.zip_ratio"] = ("", {"found": _mb(total), "limit": limits.ratio})
    seen: set[str] = set()
    for part in parts:
        for code in _of_part(part, seen, limits):
            found.setdefault(code, (_plain(part.filename), {"limit": _mb(limits.texts)}))
        seen.add(part.filename.casefold())
    if not found and "xl/workbook.xml" not in seen:
        found["register.excel_no_workbook"] = ("", {})
    return [Fault(shown, 0, path, code, values) for code, (path, values) in found.items()]


def _of_part(part: zipfile.ZipInfo, seen: set[str], limits: Limits) -> list[str]:
    """Codes of what is wrong with one part."""
    name = part.filename
    wrong = {
        "register.zip_locked": bool(part.flag_bits & 1),
        "register.zip_path": name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name,
        "register.zip_twice": name.casefold() in seen,
        "register.zip_texts": name.casefold() == "xl/sharedstrings.xml" and part.file_size > limits.texts,
        **{code: bool(pattern.search(name)) for pattern, code in _PARTS},
    }
    return [code for code, holds in wrong.items() if holds]


def look_through(path: Path, shown: str) -> tuple[dict[str, Seen], list[Fault]]:
    """What the sheets of a parcel say of themselves, by part, and faults of its text; read in small pieces."""
    seen: dict[str, Seen] = {}
    faults: list[Fault] = []
    try:
        with zipfile.ZipFile(path) as parcel:
            for part in parcel.infolist():
                if not part.filename.casefold().endswith((".xml", ".rels")):
                    continue
                about = Seen() if part.filename.startswith("xl/worksheets/") else None
                if about is not None:
                    seen[part.filename] = about
                code = _look(parcel, part, about)
                if code:
                    faults.append(Fault(shown, 0, _plain(part.filename), code, {}))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError):
        return {}, [Fault(shown, 0, "", "register.excel_damaged", {})]
    return seen, faults


def _look(parcel: zipfile.ZipFile, part: zipfile.ZipInfo, about: Seen | None) -> str:
    """Read one part through; the code of a fault, or nothing."""
    first = True
    for text in _pieces(parcel, part):
        if first:
            first = False
            encoding = _ENCODING.search(text)
            if b"\0" in text[:4] or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return "register.xml_encoding"
            if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
                return "register.xml_encoding"
        if _DECLARATION.search(text):
            return "register.xml_declaration"
        if about is not None:
            if len(text) >= CHUNK and b"<" not in text[1:]:
                return "register.excel_huge_cell"
            _note_tags(text, about)
            if about.beyond:
                return "register.excel_damaged"
            about.tail = text[-NEAR:]
    return ""


def _pieces(parcel: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The text of a part in pieces that end before an opened tag; each begins with a little of the one before."""
    with parcel.open(part) as handle:
        rest = b""
        while chunk := handle.read(CHUNK):
            text = rest + chunk
            cut = text.rfind(b"<")
            if cut <= 0 or len(text) - cut > 4096:
                cut = len(text)
            yield text[:cut]
            rest = text[cut:]
        yield rest


def _note_tags(text: bytes, about: Seen) -> None:
    for tag in _TAG.finditer(text):
        name, inside = tag[1], tag[2]
        if name == b"f":
            before = _CELL.findall(
                about.tail + text[: tag.start()] if tag.start() < NEAR else text[tag.start() - NEAR : tag.start()]
            )
            if len(about.formulas) < 1000:
                about.formulas.append(before[-1].decode() if before else "?")
        elif name == b"row":
            number = _ROW.search(inside)
            if number and (len(number[1]) > 7 or int(number[1]) > LAST_ROW):
                about.beyond = True
            elif number and _HIDDEN.search(inside):
                about.hidden_rows.append(int(number[1]))
        elif name == b"col":
            span = {key: int(value) for key, value in _SPAN.findall(inside)}
            if _HIDDEN.search(inside) and len(span) == 2:
                about.hidden_columns.append((span[b"min"] - 1, span[b"max"] - 1))
        elif merged := _MERGED.search(inside):
            about.merged.append((int(merged[2]), merged[1].decode()))


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} KB"


def _plain(name: str) -> str:
    """The name of a part as a message may show it."""
    return "".join(c if c.isprintable() else "?" for c in name)[:80]
