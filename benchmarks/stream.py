"""How long a register of a given size takes to be drawn and judged, and the memory of all processes together.

`python benchmarks/stream.py 18000000 --workers 2` prints one line of JSON. `households` are the registered; the near-poor
margin comes on top (`rows` is both). `seconds` is by the clock, `processor_seconds` what the processors spent, `peak_mib`
the most that this process and its workers held at a time, looked at five times a second (Linux; elsewhere the largest
process times their number).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import threading
import time
from pathlib import Path

from planner.plan.loading import load_plan
from planner.register.streaming import Stream
from planner.survey import survey

ROOT = Path(__file__).resolve().parent.parent
MIB = 2**20


def descendants(process: int) -> list[int]:
    """A process and all that it started, as far as they still run."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [n for child in task.read_text().split() for n in descendants(int(child))]
        except OSError:
            continue
    return found


def resident(process: int) -> int:
    """Bytes that a process holds in memory; nought where it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


class Watch(threading.Thread):
    """Looks at the memory of all processes together until told to stop."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.over = process, 0, threading.Event()

    def run(self) -> None:
        """Look five times a second."""
        while not self.over.wait(0.2):
            self.peak = max(self.peak, sum(resident(each) for each in descendants(self.process)))


def main() -> None:
    """Measure once and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("households", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan", type=Path, default=ROOT / "scenarios" / "guiping-2016" / "plan.yaml")
    asked = parser.parse_args()
    plan = load_plan(asked.plan)
    watch = Watch(os.getpid())
    watch.start()
    begun = time.monotonic()
    found = survey(Stream(plan, asked.households, asked.seed), asked.workers)
    seconds = time.monotonic() - begun
    watch.over.set()
    watch.join()
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    largest = (own.ru_maxrss + asked.workers * children.ru_maxrss) * 1024
    told = {
        "households": found.held["households"],
        "rows": found.held["households"] + found.held["margin"],
        "pieces": found.pieces,
        "workers": asked.workers,
        "seconds": round(seconds, 1),
        "processor_seconds": round(own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime, 1),
        "peak_mib": round((watch.peak or largest) / MIB, 1),
        "exact": found.held == found.wanted,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
