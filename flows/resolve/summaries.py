"""The rows that sum up clusters: stories, utterances, incidents, with their origins and discrepancies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from flows.records import BETWEEN_PARTS
from flows.resolve.discrepancies import write_discrepancies
from flows.resolve.incidents import write_incidents
from flows.resolve.origins import (
    Counts,
    carriers_of_incidents,
    carriers_of_utterances,
    drop_origins,
    touching,
    write_origins,
)
from flows.resolve.passages import outlet_keys
from flows.resolve.state import State, column, frame_of

_OF_SPEAKERS: Final = ("speaker_id", "speaker_form", "speaker_text")


def summarise(state: State, articles: Collection[str], ids: Mapping[str, Collection[str]]) -> None:
    """Write anew what sums up the clusters of `ids` (by column name) and those that `articles` take part in."""
    near_utterances, near_incidents = touching(state, articles)
    utterances = near_utterances | set(ids.get("utterance_id", ()))
    incidents = near_incidents | set(ids.get("incident_id", ()))
    stories = column(state.rows("articles", "article_id", articles, ["story_id"]), "story_id") | set(
        ids.get("story_id", ())
    )
    drop_origins(state, utterances | incidents)
    counts = write_origins(state, "utterance", carriers_of_utterances(state, utterances))
    _write_utterances(state, utterances, counts)
    write_incidents(state, incidents, write_origins(state, "incident", carriers_of_incidents(state, incidents)))
    _write_stories(state, stories)
    write_discrepancies(state, incidents, utterances, ids.get("actor_id", ()))


def _write_utterances(state: State, ids: Collection[str], counts: Counts) -> None:
    parts = state.rows("claim_parts", "utterance_id", ids)
    told = state.rows(
        "claims", "claim_id", column(parts, "claim_id"), [*_OF_SPEAKERS, "said_on", "quotation", "content"]
    )
    claims = {row["claim_id"]: row for row in told.to_dicts()}
    listed = [
        _utterance(group.rows(named=True), claims, counts[group[0, "utterance_id"]])
        for group in parts.partition_by("utterance_id", maintain_order=True)
    ]
    state.replace("utterances", "utterance_id", ids, frame_of("utterances", listed))


def _utterance(
    parts: Sequence[Mapping[str, Any]], claims: Mapping[str, Mapping[str, Any]], counts: tuple[int, int, int]
) -> dict[str, Any]:
    """One saying: its commonest speaker, the one day that is known of it, its fullest wording."""
    own = [claims[part["claim_id"]] for part in parts]
    days = {claim["said_on"] for claim in own if claim["said_on"]}
    wordings = [(claim["quotation"] == "direct", len(text), text) for claim, text in _wordings(parts, claims)]
    return {
        "utterance_id": parts[0]["utterance_id"],
        "speaker_id": _speaker(own),
        "said_on": days.pop() if len(days) == 1 else None,
        "text": max(wordings)[2],
        "n_claims": len({part["claim_id"] for part in parts}),
        "n_articles": counts[0],
        "n_outlets": counts[1],
        "n_origins": counts[2],
    }


def _speaker(claims: Sequence[Mapping[str, Any]]) -> str | None:
    """Whom most reports give as the speaker; of those whom as many give, the one whom a report tells most of.

    A name tells more than a description, and "Ivo Brandl of the dockers' union" more than "Brandl".
    """
    told = [claim for claim in claims if claim["speaker_id"]]
    often = Counter(claim["speaker_id"] for claim in told)
    fullest: dict[str, tuple[bool, int]] = {}
    for claim in told:
        tells = claim["speaker_form"] == "name", len(claim["speaker_text"] or "")
        fullest[claim["speaker_id"]] = max(tells, fullest.get(claim["speaker_id"], tells))
    return max(sorted(often), key=lambda who: (often[who], *fullest[who]), default=None)


def _wordings(
    parts: Sequence[Mapping[str, Any]], claims: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each claim with its wording: the parts of a quotation as in `content`, the whole content of an indirect claim."""
    told: dict[str, list[str]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: (part["claim_id"], part["part"])):
        told[part["claim_id"]].append(part["text"])
    for claim_id, texts in told.items():
        claim = claims[claim_id]
        yield claim, claim["content"] if claim["quotation"] == "indirect" else BETWEEN_PARTS.join(texts)


def _write_stories(state: State, ids: Collection[str]) -> None:
    """A story is headed by its first article, by stated day and then by id; inferred days count for its span."""
    stated = pl.when(pl.col("published_basis") != "story").then("published_on")
    articles = state.rows("articles", "story_id", ids).sort(stated, "article_id", nulls_last=True)
    outlets = outlet_keys(state, column(articles, "article_id"))
    listed = []
    for group in articles.partition_by("story_id", maintain_order=True):
        days = group.get_column("published_on").drop_nulls()
        members = group.get_column("article_id").to_list()
        listed.append(
            {
                "story_id": group[0, "story_id"],
                "headline": next(
                    (title for title in group.get_column("title") if title), _first_line(group[0, "text"])
                ),
                "starts_on": days.min(),
                "ends_on": days.max(),
                "n_articles": len(members),
                "n_outlets": len({outlets.get(member, member) for member in members}),
            }
        )
    state.replace("stories", "story_id", ids, frame_of("stories", listed))


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]
