"""Dates from elsewhere: articles without a date of their own, dated by reports that share something with them.

Only what is stated dates others: an article that is dated here dates nobody, so that the answer is a function of the
stated days alone, reached in one step, whatever came first. Where reports support two days, both stay as evidence and
the article has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from flows.resolve.incidents import Report, reports
from flows.resolve.redate import FAR, Reader, offsets_of, set_day
from flows.resolve.state import State, column, frame_of
from flows.resolve.utterances import own_days

# Kinds of evidence, the surest first.
WORDS, INCIDENT, NEAR = range(3)
KINDS: Final = ("the same words, said on", "the same happening, on", "words of a report of")
# Of the days that a weekday allows the first two are supported: of 672 dated articles that name a weekday for what was
# said, 62 % are of that day, 26 % of the next, 6 % of the one after.
SUPPORTED: Final = 2
GRACE: Final = timedelta(days=1)  # where it was published it may be tomorrow already
SHOWN: Final = 3  # pieces of evidence for one day that are kept
TOLD: Final = frozenset({"asserted", "reported"})


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """What one report says about the day of an article that shares something with it.

    `days` are the days on which the article can have been written, in order; `near` is the report's own today, where
    both are of one story. `start` and `end` are the span in the article that shows it.
    """

    kind: int
    days: tuple[date, ...]
    other_id: str
    start: int
    end: int
    near: date | None = None
    day: date | None = None  # of what is shared, as the report tells it

    def supports(self, day: date) -> bool:
        return day in self.days or day == self.near


@dataclass(frozen=True, slots=True)
class Decision:
    """The day taken, or the days between which the evidence does not decide."""

    day: date | None
    rivals: tuple[date, ...] = ()


def decide(evidence: Iterable[Evidence]) -> Decision:
    """Weigh evidence: the surest kind alone decides; what it leaves open, the reports' own days may settle."""
    found = sorted(evidence)
    near = {one.near for one in found if one.near is not None}
    for kind in (WORDS, INCIDENT):
        told = [set(one.days) for one in found if one.kind == kind]
        if not told:
            continue
        common = sorted(set.intersection(*told))[:SUPPORTED]
        if not common:
            return Decision(None, tuple(sorted({min(days) for days in told})))
        settled = common if len(common) == 1 else sorted(near & set(common))
        return Decision(settled[0]) if len(settled) == 1 else Decision(None, tuple(common))
    return Decision(next(iter(near))) if len(near) == 1 else Decision(None, tuple(sorted(near)))


def date_articles(state: State, articles: Collection[str], left: Collection[str], reader: Reader) -> set[str]:
    """Date the articles without a date among `articles` and in their stories; returns those whose day changed.

    `left` are the stories that articles have left. Writes published_on, its basis and its evidence, and the days of
    dates, claims and events that hang on it.
    """
    undated = _undated(state, articles, left)
    if undated.is_empty():
        return set()
    found = _collect(state, undated, reader)
    decisions = {article_id: decide(found.get(article_id, ())) for article_id in undated.get_column("article_id")}
    former = dict(undated.select("article_id", "published_on").iter_rows())
    for article_id, decision in decisions.items():
        _write_evidence(state, article_id, decision, found.get(article_id, ()))
    changed = {one: decision.day for one, decision in decisions.items() if decision.day != former[one]}
    set_day(state, changed, reader)
    return set(changed)


def _undated(state: State, articles: Collection[str], left: Collection[str]) -> pl.DataFrame:
    """The articles that state no day, neither on the page nor as the text's own today."""
    own = state.rows("articles", "article_id", articles)
    stories = state.rows("articles", "story_id", column(own, "story_id") | set(left))
    both = pl.concat([own, stories]).unique("article_id").sort("article_id")
    stated = (pl.col("published_basis") == "none") & pl.col("reference_on").is_not_null()
    return both.filter(pl.col("published_basis").is_in(["none", "story"]) & ~stated)


def _collect(state: State, undated: pl.DataFrame, reader: Reader) -> dict[str, list[Evidence]]:
    story = dict(undated.select("article_id", "story_id").iter_rows())
    fellows = state.rows("articles", "story_id", column(undated, "story_id"))
    today = _todays(fellows)
    of_story: dict[str, list[str]] = defaultdict(list)
    for article_id, story_id in fellows.select("article_id", "story_id").iter_rows():
        if article_id in today:
            of_story[story_id].append(article_id)
    shared = _shared_words(state, set(story), today)
    partners = {pair.article_id for pair in shared} | {one for one, its in story.items() if its in of_story}
    offsets = offsets_of(state, partners, reader)
    limits = _last_days(state, partners)
    evidence: dict[str, set[Evidence]] = defaultdict(set)
    for article_id, one in (
        *_by_words(shared, offsets),
        *_by_passage(state, story, of_story, today),
        *_by_incident(state, story, of_story, today, offsets),
    ):
        kept = _until(one, limits.get(article_id))
        if kept is not None:
            evidence[article_id].add(kept)
    return {article_id: sorted(found) for article_id, found in evidence.items()}


def _todays(articles: pl.DataFrame) -> dict[str, date]:
    """The day that each article calls today, where it states one itself."""
    stated = articles.filter(pl.col("published_basis") != "story").with_columns(
        today=pl.coalesce("reference_on", "published_on")
    )
    return dict(stated.filter(pl.col("today").is_not_null()).select("article_id", "today").iter_rows())


def _last_days(state: State, articles: Collection[str]) -> dict[str, date]:
    """The last day on which each article can have been published: it was seen by then."""
    seen = state.rows("versions", "article_id", articles).select("article_id", "seen_at").drop_nulls()
    return {article_id: moment.date() + GRACE for article_id, moment in seen.iter_rows()}


def _until(one: Evidence, limit: date | None) -> Evidence | None:
    """The evidence without the days after `limit`; None when nothing is left of it."""
    if limit is None:
        return one
    days = tuple(day for day in one.days if day <= limit)
    near = one.near if one.near is not None and one.near <= limit else None
    left = days or (one.kind == NEAR and near is not None)
    return Evidence(one.kind, days, one.other_id, one.start, one.end, near, one.day) if left else None


@dataclass(frozen=True, slots=True)
class _Words:
    """A claim of an undated article and one of another article that report one utterance."""

    article_id: str
    claim_id: str
    start: int
    end: int
    other_id: str
    day: date | None  # on which the other says that it was said
    is_dated: bool  # whether the undated article's own words give the day
    near: date | None


def _shared_words(state: State, undated: Collection[str], today: Mapping[str, date]) -> list[_Words]:
    own = state.rows("claim_parts", "article_id", undated).filter(pl.col("utterance_id").is_not_null())
    parts = state.rows("claim_parts", "utterance_id", column(own, "utterance_id"))
    pairs = (
        own.select("utterance_id", "article_id", "claim_id", "start_char", "end_char")
        .join(parts.select("utterance_id", other_id="article_id", other_claim="claim_id"), on="utterance_id")
        .filter(pl.col("article_id") != pl.col("other_id"))
        .unique()
    )
    claims = state.rows("claims", "claim_id", column(pairs, "claim_id") | column(pairs, "other_claim"))
    days = own_days(state, claims)
    articles = state.rows("articles", "article_id", column(pairs, "article_id") | column(pairs, "other_id"))
    story = dict(articles.select("article_id", "story_id").iter_rows())
    found = []
    for row in pairs.sort(pairs.columns).iter_rows(named=True):
        other_id, article_id = row["other_id"], row["article_id"]
        day = days[row["other_claim"]]
        near = today.get(other_id) if story[other_id] == story[article_id] else None
        if day is not None or near is not None:
            own_day = days[row["claim_id"]] is not None
            span = (row["start_char"], row["end_char"])
            found.append(_Words(article_id, row["claim_id"], *span, other_id, day, own_day, near))
    return found


def _by_words(shared: Sequence[_Words], offsets: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, Evidence]]:
    """Sayings that the article ties to its own today; those that it doesn't tie to a day are only near."""
    for pair in shared:
        where = (pair.other_id, pair.start, pair.end, pair.near)
        told = offsets.get(pair.claim_id)
        days = days_allowed(told, pair.day) if told is not None and pair.day is not None else ()
        if days:
            yield pair.article_id, Evidence(WORDS, days, *where, pair.day)
        elif pair.near is not None and not pair.is_dated and (told is None or pair.day is None):
            yield pair.article_id, Evidence(NEAR, (), *where, pair.near)


def days_allowed(offsets: Sequence[int], day: date) -> tuple[date, ...]:
    """The days of writing on which words that lie `offsets` from today, by its weekday, mean `day`."""
    window = (day + timedelta(days=step) for step in range(-FAR, FAR + 1))
    return tuple(today for today in window if today + timedelta(days=offsets[today.weekday()]) == day)


def _by_passage(
    state: State, story: Mapping[str, str], of_story: Mapping[str, Collection[str]], today: Mapping[str, date]
) -> Iterator[tuple[str, Evidence]]:
    for row in state.rows("passages", "article_id", set(story)).iter_rows(named=True):
        article_id, other_id = row["article_id"], row["other_article_id"]
        if other_id in of_story.get(story[article_id], ()):
            near = today[other_id]
            yield article_id, Evidence(NEAR, (), other_id, row["start_char"], row["end_char"], near, near)


def _by_incident(
    state: State,
    story: Mapping[str, str],
    of_story: Mapping[str, Collection[str]],
    today: Mapping[str, date],
    offsets: Mapping[str, Sequence[int]],
) -> Iterator[tuple[str, Evidence]]:
    """Happenings of one story to which the article gives a weekday, and another report a day.

    "Today" says nothing here: of a siege of many days every report tells what happened today.
    """
    own = state.rows("events", "article_id", set(story)).filter(pl.col("status").is_in(sorted(TOLD)))
    hanging = {event_id for event_id in column(own, "event_id") & offsets.keys() if len(set(offsets[event_id])) > 1}
    own = own.filter(pl.col("event_id").is_in(sorted(hanging)))
    near = {other for one in column(own, "article_id") for other in of_story.get(story[one], ())}
    dated = state.rows("events", "article_id", near).filter(
        pl.col("status").is_in(sorted(TOLD)) & (pl.col("starts_on") == pl.col("ends_on"))
    )
    known = reports(state, column(own, "event_id") | column(dated, "event_id"))
    by_type: dict[tuple[str | None, str], list[Report]] = defaultdict(list)
    for event_id in dated.get_column("event_id"):
        by_type[known[event_id].story, known[event_id].event_type].append(known[event_id])
    for event_id, start, end in own.select("event_id", "start_char", "end_char").iter_rows():
        report = known[event_id]
        for other in by_type[report.story, report.event_type]:
            if other.starts_on is not None and _much_in_common(report, other):
                days = days_allowed(offsets[event_id], other.starts_on)
                if days:
                    where = (other.article_id, start, end, today[other.article_id])
                    yield report.article_id, Evidence(INCIDENT, days, *where, other.starts_on)


def _much_in_common(one: Report, other: Report) -> bool:
    """Whether two of place, actor, recipient and trigger agree, and the places don't contradict."""
    if one.place and other.place and one.place != other.place:
        return False
    same_place = bool(one.place) and one.place == other.place
    shared = (bool(one.actors & other.actors), bool(one.recipients & other.recipients), one.trigger == other.trigger)
    return same_place + sum(shared) >= 2 and (same_place or shared[0] or shared[1])


def _write_evidence(state: State, article_id: str, decision: Decision, evidence: Sequence[Evidence]) -> None:
    """The day taken first, or the reason why there is none; then the days that were not, then what the page gave."""
    before = state.rows("published_evidence", "article_id", {article_id}).sort("rank")
    own = before.filter(pl.col("basis") != "story").to_dicts()
    rows = [*_told(decision, evidence), *own]
    cells = state.rows("segments", "article_id", {article_id}).filter("kept").to_dicts()
    for row in rows:
        if row["basis"] == "story":
            row |= _place(cells, row.get("start"), row.get("end"))
    ranked = [{**row, "article_id": article_id, "rank": rank} for rank, row in enumerate(rows, start=1)]
    state.replace("published_evidence", "article_id", {article_id}, frame_of("published_evidence", ranked))


def _told(decision: Decision, evidence: Sequence[Evidence]) -> Iterator[dict[str, Any]]:
    if decision.day is None and decision.rivals:
        both = " and ".join(day.isoformat() for day in decision.rivals)
        yield {
            "basis": "story",
            "evidence": f"{len({one.other_id for one in evidence})} other reports",
            "rejected_because": f"they support {both}",
        }
    days = (decision.day,) if decision.day else decision.rivals
    why = None if decision.day else "other evidence supports another day"
    for day in days:
        for one in [one for one in evidence if one.supports(day)][:SHOWN]:
            yield _row(one, day, why)
    for one in [one for one in evidence if not any(one.supports(day) for day in days)][:SHOWN]:
        other_day = one.days[0] if one.days else one.near
        if other_day is not None:
            yield _row(one, other_day, "ranked below other reports")


def _row(one: Evidence, day: date, why: str | None) -> dict[str, Any]:
    return {
        "day": day,
        "basis": "story",
        "evidence": f"{KINDS[one.kind]} {one.day}: {one.other_id}",
        "rejected_because": why,
        "start": one.start,
        "end": one.end,
    }


def _place(cells: Sequence[Mapping[str, Any]], start: int | None, end: int | None) -> dict[str, Any]:
    """The segment of a span of the clean text, and its raw offsets there."""
    cell = next((c for c in cells if start is not None and c["start_char"] <= start < c["end_char"]), None)
    if cell is None or start is None or end is None:
        return {}
    moved = cell["raw_start"] - cell["start_char"]
    return {
        "segment_id": cell["segment_id"],
        "raw_start": start + moved,
        "raw_end": min(end, cell["end_char"]) + moved,
    }
