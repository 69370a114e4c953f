"""Discrepancies: where reports of one incident, one utterance or one actor differ, typed.

`conflict`: no value satisfies two of the reports. `refinement`: one value says the same more precisely.
`compatible`: both can be true ("at least 10" and "17").
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import make_id
from flows.resolve.state import State, column, frame_of
from flows.resolve.who_differs import speakers
from flows.resources import classes, lexicon

DAY: Final = 24.0  # hours
MINUTE: Final = 1 / 60
VOTE: Final = "vote"  # the unit of figures that come in pairs
PEOPLE: Final = "people"  # the unit of those whom reports call otherwise
# The parts of a day in TIMEX3, in hours; a night is counted to the day on which it begins.
PARTS_OF_DAY: Final = {
    "MO": (4.0, 12.0),
    "MI": (11.0, 13.0),
    "AF": (12.0, 18.0),
    "EV": (17.0, DAY),
    "NI": (18.0, DAY),
    "DT": (6.0, 18.0),
}
BESIDE: Final = 80  # characters between a name and its title, at the most
_CLOCK: Final = re.compile(r"(\d\d)(?::(\d\d))?(?::\d\d)?")
ABOUT_RIGHT: Final = 0.1  # "about 90" stands for this much less or more


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
    is_exact: bool


def kind_of(values: Sequence[Value]) -> str | None:
    """The kind of the discrepancy among values, None when all say the same."""
    distinct = {(value.low, value.high): value for value in sorted(values)}
    if len(distinct) < 2:
        return None
    ranges = sorted(distinct)
    if max(low for low, _ in ranges) > min(high for _, high in ranges):
        return "conflict"
    return "compatible" if any(math.isinf(low) or math.isinf(high) for low, high in ranges) else "refinement"


def write_discrepancies(
    state: State, incidents: Collection[str], utterances: Collection[str], actors: Collection[str]
) -> None:
    """Write the discrepancies about these incidents, utterances and actors anew."""
    former = state.rows("discrepancies", "about_id", {*incidents, *utterances, *actors})
    state.remove("discrepancy_values", "discrepancy_id", column(former, "discrepancy_id"))
    state.remove("discrepancies", "about_id", {*incidents, *utterances, *actors})
    rows: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for about, about_id, field, found, kind in (
        *_of_incidents(state, incidents),
        *_of_utterances(state, utterances),
        *_of_actors(state, actors),
    ):
        discrepancy_id = make_id("discrepancy", about, about_id, field)
        row = {"discrepancy_id": discrepancy_id, "about": about, "about_id": about_id, "field": field, "kind": kind}
        rows.append(row)
        values += (_row(discrepancy_id, value) for value in found)
    state.put("discrepancies", frame_of("discrepancies", rows))
    state.put("discrepancy_values", frame_of("discrepancy_values", values))


def _row(discrepancy_id: str, value: Value) -> dict[str, Any]:
    return {
        "discrepancy_id": discrepancy_id,
        "article_id": value.article_id,
        "start_char": value.start,
        "end_char": value.end,
        "text": value.text,
        "value": value.written,
    }


Found = tuple[str, str, str, list[Value], str]


def _typed(about: str, about_id: str, field: str, values: Sequence[Value], tellers: int = 0) -> Iterator[Found]:
    """The discrepancy among values of at least two articles, or of several tellers in one, if there is one."""
    listed = sorted({(value.article_id, value.start): value for value in values}.values())
    kind = kind_of(listed)
    if kind is not None and (len({value.article_id for value in listed}) > 1 or tellers > 1):
        yield about, about_id, field, listed, kind


def _of_incidents(state: State, ids: Collection[str]) -> Iterator[Found]:
    events = state.rows("events", "incident_id", ids)
    spans = {row["date_id"]: row for row in state.rows("dates", "date_id", column(events, "date_id")).to_dicts()}
    dates: dict[str, list[Value]] = defaultdict(list)
    for event in events.iter_rows(named=True):
        if event["starts_on"] is not None:
            dates[event["incident_id"]].append(_day_value(event, spans.get(event["date_id"], event)))
    for incident_id, values in sorted(dates.items()):
        yield from _typed("incident", incident_id, "date", values)
    told_in = dict(events.select("event_id", "claim_id").iter_rows())
    figures = _without_tallies(state.rows("figures", "incident_id", ids)).sort("incident_id", "unit", "figure_id")
    counted: set[str] = set()
    for (incident_id, unit), of_unit in figures.group_by("incident_id", "unit", maintain_order=True):
        rows = of_unit.to_dicts()
        tellers = {told_in.get(row["event_id"]) for row in rows}
        for found in _typed("incident", incident_id, f"figure: {unit}", [_figure_value(r) for r in rows], len(tellers)):
            counted |= {incident_id} if unit == PEOPLE else set()
            yield found
    for incident_id, values in _sides(state, figures):
        if incident_id not in counted:
            yield from _typed("incident", incident_id, f"figure: {PEOPLE}", values)


def _sides(state: State, figures: pl.DataFrame) -> Iterator[tuple[str, list[Value]]]:
    """By incident the numbers of a side of it that reports call otherwise: "400 drivers", "some 600 people".

    An article with several figures for one side tells parts of it, which are not compared; nor are households and
    unions with people. Of two such sides the one that acts is told.
    """
    parties = state.rows("event_participants", "event_id", column(figures, "event_id"))
    people = figures.filter(pl.col("unit").is_in(sorted(_persons())))
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
def _persons() -> frozenset[str]:
    """The units of single people."""
    of = classes("event_words")
    return (of["PEOPLE"] | of["PROTESTERS"]) - of["COLLECTIVE"]


def _without_tallies(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures without votes of which one article gives two for one incident: "511 to 204" is no difference."""
    of_both_sides = pl.len().over("incident_id", "article_id", "unit") > 1
    return figures.filter(~((pl.col("unit") == VOTE) & of_both_sides))


def _day_value(event: Mapping[str, Any], span: Mapping[str, Any]) -> Value:
    """The days of an event; where the expression tells the hour or the part of the day, that."""
    first: date = event["starts_on"]
    last: date = event["ends_on"] or first
    where = (span["article_id"], span["start_char"], span["end_char"], span["text"])
    written = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    low, high = _hours(str(span.get("value") or ""), first) or (0.0, DAY)
    if high < DAY or low > 0:
        written = "/".join(dict.fromkeys(f"{first.isoformat()}T{_clock(hour)}" for hour in (low, high)))
    high = high if high < DAY else DAY - MINUTE
    return Value(*where, written, first.toordinal() * DAY + low, last.toordinal() * DAY + high, first == last)


def _hours(timex: str, day: date) -> tuple[float, float] | None:
    """The hours that a TIMEX3 value of this very day names; None when it names none."""
    written, _, hour = timex.partition("T")
    if written != day.isoformat() or not hour:
        return None
    if hour in PARTS_OF_DAY:
        return PARTS_OF_DAY[hour]
    match = _CLOCK.fullmatch(hour)
    at = int(match[1]) + int(match[2] or 0) / 60 if match else None
    return None if at is None or at >= DAY else (at, at)


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


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
    return Value(*where, written, low, high, low == high)


def _of_utterances(state: State, ids: Collection[str]) -> Iterator[Found]:
    """Reports of one saying that give it different days, or in which it holds different figures."""
    parts = state.rows("claim_parts", "utterance_id", ids)
    told = state.rows("claims", "claim_id", column(parts, "claim_id"), ["said_on", "said_basis"])
    own = told.filter(pl.col("said_on").is_not_null() & (pl.col("said_basis") != "utterance"))
    dated = parts.join(own.select("claim_id", "said_on"), on="claim_id")
    dated = dated.filter(pl.col("said_on").n_unique().over("utterance_id") > 1).sort("claim_id", "part")
    days: dict[str, list[Value]] = defaultdict(list)
    for row in _with_expressions(state, dated):
        days[row["utterance_id"]].append(_day_value({"starts_on": row["said_on"], "ends_on": None}, row))
    for utterance_id, values in sorted(days.items()):
        yield from _typed("utterance", utterance_id, "date", values)
    for utterance_id, who, kind in speakers(state, parts):
        named = [Value(one.article_id, one.start, one.end, one.text, one.text, 0, 0, True) for one in who]
        yield "utterance", utterance_id, "participant", named, kind
    for (utterance_id, unit), values in sorted(_figures_said(state, parts).items()):
        yield from _typed("utterance", utterance_id, f"figure: {unit}", values)


def _with_expressions(state: State, parts: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Parts with a `said_on`, each with the span of its article's nearest expression for that day, if there is one."""
    dates = state.rows("dates", "article_id", column(parts, "article_id"))
    of_day: dict[tuple[str, date], list[dict[str, Any]]] = defaultdict(list)
    for row in dates.filter(pl.col("starts_on") == pl.col("ends_on")).iter_rows(named=True):
        of_day[row["article_id"], row["starts_on"]].append(row)
    for part in parts.iter_rows(named=True):
        told = of_day.get((part["article_id"], part["said_on"]), [])
        nearest = min(told, key=lambda row: (abs(row["start_char"] - part["start_char"]), row["date_id"]), default={})
        yield {**part, **{name: nearest[name] for name in ("start_char", "end_char", "text") if nearest}}


def _figures_said(state: State, parts: pl.DataFrame) -> dict[tuple[str, str], list[Value]]:
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


@cache
def _ranks() -> frozenset[str]:
    return frozenset(_written_out(row["title"]) for row in lexicon("titles") if row["kind"] == "rank")


@cache
def _rank_words() -> dict[str, str]:
    return {row["short"]: row["full"] for row in lexicon("rank_words")}


def rank_of(title: str) -> str | None:
    """The military rank in a title, written out; None when there is none.

    "Lt. Gen.", "Lieutenant General" and "military spokesman Lt. Gen." are one.
    """
    words = _written_out(title).split()
    return next((rank for i in range(len(words)) if (rank := " ".join(words[i:])) in _ranks()), None)


def _written_out(title: str) -> str:
    return " ".join(_rank_words().get(word, word) for word in names.fold(title).split())


def _of_actors(state: State, ids: Collection[str]) -> Iterator[Found]:
    """People who hold different military ranks in reports of one story."""
    wanted = pl.DataFrame({"actor_id": sorted(ids)}, {"actor_id": pl.String()})
    found = state.many("mentions", wanted, ["article_id", "start_char", "end_char", "text"], "title_text")
    mentions = found.sort("mention_id").to_dicts()
    ranked = [(row, rank) for row in mentions if (rank := rank_of(row["title_text"])) is not None]
    held: dict[str, set[str]] = defaultdict(set)
    for row, rank in ranked:
        held[row["actor_id"]].add(rank)
    differing = [(row, rank) for row, rank in ranked if len(held[row["actor_id"]]) > 1]
    articles = state.rows("articles", "article_id", {row["article_id"] for row, _ in differing}, ["story_id", "text"])
    known = {row["article_id"]: row for row in articles.to_dicts()}
    ranks: dict[str, list[Value]] = defaultdict(list)
    stories: dict[str, set[str | None]] = defaultdict(set)
    for row, rank in differing:
        article, number = known[row["article_id"]], float(sorted(held[row["actor_id"]]).index(rank))
        ranks[row["actor_id"]].append(
            Value(row["article_id"], *_title_of(row, article["text"]), rank, number, number, True)
        )
        stories[row["actor_id"]].add(article["story_id"])
    for actor_id, values in sorted(ranks.items()):
        if len(stories[actor_id]) < len({value.article_id for value in values}):
            yield from _typed("actor", actor_id, "rank", values)


def _title_of(mention: Mapping[str, Any], text: str) -> tuple[int, int, str]:
    """Where the title of a mention is written, beside it; the mention where it can't be found."""
    title, start, end = mention["title_text"], mention["start_char"], mention["end_char"]
    at = text.rfind(title, max(0, start - BESIDE), start)
    if at < 0:
        at = text.find(title, end, end + BESIDE)
    return (start, end, mention["text"]) if at < 0 else (at, at + len(title), title)
