"""Dates from elsewhere: articles without a date of their own, dated by reports that share something with them.

Only what is stated dates others: an article that is dated here dates nobody, so that the answer is a function of the
stated days alone, reached in one step, whatever came first. Where reports support two days, both stay as evidence and
the article has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from flows.resolve.evidence import NEAR, Evidence, collect
from flows.resolve.redate import Reader, set_day
from flows.resolve.state import State, column, frame_of

# By kind of evidence: what is shared with the report, before the day that the report gives.
SHARED: Final = ("the same words, said on", "the same happening, on", "words of a report of")
# Of the days that a weekday allows the first two are supported: of 672 dated articles that name a weekday for what was
# said, 62 % are of that day, 26 % of the next, 6 % of the one after.
SUPPORTED: Final = 2
_TIMES: Final = ("story_id", "published_on", "published_basis", "reference_on")
SHOWN: Final = 3  # pieces of evidence for one day that are kept


@dataclass(frozen=True, slots=True)
class Decision:
    """The day taken, or the days between which the evidence does not decide."""

    day: date | None
    rivals: tuple[date, ...] = ()


def decide(evidence: Iterable[Evidence]) -> Decision:
    """Weigh evidence: the surest kind alone decides; what it leaves open, the reports' own days may settle."""
    found = tuple(evidence)
    if not found:
        return Decision(None)
    surest = min(one.kind for one in found)
    told = [set(one.days) for one in found if one.kind == surest]
    common = sorted(set.intersection(*told))[:SUPPORTED]
    if not common:
        return Decision(None, tuple(sorted({min(days) for days in told})))
    near = {one.near for one in found if one.near is not None and one.kind != NEAR}
    settled = common if len(common) == 1 else sorted(near & set(common))
    return Decision(settled[0]) if len(settled) == 1 else Decision(None, tuple(common))


def date_articles(state: State, articles: Collection[str], left: Collection[str], reader: Reader) -> set[str]:
    """Date the articles without a date among `articles` and in their stories; returns those whose day changed.

    `left` are the stories that articles have left. Writes published_on, its basis and its evidence, and the days of
    dates, claims and events that hang on it.
    """
    undated = _undated(state, articles, left)
    if undated.is_empty():
        return set()
    found = collect(state, undated, reader)
    decisions = {article_id: decide(found.get(article_id, ())) for article_id in undated.get_column("article_id")}
    _write_evidence(state, decisions, found)
    former: dict[str, date | None] = dict(undated.select("article_id", "published_on").iter_rows())
    changed = {one: decision.day for one, decision in decisions.items() if decision.day != former[one]}
    set_day(state, changed, reader)
    return set(changed)


def _undated(state: State, articles: Collection[str], left: Collection[str]) -> pl.DataFrame:
    """The articles that state no day, neither on the page nor as the text's own today."""
    own = state.rows("articles", "article_id", articles, _TIMES)
    stories = state.rows("articles", "story_id", column(own, "story_id") | set(left), _TIMES)
    both = pl.concat([own, stories]).unique("article_id").sort("article_id")
    stated = (pl.col("published_basis") == "none") & pl.col("reference_on").is_not_null()
    return both.filter(pl.col("published_basis").is_in(["none", "story"]) & ~stated)


def _write_evidence(state: State, decisions: Mapping[str, Decision], found: Mapping[str, Sequence[Evidence]]) -> None:
    """The day taken first, or the reason why there is none; then the days that were not, then what the page gave."""
    before = state.rows("published_evidence", "article_id", set(decisions))
    articles = {*found, *column(before.filter(pl.col("basis") == "story"), "article_id")}
    own = _by_article(before.filter(pl.col("basis") != "story").sort("rank"))
    cells = _by_article(state.rows("segments", "article_id", articles).filter("kept"))
    ranked: list[dict[str, Any]] = []
    for article_id in sorted(articles):
        told = list(_told(decisions[article_id], found.get(article_id, ())))
        for row in told:
            row |= _place(cells.get(article_id, ()), row.get("start"), row.get("end"))
        rows = enumerate([*told, *own.get(article_id, ())], start=1)
        ranked += ({**row, "article_id": article_id, "rank": rank} for rank, row in rows)
    state.replace("published_evidence", "article_id", articles, frame_of("published_evidence", ranked))


def _by_article(rows: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Rows in their order, by article."""
    return {group[0, "article_id"]: group.to_dicts() for group in rows.partition_by("article_id", maintain_order=True)}


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
        yield _row(one, one.days[0], "ranked below other reports")


def _row(one: Evidence, day: date, why: str | None) -> dict[str, Any]:
    return {
        "day": day,
        "basis": "story",
        "evidence": f"{SHARED[one.kind]} {one.day}: {one.other_id}",
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
