"""Discrepancies: where reports of one incident, one utterance or one actor differ, typed (see flows.resolve.values)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import make_id
from flows.resolve.counts_differ import counted, figures_said
from flows.resolve.parties_differ import parties
from flows.resolve.reports import goes_on
from flows.resolve.state import State, column, frame_of
from flows.resolve.values import Value, kind_of
from flows.resolve.who_differs import speakers
from flows.resources import lexicon, sql_of

DAY: Final = 24.0  # hours
MINUTE: Final = 1 / 60
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


def _typed(about: str, about_id: str, field: str, values: Sequence[Value]) -> Iterator[Found]:
    """The discrepancy among values of at least two articles, if there is one."""
    listed = sorted({(value.article_id, value.start): value for value in values}.values())
    kind = kind_of(listed)
    if kind is not None and len({value.article_id for value in listed}) > 1:
        yield about, about_id, field, listed, kind


def _of_incidents(state: State, ids: Collection[str]) -> Iterator[Found]:
    events = state.rows("events", "incident_id", ids)
    spans = {row["date_id"]: row for row in state.rows("dates", "date_id", column(events, "date_id")).to_dicts()}
    dates: dict[str, list[Value]] = defaultdict(list)
    told = events.select("incident_id", "trigger_text", "event_type").iter_rows()
    lasting = {incident_id for incident_id, *how in told if goes_on(*how)}  # of which each report tells a day
    for event in events.iter_rows(named=True):
        if event["starts_on"] is not None and event["incident_id"] not in lasting:
            dates[event["incident_id"]].append(_day_value(event, spans.get(event["date_id"], event)))
    for incident_id, values in sorted(dates.items()):
        yield from _typed("incident", incident_id, "date", values)
    for incident_id, unit, values, kind in counted(state, events):
        yield "incident", incident_id, f"figure: {unit}", values, kind
    for incident_id, values, kind in parties(state, events):
        yield "incident", incident_id, "participant", values, kind


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
    return Value(*where, written, first.toordinal() * DAY + low, last.toordinal() * DAY + high)


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
        named = [Value(one.article_id, one.start, one.end, one.text, one.text, 0, 0) for one in who]
        yield "utterance", utterance_id, "participant", named, kind
    for (utterance_id, unit), values in sorted(figures_said(state, parts).items()):
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
    titles = state.summed("mentions", wanted, sql_of("resolve", "titles"), ["title_text"])
    ranks_of = {title: rank for title in titles.get_column("title_text").unique() if (rank := rank_of(title))}
    held: dict[str, set[str]] = defaultdict(set)
    for actor_id, title in titles.filter(pl.col("title_text").is_in(sorted(ranks_of))).iter_rows():
        held[actor_id].add(ranks_of[title])
    several = [actor_id for actor_id, ranks in held.items() if len(ranks) > 1]
    ranked = titles.filter(pl.col("actor_id").is_in(several) & pl.col("title_text").is_in(sorted(ranks_of)))
    found = state.many("mentions", ranked, ["article_id", "start_char", "end_char", "text"])
    differing = [(row, ranks_of[row["title_text"]]) for row in found.sort("mention_id").to_dicts()]
    articles = state.rows("articles", "article_id", {row["article_id"] for row, _ in differing}, ["story_id", "text"])
    known = {row["article_id"]: row for row in articles.to_dicts()}
    ranks: dict[str, list[Value]] = defaultdict(list)
    stories: dict[str, set[str | None]] = defaultdict(set)
    for row, rank in differing:
        article, number = known[row["article_id"]], float(sorted(held[row["actor_id"]]).index(rank))
        ranks[row["actor_id"]].append(Value(row["article_id"], *_title_of(row, article["text"]), rank, number, number))
        stories[row["actor_id"]].add(article["story_id"])
    for actor_id, values in sorted(ranks.items()):
        if len(stories[actor_id]) < len({value.article_id for value in values}):
            kind = "refinement" if _is_one_rank(held[actor_id]) else "conflict"
            yield from ((*found[:-1], kind) for found in _typed("actor", actor_id, "rank", values))


def _is_one_rank(ranks: Collection[str]) -> bool:
    """Whether the shorter of any two ranks is how the longer one is addressed: "General" for a lieutenant general."""
    return all(
        set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())
        for one, other in combinations(ranks, 2)
    )


def _title_of(mention: Mapping[str, Any], text: str) -> tuple[int, int, str]:
    """Where the title of a mention is written, beside it; the mention where it can't be found."""
    title, start, end = mention["title_text"], mention["start_char"], mention["end_char"]
    at = text.rfind(title, max(0, start - BESIDE), start)
    if at < 0:
        at = text.find(title, end, end + BESIDE)
    return (start, end, mention["text"]) if at < 0 else (at, at + len(title), title)
