"""What a shared passage reveals of a claim's way: of two articles that copy a line, one names the agency.

The chain of the other gets the relay as a hop that is inferred. It hangs on what articles state and on the passages
between them, never on another hop that was inferred, so that the same articles give the same chains in any order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final

import polars as pl

from flows.known_names import publication_key
from flows.resolve.passages import Credit, precedes, tokens_of
from flows.resolve.relays import PAGE_WIDE, RELAYS, derivation_of, is_one, is_revealed, stated
from flows.resolve.state import State, column, frame_of
from flows.resources import classes, words

NARRATIVE: Final = 80  # characters of a passage that nobody says in it: anybody may quote, who copies has the rest too
LEAST_ALIKE: Final = 0.8  # the share of words of the shorter that two wordings of a claim in a passage have in common
_FEW: Final = 5  # words of a claim below which all must be equal
_EDGE: Final = 3  # characters: a passage ends with a word, a claim with a full stop and quotation marks
_SHORT: Final = 4  # characters of a word from which on a name has a capital in it
_NEARER_THE_PAGE: Final = frozenset({"earlier_article", "reposter", "page"})
_OF_MEDIA: Final = frozenset({"agency", "service"})  # heads of bodies that publish for a living too
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Relay:
    """Who passed a claim on, by another article: `entity_id` is an entity of that one."""

    role: str
    name: str
    key: str
    entity_id: str | None


@dataclass(frozen=True)
class _Texts:
    """What articles that share passages tell: their claims and chains by article and claim, and their agencies.

    `wires` are agencies' own pages, `page_wide` the agency that an article credits for all of it, `named` the keys of
    all that it names for any claim, and its own where it is an agency's page.
    """

    days: Mapping[str, date | None]
    claims: Mapping[str, Sequence[Row]]
    chains: Mapping[str, Sequence[Row]]
    parts: Mapping[str, Sequence[tuple[int, int]]]
    entities: Mapping[tuple[str, int], str]
    wires: Mapping[str, Relay]
    page_wide: Mapping[str, Relay]
    named: Mapping[str, Collection[str]]
    credit: Credit

    @classmethod
    def of(cls, state: State, articles: Collection[str], credit: Credit) -> _Texts:
        told = state.rows("articles", "article_id", articles, ["published_on", "published_basis"])
        days = told.filter(pl.col("published_basis") != "story").select("article_id", "published_on")
        columns = ["start_char", "end_char", "content", "quotation", "speaker_kind"]
        claims = state.rows("claims", "article_id", articles, columns)
        hops = stated(state.rows("attributions", "article_id", articles, ["role", "name", "basis", "derivation"]))
        is_quoted = (pl.col("quotation") != "indirect") | (pl.col("speaker_kind") == "document")
        parts = state.rows("claim_parts", "article_id", articles, ["start_char", "end_char"])
        quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
        said = parts.join(claims.filter(is_quoted), on="claim_id", how="semi")
        for article, start, end in said.select("article_id", "start_char", "end_char").iter_rows():
            quoted[article].append((start, end))
        refers = state.rows("entity_rows", "row_id", column(claims, "claim_id"))
        of_hops = refers.filter(pl.col("table_name") == "attributions").select("row_id", "ordinal", "entity_id")
        entities = {(claim_id, hop): one for claim_id, hop, one in of_hops.iter_rows()}
        page_wide = {
            hop["article_id"]: _relay(hop, entities)
            for hop in hops.filter((pl.col("role") == "agency") & pl.col("derivation").is_in(PAGE_WIDE))
            .sort("article_id", "claim_id", "hop", descending=True)
            .iter_rows(named=True)
        }
        wires = _agencies(state, set(articles).intersection(credit.wires))
        named: dict[str, set[str]] = defaultdict(set, {article: {agency.key} for article, agency in wires.items()})
        for hop in hops.iter_rows(named=True):
            if _is_named_relay(hop) and hop["basis"] == "stated":
                named[hop["article_id"]].add(publication_key(hop["name"]))
        return cls(
            dict(days.iter_rows()), _by("article_id", claims), _by("claim_id", hops), quoted, entities, wires,
            page_wide, named, credit,
        )  # fmt: skip

    def inside(self, article: str, start: int, end: int) -> Iterator[Row]:
        """The claims of an article that lie within a passage."""
        for claim in self.claims.get(article, ()):
            if start - _EDGE <= claim["start_char"] and claim["end_char"] <= end + _EDGE:
                yield claim

    def relays_of(self, claim_id: str) -> list[Relay]:
        """The named relays that an article states of a claim, nearest to the speaker first."""
        hops = filter(_is_named_relay, self.chains.get(claim_id, ()))
        return [_relay(hop, self.entities) for hop in hops if hop["basis"] == "stated"]

    def has_relay(self, claim_id: str) -> bool:
        """Whether a claim's own article names who passed it on, or tells enough to infer it."""
        return any(map(_is_named_relay, self.chains.get(claim_id, ())))

    def is_copied(self, passage: Row) -> bool:
        """Whether a passage has more than what somebody says in it."""
        start, end = passage["start_char"], passage["end_char"]
        spans = self.parts.get(passage["article_id"], ())
        said = sum(max(0, min(end, last) - max(start, first)) for first, last in spans)
        return bool(end - start - said >= NARRATIVE)


def reveal_relays(state: State, articles: Collection[str], credit: Credit) -> set[str]:
    """Write the inferred hops of the claims of `articles` anew; returns the entities of others that they stand for.

    `articles` are those whose passages may be others now; `credit` tells of them and of those they share with.
    """
    known = state.rows("attributions", "article_id", articles, ["derivation"])
    former = {hop["claim_id"] for hop in known.iter_rows(named=True) if is_revealed(hop)}
    found = dict(_revealed(state, articles, credit))
    _write(state, found, former | set(found))
    return {relay.entity_id for hops in found.values() for relay, _ in hops if relay.entity_id is not None}


def _revealed(state: State, articles: Collection[str], credit: Credit) -> Iterator[tuple[str, list[tuple[Relay, str]]]]:
    """By claim, the relays on which all agree who tell of any, each with the passage that shows it first."""
    passages = state.rows("passages", "article_id", articles)
    telling = [one for one in column(passages, "other_article_id") if one in credit.wires or credit.relays.get(one)]
    passages = passages.filter(pl.col("other_article_id").is_in(telling))
    both = column(passages, "article_id") | column(passages, "other_article_id")
    texts = _Texts.of(state, both, credit)
    offers: dict[str, list[tuple[list[Relay], str]]] = defaultdict(list)
    for passage in sorted(passages.iter_rows(named=True), key=lambda row: _witness(row, texts)):
        if _may_reveal(passage, texts):
            for claim in texts.inside(passage["article_id"], passage["start_char"], passage["end_char"]):
                if not texts.has_relay(claim["claim_id"]):
                    offered = _offered(claim, passage, texts)
                    offers[claim["claim_id"]] += [(offered, passage["passage_id"])] if offered else []
    for claim_id, offered_by in sorted(offers.items()):
        names = {publication_key(hop["name"]) for hop in texts.chains.get(claim_id, ())}
        first, *others = offered_by or [([], "")]
        agreed = [
            (relay, first[1])
            for relay in first[0]
            if relay.key not in names and all(any(is_one(relay.key, x.key) for x in some) for some, _ in others)
        ]
        if agreed:
            yield claim_id, agreed


def _witness(passage: Row, texts: _Texts) -> tuple[date, str, str]:
    """The order in which articles are heard: by their days."""
    other = passage["other_article_id"]
    return texts.days.get(other) or date.max, other, passage["passage_id"]


def _may_reveal(passage: Row, texts: _Texts) -> bool:
    """Whether a passage was copied, and not from the first of its articles: an agency's page, that of a body which
    says it, one that the other article names, or one that is older.
    """
    here, there = passage["article_id"], passage["other_article_id"]
    own = texts.credit.outlets.get(here)
    is_origin = here in texts.wires or (own is not None and any(is_one(own, key) for key in texts.named.get(there, ())))
    if is_origin or _is_no_medium(texts.credit.names.get(here, "")):
        return False
    return texts.is_copied(passage) and not precedes(texts.days.get(here), texts.days.get(there))


def _offered(claim: Row, passage: Row, texts: _Texts) -> list[Relay]:
    """By whom the same words came to the other article, nearest to the speaker first.

    Who printed the first interview may be the page itself where its outlet is unknown: nothing is known behind it.
    """
    there = passage["other_article_id"]
    twins = texts.inside(there, passage["other_start"], passage["other_end"])
    twin = max(twins, key=lambda one: (_alike(claim, one), one["claim_id"]), default=None)
    if twin is not None and _alike(claim, twin):
        found = texts.relays_of(twin["claim_id"])
    else:
        found = [texts.page_wide[there]] if there in texts.page_wide else []
    found += [texts.wires[there]] if there in texts.wires else []
    if passage["article_id"] not in texts.credit.outlets:
        first = next((n for n, relay in enumerate(found, 1) if relay.role != "agency"), len(found))
        return found[:first]
    return found


def _alike(one: Row, other: Row) -> float:
    """The share of words that two claims have in common where it is enough for one, else 0."""
    mine, theirs = _words_of(one["content"]), _words_of(other["content"])
    if mine == theirs:
        return 1.0
    fewest = min(len(mine), len(theirs))
    shared = sum((Counter(mine) & Counter(theirs)).values())
    return shared / fewest if fewest >= _FEW and shared >= LEAST_ALIKE * fewest else 0.0


@lru_cache(maxsize=4096)  # each copy's claims are compared with those of all others
def _words_of(content: str) -> list[str]:
    return tokens_of(content).words


def _is_named_relay(hop: Row) -> bool:
    """Whether a hop is a relay with a name, and not "another news agency"."""
    words_of_name = hop["name"].split()
    return hop["role"] in RELAYS and all(len(word) < _SHORT or word != word.lower() for word in words_of_name)


def _is_no_medium(outlet: str) -> bool:
    """Whether a page is a ministry's, a court's, a company's: what agencies write of it comes from there."""
    first = outlet.lower().partition(" of ")[0].partition(" for ")[0].split()
    return bool(first) and first[-1] in _institutions()


@cache
def _institutions() -> frozenset[str]:
    known = classes("claim_words")
    return (words("body_heads") | known["INSTITUTIONS"]) - known["ON_AIR"] - _OF_MEDIA


def _relay(hop: Row, entities: Mapping[tuple[str, int], str]) -> Relay:
    return Relay(hop["role"], hop["name"], publication_key(hop["name"]), entities.get((hop["claim_id"], hop["hop"])))


def _write(state: State, found: Mapping[str, Sequence[tuple[Relay, str]]], claims: Collection[str]) -> None:
    """Put the hops of `found` between what is stated, number the chains of `claims` anew, and carry on who is meant."""
    hops = _by("claim_id", stated(state.rows("attributions", "claim_id", claims)))
    refers = state.rows("entity_rows", "row_id", claims)
    is_of_hop = pl.col("table_name") == "attributions"
    entities = {
        (claim_id, hop): one
        for claim_id, hop, one in refers.filter(is_of_hop).select("row_id", "ordinal", "entity_id").iter_rows()
    }
    written: list[Row] = []
    standing: list[Row] = [*refers.filter(~is_of_hop).iter_rows(named=True)]
    for claim_id, chain in hops.items():
        known = [{**hop, "entity_id": entities.get((claim_id, hop["hop"]))} for hop in chain]
        place = next(n for n, hop in enumerate(known) if hop["role"] in _NEARER_THE_PAGE)
        added = [
            {"role": relay.role, "name": relay.name, "basis": "inferred", "derivation": derivation_of(passage_id),
             "entity_id": relay.entity_id}
            for relay, passage_id in found.get(claim_id, ())
        ]  # fmt: skip
        first = 0 if chain[0]["role"] == "speaker" else 1
        for number, hop in enumerate([*known[:place], *added, *known[place:]], first):
            row = {**hop, "claim_id": claim_id, "article_id": chain[0]["article_id"], "hop": number}
            written.append(row)
            if hop["entity_id"] is not None:
                standing.append(
                    {**row, "table_name": "attributions", "row_id": claim_id, "role": "", "ordinal": number}
                )
    state.replace("attributions", "claim_id", claims, frame_of("attributions", written))
    state.replace("entity_rows", "row_id", claims, frame_of("entity_rows", standing))


def _agencies(state: State, wires: Collection[str]) -> dict[str, Relay]:
    """By an agency's own page, the agency."""
    rows = state.rows("entity_rows", "row_id", wires).filter(pl.col("table_name") == "articles")
    named = state.rows("entities", "entity_id", column(rows, "entity_id"), ["name"])
    return {
        article: Relay("agency", name, publication_key(name), entity)
        for article, entity, name in rows.join(named, on="entity_id").select("row_id", "entity_id", "name").iter_rows()
    }


def _by(name: str, rows: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Rows by the value of a column, in the order of their keys."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        found[row[name]].append(row)
    return found
