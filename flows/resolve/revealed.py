"""What a shared passage reveals of a claim's way: of two articles that copy a line, one names the agency.

The chain of the other gets the relay as a hop that is inferred. It hangs on what articles state and on the passages
between them, never on another hop that was inferred, so that the same articles give the same chains in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import polars as pl

from flows.known_names import publication_key
from flows.resolve.passages import Credit, tokens_of
from flows.resolve.relays import REVEALED, is_revealed
from flows.resolve.state import State, column, frame_of

NARRATIVE: Final = 80  # characters of passages outside quotation marks: anybody may quote, who copies has the rest too
LATEST: Final = timedelta(days=1)  # an agency's text is printed on its day or the next; what came before isn't its
_EDGE: Final = 3  # characters: a passage ends with a word, a claim with a full stop and quotation marks
_SHORT: Final = 4  # characters of a word from which on a name has a capital in it
_RELAYS: Final = frozenset({"agency", "outlet", "broadcaster"})
_NEARER_THE_PAGE: Final = frozenset({"earlier_article", "reposter", "page"})
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Relay:
    """Who passed a claim on, by another article: `entity_id` is an entity of that one."""

    role: str
    name: str
    key: str
    entity_id: str | None


@dataclass(frozen=True)
class _Texts:
    """What is read of articles that share passages, by article or claim."""

    days: Mapping[str, Any]
    claims: Mapping[str, Sequence[Row]]
    chains: Mapping[str, Sequence[Row]]
    quoted: Mapping[str, Sequence[tuple[int, int]]]
    entities: Mapping[tuple[str, int], str]
    wires: Mapping[str, _Relay]
    outlets: Mapping[str, str]
    words: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, state: State, passages: pl.DataFrame, credit: Credit) -> _Texts:
        both = column(passages, "article_id") | column(passages, "other_article_id")
        told = state.rows("articles", "article_id", both, ["text", "published_on", "published_basis"])
        stated = told.filter(pl.col("published_basis") != "story").select("article_id", "published_on")
        claims = state.rows("claims", "article_id", both, ["start_char", "end_char", "content", "quotation"])
        hops = state.rows("attributions", "article_id", both, ["hop", "role", "name", "basis", "derivation"])
        direct = claims.filter(pl.col("quotation") != "indirect").select("claim_id")
        parts = state.rows("claim_parts", "article_id", both, ["claim_id", "start_char", "end_char"])
        quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for article, start, end in (
            parts.join(direct, on="claim_id", how="semi").select("article_id", "start_char", "end_char").iter_rows()
        ):
            quoted[article].append((start, end))
        refers = state.rows("entity_rows", "row_id", column(claims, "claim_id")).filter(
            pl.col("table_name") == "attributions"
        )
        entities = {(claim, n): one for claim, n, one in refers.select("row_id", "ordinal", "entity_id").iter_rows()}
        return cls(
            dict(stated.iter_rows()),
            _by("article_id", claims),
            _by("claim_id", hops),
            quoted,
            entities,
            _agencies(state, both & credit.wires),
            credit.outlets,
        )

    def inside(self, article: str, start: int, end: int) -> Iterator[Row]:
        """The claims of an article that lie within a passage."""
        for claim in self.claims.get(article, ()):
            if start - _EDGE <= claim["start_char"] and claim["end_char"] <= end + _EDGE:
                yield claim

    def narrative(self, passage: Row) -> int:
        """The characters of a passage that stand in nobody's quotation."""
        start, end = passage["start_char"], passage["end_char"]
        spans = self.quoted.get(passage["article_id"], ())
        quoted = sum(max(0, min(end, last) - max(start, first)) for first, last in spans)
        return int(end - start - quoted)

    def said(self, claim: Row) -> list[str]:
        """The words of a claim, as passages compare them."""
        known: list[str] = self.words.setdefault(claim["claim_id"], [])
        if not known:
            known += tokens_of(claim["content"]).words
        return known


def reveal_relays(state: State, articles: Collection[str], credit: Credit) -> set[str]:
    """Write the inferred hops of the claims of `articles` anew; returns the entities of others that they stand for.

    `articles` are those whose passages may be others now; `credit` tells of them and of those they share with.
    """
    passages = state.rows("passages", "article_id", articles)
    texts = _Texts.of(state, passages, credit)
    found = {claim: hops for claim, hops in _revealed(passages, texts) if hops}
    known = state.rows("attributions", "article_id", articles, ["derivation"])
    _write(state, found, column(known.filter(is_revealed()), "claim_id") | set(found))
    return {relay.entity_id for hops in found.values() for relay, _ in hops if relay.entity_id is not None}


def _revealed(passages: pl.DataFrame, texts: _Texts) -> Iterator[tuple[str, list[tuple[_Relay, str]]]]:
    """By claim, the relays on which all agree who tell of any, each with the passage that shows it."""
    offers: dict[str, list[tuple[list[_Relay], str]]] = defaultdict(list)
    for pair in passages.sort("article_id", "other_article_id", "start_char", "passage_id").partition_by(
        "article_id", "other_article_id", maintain_order=True
    ):
        rows = pair.rows(named=True)
        if _may_reveal(rows, texts):
            for passage in rows:
                for claim in texts.inside(passage["article_id"], passage["start_char"], passage["end_char"]):
                    relays = _offered(claim, passage, texts)
                    if relays:
                        offers[claim["claim_id"]].append((relays, passage["passage_id"]))
    for claim_id, offered in sorted(offers.items()):
        (first, passage_id), others = offered[0], [{relay.key for relay in relays} for relays, _ in offered[1:]]
        agreed = [relay for relay in first if all(relay.key in keys for keys in others)]
        yield claim_id, [(relay, passage_id) for relay in _unnamed(agreed, texts.chains.get(claim_id, ()))]


def _may_reveal(passages: Sequence[Row], texts: _Texts) -> bool:
    """Whether what two articles share was copied, and the first is no agency's page nor older than the other."""
    here, there = passages[0]["article_id"], passages[0]["other_article_id"]
    if here in texts.wires or sum(map(texts.narrative, passages)) < NARRATIVE:
        return False
    own, its = texts.days.get(here), texts.days.get(there)
    return own is None or its is None or its - own <= LATEST


def _offered(claim: Row, passage: Row, texts: _Texts) -> list[_Relay]:
    """By whom the same words came to the other article, nearest to the speaker first."""
    there = passage["other_article_id"]
    if there in texts.wires:
        return [texts.wires[there]]
    own = texts.outlets.get(passage["article_id"])
    for twin in texts.inside(there, passage["other_start"], passage["other_end"]):
        if texts.said(twin) == texts.said(claim):
            found: list[_Relay] = []
            for hop in texts.chains.get(twin["claim_id"], ()):
                key = publication_key(hop["name"])
                if own is not None and (key == own or own.endswith(key)):  # "the Courier" on the Brod Courier's page
                    break  # from here on its way led away from this page
                if hop["role"] in _RELAYS and hop["basis"] == "stated" and _is_name(hop["name"]):
                    entity = texts.entities.get((twin["claim_id"], hop["hop"]))
                    found.append(_Relay(hop["role"], hop["name"], key, entity))
            return found
    return []


def _is_name(words: str) -> bool:
    """Whether a relay is named, and not "another news agency"."""
    return all(len(word) < _SHORT or word != word.lower() for word in words.split())


def _unnamed(relays: Sequence[_Relay], chain: Sequence[Row]) -> list[_Relay]:
    """Those that the chain may lack: none where it has a relay of its own."""
    stated = [hop for hop in chain if not hop["derivation"] or not hop["derivation"].startswith(REVEALED)]
    if any(hop["role"] in _RELAYS for hop in stated):
        return []
    names = {publication_key(hop["name"]) for hop in stated}
    return [relay for relay in relays if relay.key not in names]


def _write(state: State, found: Mapping[str, Sequence[tuple[_Relay, str]]], claims: Collection[str]) -> None:
    """Number the hops of `claims` anew, those of `found` between what is stated, and what they stand for."""
    hops = _by("claim_id", state.rows("attributions", "claim_id", claims))
    refers = state.rows("entity_rows", "row_id", claims)
    of_hops = {(row["row_id"], row["ordinal"]): row for row in refers.iter_rows(named=True) if _is_of_hop(row)}
    written: list[Row] = []
    standing: list[Row] = [row for row in refers.iter_rows(named=True) if not _is_of_hop(row)]
    for claim_id in sorted(claims):
        stated = [hop for hop in hops[claim_id] if not (hop["derivation"] or "").startswith(REVEALED)]
        place = next(n for n, hop in enumerate(stated) if hop["role"] in _NEARER_THE_PAGE)
        article_id = stated[0]["article_id"]
        added = [
            {"claim_id": claim_id, "article_id": article_id, "role": relay.role, "name": relay.name,
             "basis": "inferred", "derivation": f"{REVEALED} {passage_id}", "entity_id": relay.entity_id}
            for relay, passage_id in found.get(claim_id, ())
        ]  # fmt: skip
        first = 0 if stated[0]["role"] == "speaker" else 1
        for number, hop in enumerate([*stated[:place], *added, *stated[place:]], first):
            written.append({**hop, "hop": number})
            former = of_hops.get((claim_id, hop.get("hop", -1)))
            entity_id = former["entity_id"] if former else hop.get("entity_id")
            if entity_id is not None:
                standing.append({"table_name": "attributions", "row_id": claim_id, "role": "", "ordinal": number,
                                 "article_id": article_id, "entity_id": entity_id})  # fmt: skip
    state.replace("attributions", "claim_id", claims, frame_of("attributions", written))
    state.replace("entity_rows", "row_id", claims, frame_of("entity_rows", standing))


def _is_of_hop(row: Row) -> bool:
    return bool(row["table_name"] == "attributions")


def _agencies(state: State, wires: Collection[str]) -> dict[str, _Relay]:
    """By an agency's own page, the agency."""
    rows = state.rows("entity_rows", "row_id", wires).filter(pl.col("table_name") == "articles")
    named = state.rows("entities", "entity_id", column(rows, "entity_id"), ["name"])
    return {
        article: _Relay("agency", name, publication_key(name), entity)
        for article, entity, name in rows.join(named, on="entity_id").select("row_id", "entity_id", "name").iter_rows()
    }


def _by(name: str, rows: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Rows by the value of a column, in the order of their keys."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        found[row[name]].append(row)
    return found
