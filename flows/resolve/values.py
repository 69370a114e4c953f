"""What reports say of one thing as ranges of what they leave possible, and how such values differ.

`conflict`: no value satisfies two of the reports. `refinement`: one value says the same more precisely.
`compatible`: both can be true ("at least 10" and "17").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """What one report says: `low` and `high` bound what it leaves possible; `written` is the value as data."""

    article_id: str
    start: int
    end: int
    text: str
    written: str
    low: float
    high: float


def kind_of(values: Sequence[Value]) -> str | None:
    """The kind of the discrepancy among values, None when all say the same."""
    distinct = {(value.low, value.high): value for value in sorted(values)}
    if len(distinct) < 2:
        return None
    ranges = sorted(distinct)
    if max(low for low, _ in ranges) > min(high for _, high in ranges):
        return "conflict"
    return "compatible" if any(math.isinf(low) or math.isinf(high) for low, high in ranges) else "refinement"
