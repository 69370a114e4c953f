"""A share of long work, so that several processes or machines can take it in parts."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Share:
    """Each `parts`th thing from the `part`th on."""

    part: int = 1
    parts: int = 1

    def of(self, things: Sequence[T]) -> Sequence[T]:
        return things[self.part - 1 :: self.parts]


def share(text: str) -> Share:
    """ "2/3", as an argument of a command. Raises ArgumentTypeError for what is no share."""
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    part, parts = (int(one) for one in found.groups()) if found else (0, 0)
    if not 1 <= part <= parts:
        raise argparse.ArgumentTypeError(f"{text} is no share: write 2/3 for the second of three")
    return Share(part, parts)
