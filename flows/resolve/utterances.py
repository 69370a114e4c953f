"""Utterances: one act of saying, joined across articles, translations, paraphrases and part quotations.

Members are the parts of claims. Two parts are linked when their speakers share a blocking key, their words agree and
their days don't contradict; the same words for a stretch link them too, the longer the less the speaker must be
named. A link is a property of the two articles alone, so that an utterance depends on the set of articles and not on
their order.

Words decide, not sentence embeddings. On the sample's gold, joining at a cosine of 0.6 too gives an F1 of 68.7 and 66.9
(open, closed half) against 67.5 and 65.6 of words alone; but in 2,000 real articles, of what 0.7 would add 12 of 40 are
one saying, and of all that less than 0.6 would refuse 12 of 35 are (tests/benchmarks/utterance_likeness.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from flows.ids import make_id
from flows.resolve import kin
from flows.resolve.clusters import UnionFind, closure, components, hashed, numbered, put_keys
from flows.resolve.judged import KEY as JUDGED
from flows.resolve.sayings import (
    DAYS,
    PUBLISHED_DAYS,
    RETOLD,
    RETOLD_DAYS,
    RUN,
    RUN_UNNAMED,
    WHOLE,
    Part,
    same_copied,
    same_saying,
    within,
)
from flows.resolve.state import State, column, schema_of
from flows.resolve.story_graph import LAYER as STORY
from flows.resolve.terms import words_of

LAYER: Final = "utterance"
TERMS_LAYER: Final = "utterance_terms"  # by a speaker's name and a rare word
WORDS_LAYER: Final = "utterance_words"  # by words in a row
LONG_LAYER: Final = "utterance_long"  # by so many of them that the saying is the same at any distance
SPEECH: Final = frozenset({"said", "denied", "asked", "demanded", "promised"})
SAID: Final = ("said_on", "said_basis")
OWN_BASIS: Final = frozenset({"expression", "reference_day"})  # days of speech that the article gives itself
AROUND: Final = 80  # characters of a passage beside the words that somebody says in it
INTERRUPTION: Final = 160  # characters, at the most, of "said Anna Brandl, who leads the council" within a quotation
_EPOCH: Final = date(1970, 1, 1)
TERMS: Final = 12  # terms of a part by which others find it


def member_of(claim_id: str, part: int) -> str:
    """The name of a part in the layer of utterances."""
    return f"{claim_id}#{part}"


def assign_utterances(state: State, claims: Collection[str], disturbed: Collection[str]) -> dict[str, str | None]:
    """Decide the utterances of the parts of `claims` and all that hang together with them.

    Writes claim_parts.utterance_id, and said_on of claims that another report of the same utterance dates. Returns
    the former utterance of each part looked at.
    """
    parts = _parts(state, claims)
    _index(state, parts)
    _link(state, parts)
    members = closure(state, LAYER, {part.member_id for part in parts} | set(disturbed))
    rows = _with_members(state, {member.split("#")[0] for member in members}).filter(
        pl.col("member").is_in(sorted(members))
    )
    before = dict(rows.select("member", "utterance_id").iter_rows())
    links = state.rows("links", "member_id", before, layer=LAYER).get_column("key").unique()
    after: dict[str, str] = {}
    for group in components(before, _sure([_ends(key) for key in links], _times(state, rows))):
        after.update(dict.fromkeys(group, make_id("utterance", group[0])))
    state.put("claim_parts", rows.with_columns(utterance_id=pl.col("member").replace_strict(after, default=None)))
    _date_claims(state, column(rows, "claim_id"))
    return before


def _with_members(state: State, claims: Collection[str]) -> pl.DataFrame:
    """The parts of claims with the `member` that stands for each: itself, or the first part of an indirect claim."""
    indirect = column(
        state.rows("claims", "claim_id", claims, ["quotation"]).filter(pl.col("quotation") == "indirect"), "claim_id"
    )
    part = pl.when(pl.col("claim_id").is_in(sorted(indirect))).then(0).otherwise("part").cast(pl.String)
    return state.rows("claim_parts", "claim_id", claims).with_columns(
        member=pl.concat_str("claim_id", pl.lit("#"), part)
    )


def _ends(key: str) -> tuple[str, str]:
    one, other = key.split("|")
    return one, other


def _times(state: State, rows: pl.DataFrame) -> dict[str, date | None]:
    """By `member` the day of speech that its article gives itself, else the stated day of publication."""
    days = _published_days(state, column(rows, "article_id"))
    said = own_days(state, state.rows("claims", "claim_id", column(rows, "claim_id"), ["article_id", *SAID]))
    dated = rows.join(days, on="article_id").select("member", "claim_id", "day")
    return {member: said.get(claim_id) or day for member, claim_id, day in dated.iter_rows()}


def _sure(links: Collection[tuple[str, str]], times: Mapping[str, date | None]) -> list[tuple[str, str]]:
    """The links without doubt, and those between parts of one quotation (see `_interrupted`).

    A quotation of no known day joins no sayings of several times either.
    """
    breaths = sorted(link for link in links if len({end.split("#")[0] for end in link}) == 1)
    kept = without_doubt([link for link in links if link not in set(breaths)], times)
    sets = UnionFind(times)
    days: dict[str, set[date]] = defaultdict(set)
    for link in kept:
        sets.union(*link)
    for member, day in times.items():
        days[sets.find(member)].update([day] if day else ())
    for one, other in breaths:
        roots = sets.find(one), sets.find(other)
        both = days[roots[0]] | days[roots[1]]
        if times[one] is None and all(days[root] for root in roots) and _are_far([both]):
            continue
        kept.append((one, other))
        sets.union(one, other)
        days[sets.find(one)] = both
    return kept


def without_doubt(links: Collection[tuple[str, str]], times: Mapping[str, date | None]) -> list[tuple[str, str]]:
    """The links but those by which reports of no known day would join sayings of several times.

    `times` has the day of each report, of speech or else of publication. What is linked by reports of known days alone
    is one saying.
    """
    undated = {report for report, day in times.items() if day is None}
    dated = UnionFind(times.keys() - undated)
    loose = UnionFind(undated)
    across: dict[tuple[str, str], tuple[str, str]] = {}  # by link: the undated end, the dated end
    for link in links:
        ends = sorted(link, key=lambda end: end not in undated)
        if times[ends[0]] is None and times[ends[1]] is not None:
            across[link] = (ends[0], ends[1])
        else:
            (loose if ends[1] in undated else dated).union(*link)
    beside: dict[str, dict[str, set[date | None]]] = defaultdict(lambda: defaultdict(set))
    for one, other in across.values():
        beside[loose.find(one)][dated.find(other)].add(times[other])
    doubtful = {group for group, sayings in beside.items() if len(sayings) > 1 and _are_far(sayings.values())}
    return [link for link in links if link not in across or loose.find(across[link][0]) not in doubtful]


def _are_far(sayings: Iterable[Collection[date | None]]) -> bool:
    days = [day for told in sayings for day in told if day is not None]
    return (max(days) - min(days)).days > PUBLISHED_DAYS


def _parts(state: State, claims: Collection[str]) -> list[Part]:
    """The parts of those of `claims` that are speech, sorted by member.

    An indirect claim is one thing in other words than the speaker's: its first part stands for the whole content.
    """
    said = state.rows("claims", "claim_id", claims).filter(pl.col("speech_act").is_in(sorted(SPEECH)))
    published: dict[str, date | None] = dict(_published_days(state, column(said, "article_id")).iter_rows())
    speakers = _speaker_keys(state, column(said, "claim_id"))
    own_day = own_days(state, said)
    content = {
        row["claim_id"]: row["content"] for row in said.filter(pl.col("quotation") == "indirect").iter_rows(named=True)
    }
    rows = state.rows("claim_parts", "claim_id", column(said, "claim_id"))
    return [
        Part(
            member_of(claim_id, part),
            article_id,
            content.get(claim_id, text),
            speakers.get(claim_id, frozenset()),
            own_day[claim_id],
            published[article_id],
        )
        for claim_id, part, article_id, text in rows.select("claim_id", "part", "article_id", "text").iter_rows()
        if part == 0 or claim_id not in content
    ]


def own_days(state: State, claims: pl.DataFrame) -> dict[str, date | None]:
    """The day of speech that the article of each claim gives itself, without a date that was inferred for it."""
    inferred = state.rows("day_offsets", "article_id", column(claims, "article_id"), ["own_on"])
    without = dict(inferred.select("row_id", "own_on").iter_rows())
    return {
        row["claim_id"]: without.get(row["claim_id"], row["said_on"] if row["said_basis"] in OWN_BASIS else None)
        for row in claims.iter_rows(named=True)
    }


def _speaker_keys(state: State, claims: Collection[str]) -> dict[str, frozenset[str]]:
    """The blocking keys of each claim's speaker; none for nobody, the unnamed and labels, nor those of judgements."""
    rows = state.rows("entity_rows", "row_id", claims).filter(pl.col("table_name") == "claims")
    entities = rows.select(member_id="entity_id").unique()
    keys = state.many("keys", entities, ["alike"]).filter(pl.col("layer").is_in([kin.LAYER, kin.SHORT]))
    of_entity: dict[str, set[str]] = defaultdict(set)
    named = keys.filter(~pl.col("key").str.starts_with(JUDGED))
    for entity_id, key in named.select("member_id", "key").iter_rows():
        of_entity[entity_id].add(key)
    return {claim: frozenset(of_entity[entity]) for claim, entity in rows.select("row_id", "entity_id").iter_rows()}


def _index(state: State, parts: Sequence[Part]) -> None:
    """Record the keys by which parts find each other."""
    indexes = ((TERMS_LAYER, term_keys), (WORDS_LAYER, word_keys), (LONG_LAYER, _long_keys))
    rows = (
        (layer, key, part.member_id, part.article_id, part.published_on and (part.published_on - _EPOCH).days)
        for part in parts
        for layer, keys_of in indexes
        for key in keys_of(part)
    )
    state.put("bulk_keys", pl.DataFrame(rows, schema_of("bulk_keys"), orient="row"))


def term_keys(part: Part) -> list[int]:
    """The rarest terms of a part, by speaker."""
    terms = sorted(part.weights, key=lambda term: (-part.weights[term], term))[:TERMS]
    return [_term_key(speaker, term) for speaker in sorted(part.speakers) for term in terms]


def _term_key(speaker: str, term: str) -> int:
    return numbered(f"says:{speaker}|{term}")


def word_keys(part: Part) -> list[int]:
    """The runs of words of a part, by speaker and for anybody; all of its words where they are few."""
    short = min(RUN, max(WHOLE, len(part.words)))
    return _run_keys(part, short, sorted(part.speakers)) + _run_keys(part, RUN_UNNAMED, [""])


def _long_keys(part: Part) -> list[int]:
    """The runs by which what is retold is found at any distance, by speaker."""
    return _run_keys(part, RETOLD, sorted(part.speakers))


def _run_keys(part: Part, size: int, speakers: Sequence[str]) -> list[int]:
    runs = [" ".join(part.words[start : start + size]) for start in range(len(part.words) - size + 1)]
    return [hashed(f"{speaker}|{run}") for run in runs for speaker in speakers]


def _link(state: State, parts: Sequence[Part]) -> None:
    """Record a key for each pair of one of `parts`, whose keys are new, and another that are one saying."""
    pairs = _pairs(state, sorted(part.member_id for part in parts))
    members = {*column(pairs, "one"), *column(pairs, "other")}
    known = {part.member_id: part for part in _parts(state, {member.split("#")[0] for member in members})}
    alike = {pair for pair in pairs.select("one", "other").iter_rows() if same_saying(known[pair[0]], known[pair[1]])}
    copied = _copied(state, parts)
    known |= {part.member_id: part for pair in copied for part in pair}
    interrupted = _interrupted(state, parts)
    known |= {part.member_id: part for pair in interrupted for part in pair}
    links = sorted(alike | {(one.member_id, other.member_id) for one, other in (*copied, *interrupted)})
    articles = {member: known[member].article_id for pair in links for member in pair}
    put_keys(state, LAYER, ((f"{a}|{b}", member, articles[member]) for a, b in links for member in (a, b)))


def _pairs(state: State, fresh: Sequence[str]) -> pl.DataFrame:
    """Pairs (one, other; the smaller first) of one of the `fresh` parts and another that may be one saying.

    Terms that they share count for reports of a few days, and where one has no day for reports that are alike: the
    words of any year are not compared with its own.
    """
    layers = [TERMS_LAYER, WORDS_LAYER, LONG_LAYER]
    keyed = ("layer", "key", "member_id", "article_id", "ordinal")
    own = state.written("bulk_keys").filter(pl.col("layer").is_in(layers) & pl.col("member_id").is_in(fresh))
    near = _bearing(state, own, keyed).filter(pl.col("layer").is_in(layers))
    found = (
        own.select("layer", "key", one="member_id", article="article_id", day="ordinal")
        .join(near.select(*keyed[:2], other="member_id", far="article_id", far_day="ordinal"), on=["layer", "key"])
        .filter(pl.col("one") != pl.col("other"))
        .with_columns(apart=(pl.col("day") - pl.col("far_day")).abs())
    )
    is_near = pl.col("apart").fill_null(0) <= PUBLISHED_DAYS
    late = found.filter(~is_near & (pl.col("apart") <= RETOLD_DAYS))
    alike = _alike(state)
    is_of_a_time = (pl.col("apart").is_not_null() | (pl.col("article") == pl.col("far"))).any()
    return (
        pl.concat([found.filter(is_near), late.filter(pl.col("layer") == LONG_LAYER), _said_on_one_day(state, late)])
        .with_columns(one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"))
        .unique(["layer", "key", "one", "other"])
        .group_by("one", "other")
        .agg(
            pl.min_horizontal("article", "far").first().alias("article"),
            pl.max_horizontal("article", "far").first().alias("far"),
            terms=pl.len(),
            has_run=(pl.col("layer") != TERMS_LAYER).any(),
            is_of_a_time=is_of_a_time,
        )
        .filter((pl.col("terms") >= 2) | pl.col("has_run"))
        .join(alike, on=["article", "far"], how="left")
        .filter(pl.col("has_run") | pl.col("is_of_a_time") | pl.col("are_alike").fill_null(value=False))
        .sort("one", "other")
        .select("one", "other")
    )


def _bearing(state: State, own: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows of work.bulk_keys with a key of `own`, of days that may be those of one saying.

    What has no day may be of any: keys that such a part bears are looked for in all years.
    """
    dated = own.filter(pl.col("ordinal").is_not_null())
    first, last = next(dated.select(pl.col("ordinal").min(), last=pl.col("ordinal").max()).iter_rows())
    of_time = ("ordinal", (first or 0) - RETOLD_DAYS, (last or 0) + RETOLD_DAYS)
    of_any_time = own.filter(pl.col("ordinal").is_null()).select("key").unique()
    of_days = dated.select("key").unique().join(of_any_time, on="key", how="anti")
    return pl.concat(
        [state.many("bulk_keys", of_any_time, columns), state.many("bulk_keys", of_days, columns, within=of_time)]
    )


def _alike(state: State) -> pl.DataFrame:
    """Pairs of articles (article, far; the smaller first) that are alike, as links of stories tell, each once."""
    ends = state.links(STORY).get_column("key").unique().str.splitn("|", 3).struct.unnest()
    return ends.select(article="field_0", far="field_1").unique().with_columns(are_alike=pl.lit(value=True))


def _interrupted(state: State, parts: Sequence[Part]) -> list[tuple[Part, Part]]:
    """Pairs of neighbouring parts of a quotation that its cue alone interrupts: "We go," she said. "It is late."

    They are said in one breath; what follows in another paragraph may have been said on another occasion.
    """
    known = {part.member_id: part for part in parts}
    told = state.rows("claims", "claim_id", {member.split("#")[0] for member in known})
    cues = told.filter(pl.col("quotation") != "indirect").select("claim_id", "cue_start")
    spans = state.rows("claim_parts", "claim_id", column(cues, "claim_id")).sort("claim_id", "part")
    after = (pl.col(name).shift(-1).over("claim_id") for name in ("part", "start_char"))
    gaps = spans.select("claim_id", "part", "end_char", **dict(zip(("next", "until"), after, strict=True))).drop_nulls()
    texts = state.rows("articles", "article_id", {part.article_id for part in parts}, ["text"])
    size = pl.col("until") - pl.col("end_char")
    between = pl.col("whole").str.slice(pl.col("end_char"), size)
    short = (
        gaps.join(cues, on="claim_id")
        .join(spans.select("claim_id", "part", "article_id"), on=["claim_id", "part"])
        .join(texts.select("article_id", whole="text"), on="article_id")
        .filter(pl.col("cue_start").is_between("end_char", "until") & (size <= INTERRUPTION))
        .filter(~between.str.contains("\n", literal=True))
    )
    ends = (
        (member_of(claim_id, one), member_of(claim_id, other))
        for claim_id, one, other in short.select("claim_id", "part", "next").iter_rows()
    )
    return [(known[one], known[other]) for one, other in ends if one in known and other in known]


def _copied(state: State, parts: Sequence[Part]) -> list[tuple[Part, Part]]:
    """Pairs of parts, one of them of the articles of `parts`, that are the same words of a passage of both articles.

    What is copied with the text around it is one saying, whoever says it in either: one may name nobody. Words that
    stand there twice are told apart by their order.
    """
    passages = state.rows("passages", "article_id", {part.article_id for part in parts})
    articles = column(passages, "article_id") | column(passages, "other_article_id")
    told = state.rows("claim_parts", "article_id", articles, ["claim_id", "part", "start_char", "end_char", "text"])
    words = {text: " ".join(words_of(text)) for text in told.get_column("text").unique()}
    said = told.select(
        "article_id",
        words=pl.col("text").replace_strict(words, return_dtype=pl.String),
        member=pl.concat_str("claim_id", pl.lit("#"), pl.col("part").cast(pl.String)),
        first="start_char",
        last="end_char",
    )
    sides = [
        passages.select("passage_id", article_id=article, start=start, end=end)
        .join(said, on="article_id")
        .filter((pl.col("start") <= pl.col("first")) & (pl.col("last") <= pl.col("end")))
        .filter(pl.col("end") - pl.col("start") - (pl.col("last") - pl.col("first")) >= AROUND)
        .with_columns(place=pl.col("first").rank("ordinal").over("passage_id", "words"))
        for article, start, end in (
            ("article_id", "start_char", "end_char"),
            ("other_article_id", "other_start", "other_end"),
        )
    ]
    same = ["passage_id", "words", "place"]
    both = sides[0].select(*same, one="member").join(sides[1].select(*same, other="member"), on=same)
    pairs = (
        both.select(one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"))
        .unique()
        .sort("one", "other")
    )
    members = {*column(pairs, "one"), *column(pairs, "other")}
    known = {part.member_id: part for part in _parts(state, {member.split("#")[0] for member in members})}
    found = [(known[one], known[other]) for one, other in pairs.iter_rows() if one in known and other in known]
    return [pair for pair in found if same_copied(*pair)]


def _said_on_one_day(state: State, pairs: pl.DataFrame) -> pl.DataFrame:
    """Those pairs (one, other) of which both articles give the day of speech themselves, and the same."""
    members = {*column(pairs, "one"), *column(pairs, "other")}
    claims = {member.split("#")[0] for member in members}
    days = own_days(state, state.rows("claims", "claim_id", claims, ["article_id", *SAID]))
    said = {member: days.get(member.split("#")[0]) for member in sorted(members)}
    day = [pl.col(end).replace_strict(said, default=None, return_dtype=pl.Date) for end in ("one", "other")]
    return pairs.filter((day[0] - day[1]).abs() <= pl.duration(days=DAYS))


def _published_days(state: State, articles: Collection[str]) -> pl.DataFrame:
    """The publication `day` of each article_id, null where the article does not state it."""
    rows = state.rows("articles", "article_id", articles, ["published_on", "published_basis"])
    stated = pl.when(pl.col("published_basis") != "story").then("published_on")
    return rows.select("article_id", day=stated)


def date_claims_anew(state: State, articles: Collection[str]) -> set[str]:
    """Work the days of speech out again that hang on claims of `articles`; returns the utterances concerned."""
    own = state.rows("claim_parts", "article_id", articles)
    joined = state.rows("claim_parts", "utterance_id", column(own, "utterance_id"))
    claims = column(own, "claim_id") | column(joined, "claim_id")
    _date_claims(state, claims)
    return column(state.rows("claim_parts", "claim_id", claims), "utterance_id")


def _date_claims(state: State, claims: Collection[str]) -> None:
    """Give claims without a day of their own the one day that other reports of the same utterance agree on.

    What was published long before gives none: a stock line may have been said again.
    """
    parts = state.rows("claim_parts", "claim_id", claims)
    fellows = state.rows("claim_parts", "utterance_id", column(parts, "utterance_id"))
    rows = state.rows("claims", "claim_id", {*column(fellows, "claim_id"), *claims})
    published: dict[str, date | None] = dict(_published_days(state, column(rows, "article_id")).iter_rows())
    own = {
        claim_id: day
        for claim_id, day, basis in rows.select("claim_id", "said_on", "said_basis").iter_rows()
        if basis in OWN_BASIS
    }
    told: dict[str, set[tuple[date, date | None]]] = defaultdict(set)  # days of speech, of publication
    for claim_id, article_id, utterance_id in fellows.select("claim_id", "article_id", "utterance_id").iter_rows():
        if claim_id in own and utterance_id is not None:
            told[utterance_id].add((own[claim_id], published[article_id]))
    of_claim: dict[str, set[date]] = defaultdict(set)
    for claim_id, article_id, utterance_id in parts.select("claim_id", "article_id", "utterance_id").iter_rows():
        near = [day for day, on in told.get(utterance_id, ()) if within(on, published[article_id], PUBLISHED_DAYS)]
        if len({day for day, _ in told.get(utterance_id, ())}) == 1:
            of_claim[claim_id].update(near)
    answer = {one: next(iter(of_claim[one])) if len(of_claim[one]) == 1 else None for one in claims}
    undated = rows.filter(pl.col("claim_id").is_in(sorted(claims)) & pl.col("said_basis").is_in(["none", "utterance"]))
    found_days = pl.col("claim_id").replace_strict(answer, default=None, return_dtype=pl.Date)
    dated = undated.with_columns(said_on=found_days)
    basis = pl.when(pl.col("said_on").is_not_null()).then(pl.lit("utterance")).otherwise(pl.lit("none"))
    state.put("claims", dated.with_columns(said_basis=basis))
