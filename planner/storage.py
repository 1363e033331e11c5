"""A study's folder: tables as Parquet, a manifest with hashes, everything written whole or not at all.

Files go to a temporary folder beside the target, are synced, and take the target's place by renaming. A reader trusts
only files that the manifest names with their hash.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from planner.errors import Fault, ResultError
from planner.tables import check_columns

MANIFEST = "manifest.json"
KEEP = (".gitkeep",)


class Folder:
    """A folder of results under construction; `close` puts it in its place."""

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        if self.target.exists() and (alien := _foreign(self.target)) is not None:
            raise ResultError([Fault(str(target), 0, alien, "result.not_ours", {})])
        above = self.target.parent
        self._made = [folder for folder in (above, *above.parents) if not folder.exists()]
        above.mkdir(parents=True, exist_ok=True)
        self._temporary = Path(tempfile.mkdtemp(prefix=f".{self.target.name}-", dir=above))
        # A temporary folder is for its owner alone; results are for whoever may read the folder they stand in.
        self.path = self._temporary / "new"
        self.path.mkdir()

    def table(self, name: str, table: pd.DataFrame) -> None:
        """Write a declared table."""
        check_columns(name, table.columns)
        where = self.path / "tables" / f"{name}.parquet"
        where.parent.mkdir(exist_ok=True)
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None), where)

    def arrays(self, name: str, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
        """Write plain arrays of numbers, one Parquet column file per array."""
        for key, array in arrays.items():
            where = self.path / "arrays" / name / f"{key}.parquet"
            where.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.table({"value": pa.array(np.ascontiguousarray(array))}), where)

    def text(self, name: str, text: str) -> Path:
        """Write a text file."""
        where = self.path / name
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(text, encoding="utf-8", newline="\n")
        return where

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest with the hash of every file, sync, and take the target's place."""
        files = {
            path.relative_to(self.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.path.rglob("*"))
            if path.is_file()
        }
        self.text(
            MANIFEST, json.dumps({**manifest, "files": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        )
        for path in self.path.rglob("*"):
            if path.is_file():
                with path.open("rb") as handle:
                    os.fsync(handle.fileno())
        if self.target.exists():
            self.target.replace(self._temporary / "was")
        self.path.replace(self.target)
        shutil.rmtree(self._temporary)

    def drop(self) -> None:
        """Leave nothing behind, not even the folders above that were made for it."""
        shutil.rmtree(self._temporary, ignore_errors=True)
        for folder in self._made:
            if not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()


def _foreign(target: Path) -> str | None:
    """The first thing in a place that this package did not write; the place itself where it is no folder."""
    if not target.is_dir():
        return target.name
    try:
        ours = {*_listed(target)["files"], MANIFEST, *KEEP}
    except (OSError, ValueError):
        ours = set(KEEP)
    inside = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir())
    return next((name for name in inside if name not in ours), None)


def _listed(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, which lists its files with their hashes.

    Raises: OSError where it cannot be read, ValueError where it is not a manifest of results.
    """
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ValueError(MANIFEST)
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished folder, every file checked against its hash.

    Raises: ResultError where it is missing, unreadable, or a file differs; all files together.
    """
    try:
        found = _listed(folder)
    except (OSError, ValueError):
        raise ResultError([Fault(str(folder), 0, MANIFEST, "result.no_manifest", {})]) from None
    faults = []
    for name, expected in found["files"].items():
        path = folder / name
        if not path.is_file():
            faults.append(Fault(str(folder), 0, name, "result.file_missing", {}))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            faults.append(Fault(str(folder), 0, name, "result.file_changed", {}))
    if faults:
        raise ResultError(faults)
    return found


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """A declared table of a finished folder."""
    table = pq.read_table(folder / "tables" / f"{name}.parquet").to_pandas()
    check_columns(name, table.columns)
    found: pd.DataFrame = table
    return found


def save_table(path: Path, name: str, table: pd.DataFrame) -> None:
    """Write one declared table to a file of its own, whole or not at all."""
    check_columns(name, table.columns)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    try:
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None), temporary)
        with Path(temporary).open("rb") as written:
            os.fsync(written.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_arrays(folder: Path, name: str) -> dict[str, np.ndarray[Any, Any]]:
    """Plain arrays of a finished folder."""
    return {
        path.stem: pq.read_table(path).column("value").to_numpy()
        for path in sorted((folder / "arrays" / name).glob("*.parquet"))
    }


def digest(text: str) -> str:
    """A content hash."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
