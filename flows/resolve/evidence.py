"""Evidence for the day of an article without a date, from what it shares with articles that state theirs.

Only what articles state counts on the other side. What the undated article tells by its own unknown today ("earlier
today", "on Sunday") gives the days on which it can have been written, once another report dates what is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from flows.resolve.incidents import reports
from flows.resolve.redate import FAR, Reader, offsets_of
from flows.resolve.reports import Report
from flows.resolve.state import State, column
from flows.resolve.stories import LIKENESS, likenesses
from flows.resolve.utterances import own_days

# Kinds of evidence, the surest first.
WORDS, INCIDENT, NEAR = range(3)
_TIMES: Final = ("published_on", "published_basis", "reference_on")
GRACE: Final = timedelta(days=1)  # where it was published it may be tomorrow already
A_DAY: Final = timedelta(days=1)
COPIED: Final = 0.2  # the part of a text that makes it a copy; less may be a line that every page of an outlet has
TOLD: Final = ("asserted", "reported")
# What is done once, on one day.
_OF_A_DAY: Final = frozenset({"COERCE", "INVESTIGATE", "AGREE", "REJECT", "CONCEDE", "SANCTION", "ACCUSE"})
_LEAST_TELLING: Final = 2  # words that say what it was about
Offsets = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """What one report says about the day of an article that shares something with it.

    `days` are the days on which the article can have been written, in order. `near` is the report's today, where the
    two are alike. `start` and `end` are the span in the article that is shared; `day` is its day, or the report's, as
    the report tells it.
    """

    kind: int
    days: tuple[date, ...]
    other_id: str
    start: int
    end: int
    near: date | None = None
    day: date | None = None

    def supports(self, day: date) -> bool:
        return day in self.days


@dataclass(frozen=True)
class _Around:
    """Articles without a date, and what is around them.

    `today` is the stated today of articles of their stories. `alike` are the pairs of an undated article and a dated
    one of its story whose terms alone would join them. `weekdays` are, by article, the days of the week (0 Monday)
    that it names without more; articles that say "today" or "yesterday" are not among them: a weekday is neither there.
    """

    today: Mapping[str, date]
    alike: frozenset[tuple[str, str]]
    offsets: Offsets
    weekdays: Mapping[str, frozenset[int]]

    def near(self, article_id: str, other_id: str) -> date | None:
        """The other's today, if the two are alike."""
        return self.today[other_id] if (article_id, other_id) in self.alike else None

    def named(self, article_id: str, other_id: str) -> tuple[date, ...]:
        """The other's today, if the two are alike and the article names its weekday, as news names its own day.

        An article that names the weekday of the day before can be of either.
        """
        today = self.near(article_id, other_id)
        weekdays = self.weekdays.get(article_id, frozenset())
        if today is None or not weekdays:
            return ()
        if today.weekday() in weekdays:
            return (today,)
        return (today - A_DAY, today) if (today - A_DAY).weekday() in weekdays else ()


def collect(state: State, undated: pl.DataFrame, reader: Reader) -> dict[str, list[Evidence]]:
    """The evidence for each of `undated` (rows of articles), sorted."""
    story = dict(undated.select("article_id", "story_id").iter_rows())
    today = _todays(state.rows("articles", "story_id", set(story.values()), _TIMES))
    alike = _alike(state, story, today)
    words, copies, happenings = _shared_words(state, set(story)), _copies(state, alike), _shared_events(state, alike)
    words = [pair for pair in words if pair.day is not None or (pair.article_id, pair.other_id) in alike]
    partners = {pair.article_id for pair in words} | {pair.article_id for pair in copies}
    partners |= {own.article_id for own, _ in happenings}
    offsets = offsets_of(state, partners, reader)
    around = _Around(today, alike, offsets, _weekdays(state, partners, offsets))
    limits = _last_days(state, partners)
    evidence: dict[str, set[Evidence]] = defaultdict(set)
    for article_id, one in (*_by_words(words, around), *_by_copy(copies, around), *_by_event(happenings, around)):
        kept = _until(one, limits.get(article_id))
        if kept is not None:
            evidence[article_id].add(kept)
    return {article_id: sorted(found, key=_order) for article_id, found in evidence.items()}


def _order(one: Evidence) -> tuple[object, ...]:
    near = one.near or date.min
    return one.kind, one.days, near, one.other_id, one.start, one.end


def _todays(articles: pl.DataFrame) -> dict[str, date]:
    """The day that each article calls today, where it states one itself."""
    stated = articles.filter(pl.col("published_basis") != "story").with_columns(
        today=pl.coalesce("reference_on", "published_on")
    )
    return dict(stated.filter(pl.col("today").is_not_null()).select("article_id", "today").iter_rows())


def _alike(state: State, story: Mapping[str, str], today: Mapping[str, date]) -> frozenset[tuple[str, str]]:
    """Pairs of an undated article and a dated one of its story that are alike without a passage that they share."""
    dated = state.rows("articles", "article_id", set(today), ["story_id"]).select("story_id", other="article_id")
    own = pl.DataFrame(list(story.items()), schema={"one": pl.String, "story_id": pl.String}, orient="row")
    pairs = own.join(dated, on="story_id").select("one", "other")
    found = likenesses(state, pairs).filter(pl.col("likeness") >= LIKENESS)
    return frozenset(found.select("one", "other").iter_rows())


def _weekdays(state: State, articles: Collection[str], offsets: Offsets) -> dict[str, frozenset[int]]:
    """See _Around.weekdays. A weekday is the one on which its expression means today."""
    dates = state.rows("dates", "article_id", articles).filter(pl.col("anchor") != "speech")
    found: dict[str, set[int]] = defaultdict(set)
    deictic: set[str] = set()
    for article_id, date_id in dates.select("article_id", "date_id").iter_rows():
        told = offsets.get(date_id, ())
        if len(set(told)) > 1:
            found[article_id] |= {weekday for weekday, offset in enumerate(told) if offset == 0}
        elif told and told[0] in (0, -1):
            deictic.add(article_id)
    return {article_id: frozenset(days) for article_id, days in found.items() if article_id not in deictic}


def _last_days(state: State, articles: Collection[str]) -> dict[str, date]:
    """The last day on which each article can have been published: it was seen by then."""
    seen = state.rows("versions", "article_id", articles).select("article_id", "seen_at").drop_nulls()
    return {article_id: moment.date() + GRACE for article_id, moment in seen.iter_rows()}


def _until(one: Evidence, limit: date | None) -> Evidence | None:
    """The evidence without the days after `limit`; None when nothing is left of it."""
    if limit is None:
        return one
    days = tuple(day for day in one.days if day <= limit)
    return replace(one, days=days) if days else None


@dataclass(frozen=True, slots=True)
class _Words:
    """A part of a claim of an undated article, of whose utterance another article has a part too.

    `day` is the one on which the other says that it was said; `is_dated` tells that the undated article's own words
    give one, `is_quoted` that they stand in quotation marks.
    """

    article_id: str
    claim_id: str
    start: int
    end: int
    other_id: str
    day: date | None
    is_dated: bool
    is_quoted: bool


def _shared_words(state: State, undated: Collection[str]) -> list[_Words]:
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
    quoted = column(claims.filter(pl.col("quotation") != "indirect"), "claim_id")
    return [
        _Words(
            row["article_id"],
            row["claim_id"],
            row["start_char"],
            row["end_char"],
            row["other_id"],
            days[row["other_claim"]],
            days[row["claim_id"]] is not None,
            row["claim_id"] in quoted,
        )
        for row in pairs.sort(pairs.columns).iter_rows(named=True)
    ]


def _by_words(shared: Sequence[_Words], around: _Around) -> Iterator[tuple[str, Evidence]]:
    """Sayings that the article ties to its own today; others in quotation marks are only near."""
    for pair in shared:
        told = around.offsets.get(pair.claim_id)
        near = around.near(pair.article_id, pair.other_id)
        where = (pair.other_id, pair.start, pair.end)
        days = days_allowed(told, pair.day) if told is not None and pair.day is not None else ()
        if days:
            yield pair.article_id, Evidence(WORDS, days, *where, near, pair.day)
        elif near is not None and pair.is_quoted and not pair.is_dated and (told is None or pair.day is None):
            # words of the report's own day, as far as it tells
            tied = told is not None and len(set(told)) == 1
            days = days_allowed(told, near) if tied and told else around.named(pair.article_id, pair.other_id)
            if days:
                yield pair.article_id, Evidence(NEAR, days, *where, near, near)


def days_allowed(offsets: Sequence[int], day: date) -> tuple[date, ...]:
    """The days of writing on which words that lie `offsets` from today, by its weekday, mean `day`."""
    window = (day + timedelta(days=step) for step in range(-FAR, FAR + 1))
    return tuple(today for today in window if today + timedelta(days=offsets[today.weekday()]) == day)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A passage of an undated article that makes, with others, a good part of its text or of the other's."""

    article_id: str
    other_id: str
    start: int
    end: int


def _copies(state: State, alike: Collection[tuple[str, str]]) -> list[_Copy]:
    rows = state.rows("passages", "article_id", {one for one, _ in alike})
    texts = state.rows("articles", "article_id", {article_id for pair in alike for article_id in pair}, ["text"])
    length = {article_id: len(text) for article_id, text in texts.select("article_id", "text").iter_rows()}
    found: list[_Copy] = []
    for group in rows.partition_by("article_id", "other_article_id", maintain_order=True):
        one, other = group[0, "article_id"], group[0, "other_article_id"]
        if (one, other) in alike:
            common = (group["end_char"] - group["start_char"]).sum()
            if common >= COPIED * min(length[one], length[other]):
                found += (_Copy(one, other, *span) for span in group.select("start_char", "end_char").iter_rows())
    return found


def _by_copy(copies: Iterable[_Copy], around: _Around) -> Iterator[tuple[str, Evidence]]:
    for copy in copies:
        days, today = around.named(copy.article_id, copy.other_id), around.today[copy.other_id]
        if days:
            yield copy.article_id, Evidence(NEAR, days, copy.other_id, copy.start, copy.end, today, today)


def _shared_events(state: State, alike: Collection[tuple[str, str]]) -> list[tuple[Report, Report]]:
    """Events to which undated articles give a time, each with one of a report that is alike and gives it a day."""
    told = pl.col("status").is_in(TOLD) & pl.col("date_id").is_not_null()
    own = state.rows("events", "article_id", {one for one, _ in alike}).filter(told)
    dated = state.rows("events", "article_id", {other for _, other in alike}).filter(
        told & (pl.col("starts_on") == pl.col("ends_on"))
    )
    known = reports(state, column(own, "event_id") | column(dated, "event_id"))
    of_type: dict[str, list[Report]] = defaultdict(list)
    for event_id in dated.get_column("event_id"):
        of_type[known[event_id].event_type].append(known[event_id])
    return [
        (report, other)
        for report in (known[event_id] for event_id in own.get_column("event_id"))
        for other in of_type[report.event_type]
        if (report.article_id, other.article_id) in alike and _much_in_common(report, other)
    ]


def _by_event(happenings: Iterable[tuple[Report, Report]], around: _Around) -> Iterator[tuple[str, Evidence]]:
    """Happenings to which the article gives a weekday.

    "Today" says something of what is done once alone: of a siege of many days every report tells what happened today.
    """
    for report, other in happenings:
        told = around.offsets.get(report.event_id, ())
        if not told or other.starts_on is None or not (len(set(told)) > 1 or _is_done_once(report, other)):
            continue
        days = days_allowed(told, other.starts_on)
        if days:
            near = around.near(report.article_id, other.article_id)
            span = (report.start, report.end)
            yield report.article_id, Evidence(INCIDENT, days, other.article_id, *span, near, other.starts_on)


def _is_done_once(one: Report, other: Report) -> bool:
    """Whether two reports are of one ruling, one arrest, one deal: by name and by what it was about."""
    about = len(one.telling & other.telling)
    return one.name == other.name and about >= _LEAST_TELLING and one.event_type in _OF_A_DAY


def _much_in_common(one: Report, other: Report) -> bool:
    """Whether the place and a participant or the trigger agree, or both sides; a poll "released Monday" is any poll."""
    if one.place and other.place and one.place != other.place:
        return False
    actors, recipients = bool(one.actors & other.actors), bool(one.recipients & other.recipients)
    if one.place and one.place == other.place:
        return actors or recipients or one.name == other.name
    return actors and recipients
