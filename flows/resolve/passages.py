"""Passages: text that two articles share nearly word for word, found at the level of the passage.

Articles find each other by winnowed fingerprints of five words (Schleimer, Wilkerson, Aiken 2003): any run of eight
shared words is found. Runs are then extended and joined over small differences. A pair of articles gives the same
passages whatever else there is; which way the words went may hang on a third one that has them from an agency.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import polars as pl

from flows.ids import make_id
from flows.known_names import publication_key
from flows.resolve.clusters import hashed
from flows.resolve.relays import PAGE_WIDE, stated_relays
from flows.resolve.state import State, column, frame_of, schema_of

LAYER: Final = "shingle"
WORDS: Final = 5  # a fingerprint covers so many words
WINDOW: Final = 4  # of so many neighbouring fingerprints the smallest is kept
SHARED: Final = 2  # articles that share so many are compared
SHORTEST: Final = 12  # words of a passage that both articles have
GAP: Final = 6  # words that may differ inside a passage, on either side
_ABOUT: Final = 300  # characters about a fingerprint in which a passage has SHORTEST words
FEWEST: Final = 3  # places in a passage from which on WORDS words are equal: of three runs of WORDS words at the least
PRINTED_WITHIN: Final = timedelta(days=1)
_TOLD: Final = ("text", "published_on", "published_basis")
_WORD: Final = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


@dataclass(frozen=True)
class Tokens:
    """The words of a text in the form that is compared, and where each stands."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def shingles(self) -> list[str]:
        """WORDS neighbouring words from each place on."""
        return [" ".join(some) for some in zip(*(self.words[i:] for i in range(WORDS)), strict=False)]

    @cached_property
    def known(self) -> frozenset[str]:
        """The different ones among them."""
        return frozenset(self.shingles)


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage: token ranges in both texts (end exclusive) and how many words agree."""

    first: tuple[int, int]
    second: tuple[int, int]
    words: int


@dataclass(frozen=True)
class Credit:
    """What articles state of their sources, by article.

    `names` are their outlets' names and `outlets` the keys of these, `relays` the keys of the publications that they
    name as relays. `wires` are those that open with a dateline of their own outlet: an agency's; `agencies` the keys
    of those that others credit for all of their text.
    """

    outlets: Mapping[str, str]
    relays: Mapping[str, Collection[str]]
    wires: Collection[str]
    agencies: Mapping[str, Collection[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def agencies_of(self, article: str) -> Collection[str]:
        """The agencies whose text an article says that it is."""
        return {self.outlets[article]} if article in self.wires else self.agencies.get(article, ())


def tokens_of(text: str) -> Tokens:
    """The words of a text without case, possessive and points, so that "U.S." and "US" agree."""
    found = list(_WORD.finditer(text))
    words = [m.group().lower().replace("’", "'").removesuffix("'s").replace(".", "") for m in found]
    return Tokens(words, [m.start() for m in found], [m.end() for m in found])


def fingerprints(tokens: Tokens) -> dict[int, int | None]:
    """The winnowed fingerprints of a text, each with the character where it stands; None where it stands twice."""
    hashes = [hashed(shingle) for shingle in tokens.shingles]
    kept = {min(hashes[i : i + WINDOW]) for i in range(max(1, len(hashes) - WINDOW + 1))} if hashes else set()
    often = Counter(hashes)
    place = dict(zip(hashes, tokens.starts, strict=False))
    return {one: place[one] if often[one] == 1 else None for one in sorted(kept)}


def shared_passages(first: Tokens, second: Tokens) -> list[Shared]:
    """The passages of at least SHORTEST words that both texts have, from left to right in the first."""
    common = first.known & second.known
    if sum(map(common.__contains__, first.shingles)) < FEWEST:
        return []
    runs = sorted(_runs(first, second, common))
    passages: list[Shared] = []
    for i, j, size in runs:
        last = passages[-1] if passages else None
        if last and 0 <= i - last.first[1] <= GAP and 0 <= j - last.second[1] <= GAP:
            passages[-1] = Shared((last.first[0], i + size), (last.second[0], j + size), last.words + size)
        elif last is None or i >= last.first[1]:
            passages.append(Shared((i, i + size), (j, j + size), size))
    return [passage for passage in passages if passage.words >= SHORTEST]


def _runs(first: Tokens, second: Tokens, common: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """Maximal runs of at least WORDS equal words: (place in first, place in second, words).

    `common` are the shingles that both have.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for j, shingle in enumerate(second.shingles):
        if shingle in common:
            places[shingle].append(j)
    one, other = first.words, second.words
    reached: dict[int, int] = {}  # by diagonal: where its last run ended
    for i, shingle in enumerate(first.shingles):
        for j in places.get(shingle, ()):
            if reached.get(i - j, -1) > i:
                continue
            size = WORDS
            while i + size < len(one) and j + size < len(other) and one[i + size] == other[j + size]:
                size += 1
            reached[i - j] = i + size
            yield i, j, size


def find_passages(state: State, new: Collection[str]) -> set[str]:
    """Write the passages that articles in `new` share with any other; returns the articles that gained one."""
    articles = state.rows("articles", "article_id", new)
    tokens = {row["article_id"]: tokens_of(row["text"]) for row in articles.iter_rows(named=True)}
    placed = ((LAYER, key, one, one, place) for one, of in tokens.items() for key, place in fingerprints(of).items())
    state.put("bulk_keys", pl.DataFrame(placed, schema_of("bulk_keys"), orient="row"))
    near = _near(state, new)
    others = state.rows("articles", "article_id", column(near, "one") | column(near, "other"), _TOLD)
    texts = dict(others.select("article_id", "text").iter_rows())
    around = _Around(texts)
    pairs: dict[tuple[str, str], None] = {}
    for one, other, at, other_at in near.select("one", "other", "at", "other_at").iter_rows():
        if (one, other) not in pairs and around.may_share((one, at), (other, other_at)):
            pairs[one, other] = None
    both = {article_id for pair in pairs for article_id in pair}
    tokens |= {one: tokens_of(texts[one]) for one in sorted(both - tokens.keys())}
    shared = [(one, other, found) for one, other in pairs for found in shared_passages(tokens[one], tokens[other])]
    sharing = {article_id for one, other, _ in shared for article_id in (one, other)}
    known = {row["article_id"]: row for row in others.iter_rows(named=True) if row["article_id"] in sharing}
    rows: list[dict[str, Any]] = []
    for one, other, passage in shared:
        rows += _both_ways(known[one], known[other], passage, tokens)
    state.put("passages", frame_of("passages", rows))
    return sharing


def credit_of(state: State, articles: Collection[str]) -> Credit:
    """What `articles`, and those that share a passage with one, state of their sources."""
    rows = state.rows("passages", "article_id", articles)
    both = column(rows, "article_id") | column(rows, "other_article_id")
    names = outlet_names(state, both)
    outlets = {article: publication_key(name) for article, name in names.items()}
    texts = state.rows("articles", "article_id", both, _TOLD).select("article_id", "text")
    wires = {article for article, text in texts.iter_rows() if _is_wire(text, outlets.get(article))}
    hops = stated_relays(state, "article_id", both)
    page_wide = hops.filter((pl.col("role") == "agency") & pl.col("derivation").is_in(PAGE_WIDE))
    return Credit(outlets, _keys_of(hops), wires, _keys_of(page_wide), names)


def _keys_of(hops: pl.DataFrame) -> dict[str, set[str]]:
    """By article, its relays as keys of their names: a merge of actors changes nothing."""
    relays: dict[str, set[str]] = defaultdict(set)
    for article_id, name in hops.select("article_id", "name").unique().iter_rows():
        relays[article_id].add(publication_key(name))
    return relays


def direct_passages(state: State, articles: Collection[str], credit: Credit) -> None:
    """Tell which way the words of the passages of `articles` went, from what `credit_of` gave of them."""
    rows = state.rows("passages", "article_id", articles)
    rows = pl.concat([rows, state.rows("passages", "other_article_id", articles)]).unique("passage_id")
    told = state.rows("articles", "article_id", column(rows, "article_id"), _TOLD)
    known = {row["article_id"]: row for row in told.iter_rows(named=True)}
    carriers = sorted(filter(credit.agencies_of, known))
    shared = state.rows("passages", "article_id", set(known)).filter(pl.col("other_article_id").is_in(carriers))
    thirds = _thirds(rows, shared)
    ways = [
        direction(
            known[row["article_id"]],
            known[row["other_article_id"]],
            credit,
            {key for third in thirds.get(row["passage_id"], ()) for key in credit.agencies_of(third)},
        )
        for row in rows.iter_rows(named=True)
    ]
    state.put("passages", rows.with_columns(direction=pl.Series(ways, dtype=pl.String())))


def _thirds(rows: pl.DataFrame, shared: pl.DataFrame) -> dict[str, list[str]]:
    """By passage, the third articles that have words of it in both articles.

    `shared` are the passages that articles share with the third ones that are looked for.
    """
    third = shared.select("article_id", third="other_article_id", first="start_char", last="end_char")
    sides = [
        rows.select("passage_id", article_id=article, start=start, end=end, of="article_id", other="other_article_id")
        .join(third, on="article_id")
        .filter((pl.col("third") != pl.col("of")) & (pl.col("third") != pl.col("other")))
        .filter((pl.col("start") < pl.col("last")) & (pl.col("first") < pl.col("end")))
        .select("passage_id", "third")
        for article, start, end in (
            ("article_id", "start_char", "end_char"),
            ("other_article_id", "other_start", "other_end"),
        )
    ]
    found = sides[0].join(sides[1], on=["passage_id", "third"]).unique().group_by("passage_id").agg("third")
    return dict(found.iter_rows())


def _is_wire(text: str, outlet: str | None) -> bool:
    """Whether the text opens with a dateline that names its own outlet."""
    from flows.extract.claims.datelines import datelines  # spaCy's types come with it: only where articles are new

    return any(line.name is not None and publication_key(line.name) == outlet for line in datelines(text))


def _near(state: State, new: Collection[str]) -> pl.DataFrame:
    """The fingerprints of two articles (one, other; the smaller id first), one of them new, that share SHARED of them.

    Each with where it stands in both (at, other_at), if it is known.
    """
    own = state.written("bulk_keys").filter((pl.col("layer") == LAYER) & pl.col("member_id").is_in(sorted(new)))
    wanted = own.select("key").unique().with_columns(layer=pl.lit(LAYER))
    far = state.many("bulk_keys", wanted, ["ordinal"]).select("key", other="member_id", other_at="ordinal")
    found = own.select("key", one="member_id", at="ordinal").join(far, on="key")
    swapped = {"one": "other", "at": "other_at", "other": "one", "other_at": "at"}
    return (
        pl.concat([found, found.rename(swapped).select(found.columns)])
        .filter(pl.col("one") < pl.col("other"))
        .unique()
        .filter(pl.len().over("one", "other") >= SHARED)
        .sort("one", "other", "at", "other_at", "key")
    )


class _Around:
    """The words about fingerprints of `texts`, by article.

    Most pairs of articles share a common phrase and no more, and one place has a phrase of many: the whole texts are
    not read for that, and what is about a place once.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._read: dict[tuple[str, int], Tokens] = {}

    def may_share(self, one: tuple[str, int | None], other: tuple[str, int | None]) -> bool:
        """Whether two articles share a passage about a fingerprint of both (article, character where it stands).

        They may where it isn't known where it stands.
        """
        if one[1] is None or other[1] is None:
            return True
        return bool(shared_passages(self._of(one[0], one[1]), self._of(other[0], other[1])))

    def _of(self, article: str, place: int) -> Tokens:
        if (article, place) not in self._read:
            about = self._texts[article][max(0, place - _ABOUT) : place + _ABOUT]
            self._read[article, place] = tokens_of(about)
        return self._read[article, place]


def outlet_keys(state: State, articles: Collection[str]) -> dict[str, str]:
    """The outlet of each article that has one, as a key of its name."""
    return {article: publication_key(name) for article, name in outlet_names(state, articles).items()}


def outlet_names(state: State, articles: Collection[str]) -> dict[str, str]:
    """The outlet of each article that has one, by the name that its page gives it."""
    rows = state.rows("entity_rows", "row_id", articles).filter(pl.col("table_name") == "articles")
    publishing = state.rows("entities", "entity_id", column(rows, "entity_id"), ["name"])
    return dict(rows.join(publishing, on="entity_id").select("row_id", "name").iter_rows())


def _both_ways(
    one: dict[str, Any],
    other: dict[str, Any],
    passage: Shared,
    tokens: dict[str, Tokens],
) -> Iterator[dict[str, Any]]:
    """The two rows of a passage, one from each article's side; which way its words went is told later."""
    ranges = {one["article_id"]: passage.first, other["article_id"]: passage.second}
    overlap = round(passage.words / max(end - start for start, end in ranges.values()), 4)
    for here, there in ((one, other), (other, one)):
        own, its = (_span(tokens[a["article_id"]], ranges[a["article_id"]]) for a in (here, there))
        yield {
            "passage_id": make_id("passage", here["article_id"], there["article_id"], own[0], its[0]),
            "article_id": here["article_id"],
            "start_char": own[0],
            "end_char": own[1],
            "text": here["text"][own[0] : own[1]],
            "other_article_id": there["article_id"],
            "other_start": its[0],
            "other_end": its[1],
            "other_text": there["text"][its[0] : its[1]],
            "overlap": overlap,
            "direction": "unknown",
        }


def _span(tokens: Tokens, place: tuple[int, int]) -> tuple[int, int]:
    return tokens.starts[place[0]], tokens.ends[place[1] - 1]


def precedes(here: date | None, there: date | None) -> bool:
    """Whether an article is so much older than another that its words are none that an agency gave to both.

    An agency's text is printed on its day or the next.
    """
    return here is not None and there is not None and there - here > PRINTED_WITHIN


def direction(here: dict[str, Any], there: dict[str, Any], credit: Credit, common: Collection[str] = ()) -> str:
    """Which way the words went: an open credit, an agency's own page, a common relay, then the stated days.

    `common` are the agencies from which third articles say that they have the words of both; one of the two may say
    so for itself.
    """
    one, other = here["article_id"], there["article_id"]
    own, its = credit.relays.get(one, set()), credit.relays.get(other, set())
    if credit.outlets.get(other) in {*own, *common}:
        return "from_other"
    if credit.outlets.get(one) in {*its, *common}:
        return "to_other"
    mine, theirs = (
        article["published_on"] if article["published_basis"] != "story" else None for article in (here, there)
    )
    is_wire = one in credit.wires, other in credit.wires
    if is_wire[0] != is_wire[1] and not (precedes(theirs, mine) if is_wire[0] else precedes(mine, theirs)):
        return "from_other" if is_wire[1] else "to_other"  # agencies write first
    says_so = bool(credit.agencies_of(one)), bool(credit.agencies_of(other))
    is_told = says_so[0] != says_so[1] and not (precedes(theirs, mine) if says_so[0] else precedes(mine, theirs))
    if common or is_told or set(own) & set(its):
        return "common_origin"
    if mine is None or theirs is None or mine == theirs:
        return "unknown"
    return "from_other" if theirs < mine else "to_other"
