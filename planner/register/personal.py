"""Personal data (个人信息): found, hidden in messages, or turned into a key; none of it leaves the door of the import.

The model needs no name and no number of a person. Columns of such are dropped by their heading; a cell that looks like
one is a fault wherever it stands; and no message, note, list of faults or rejected row repeats it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Literal, NamedTuple

from planner.errors import Fault, RegisterError

Kind = Literal["identity", "phone", "card"]
HIDDEN = "***"
"""Stands in a message for what is not repeated there."""
SHOWN_AT_MOST = 12
"""Characters of a free text beyond which it is not repeated: sentences tend to name somebody."""
SHORTEST_SALT, LONGEST_SALT = 16, 4096

_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# A longer run of digits, a decimal fraction or a content hash is none of these.
_BEFORE, _AFTER = r"(?<![0-9a-fA-F.])", r"(?![0-9a-fA-F]|\.\d)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("identity", re.compile(rf"{_BEFORE}{_PROVINCE}\d{{4}}(?:18|19|20)\d\d{_DAY}\d{{3}}[\dXx]{_AFTER}")),
    ("identity", re.compile(rf"{_BEFORE}{_PROVINCE}\d{{4}}\d\d{_DAY}\d{{3}}{_AFTER}")),
    ("phone", re.compile(rf"{_BEFORE}(?:\+?86)?1[3-9]\d{{9}}{_AFTER}")),
    ("card", re.compile(rf"{_BEFORE}62\d{{14,17}}{_AFTER}")),
)
_PARTED = re.compile(r"(?<=\d)[ \-·](?=[\dXx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_CHINESE = re.compile(r"[㐀-鿿]+")
_SURNAMES = frozenset(
    "王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范"
    "汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤农蓝蒙闭甘陀岑颜零冼植磨祝凌玉赖文洪"
    "庞樊兰殷施柯翁温辛欧包庄倪齐易常康伍乔葛谷尤章鲁焦巴游牛俞盛左童柴车甄宁麦翟骆宾滕党刁阮裴涂饶关霍柳管耿卜卞隆班"
)  # fmt: skip
_DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容")
_PLACE_ENDS = (*"村屯镇乡县市区街组队寨庄坡岭", "社区", "街道", "居委会", "村委会", "林场", "农场")


class Found(NamedTuple):
    """One piece of personal data."""

    kind: Kind
    start: int
    """Where it begins in the text as given to the patterns (half-width, separators taken out)."""


def personal_data_in(text: str) -> tuple[Found, ...]:
    """Identity numbers (18 digits, 15 digits), mobile numbers and bank cards in a text.

    Full-width digits and numbers parted by spaces or hyphens are found too.

    >>> [found.kind for found in personal_data_in("tel: 139 1234 5678")]
    ['phone']
    >>> personal_data_in("2893.13812345678")
    ()
    """
    narrow = unicodedata.normalize("NFKC", text)
    if sum(character.isdigit() for character in narrow) < 11:
        return ()
    found = []
    for written in dict.fromkeys((narrow, _PARTED.sub("", narrow))):
        for kind, pattern in _PATTERNS:
            matches = pattern.finditer(written)
            found += [Found(kind, match.start()) for match in matches if kind != "card" or _luhn(match[0])]
    return tuple(dict.fromkeys(found))


def is_personal(cell: object) -> bool:
    """Whether a cell holds an identity number, a mobile number or a bank card, as text or as a number."""
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, float):
        return cell.is_integer() and abs(cell) >= 1e10 and bool(personal_data_in(str(int(cell))))
    if isinstance(cell, int):
        return abs(cell) >= 10**10 and bool(personal_data_in(str(cell)))
    return isinstance(cell, str) and len(cell) >= 11 and bool(personal_data_in(cell))


def looks_like_name(text: str) -> bool:
    """Whether a text, or a piece of it, could be a person's name: a surname and one or two characters.

    >>> looks_like_name("王小明"), looks_like_name("黄村"), looks_like_name("12 mu")
    (True, False, False)
    """
    joined = re.sub(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])", "", unicodedata.normalize("NFKC", text))
    for run in _CHINESE.findall(joined):
        if run.endswith(_PLACE_ENDS):
            continue
        if (len(run) in (2, 3) and run[0] in _SURNAMES) or (len(run) in (3, 4) and run.startswith(_DOUBLE_SURNAMES)):
            return True
    return False


def shown(cell: object, known: Collection[str] = ()) -> str:
    """A cell as a message may repeat it; what could be personal is hidden, words in `known` never are."""
    if cell is None:
        return ""
    text = str(cell).strip()
    if text in known:
        return text
    if is_personal(cell) or is_personal(text):
        return HIDDEN
    if isinstance(cell, str) and (len(text) > SHOWN_AT_MOST or looks_like_name(text)):
        return HIDDEN
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def without_numbers(text: str) -> str:
    """A file, sheet or place name as it may be repeated: hidden as a whole where a person's number is in it."""
    return HIDDEN if personal_data_in(text) else "".join(c if c.isprintable() else " " for c in text)


def identity_of(cell: object) -> str | None:
    """The 18 characters of an identity number; a number of 15 digits is brought to the same form; None for no number.

    >>> identity_of("11010519491231002x"), identity_of("110105491231002"), identity_of("110105194912310021")
    ('11010519491231002X', '11010519491231002X', None)
    """
    text = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", str(cell))).upper()
    if re.fullmatch(rf"{_PROVINCE}\d{{4}}\d\d{_DAY}\d{{3}}", text):
        text = text[:6] + "19" + text[6:]
        return text + _check_of(text)
    if re.fullmatch(rf"{_PROVINCE}\d{{4}}(?:18|19|20)\d\d{_DAY}\d{{3}}[\dX]", text) and _check_of(text) == text[17]:
        return text
    return None


def key_of(number: str, salt: bytes) -> str:
    """The salted key (HMAC-SHA256) of a number, as 64 hexadecimal characters."""
    return hmac.new(salt, number.encode(), hashlib.sha256).hexdigest()


def read_salt(path: Path, out: Path) -> bytes:
    """The secret of the keys, from a file that stands outside the output.

    Raises: RegisterError where there is none, it is a link, too short or too long, or lies inside the output.
    """
    code = ""
    if path.is_symlink() or not path.is_file():
        code = "register.salt_absent"
    elif path.resolve().is_relative_to(out.resolve()):
        code = "register.salt_inside"
    elif not SHORTEST_SALT <= len(salt := path.read_bytes().strip()) <= LONGEST_SALT:
        code = "register.salt_length"
    else:
        return salt
    raise RegisterError([Fault(path.name, 0, "", code, {"least": SHORTEST_SALT, "most": LONGEST_SALT})])


def _check_of(digits: str) -> str:
    """The last character of an identity number from the seventeen before it."""
    return _CHECK[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11]


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
