"""The reader keeps to YAML 1.2, knows the line of every path, and gathers faults."""

from __future__ import annotations

import pytest

from planner.reading import MAX_BYTES, read_file, read_text


def codes(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.path, fault.code) for fault in read_text(text, "x/plan.yaml").faults]


SCALARS = {
    "8e8": 800_000_000.0,
    "1:30": "1:30",
    "no": "no",
    "on": "on",
    "012": 12,
    "-3": -3,
    "+.5": 0.5,
    "3.": 3.0,
    "~": None,
    "null": None,
    "true": True,
    "False": False,
    "'12'": "12",
    '"true"': "true",
    "1_000": "1_000",
    "0x1F": "0x1F",
    "2001-02-03": "2001-02-03",
    "1,5": "1,5",
    "": None,
}


@pytest.mark.parametrize(("written", "meant"), SCALARS.items())
def test_a_plain_word_is_read_by_the_core_rules(written, meant):
    found = read_text(f"a: {written}", "x").tree["a"]
    assert found == meant
    assert type(found) is type(meant)


def test_every_path_knows_its_line():
    reading = read_text("a:\n  b: 1\n  c:\n    - 2\n    - d: {e: 3}\nf: [4,\n  5]\n", "x")
    assert reading.lines == {
        "a": 1, "a.b": 2, "a.c": 3, "a.c.0": 4, "a.c.1": 5, "a.c.1.d": 5, "a.c.1.d.e": 5, "f": 6, "f.0": 6, "f.1": 7,
    }  # fmt: skip
    assert reading.tree == {"a": {"b": 1, "c": [2, {"d": {"e": 3}}]}, "f": [4, 5]}


def test_keys_are_words_whatever_they_look_like():
    assert read_text("2001: 1\ntrue: 2\n1.5: 3", "x").tree == {"2001": 1, "true": 2, "1.5": 3}


def test_full_width_digits_are_taken_and_noted():
    reading = read_text("a: \uff11\uff12\uff0e\uff15\n\uff12\uff10\uff10\uff11: 4\nb: 第\uff11号", "x")
    assert reading.tree == {"a": 12.5, "2001": 4, "b": "第\uff11号"}
    assert [(note.line, note.path, note.values["taken"]) for note in reading.notes] == [
        (1, "a", "12.5"),
        (2, "2001", "2001"),
    ]
    assert reading.faults == ()


def test_faults_are_gathered_and_reading_goes_on():
    text = "a: 1\na: 2\nb: &x [1, .nan, *x]\nc: !!str 3\nd: {e: 1, e: {f: .inf}}\ng: 7\n"
    assert codes(text) == [
        (2, "a", "reading.duplicate_key"),
        (3, "b", "reading.anchor"),
        (3, "b.1", "reading.not_finite"),
        (3, "b.2", "reading.alias"),
        (4, "c", "reading.tag"),
        (5, "d.e", "reading.duplicate_key"),
        (5, "d.(again).f", "reading.not_finite"),
    ]
    assert read_text(text, "x").tree == {"a": 1, "b": [1, None, None], "c": 3, "d": {"e": 1}, "g": 7}


def test_a_bomb_of_references_is_refused_before_it_grows():
    levels = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 30)]
    reading = read_text("\n".join(levels), "x")
    assert {fault.code for fault in reading.faults} == {"reading.anchor", "reading.alias"}
    assert reading.tree["a29"] == [None, None]


BROKEN = {
    "": "reading.not_a_mapping",
    "- 1": "reading.not_a_mapping",
    "just words": "reading.not_a_mapping",
    "a: 1\n\tb: 2": "reading.tab",
    "a: b: 3": "reading.colon_inside",
    "a: 1\n  b: 3": "reading.colon_inside",
    "a:\n  b: 3\n c: 2": "reading.indent",
    "a: [1, 2\nb: 3": "reading.bracket",
    'a: "1, 2\nb: 3': "reading.quote",
    "a: 1\n---\nb: 2": "reading.documents",
    "a: \x01": "reading.character",
    "a: @x": "reading.character",
    "{? [1] : 2}": "reading.key_not_text",
    "a\uff1a3\nb: 2": "reading.fullwidth_colon",
    'a: "\\ud800"': "reading.character",
    "a: " + "[" * 100_000: "reading.too_deep",
    "a: 1\nb\nc: 2": "reading.colon",
}


@pytest.mark.parametrize(("text", "code"), BROKEN.items(), ids=[repr(t[:16]) for t in BROKEN])
def test_text_that_cannot_be_read_is_told_once_and_never_raised(text, code):
    assert [found for _, _, found in codes(text)] == [code]


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"a: 1\n" + b"#" * MAX_BYTES)
    (fault,) = read_file(path, "x/plan.yaml").faults
    assert fault.code == "reading.too_large"
    assert fault.values == {"found": MAX_BYTES + 5, "limit": MAX_BYTES}


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes("a: 1\nb: 桂花\n".encode("gbk"))
    (fault,) = read_file(path, "x/plan.yaml").faults
    assert (fault.line, fault.code) == (2, "reading.not_utf8")


def test_a_file_with_a_byte_order_mark_and_dos_line_ends_is_read(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: 2\r\n".encode())
    reading = read_file(path, "x")
    assert (reading.tree, reading.lines, reading.faults) == ({"a": 1, "b": 2}, {"a": 1, "b": 2}, ())


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    (fault,) = read_file(tmp_path / "none.yaml", "x/none.yaml").faults
    assert (fault.file, fault.code) == ("x/none.yaml", "reading.absent")


@pytest.mark.bench
def test_a_plan_of_fifteen_hundred_lines_is_read_in_less_than_two_fifths_of_a_second():
    import time

    entry = "e{i}:\n  name: 第{i}项\n  cost: {{value: {i}.5, unit: 万元, source: 某年某表第{i}页, range: [{i}, 900]}}\n"
    text = "".join(entry.format(i=i) for i in range(500))
    begun = time.process_time()
    assert read_text(text, "x").faults == ()
    assert time.process_time() - begun < 0.4
