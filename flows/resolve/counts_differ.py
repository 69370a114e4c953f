"""Where reports of one happening, or of one saying, differ in a figure.

Only what is counted alike is compared: the same unit, of the killed and hurt the same sort of people, and no part with
its whole. What one teller says is no difference with himself: "$6,000 a month, $72,000 a year".
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any, Final

import polars as pl

from flows.plurals import singular
from flows.resolve.state import State, column
from flows.resolve.values import Value, kind_of
from flows.resources import classes, lexicon

VOTE: Final = "vote"  # the unit of figures that come in pairs
PEOPLE: Final = "people"  # the unit of those whom reports call otherwise
ABOUT_RIGHT: Final = 0.1  # "about 90" stands for this much less or more
_ADDED: Final = re.compile(r"\b(?:others?|another|additional|more(?! than))\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")


def counted(state: State, events: pl.DataFrame) -> Iterator[tuple[str, str, list[Value], str]]:
    """The incident, unit, values and kind of each difference in a figure among `events`, which have an incident."""
    told = state.rows("figures", "incident_id", column(events, "incident_id"))
    several = told.filter(pl.len().over("incident_id", "unit") > 1)
    told = told.join(_tellers(state, several), on="figure_id", how="left")
    figures = _without_tallies(told).sort("incident_id", "unit", "figure_id")
    of_people: set[str] = set()
    for (incident_id, unit), of_unit in figures.group_by("incident_id", "unit", maintain_order=True):
        for values, kind in _differing(of_unit.to_dicts()):
            of_people |= {incident_id} if unit == PEOPLE else set()
            yield incident_id, unit, values, kind
    for incident_id, values in _sides(state, figures):
        of_side = kind_of(values)
        if incident_id not in of_people and of_side is not None:
            yield incident_id, PEOPLE, values, of_side


def _tellers(state: State, figures: pl.DataFrame) -> pl.DataFrame:
    """The claim_id and speaker_id of the innermost claim that each figure_id stands in; those in none are left out."""
    parts = state.rows("claim_parts", "article_id", column(figures, "article_id"), ["start_char", "end_char"])
    inside = (
        figures.select("figure_id", "article_id", at="start_char")
        .join(parts.select("article_id", "claim_id", "start_char", "end_char"), on="article_id")
        .filter((pl.col("start_char") <= pl.col("at")) & (pl.col("at") < pl.col("end_char")))
        .sort("figure_id", pl.col("end_char") - pl.col("start_char"), "claim_id")
        .unique("figure_id", keep="first", maintain_order=True)
    )
    claims = state.rows("claims", "claim_id", column(inside, "claim_id"), ["speaker_id"])
    return inside.select("figure_id", "claim_id").join(claims.select("claim_id", "speaker_id"), on="claim_id")


def _differing(figures: Sequence[Mapping[str, Any]]) -> list[tuple[list[Value], str]]:
    """The values in which tellers differ, and how; none where none do.

    Where several sorts of people are told of, only one is compared: that of which most is told.
    """
    sorts: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for figure in figures:
        if not _ADDED.search(figure["text"]):
            sorts[_sort_of(figure["text"], figure["unit"])].append(figure)
    if len(sorts.keys() - {""}) == 1:  # "five guards", and "11" whoever they were
        sorts = {"": [row for rows in sorts.values() for row in rows]}
    for _, rows in sorted(sorts.items(), key=lambda item: (-len(item[1]), item[0])):
        values = _told_apart([(row, _figure_value(row)) for row in rows])
        kind = kind_of(values)
        if kind is not None:
            return [(values, kind)]
    return []


def _told_apart(told: Sequence[tuple[Mapping[str, Any], Value]]) -> list[Value]:
    """The values that differ from another teller's and that no teller has both of, with those that say the same."""
    said: dict[str, set[str]] = defaultdict(set)  # by teller
    for row, value in told:
        said[_teller(row)].add(value.written)
    apart: set[str] = set()
    for (one, first), (other, second) in combinations(told, 2):
        both = {first.written, second.written}
        if _may_differ(one, other) and not any(both <= values for values in said.values()):
            apart |= both
    return sorted({(v.article_id, v.start): v for _, v in told if v.written in apart}.values())


def _teller(figure: Mapping[str, Any]) -> str:
    return str(figure["speaker_id"] or figure["claim_id"] or figure["article_id"])


def _may_differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two figures are of two articles, or of two speakers that one article has."""
    if one["article_id"] != other["article_id"]:
        return True
    return None not in (one["speaker_id"], other["speaker_id"]) and one["speaker_id"] != other["speaker_id"]


def _sort_of(text: str, unit: str) -> str:
    """Of the killed, hurt and held what they are called ("children"); "" where they are people and no more."""
    words = _WORD.findall(text.lower())
    called = singular(words[-1]) if words and unit in _fates() else ""
    return called if called in persons() and called != "person" else ""


@cache
def _fates() -> frozenset[str]:
    return frozenset(row["unit"] for row in lexicon("units") if row["kind"] == "fate")


def _sides(state: State, figures: pl.DataFrame) -> Iterator[tuple[str, list[Value]]]:
    """By incident the numbers of a side of it that reports call otherwise: "400 drivers", "some 600 people".

    An article with several figures for one side tells parts of it, which are not compared; nor are households and
    unions with people. Of two such sides the one that acts is told.
    """
    parties = state.rows("event_participants", "event_id", column(figures, "event_id"))
    people = figures.filter(pl.col("unit").is_in(sorted(persons())))
    side = (
        people.join(parties.select("event_id", "role", first="start_char", last="end_char"), on="event_id")
        .filter((pl.col("start_char") < pl.col("last")) & (pl.col("first") < pl.col("end_char")))
        .unique(["figure_id", "role"])
        .filter(pl.len().over("incident_id", "role", "article_id") == 1)
        .filter(pl.col("unit").n_unique().over("incident_id", "role") > 1)
        .sort("incident_id", "role", "article_id")
    )
    first = side.filter(pl.col("role") == pl.col("role").min().over("incident_id"))
    for (incident_id,), rows in first.group_by("incident_id", maintain_order=True):
        yield incident_id, [_figure_value(row) for row in rows.iter_rows(named=True)]


@cache
def persons() -> frozenset[str]:
    """The units of single people."""
    of = classes("event_words")
    return (of["PEOPLE"] | of["PROTESTERS"]) - of["COLLECTIVE"]


def _without_tallies(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures without votes of which one article gives two for one incident: "511 to 204" is no difference."""
    of_both_sides = pl.len().over("incident_id", "article_id", "unit") > 1
    return figures.filter(~((pl.col("unit") == VOTE) & of_both_sides))


def _figure_value(figure: Mapping[str, Any]) -> Value:
    low = -math.inf if figure["low"] is None else figure["low"]
    high = math.inf if figure["high"] is None else figure["high"]
    if figure["qualifier"] == "about":
        low, high = low * (1 - ABOUT_RIGHT), high * (1 + ABOUT_RIGHT)
    elif figure["qualifier"] == "at_least":
        high = math.inf
    elif figure["qualifier"] == "at_most":
        low = -math.inf
    where = (figure["article_id"], figure["start_char"], figure["end_char"], figure["text"])
    ends = [f"{end:.15g}" for end in (figure["low"], figure["high"]) if end is not None]
    written = f"{figure['qualifier']} {' to '.join(dict.fromkeys(ends))}".removeprefix("exact ")
    return Value(*where, written, low, high)


def figures_said(state: State, parts: pl.DataFrame) -> dict[tuple[str, str], list[Value]]:
    """By utterance and unit, the one figure of that unit in each wording; what counts two alike is left out."""
    figures = state.rows("figures", "article_id", column(parts, "article_id"))
    of_part = parts.select("claim_id", "part", "utterance_id", "article_id", first="start_char", last="end_char")
    inside = (
        figures.join(of_part, on="article_id")
        .filter((pl.col("first") <= pl.col("start_char")) & (pl.col("end_char") <= pl.col("last")))
        .filter(pl.len().over("claim_id", "part", "unit") == 1)
        .sort("utterance_id", "unit", "article_id", "start_char")
    )
    found: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for row in inside.iter_rows(named=True):
        found[row["utterance_id"], row["unit"]].append(_figure_value(row))
    return found
