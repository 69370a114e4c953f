"""What an expression says before any anchor is known: a Reading, and what every reader takes from a match."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.extract.dates.grammar import Match


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says. `op` names the function of `resolve` that turns it into a value.

    `n` is None for a vague amount; `rel` one of last, past, next, coming, previous, following, latest, this, that,
    the; `part` what follows the day in the value (`TMO`, `T10:35`); `edge` FIRST
    and LAST ("the end of"), START, MID and END ("late"), EARLIER or LATER.
    """

    op: str
    timex: str = "DATE"
    value: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    to_day: int | None = None
    weekday: int | None = None
    unit: str = ""
    n: float | None = None
    rel: str = ""
    part: str = ""
    edge: str = ""
    year_rel: str = ""
    text: str = ""


def edge_of(match: Match) -> str:
    for piece in match.groups.get("edge", ()):
        if piece.kind in ("EARLY", "LATE", "MID", "EDGE"):
            return piece.value
        if piece.kind in ("EARLIER", "LATER"):
            return piece.kind
    return ""


def relation(match: Match, group: str = "rel") -> str:
    """The relation that "the past", "this coming", "that same" … say."""
    pieces = {piece.kind: piece.text.lower() for piece in match.groups.get(group, ())}
    for kind, said in (
        ("NEXT", "next"), ("FOLLOWING", "following"), ("PREVIOUS", "previous"), ("LATEST", "latest"),
    ):  # fmt: skip
        if kind in pieces:
            return "coming" if pieces[kind] in ("coming", "upcoming") else said
    if "LAST" in pieces:
        return "last" if "THIS" in pieces or pieces["LAST"] == "last" else "past"
    if "THAT" in pieces or "SAME" in pieces:
        return "that"
    if "THIS" in pieces or "CURRENT" in pieces or "PRESENT" in pieces:
        return "this"
    if "BEFORE" in pieces or "AFTER" in pieces:
        return "previous" if "BEFORE" in pieces else "following"
    if "ORD" in pieces:
        return "first"
    return "the" if pieces else ""


def year_of(match: Match) -> int | None:
    """The year that the match names."""
    if not match.groups.get("year"):
        return None
    digits = re.sub(r"\D", "", match.value("year"))
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= 40 else 2000)
    return int(digits)


def year_relation(match: Match) -> str | None:
    """ "" when no year is spoken of; None when "of last …" goes on with another unit than a year."""
    if not match.groups.get("yrel"):
        return ""
    return relation(match, "yrel") if match.value("yunit") == "Y" else None


def part_of(match: Match) -> str:
    found = match.value("part") or match.value("part2") or match.value("part3")
    if not found:
        return ""
    return f"T{found}" if not found.startswith("D") or found == "DT" else "TMO"
