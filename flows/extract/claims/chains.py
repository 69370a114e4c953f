"""The way of a claim to the page: the speaker, whoever passed it on, the page; nearest to the speaker first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.assemble import Draft
from flows.extract.claims.blocks import Block, block_at, blocks
from flows.extract.claims.cues import quoted_as
from flows.extract.claims.datelines import Dateline, datelines
from flows.extract.claims.hearers import told
from flows.extract.claims.media import Publication, at_domain, publications, titled
from flows.extract.claims.papers import closing_credit, written_in
from flows.extract.claims.passing import hop_at
from flows.extract.claims.scene import Scene
from flows.extract.claims.speakers import Speaker, speaker_of
from flows.extract.claims.vocabulary import word_class
from flows.known_names import publication_key
from flows.records import CleanArticle, CreditedSource, Hop, Span

_ITSELF: Final = frozenset(f"{the} {noun}" for the in ("the", "this", "that") for noun in word_class("PRESS"))
_NICK: Final = re.compile(r"\s*(?P<nick>[^\s:,]{3,40})\s*(?:\n|$)")
_LINK: Final = re.compile(
    r"^\s*(?:more (?:here|at)|read (?:more|on|the rest)(?: here| at)?|source|via|original(?:ly)?(?: at| from)?|link)\b"
    r".*?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?=/|\s|[),.]|$)",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_LONGEST_LINK: Final = 300
_HELPED: Final = re.compile(
    r"\b(?:additional|further|contribut\w+|with (?:files|reporting|material))\b[^\n]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Ways:
    """What the article says about ways, read once: publications named in it and block introductions."""

    publications: tuple[Publication, ...]
    blocks: tuple[Block, ...]
    datelines: tuple[Dateline, ...] = ()

    @classmethod
    def of(cls, scene: Scene) -> Ways:
        return cls(publications(scene), blocks(scene), datelines(scene.text))

    @property
    def introductions(self) -> tuple[Span, ...]:
        """Stretches that introduce what follows and are no part of it."""
        return (*(b.intro for b in self.blocks), *(d.span for d in self.datelines))

    @property
    def publishers(self) -> frozenset[int]:
        return frozenset(p.root for p in self.publications)


def chain_of(scene: Scene, ways: Ways, draft: Draft, speaker: Speaker | None, start: int) -> tuple[Hop, ...]:
    """The hops of the claim that begins at the character `start`."""
    hops: list[Hop] = []
    block = block_at(ways.blocks, start)
    if speaker is not None:
        hops.append(Hop("speaker", speaker.name, entity=speaker.entity, span=speaker.span))
    hops += _through(scene, draft)
    hops += written_in(scene, draft, ways.publications)
    hops += told(scene, ways.publications, draft, in_block=block is not None)
    hops += _quoted_by(scene, ways, draft)
    hops += [hop_at(scene, ways.publications, root, "passed on") for root in draft.relays]
    hops += _according(scene, ways, draft)
    hops += closing_credit(scene, draft, ways.publications)
    article: CleanArticle | None = scene.doc._.article
    if block is not None:
        hops = [h for h in hops if not _stands_for_it(scene, h)]
        where = _entity(scene, block.span)
        hops.append(Hop(block.role, block.name, derivation="block introduction", entity=where, span=block.span))
    page = page_name(article) if article is not None else "page"
    at_first_hand = any(h.role != "speaker" and publication_key(h.name) == publication_key(page) for h in hops)
    hops += [h for h in _of_page(ways, article, block, start) if h.role != "agency" or not at_first_hand]
    hops.append(Hop("page", page))
    return _distinct(hops)


def _stands_for_it(scene: Scene, hop: Hop) -> bool:
    """Whether a hop is "the newspaper" and no name: under an introduction that is the publication introduced."""
    return hop.role != "speaker" and hop.span is not None and hop.span.of(scene.text).lower() in _ITSELF


def _of_page(ways: Ways, article: CleanArticle | None, block: Block | None, start: int) -> list[Hop]:
    """What holds for the whole page: the agency of its dateline, its credits, and who posted it."""
    segments = article.segments if article is not None else ()
    here = next((s for s in segments if s.start is not None and s.end is not None and s.start <= start < s.end), None)
    own_words = here is not None and here.kind == "repost_comment"
    dated = [line for line in ways.datelines if line.name is not None] if block is None and not own_words else []
    hops = [Hop("agency", line.name or "", derivation="dateline", span=line.at) for line in dated]
    if article is not None:
        hops += _credited(ways, article, block, own_words)
        hops += [] if own_words else _copied(ways, article)
        hops += _reposter(article)
    return hops


def _host_name(ways: Ways, host: str) -> str:
    """The publication at an address: as the lexicon or the text names it, else the address."""
    bare = host.lower().removeprefix("www.")
    key = publication_key(bare)
    return at_domain(bare) or next((p.name for p in ways.publications if publication_key(p.name) == key), bare)


def _copied(ways: Ways, article: CleanArticle) -> list[Hop]:
    """The article that a page of a forum copies, by its "More here: … | example.com", where no credit tells it."""
    segments = article.segments
    if any(s.role == "earlier_article" for s in article.sources) or all(s.kind != "forum_header" for s in segments):
        return []
    for segment in segments:
        match = _LINK.search(segment.text) if not segment.kept and len(segment.text) < _LONGEST_LINK else None
        if match is not None:
            start, end = match.span("host")
            return [
                Hop(
                    "earlier_article",
                    _host_name(ways, match["host"]),
                    derivation="linked by the page",
                    segment=segment.ordinal,
                    raw_start=segment.raw_start + start,
                    raw_end=segment.raw_start + end,
                )
            ]
    return []


def page_name(article: CleanArticle) -> str:
    """The outlet, else the host of the address, else the id (the file's name) that the document came with."""
    if article.outlet:
        return article.outlet
    host = urlsplit(article.document.url).hostname if article.document.url else None
    return (host or "").removeprefix("www.") or article.document.external_id or article.document.source_name


def _distinct(hops: list[Hop]) -> tuple[Hop, ...]:
    """One hop a name; the speaker and the page always stay, and nothing comes to the page through itself."""
    *on_the_way, page = hops
    found: list[Hop] = []
    names: set[str] = {publication_key(page.name)}
    for hop in on_the_way:
        key = publication_key(hop.name)
        if hop.role != "speaker" and (
            key in names or _short_for(hop.name, page.name) or any(hop.span and h.span == hop.span for h in found)
        ):
            continue
        names.add(key)
        found.append(hop)
    return (*found, page)


def _short_for(name: str, page: str) -> bool:
    """Whether a page calls itself by the last word of its name: "the Courier" on that of the Brod Courier."""
    bare = name.lower().removeprefix("the ")
    return " " not in bare and titled(name) and page.lower().endswith(f" {bare}")


def _entity(scene: Scene, span: Span) -> int | None:
    return next((m.entity for m in scene.doc._.mentions if span.start <= m.start and m.end <= span.end), None)


def _quoted_by(scene: Scene, ways: Ways, draft: Draft) -> list[Hop]:
    """IRNA in "IRNA quoted Khamenei as saying" and "Khamenei was quoted as saying by IRNA"."""
    above = quoted_as(scene, draft.cue)
    if above is None:
        return _beside_the_name(scene, ways, draft)
    verb = scene.tokens[above]
    agents = [c for t in (scene.tokens[draft.cue], verb) for c in t.children if c.dep_ == "agent"]
    by: list[Token] = [x for c in agents for x in c.children if x.dep_ == "pobj"]
    by += [c for c in verb.children if c.dep_ == "nsubj"]
    return [hop_at(scene, ways.publications, x.i, "quoted by") for x in by if x.i != draft.source and x.pos_ != "PRON"]


def _beside_the_name(scene: Scene, ways: Ways, draft: Draft) -> list[Hop]:
    """Reuters in "the police, quoted by Reuters, said that"."""
    clauses = [c for c in scene.tokens[draft.source].children if c.dep_ == "acl"] if draft.source is not None else []
    quoting = [c for c in clauses if c.tag_ == "VBN" and scene.lemma[c.i] in word_class("QUOTING")]
    agents = [x for c in quoting for by in c.children if by.dep_ in ("agent", "prep") for x in by.children]
    return [hop_at(scene, ways.publications, x.i, "quoted by") for x in agents if x.dep_ == "pobj" and x.pos_ != "PRON"]


def _through(scene: Scene, draft: Draft) -> list[Hop]:
    """A spokesman: "said through his lawyer"."""
    for child in scene.tokens[draft.cue].children:
        if child.dep_ == "prep" and child.lower_ in ("through", "via"):
            for x in child.children:
                if x.dep_ == "pobj" and scene.lemma[x.i] in word_class("SPOKESMEN"):
                    speaker = speaker_of(scene, x.i)
                    return [
                        Hop("spokesman", speaker.name, derivation="through", entity=speaker.entity, span=speaker.span)
                    ]
    return []


def _according(scene: Scene, ways: Ways, draft: Draft) -> list[Hop]:
    """Who else answers for it in its sentence: "According to Reuters, she said …", "…, according to the minutes"."""
    start, end = scene.sentences[scene.sentence[draft.cue]]
    found = []
    for i in range(start, end):
        if i == draft.cue or i in draft.words or scene.lemma[i] not in ("accord", "according") or scene.quoted[i] >= 0:
            continue
        source = sources.source_of(scene, i)
        if source is None or source == draft.source or source in draft.relays:
            continue
        if _answers(scene, ways, source) and _same_clause(scene, i, draft.cue):
            found.append(hop_at(scene, ways.publications, source, "according to"))
    return found


def _answers(scene: Scene, ways: Ways, source: int) -> bool:
    """A publication, a document, or a single name of which the article tells nothing else, neither title nor more."""
    if source in ways.publishers:
        return True
    speaker = speaker_of(scene, source)
    if speaker.kind == "document":
        return True
    entity = scene.doc._.entities[speaker.entity] if speaker.entity is not None else None
    bare = scene.tokens[source].pos_ == "PROPN" and " " not in speaker.span.of(scene.text)
    unknown = entity is None or (
        entity.role is None and entity.country is None and all(" " not in n for n in entity.names)
    )
    return bare and unknown and speaker.kind in ("named", "organisation", "media", "unnamed")


def _same_clause(scene: Scene, i: int, cue: int) -> bool:
    """Whether "according to" hangs on the cue, or its verb on the other's: no other saying stands between."""
    heads = [t.i for t in scene.tokens[i].ancestors]
    return cue in heads[:3] or scene.tokens[cue].head.i in heads[:2]


def _reposter(article: CleanArticle) -> list[Hop]:
    """Who posted a page of a forum, as its header names them, unless the credits do."""
    if any(s.role == "reposter" for s in article.sources):
        return []
    header = next((s for s in article.segments if s.kind == "forum_header"), None)
    match = _NICK.match(header.text) if header is not None else None
    if header is None or match is None:
        return []
    start = header.raw_start + match.start("nick")
    return [
        Hop(
            "reposter",
            match["nick"],
            derivation="posted by",
            segment=header.ordinal,
            raw_start=start,
            raw_end=start + len(match["nick"]),
        )
    ]


def _credited(ways: Ways, article: CleanArticle, block: Block | None, own_words: bool) -> list[Hop]:
    """What the page's furniture credits; the text of a block comes from the block's own source, and what a reposter
    adds from nobody else."""
    order = {"agency": 0, "earlier_article": 2, "reposter": 3}
    credits_ = sorted(article.sources, key=lambda s: order.get(s.role, 1))
    if own_words:
        credits_ = [s for s in credits_ if s.role == "reposter"]
    credits_ = [s for s in credits_ if not (s.role == "agency" and _only_helped(article, s))]
    return [_credit_hop(ways, s) for s in credits_ if block is None or s.role != "agency"]


def _only_helped(article: CleanArticle, source: CreditedSource) -> bool:
    """Whether the credit is for a part that can't be told: "Additional reporting: Reuters"."""
    if source.segment is None:
        return False
    before = article.raw_text[max(0, source.raw_start - _LONGEST_LINK) : source.raw_start]
    return _HELPED.search(before) is not None


def _credit_hop(ways: Ways, source: CreditedSource) -> Hop:
    is_host = _HOST.fullmatch(source.name) is not None
    return Hop(
        source.role,
        _host_name(ways, source.name) if is_host else source.name,
        derivation="credited by the page",
        segment=source.segment,
        raw_start=source.raw_start,
        raw_end=source.raw_end,
    )
