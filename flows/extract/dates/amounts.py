"""Amounts of time: numbers with fractions, and the TIMEX3 value of so many units."""

from __future__ import annotations

import re
from typing import Final

UNIT_DURATION: Final = {
    "TS": "PT{}S", "TM": "PT{}M", "TH": "PT{}H", "D": "P{}D", "W": "P{}W", "F": "P{}W", "M": "P{}M", "Q": "P{}Q",
    "Y": "P{}Y", "E": "P{}Y", "C": "P{}Y", "WE": "P{}WE",
}  # fmt: skip
UNIT_FACTOR: Final = {"F": 2, "E": 10, "C": 100}
SMALLER: Final = {"Y": ("M", 12), "E": ("Y", 10), "C": ("Y", 100), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60),
                  "TM": ("TS", 60), "F": ("W", 2)}  # fmt: skip


def number(text: str) -> float:
    """The number that digits and a fraction say: "2 1/2", "1,500", "3½"; 0 for anything else."""
    found = re.fullmatch(r"([\d,]*\.?\d*)(?:[ \xa0-]?(\d)/(\d)|([¼½¾]))?", text)
    if found is None:
        return 0.0
    whole = float(found[1].replace(",", "") or 0)
    if found[2]:
        return whole + int(found[2]) / max(1, int(found[3]))
    return whole + {"¼": 0.25, "½": 0.5, "¾": 0.75, None: 0.0}[found[4]]


def amount_value(code: str, n: float | None) -> str:
    """TIMEX3 value of `n` units: P2Y6M for 2.5 years, PXD for a vague number of days, P20Y for two decades."""
    template = UNIT_DURATION[code]
    if n is None:
        return template.format("X") if code not in ("E", "C") else f"PX{code}"
    n *= UNIT_FACTOR.get(code, 1)
    if n == int(n):
        return template.format(int(n))
    return _fraction(template, code, n)


def _fraction(template: str, code: str, n: float) -> str:
    base = {"F": "W", "E": "Y", "C": "Y"}.get(code, code)
    small, factor = SMALLER.get(base, ("", 0))
    rest = round((n - int(n)) * factor, 6)
    if not small or rest != int(rest):
        return template.format(f"{n:g}")
    tail = UNIT_DURATION[small].format(int(rest)).removeprefix("P")
    if not int(n):
        return f"P{tail}"
    whole = template.format(int(n))
    return whole + (tail.removeprefix("T") if "T" in whole else tail)
