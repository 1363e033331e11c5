"""A folder of results is whole or absent, is read only as it was written, and never takes the place of something else."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from planner.comparison.indicators import frame
from planner.errors import ResultError
from planner.storage import MANIFEST, Folder, digest, read_arrays, read_manifest, read_table
from planner.wording import render_all

FLOWS = frame("flows", [("a", 2031, "registered", "assisted", 4.0), ("a", 2032, "assisted", "consolidation", 0.1)])


def written(target: Path, word: str = "甲") -> Path:
    """A small finished folder."""
    folder = Folder(target)
    folder.table("flows", FLOWS)
    folder.arrays("a", {"values": np.array([1.5, np.nan, -0.0]), "rows": np.arange(3)})
    folder.text("plans/a.json", f'{{"名": "{word}"}}\n')
    folder.close({"command": "planner run", "scenarios": {"a": {}}})
    return target


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_was_written_is_read_back(tmp_path):
    out = written(tmp_path / "out")
    assert read_table(out, "flows").equals(FLOWS)
    arrays = read_arrays(out, "a")
    assert list(arrays) == ["rows", "values"]
    assert arrays["values"].tobytes() == np.array([1.5, np.nan, -0.0]).tobytes()
    assert (out / "plans" / "a.json").read_text(encoding="utf-8") == '{"名": "甲"}\n'


def test_the_manifest_names_every_file_with_its_hash(tmp_path):
    out = written(tmp_path / "out")
    manifest = read_manifest(out)
    assert manifest["command"] == "planner run"
    wanted = {name: hashlib.sha256(held).hexdigest() for name, held in files_of(out).items() if name != MANIFEST}
    assert manifest["files"] == wanted
    assert "tables/flows.parquet" in wanted


def test_the_same_contents_give_the_same_bytes(tmp_path):
    assert files_of(written(tmp_path / "one")) == files_of(written(tmp_path / "two"))
    assert digest("甲") == hashlib.sha256("甲".encode()).hexdigest()


def test_nothing_stands_in_the_place_before_it_is_whole(tmp_path):
    target = tmp_path / "out"
    folder = Folder(target)
    folder.table("flows", FLOWS)
    assert not target.exists()
    folder.close({"scenarios": {}})
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_is_dropped_leaves_nothing_behind_not_even_folders_above(tmp_path):
    folder = Folder(tmp_path / "new" / "deep" / "out")
    folder.text("a.txt", "a")
    folder.drop()
    assert list(tmp_path.iterdir()) == []


def test_dropping_leaves_the_folders_of_others_and_earlier_results(tmp_path):
    (tmp_path / "mine").mkdir()
    before = files_of(written(tmp_path / "mine" / "out"))
    folder = Folder(tmp_path / "mine" / "out")
    folder.text("a.txt", "a")
    folder.drop()
    assert files_of(tmp_path / "mine" / "out") == before
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["out"]


def test_new_results_take_the_place_of_old_ones_whole(tmp_path):
    out = written(tmp_path / "out", "甲")
    folder = Folder(out)
    folder.text("other.txt", "乙")
    folder.close({"scenarios": {}})
    assert set(files_of(out)) == {"other.txt", MANIFEST}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_results_may_be_read_by_whoever_may_read_the_place(tmp_path):
    before = os.umask(0o022)
    try:
        out = written(tmp_path / "out")
    finally:
        os.umask(before)
    assert stat.S_IMODE(out.stat().st_mode) == 0o755


@pytest.mark.parametrize("kept", [[], [".gitkeep"]])
def test_an_empty_folder_is_taken(tmp_path, kept):
    target = tmp_path / "out"
    target.mkdir()
    for name in kept:
        (target / name).touch()
    assert read_manifest(written(target))["scenarios"] == {"a": {}}


STRANGERS = {
    "a file of somebody": {"notes.txt": "mine"},
    "a folder of somebody": {"deep/er/notes.txt": "mine"},
    "another program's manifest": {MANIFEST: '{"name": "app", "icons": []}', "index.html": "<p>"},
    "a manifest that is no mapping": {MANIFEST: '["files"]'},
    "a manifest that cannot be read": {MANIFEST: "\xff{"},
}


@pytest.mark.parametrize("files", STRANGERS.values(), ids=STRANGERS.keys())
def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path, files):
    if MANIFEST in files:
        files = {**files, "their.txt": "mine"}
    for name, text in files.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(text, encoding="latin-1")
    before = files_of(tmp_path / "out")
    with pytest.raises(ResultError, match=r"result\.not_ours"):
        Folder(tmp_path / "out")
    assert files_of(tmp_path / "out") == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_file_added_to_results_is_not_thrown_away_with_them(tmp_path):
    out = written(tmp_path / "out")
    (out / "会议纪要.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultError, match=r"会议纪要\.docx result\.not_ours"):
        Folder(out)
    assert (out / "会议纪要.docx").exists()


def test_a_file_in_the_place_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultError, match=r"result\.not_ours"):
        Folder(tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_changed_and_a_missing_file_are_refused_together_by_name(tmp_path):
    out = written(tmp_path / "out")
    (out / "plans" / "a.json").write_text("{}", encoding="utf-8")
    (out / "tables" / "flows.parquet").unlink()
    with pytest.raises(ResultError) as caught:
        read_manifest(out)
    assert [(f.path, f.code) for f in caught.value.faults] == [
        ("plans/a.json", "result.file_changed"),
        ("tables/flows.parquet", "result.file_missing"),
    ]
    for lang in ("zh", "en"):
        told = render_all(caught.value, lang)
        assert "plans/a.json" in told
        assert "tables/flows.parquet" in told


@pytest.mark.parametrize("text", [None, "", "{", "[]", "3", '{"files": ["a"]}', '{"command": "x"}', '{"files": null}'])
def test_a_folder_without_a_readable_manifest_is_refused(tmp_path, text):
    if text is not None:
        (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ResultError, match=r"result\.no_manifest"):
        read_manifest(tmp_path)


def test_a_table_with_undeclared_columns_is_not_written(tmp_path):
    folder = Folder(tmp_path / "out")
    with pytest.raises(ValueError, match="table flows: columns"):
        folder.table("flows", FLOWS.assign(more=1))
    folder.drop()


def test_the_manifest_is_readable_json_with_the_words_as_they_are(tmp_path):
    folder = Folder(tmp_path / "out")
    folder.close({"question": "会怎样？"})
    text = (tmp_path / "out" / MANIFEST).read_text(encoding="utf-8")
    assert "会怎样？" in text
    assert json.loads(text) == {"question": "会怎样？", "files": {}}
