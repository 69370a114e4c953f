"""The publication that was told: "told the Guardian", "in an interview with CNN", "speaking on CBS's …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.assemble import Draft, source_tokens
from flows.extract.claims.media import Publication
from flows.extract.claims.outlets import outlet_at
from flows.extract.claims.passing import hop_at, of_publication, phrases_of, speaking
from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import papers, word_class
from flows.records import CleanArticle, Hop

TOLD: Final = "said to"
_DOWN: Final = frozenset(
    {"prep", "pobj", "dobj", "dative", "poss", "compound", "conj", "appos", "pcomp", "nmod", "npadvmod", "agent", "obj"}
)
_SINGULAR: Final = ("NN", "NNP")
_WITH: Final = frozenset({"with", "to", "by", "for"})
_DESCRIBING: Final = frozenset({"det", "amod", "compound"})
_HEARD_ON: Final = frozenset({"to", "in", "on", "with", "by", "for", "from", "during", "through", "via", "according"})
_ON_AIR: Final = frozenset({"on", "at", "for", "of", "from"})


def told(scene: Scene, publications: Sequence[Publication], draft: Draft, *, in_block: bool) -> list[Hop]:
    """Publications that the cue was said to; under a block introduction only those that a lexicon knows.

    There, and on its own page, an interviewer that no lexicon knows is a programme of the publication itself.
    """
    found = _told(scene, publications, draft, in_block=in_block)
    above = _told_with(scene, draft) if not found else None
    return found if above is None else _told(scene, publications, replace(draft, cue=above.i), in_block=in_block)


def _told_with(scene: Scene, draft: Draft) -> Token | None:
    """The verb that was one saying with the cue: "told Reuters that …, adding that", "told Reuters … and added"."""
    token = scene.tokens[draft.cue]
    if token.pos_ != "VERB" or token.head.pos_ != "VERB" or token.head.i in draft.words:
        return None
    own = any(
        c.dep_ in (*SUBJECTS, "mark", "dative") or (c.dep_ == "dobj" and c.pos_ != "PRON") for c in token.children
    )
    whom = any(c.dep_ == "prep" and c.i not in draft.words for c in token.children)
    trailing = token.dep_ == "advcl" and token.tag_ == "VBG"
    return token.head if not own and not whom and (trailing or token.dep_ == "conj") else None


def _told(scene: Scene, publications: Sequence[Publication], draft: Draft, *, in_block: bool) -> list[Hop]:
    beside = {t.i for prep in phrases_of(scene, draft) if prep.head.i == draft.source for t in prep.subtree}
    barred = {*draft.words, *source_tokens(scene, draft.source).difference(beside), *draft.relays}
    found = []
    for p in publications:
        name = scene.tokens[p.root]
        if _stands_behind(scene, name, draft) or (p.root not in barred and _hangs_on(scene, name, draft)):
            found.append(p)
    hops = [of_publication(p, TOLD) for p in found if not _is_programme(scene, p.root, [q.root for q in found])]
    if hops:
        return hops
    listeners = [x for x in _listeners(scene, draft) if x.i not in barred]
    if not in_block:
        article: CleanArticle | None = scene.doc._.article
        for x in listeners:
            if x.head.i == draft.cue and scene.lemma[draft.cue] != "tell":
                continue
            outlet = outlet_at(scene, x, alone=_is_asked_for(scene, x, draft))
            if outlet is not None and not _is_page(article, outlet.name):
                return [of_publication(outlet, TOLD)]
    return [hop_at(scene, publications, x.i, TOLD) for x in listeners if _is_nominal(scene, x)][:1]


def _is_nominal(scene: Scene, x: Token) -> bool:
    """The newspaper in "she told the newspaper", the radio in "he said on local radio"; not "on her website"."""
    if x.tag_ not in _SINGULAR or scene.lemma[x.i] not in word_class("PRESS"):
        return False
    on_air = scene.lemma[x.i] in word_class("BROADCASTERS") and any(c.dep_ in _DESCRIBING for c in x.lefts)
    return on_air or x.head.lower_ != "on"


def _is_page(article: CleanArticle | None, name: str) -> bool:
    """Whether the page itself goes by that name."""
    if article is None:
        return False
    return any(name.lower() in (own or "").lower() for own in (article.outlet, article.title))


def _hangs_on(scene: Scene, token: Token, draft: Draft) -> bool:
    """Whether the name stands in a phrase of the cue, or in a clause that tells where its source spoke."""
    if scene.sentence[token.i] != scene.sentence[draft.cue]:
        return False
    below = token
    for _ in range(8):
        head = token.head
        if head.i == token.i:
            return False
        verbal = _is_appearance(scene, token)
        if head.i == draft.cue:
            return _is_told(scene, draft, token, below) or (verbal and token.dep_ in ("advcl", "xcomp"))
        if head.i == draft.source and verbal and token.dep_ in ("acl", "relcl"):
            asked = token.tag_ == "VBN" and scene.lemma[token.i] in word_class("REACHING")
            return asked or token in speaking(scene, draft)
        if head.i == draft.source and token in phrases_of(scene, draft):
            return True
        if not (_leads_up(token) or (verbal and token.dep_ in ("advcl", "acl", "relcl"))):
            return False
        below, token = token, head
    return False


def _stands_behind(scene: Scene, name: Token, draft: Draft) -> bool:
    """Whether the name stands right behind "told", whatever the parse makes of the title after it: "told NBC's “Meet
    the Mayor”"."""
    between = scene.tokens[draft.cue + 1 : name.i]
    informed = name.i > draft.cue and scene.lemma[draft.cue] == "tell"
    informed = informed and name.i not in source_tokens(scene, draft.source)
    return informed and all(t.dep_ == "det" or (t.dep_ == "compound" and t.head.i == name.i) for t in between)


def _leads_up(token: Token) -> bool:
    other = token.dep_ == "pcomp" and token.pos_ == "VERB" and token.head.lower_ != "to"  # "after writing for"
    return token.dep_ in _DOWN and not other


def _is_told(scene: Scene, draft: Draft, top: Token, below: Token) -> bool:
    """Whether the phrase of the cue is that of a hearer: "told CNN", "gave an interview to", "on the BBC"; not that of
    what is spoken of: "found no report on CNN", "hit out at NBC"."""
    if top.dep_ == "prep":
        top = below if below.dep_ == "prep" else top  # "over on the BBC"
        at = top.lower_ == "at" and (below.pos_ == "NOUN" or scene.lemma[draft.cue] == "write")
        return at or top.lower_ in _HEARD_ON
    if top.dep_ in ("dobj", "obj", "dative"):
        given = scene.lemma[top.i] in papers("given") | papers("occasion")
        return given or scene.lemma[draft.cue] in word_class("INFORMING")
    return top.dep_ in _DOWN


def _is_appearance(scene: Scene, verb: Token) -> bool:
    """Whether the verb says where one spoke: "speaking on", "reached by", an interview "broadcast by"."""
    lemma = scene.lemma[verb.i]
    if lemma in word_class("REACHING"):
        return verb.tag_ == "VBN"
    if lemma in word_class("SHOWING"):
        return verb.dep_ in ("acl", "relcl") and scene.lemma[verb.head.i] in papers("occasion")
    return lemma in word_class("APPEARING") and verb.dep_ != "relcl"


def _is_programme(scene: Scene, root: int, others: Sequence[int]) -> bool:
    """Whether the name is that of a programme, beside its broadcaster: "the BBC's Newsday", "Newsday on the BBC"."""
    token = scene.tokens[root]
    whole = token.head if token.dep_ == "compound" else token
    owners = [c for t in (token, whole) for c in t.children if c.dep_ == "poss"]
    owners += [x for c in whole.children if c.dep_ == "prep" and c.lower_ in _ON_AIR for x in c.children]
    return any(o.i in others and o.i != root for o in owners)


def _listeners(scene: Scene, draft: Draft) -> Iterator[Token]:
    """Who was told: the object of "tell", the "with" of an interview, the "by" of "reached by"."""
    cue = scene.tokens[draft.cue]
    for child in cue.children:
        if child.dep_ in ("dobj", "dative") and child.tag_ != "IN":
            if scene.lemma[draft.cue] in word_class("INFORMING"):
                yield child
        elif child.dep_ in ("agent", "dative"):
            yield from _behind(scene, child)
        elif child.dep_ in ("advcl", "xcomp") and _is_appearance(scene, child):
            yield from _at_appearance(child)
    for prep in phrases_of(scene, draft):
        yield from _behind(scene, prep)
    for clause in speaking(scene, draft):
        yield from _at_appearance(clause)
    for clause in scene.tokens[draft.source].children if draft.source is not None else ():
        if clause.dep_ == "acl" and _is_appearance(scene, clause) and clause.tag_ == "VBN":
            yield from _at_appearance(clause)


def _behind(scene: Scene, prep: Token) -> Iterator[Token]:
    for noun in prep.children:
        if noun.dep_ != "pobj":
            continue
        if prep.lower_ in ("to", "on"):
            yield noun
        elif prep.lower_ in ("in", "during", "at") and scene.lemma[noun.i] in papers("occasion"):
            yield from (x for c in noun.children if c.dep_ == "prep" and c.lower_ in _WITH | {"on"} for x in c.children)
            yield from (c for c in noun.children if c.dep_ in ("compound", "poss") and c.pos_ == "PROPN")


def _at_appearance(verb: Token) -> Iterator[Token]:
    for prep in verb.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in _WITH | {"on"}:
            yield from (x for x in prep.children if x.dep_ == "pobj")


def _is_asked_for(scene: Scene, x: Token, draft: Draft) -> bool:
    """Whether the frame alone makes a name that of a publication: told, interviewed by, spoken to."""
    if x.head.i == draft.cue:
        ordered = any(c.dep_ == "xcomp" for c in scene.tokens[draft.cue].children)  # publications aren't told to act
        return scene.lemma[draft.cue] == "tell" and x.dep_ in ("dobj", "dative") and not ordered
    prep = x.head
    if prep.dep_ not in ("prep", "agent") or prep.lower_ not in ("with", "to", "by"):
        return False
    return scene.lemma[prep.head.i] in word_class("HEARING")
