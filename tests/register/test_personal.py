"""Personal data are found in any dress, and keys tell nobody whose they are."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.errors import RegisterError
from planner.register.codes import KNOWN_WORDS
from planner.register.personal import (
    HIDDEN,
    identity_of,
    is_personal,
    key_of,
    looks_like_name,
    personal_data_in,
    read_salt,
    shown,
    without_numbers,
)

STANDARD = "11010519491231002X"
"""The example in the national standard of identity numbers (GB 11643)."""
WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]


def with_check(digits: str) -> str:
    """The check character by the standard's own formula: the weighted sum of all eighteen is 1 modulo 11."""
    rest = sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + "0123456789X"[(1 - rest) % 11]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (STANDARD, "identity"),
        ("１１０１０５１９４９１２３１００２Ｘ", "identity"),
        ("110105 19491231 002x", "identity"),
        ("证号:11010519491231002X。", "identity"),
        ("110105491231002", "identity"),
        ("13912345678", "phone"),
        ("电话139-1234-5678", "phone"),
        ("+8613912345678", "phone"),
        ("1 3 9 1 2 3 4 5 6 7 8", "phone"),
        ("3 13912345678", "phone"),
        ("6200000000000005", "card"),
    ],
)
def test_a_number_of_a_person_is_found(text, kind):
    assert kind in {found.kind for found in personal_data_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4508810010001",
        "450881001001",
        "2893.13912345678",
        "0.13912345678901234",
        "a13912345678f0",
        "23912345678",
        "12345678901234567890",
        "2031-03-05 10:00",
        "110105194913320021",
        "6200000000000006",
        hashlib.sha256(b"x").hexdigest(),
    ],
)
def test_other_numbers_are_nobodys(text):
    assert personal_data_in(text) == ()


@given(st.integers(0, 10**17 - 1), st.sampled_from("0123456789X"))
@example(11010519491231002, "X")
def test_an_identity_number_is_right_by_the_standards_own_formula(digits, last):
    text = f"{digits:017d}"
    found = identity_of(text + last)
    assert found is None or found == with_check(text)


@pytest.mark.parametrize("year", ["49", "99", "00"])
def test_a_number_of_fifteen_digits_is_brought_to_eighteen(year):
    short = f"110105{year}1231002"
    assert identity_of(short) == with_check(short[:6] + "19" + short[6:])


def test_a_number_that_a_spreadsheet_has_shortened_is_still_personal():
    assert is_personal(110105194912310000.0)
    assert is_personal(13912345678.0)
    assert is_personal(13912345678)
    assert not is_personal(2500.5)
    assert not is_personal(True)
    assert not is_personal(None)


@pytest.mark.parametrize("text", ["韦小花", "张三", "欧阳修文", "韦 小 花", "覃小红、韦大明", "韦小花（户主）"])
def test_a_name_is_never_repeated(text):
    assert looks_like_name(text)
    assert shown(text, KNOWN_WORDS) == HIDDEN


@pytest.mark.parametrize("text", ["上湾村", "黄村", "石桥镇", "缺技术", "因病", "四", "A级", "3.5万"])
def test_places_and_known_words_are_repeated(text):
    assert shown(text, KNOWN_WORDS) == text


def test_what_is_long_or_holds_a_number_is_hidden():
    assert shown("这户人家去年冬天搬到县城里住了") == HIDDEN
    assert shown(13912345678) == HIDDEN
    assert shown("a\x07b") == "a\N{REPLACEMENT CHARACTER}b"
    assert without_numbers("13912345678.xlsx") == HIDDEN
    assert without_numbers("登记表.xlsx") == "登记表.xlsx"


def test_a_key_is_the_keyed_hash_and_another_secret_gives_another():
    assert key_of(STANDARD, b"s" * 16) == hmac.new(b"s" * 16, STANDARD.encode(), hashlib.sha256).hexdigest()
    assert key_of(STANDARD, b"s" * 16) != key_of(STANDARD, b"t" * 16)


@pytest.mark.parametrize(
    ("content", "code"), [(b"short", "salt_length"), (b"x" * 5000, "salt_length"), (None, "salt_absent")]
)
def test_a_secret_that_does_not_do_is_refused(content, code, tmp_path):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RegisterError) as refused:
        read_salt(path, tmp_path / "out")
    assert refused.value.faults[0].code == f"register.{code}"


def test_a_secret_within_the_results_or_behind_a_link_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    inside = tmp_path / "out" / "key"
    inside.write_bytes(b"0123456789abcdef")
    link = tmp_path / "link"
    link.symlink_to(inside)
    for path, code in ((inside, "register.salt_inside"), (link, "register.salt_absent")):
        with pytest.raises(RegisterError) as refused:
            read_salt(path, tmp_path / "out")
        assert refused.value.faults[0].code == code


def test_a_secret_is_read_without_the_line_end(tmp_path):
    (tmp_path / "key").write_bytes(b"0123456789abcdef\r\n")
    assert read_salt(tmp_path / "key", tmp_path / "out") == b"0123456789abcdef"
