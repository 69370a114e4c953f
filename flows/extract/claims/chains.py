"""The way of a claim to the page: the speaker, whoever passed it on, the page; nearest to the speaker first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.assemble import Draft
from flows.extract.claims.blocks import Block, block_at, blocks
from flows.extract.claims.cues import quoted_as
from flows.extract.claims.media import Publication, publications
from flows.extract.claims.scene import Scene
from flows.extract.claims.speakers import Speaker, speaker_of
from flows.records import CleanArticle, CreditedSource, Hop, Span

_DOWN: Final = frozenset(
    {"prep", "pobj", "dobj", "dative", "poss", "compound", "conj", "appos", "pcomp", "nmod", "npadvmod", "agent", "obj"}
)
_APPEARING: Final = frozenset({"speak", "appear", "talk", "write", "interview", "quote", "cite", "report"})
_OUTLETS: Final = frozenset(
    {"newspaper", "paper", "station", "channel", "agency", "magazine", "network", "outlet", "daily"}
)
_SPOKESMEN: Final = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "aide", "representative"}
)


@dataclass(frozen=True)
class Ways:
    """What the article says about ways, read once: publications named in it and block introductions."""

    publications: tuple[Publication, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, scene: Scene) -> Ways:
        return cls(publications(scene), blocks(scene))

    @property
    def publishers(self) -> frozenset[int]:
        return frozenset(p.root for p in self.publications)


def chain_of(scene: Scene, ways: Ways, draft: Draft, speaker: Speaker | None, start: int) -> tuple[Hop, ...]:
    """The hops of the claim that begins at the character `start`."""
    hops: list[Hop] = []
    if speaker is not None:
        hops.append(Hop("speaker", speaker.name, entity=speaker.entity, span=speaker.span))
    hops += _through(scene, draft)
    hops += _told(scene, ways, draft)
    hops += _quoted_by(scene, ways, draft)
    hops += [_relay(scene, ways, root, "passed on") for root in draft.relays]
    block = block_at(ways.blocks, start)
    if block is not None:
        hops.append(
            Hop(
                block.role,
                block.name,
                derivation="block introduction",
                entity=_entity(scene, block.span),
                span=block.span,
            )
        )
    article: CleanArticle | None = scene.doc._.article
    if article is not None:
        hops += _credited(article, block)
        hops.append(Hop("page", page_name(article)))
    else:
        hops.append(Hop("page", "page"))
    return _distinct(hops)


def page_name(article: CleanArticle) -> str:
    """The outlet, else the host of the address, else the source that the document came from."""
    if article.outlet:
        return article.outlet
    host = urlsplit(article.document.url).hostname if article.document.url else None
    return host or article.document.source_name


def _distinct(hops: list[Hop]) -> tuple[Hop, ...]:
    """One hop a name; the speaker and the page always stay."""
    found: list[Hop] = []
    for hop in hops:
        last = hop.role == "page"
        if last or not any(h.name == hop.name or (h.span is not None and h.span == hop.span) for h in found):
            found.append(hop)
    page = found[-1]
    return (*(h for h in found[:-1] if h.role == "speaker" or h.name != page.name or h.span is not None), page)


def _entity(scene: Scene, span: Span) -> int | None:
    return next((m.entity for m in scene.doc._.mentions if span.start <= m.start and m.end <= span.end), None)


def _relay(scene: Scene, ways: Ways, root: int, derivation: str) -> Hop:
    for p in ways.publications:
        if p.root == root:
            return Hop(p.role, p.name, derivation=derivation, entity=p.entity, span=p.span)
    speaker = speaker_of(scene, root)
    lemma = scene.lemma[root]
    role = "spokesman" if lemma in _SPOKESMEN else _role_of(scene, speaker, lemma)
    return Hop(role, speaker.name, derivation=derivation, entity=speaker.entity, span=speaker.span)


def _role_of(scene: Scene, speaker: Speaker, lemma: str) -> str:
    words = speaker.span.of(scene.text).lower()
    if "agency" in words:
        return "agency"
    if any(w in words for w in ("television", " tv", "radio", "channel", "broadcaster", "station", "network")):
        return "broadcaster"
    return "document" if speaker.kind == "document" or lemma == "transcript" else "outlet"


def _told(scene: Scene, ways: Ways, draft: Draft) -> list[Hop]:
    """Publications that the cue was said to: told the Guardian, in an interview with CNN, speaking on CBS's …"""
    found = []
    barred = set(draft.words)
    if draft.source is not None:
        first, last = sources.phrase(scene, draft.source)
        barred.update(range(first, last + 1))
    for p in ways.publications:
        if scene.sentence[p.root] != scene.sentence[draft.cue] or p.root in barred or p.root in draft.relays:
            continue
        if _hangs_on(scene, scene.tokens[p.root], draft.cue):
            found.append(Hop(p.role, p.name, derivation="said to", entity=p.entity, span=p.span))
    return found or _told_nominal(scene, ways, draft, barred)


def _told_nominal(scene: Scene, ways: Ways, draft: Draft, barred: set[int]) -> list[Hop]:
    """The newspaper in "she told the newspaper", "he said to the station"."""
    for child in scene.tokens[draft.cue].children:
        inner = next((x for x in child.children if x.dep_ == "pobj"), child) if child.dep_ == "prep" else child
        fits = child.dep_ in ("dobj", "dative") or (child.dep_ == "prep" and child.lower_ == "to")
        if fits and inner.i not in barred and scene.lemma[inner.i] in _OUTLETS and inner.tag_ == "NN":
            return [_relay(scene, ways, inner.i, "said to")]
    return []


def _hangs_on(scene: Scene, token: Token, cue: int) -> bool:
    for _ in range(8):
        head = token.head
        if head.i == token.i:
            return False
        if head.i == cue:
            return token.dep_ in _DOWN or (token.dep_ in ("advcl", "xcomp") and scene.lemma[token.i] in _APPEARING)
        verbal = token.dep_ in ("advcl", "acl") and scene.lemma[token.i] in _APPEARING
        if token.dep_ not in _DOWN and not verbal:
            return False
        token = head
    return False


def _quoted_by(scene: Scene, ways: Ways, draft: Draft) -> list[Hop]:
    """IRNA in "IRNA quoted Khamenei as saying" and "Khamenei was quoted as saying by IRNA"."""
    above = quoted_as(scene, draft.cue)
    if above is None:
        return []
    verb = scene.tokens[above]
    agents = [c for t in (scene.tokens[draft.cue], verb) for c in t.children if c.dep_ == "agent"]
    by: list[Token] = [x for c in agents for x in c.children if x.dep_ == "pobj"]
    by += [c for c in verb.children if c.dep_ == "nsubj"]
    return [_relay(scene, ways, x.i, "quoted by") for x in by if x.i != draft.source and x.pos_ != "PRON"]


def _through(scene: Scene, draft: Draft) -> list[Hop]:
    """A spokesman: "said through his lawyer"."""
    for child in scene.tokens[draft.cue].children:
        if child.dep_ == "prep" and child.lower_ in ("through", "via"):
            for x in child.children:
                if x.dep_ == "pobj" and scene.lemma[x.i] in _SPOKESMEN:
                    speaker = speaker_of(scene, x.i)
                    return [
                        Hop("spokesman", speaker.name, derivation="through", entity=speaker.entity, span=speaker.span)
                    ]
    return []


def _credited(article: CleanArticle, block: Block | None) -> list[Hop]:
    """What the page's furniture credits; the text of a block comes from the block's own source."""
    order = {"agency": 0, "earlier_article": 2}
    credits_ = sorted(article.sources, key=lambda s: order.get(s.role, 1))
    return [_credit_hop(s) for s in credits_ if block is None or s.role != "agency"]


def _credit_hop(source: CreditedSource) -> Hop:
    return Hop(
        source.role,
        source.name,
        derivation="credited by the page",
        segment=source.segment,
        raw_start=source.raw_start,
        raw_end=source.raw_end,
    )
