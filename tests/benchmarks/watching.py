"""What a process that must not grow holds: memory and file descriptors. And the articles that it is fed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

TOWNS: Final = ("Lund", "Teso", "Kostrel", "Odell", "Brandl", "Marov")
MORE_MEMORY: Final = 1.1  # of what it was half-way: allocators keep what they once had, a leak goes on
MORE_DESCRIPTORS: Final = 3  # a connection more or less is open at the moment of looking


@dataclass(frozen=True)
class Held:
    """Of one process at one moment: resident memory in MB, open file descriptors."""

    megabytes: float
    descriptors: int


def held(pid: int) -> Held:
    """What the process holds now. Raises OSError when there is no such process. Linux only."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return Held(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()))


def leaks(seen: Sequence[Held]) -> list[str]:
    """What grew from the second quarter to the last one, in words; empty when it stayed flat.

    The first quarter doesn't count: caches fill in it.
    """
    quarter = len(seen) // 4
    if not quarter:
        return []
    early, late = seen[quarter : 2 * quarter], seen[-quarter:]
    memory = [median(one.megabytes for one in part) for part in (early, late)]
    descriptors = [median(one.descriptors for one in part) for part in (early, late)]
    told = []
    if memory[1] > MORE_MEMORY * memory[0]:
        told.append(f"memory {memory[0]:.0f} to {memory[1]:.0f} MB")
    if descriptors[1] > descriptors[0] + MORE_DESCRIPTORS:
        told.append(f"file descriptors {descriptors[0]:.0f} to {descriptors[1]:.0f}")
    return told


def course(seen: Sequence[Held]) -> str:
    """First, middle and last, as one line."""
    shown = [seen[n] for n in (0, len(seen) // 2, -1)]
    memory = ", ".join(f"{one.megabytes:.0f}" for one in shown)
    descriptors = ", ".join(str(one.descriptors) for one in shown)
    return f"MB {memory} · descriptors {descriptors} (first, middle, last)"


def article(number: int) -> str:
    """A short article of its own."""
    town = TOWNS[number % len(TOWNS)]
    return (
        f"{town.upper()}, May 4 — The mayor of {town} said on Monday that bridge number {number} would close. "
        f"“It is {number} years old,” she told reporters.\n"
    )
