"""Incidents: reports of one happening, joined by type, place, participants and overlapping dates.

Members are events. Identities of places and actors come from the layers before, so the keys of an event are worked
out anew whenever one of its identities, its day or its story changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import polars as pl

from flows.happening import AGAIN
from flows.ids import make_id
from flows.rarity import rarity
from flows.resolve.clusters import closure, put_keys, with_keys
from flows.resolve.groups import IS_UNNAMED, UNNAMED_BY
from flows.resolve.happenings import happenings
from flows.resolve.reports import BODY, Report, index_keys, search_keys, with_particle
from flows.resolve.state import State, column, frame_of
from flows.resolve.terms import stem, words_of
from flows.resolve.ties import NOT, tie
from flows.resources import classes, lexicon

LAYER: Final = "incident"
INDEX: Final = "incident_index"
_LEAST_LETTERS: Final = 4
_MOVING: Final = frozenset({"AID", "MOBILIZE"})
_MANY: Final = 20  # troops from which on their number tells which they are
_SATURDAY, _SUNDAY, _MONDAY = 5, 6, 0
_CALENDAR: Final = frozenset({"MONTH", "WEEKDAY", "WEEKDAYS"})  # classes of the lexicon time_words
OF_TODAY: Final = ("reference_on", "published_on")
DONE: Final = frozenset({"asserted", "reported"})
CROWD: Final = "group"
JOINED: Final = frozenset({"person", "organisation", "armed_group", "government", "country"})


def assign_incidents(state: State, events: Collection[str], disturbed: Collection[str]) -> dict[str, str | None]:
    """Decide the incidents of `events`, whose identities may have changed, and of all that hang together with them.

    Writes events.incident_id and figures.incident_id; returns the former incident of each event looked at.
    """
    touched = closure(state, LAYER, events) | set(disturbed)
    _forget_links(state, events)
    found = reports(state, events)
    _index(state, found.values())
    _link(state, found.values())
    members = closure(state, LAYER, {*touched, *events})
    rows = state.rows("events", "event_id", members)
    before = dict(rows.select("event_id", "incident_id").iter_rows())
    keys = state.rows("links", "member_id", members, layer=LAYER).get_column("key").unique()
    after: dict[str, str] = {}
    for group in happenings(reports(state, before), map(_tie_of, keys)):
        after.update(dict.fromkeys(group, make_id("incident", group[0])))
    incident = pl.col("event_id").replace_strict(after, default=None, return_dtype=pl.String)
    state.put("events", rows.with_columns(incident_id=incident))
    figures = state.rows("figures", "event_id", set(before))
    state.put("figures", figures.with_columns(incident_id=incident))
    return before


def _tie_of(key: str) -> tuple[str, str, int]:
    one, other, strength = key.split("|")
    return one, other, int(strength)


def _forget_links(state: State, events: Collection[str]) -> None:
    """Take away the keys of `events`, and the other end of each of their links."""
    own = state.rows("links", "member_id", events, layer=LAYER)
    state.remove("links", "key", column(own, "key"))
    state.remove("keys", "member_id", events)


def reports(state: State, events: Collection[str]) -> dict[str, Report]:
    """Events as they are compared, by id."""
    rows = state.rows("events", "event_id", events)
    articles = state.rows("articles", "article_id", column(rows, "article_id"), ["story_id", *OF_TODAY])
    story = dict(articles.select("article_id", "story_id").iter_rows())
    today = dict(articles.select("article_id", pl.coalesce(OF_TODAY)).iter_rows())
    people = state.rows("event_participants", "event_id", column(rows, "event_id"))
    claims = state.rows("claims", "claim_id", column(rows, "claim_id"), ["speaker_id"])
    speaker = dict(claims.select("claim_id", "speaker_id").iter_rows())
    forces = _forces(state, rows)
    spots = _spots(state, column(rows, "place_id"))
    called: dict[str, list[str]] = defaultdict(list)
    sides: dict[tuple[str, str], set[str]] = defaultdict(set)
    crowds: dict[str, set[str]] = defaultdict(set)
    for event_id, role, who, kind, text in _sides(state, people):
        if kind == CROWD:
            crowds[event_id].add(f"{role}:{who}")
            continue
        sides[event_id, role].add(who)
        called[event_id].append(text)
        if kind == "person":
            sides[event_id, kind].add(who)
    return {
        row["event_id"]: Report(
            row["event_id"],
            row["article_id"],
            row["event_type"],
            with_particle(row["trigger_text"], row["text"][row["trigger_end"] - row["start_char"] :]),
            row["place_id"],
            story.get(row["article_id"]),
            row["starts_on"],
            row["ends_on"],
            frozenset(sides[row["event_id"], "actor"]),
            frozenset(sides[row["event_id"], "recipient"]),
            row["start_char"],
            row["end_char"],
            speaker.get(row["claim_id"]),
            row["extractor"] == AGAIN,
            frozenset(stem(word) for word in words_of(row["text"]) if _has_weight(word)),
            today.get(row["article_id"]) if row["status"] in DONE else None,
            frozenset(sides[row["event_id"], "person"]),
            row["status"] in DONE,
            telling(row["text"], [row["trigger_text"], *called[row["event_id"]]]),
            today.get(row["article_id"]),
            row["place_id"] in spots,
            frozenset(crowds[row["event_id"]]),
            forces.get(row["event_id"], frozenset()),
        )
        for row in rows.iter_rows(named=True)
    }


def _forces(state: State, events: pl.DataFrame) -> dict[str, frozenset[int]]:
    """By event that moves troops or helps with them, how many they are; a few may be anybody's."""
    moving = column(events.filter(pl.col("event_type").is_in(sorted(_MOVING))), "event_id")
    counted = state.rows("figures", "event_id", moving, ["event_id", "low", "high", "unit"])
    troops = {stem(word) for name in ("TROOPS", "ADVISERS") for word in classes("event_words")[name]}
    found: dict[str, set[int]] = defaultdict(set)
    for event_id, low, high, unit in counted.select("event_id", "low", "high", "unit").iter_rows():
        number = int(high if high is not None else low or 0)
        if number >= _MANY and stem(unit) in troops:
            found[event_id].add(number)
    return {event_id: frozenset(numbers) for event_id, numbers in found.items()}


def _spots(state: State, places: Collection[str]) -> set[str]:
    """The places that are no country and no state: they have a point, or the gazetteer lacks them."""
    rows = state.rows("places", "place_id", places, ["lat", "geonames_id"])
    return column(rows.filter(pl.col("lat").is_not_null() | pl.col("geonames_id").is_null()), "place_id")


def telling(clause: str, known: Iterable[str]) -> frozenset[str]:
    """The words of a clause that say what it is about: not frequent ones, figures, days or those of `known` texts."""
    given = {stem(word) for text in known for word in words_of(text)}
    said = frozenset(stem(word) for word in words_of(clause) if rarity(word) > 0 and not word.isdigit())
    return said - given - _no_matter()


@cache
def _no_matter() -> frozenset[str]:
    """Days, months and what news says of every saying ("reporters"), stemmed."""
    times = {row["word"] for row in lexicon("time_words") if row["class"] in _CALENDAR}
    return frozenset(stem(word) for word in times | classes("event_words")["NO_MATTER"])


def _has_weight(word: str) -> bool:
    """Whether a word tells wordings apart: a long one or a number."""
    return len(word) >= _LEAST_LETTERS or word.isdigit()


def _sides(state: State, people: pl.DataFrame) -> Iterator[tuple[str, str, str, str, str]]:
    """The participants by whom reports find each other, as (event_id, role, who, kind, text and name).

    A body without a name ("the company") counts in its article alone: that a story calls two reports' bodies alike is
    too little to make their happenings one. What a story calls alike comes as a CROWD too, groups as no more than that.
    """
    actors = state.rows("actors", "actor_id", column(people, "actor_id"), ["kind", "name"])
    kinds = dict(actors.select("actor_id", "kind").iter_rows())
    called = dict(actors.select("actor_id", "name").iter_rows())
    rows = state.rows("entity_rows", "row_id", column(people, "event_id"))
    known = rows.filter(pl.col("table_name") == "event_participants").select(
        "entity_id", "ordinal", "role", event_id="row_id"
    )
    bodies = state.rows("entities", "entity_id", column(known, "entity_id"), UNNAMED_BY).filter(IS_UNNAMED)
    kind_of_body = dict(bodies.select("entity_id", "kind").iter_rows())
    joined = people.join(known, on=["event_id", "role", "ordinal"], how="left")
    columns = ("event_id", "role", "actor_id", "entity_id", "text")
    for event_id, role, actor_id, entity_id, text in joined.select(columns).iter_rows():
        kind = kind_of_body.get(entity_id, kinds.get(actor_id))
        if kind == CROWD or entity_id in kind_of_body:
            yield event_id, role, actor_id, CROWD, ""
        if kind in JOINED:
            who = f"{BODY}{entity_id}" if entity_id in kind_of_body else actor_id
            yield event_id, role, who, kind, f"{text or ''} {called.get(actor_id, '')}"


def _index(state: State, found: Iterable[Report]) -> None:
    """Record the keys by which reports of one kind find each other."""
    put_keys(state, INDEX, ((key, one.event_id, one.article_id) for one in found for key in sorted(index_keys(one))))


def _link(state: State, found: Iterable[Report]) -> None:
    """Record a key for each pair of one of `found` and another event that report one happening."""
    sought = pl.DataFrame(
        [(key, report.event_id) for report in found for key in sorted(search_keys(report))],
        {"key": pl.String(), "one": pl.String()},
        orient="row",
    )
    near = with_keys(state, sought.get_column("key"), INDEX).select("key", other="member_id")
    pairs = (
        sought.join(near, on="key")
        .filter(pl.col("one") != pl.col("other"))
        .select(one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"))
        .unique()
        .sort("one", "other")
    )
    known = reports(state, {*column(pairs, "one"), *column(pairs, "other")})
    ties = [(a, b, tie(known[a], known[b])) for a, b in pairs.iter_rows()]
    links = [(a, b, strength) for a, b, strength in ties if strength > NOT]
    put_keys(state, LAYER, ((f"{a}|{b}|{n}", m, known[m].article_id) for a, b, n in links for m in (a, b)))


def write_incidents(state: State, ids: Collection[str], counts: Mapping[str, tuple[int, int, int]]) -> None:
    """Write the rows of `incidents` and their participants. `counts` are articles, outlets, origins by incident."""
    events = state.rows("events", "incident_id", ids)
    people = state.rows("event_participants", "event_id", column(events, "event_id"))
    of_incident = dict(events.select("event_id", "incident_id").iter_rows())
    listed = [
        _summary(group.rows(named=True), counts[group[0, "incident_id"]])
        for group in events.partition_by("incident_id", maintain_order=True)
    ]
    state.replace("incidents", "incident_id", ids, frame_of("incidents", listed))
    taking_part = sorted(
        {
            (of_incident[event_id], role, actor_id)
            for event_id, role, actor_id in people.select("event_id", "role", "actor_id").iter_rows()
            if actor_id is not None
        }
    )
    rows = ({"incident_id": i, "role": role, "actor_id": actor} for i, role, actor in taking_part)
    state.replace("incident_participants", "incident_id", ids, frame_of("incident_participants", rows))


def _headline_rank(event: Mapping[str, Any]) -> tuple[bool, bool, int, str]:
    """What the reports assert before what others say, whole sentences before clauses within one, short before long."""
    text = event["text"]
    return event["status"] != "asserted", not text[:1].isupper(), len(text), event["event_id"]


def _most(values: Iterable[str]) -> str:
    """The most frequent value, of several the first in the alphabet."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value))


def days_told(events: Iterable[Mapping[str, Any]]) -> set[tuple[date, date]]:
    """The first and last days that reports give, without a week, a month or a year in which others give the day."""
    told = {(event["starts_on"], event["ends_on"] or event["starts_on"]) for event in events if event["starts_on"]}
    return {span for span in told if not (_is_unit_of_calendar(*span) and any(_is_within(one, span) for one in told))}


def _is_unit_of_calendar(start: date, end: date) -> bool:
    """Whether a span is a weekend, weeks from Sunday or Monday on, or whole months: no happening lasts just so long."""
    after = end + timedelta(days=1)
    is_weekend = start.weekday() == _SATURDAY and after - start == timedelta(days=2)
    are_weeks = start.weekday() in {_SUNDAY, _MONDAY} and (after - start).days % 7 == 0
    return is_weekend or are_weeks or (start.day == 1 and after.day == 1)


def _is_within(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _summary(events: Sequence[Mapping[str, Any]], counts: tuple[int, int, int]) -> dict[str, Any]:
    spans = days_told(events)
    places = [event["place_id"] for event in events if event["place_id"]]
    headline = min(events, key=_headline_rank)
    return {
        "incident_id": events[0]["incident_id"],
        "event_type": _most(event["event_type"] for event in events),
        "place_id": _most(places) if places else None,
        "starts_on": min((start for start, _ in spans), default=None),
        "ends_on": max((end for _, end in spans), default=None),
        "headline": " ".join(headline["text"].split()),
        "n_articles": counts[0],
        "n_outlets": counts[1],
        "n_origins": counts[2],
    }
