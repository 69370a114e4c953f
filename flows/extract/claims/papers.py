"""What passes words on that is no publication: the letter they were written in, the report that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.assemble import Draft
from flows.extract.claims.cues import quoted_as
from flows.extract.claims.media import Publication
from flows.extract.claims.outlets import outlet_at
from flows.extract.claims.passing import hop_at, of_publication, phrases_of
from flows.extract.claims.scene import Scene
from flows.extract.claims.speakers import speaker_of
from flows.extract.claims.vocabulary import papers, word_class
from flows.records import Hop

_PRINTED: Final = frozenset({"in", "by", "from", "on"})
_BY: Final = frozenset({"in", "on", "by", "through", "via"})
# A credit that closes the sentence: ", according to Reuters.", ", the Brod Courier reported on Saturday."
_BEFORE: Final = 24  # characters before a name in which that is looked for
_ACCORDING: Final = re.compile(r",\s+according to (?:the )?$", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+(?:the )?$", re.IGNORECASE)
_TO_CREDIT: Final = re.compile(r"[\s”\"'’]*,\s+(?:according to )?(?:the )?", re.IGNORECASE)  # from the last word to it
_NOTHING: Final = re.compile(r"[\s.”\"']*")
_SAID: Final = re.compile(
    r"\s+(?:(?:has|had|also|first|previously|later)\s+)?(?:reported|reports|said|says|wrote|learned)"
    r"(?:\s+(?:on|late|last|early)?\s*[\w ]{2,20})?[\s.]*"
)


def written_in(scene: Scene, draft: Draft, publications: Sequence[Publication]) -> list[Hop]:
    """The letter in "wrote in a letter to the families", and the paper in "said in an email seen by the paper".

    A statement is the speaker's own publication and no hop; whoever showed or published it is one.
    """
    top = quoted_as(scene, draft.cue)
    quoting = scene.tokens[top].children if top is not None else ()
    preps = [*phrases_of(scene, draft), *(c for c in quoting if c.dep_ == "prep")]
    for prep in (c for c in preps if c.lower_ in _BY):
        for paper in prep.children:
            if paper.dep_ != "pobj" or paper.i in draft.words or paper.i == draft.source:
                continue
            shown = _shown_by(scene, publications, paper)
            if is_handed_on(scene, paper):
                found = speaker_of(scene, paper.i)
                itself = found.kind == "document"  # and not whoever wrote it: "their letter"
                name, entity = (found.name, found.entity) if itself else (found.span.of(scene.text), None)
                written = Hop("document", name, derivation="written in", entity=entity, span=found.span)
                return [written, *shown]
            if shown:
                return shown
    source = scene.tokens[draft.source] if draft.source is not None else None
    if source is None:
        return []
    return _shown_by(scene, publications, source, "VIEWING") or _printed_in(scene, publications, source)


def _printed_in(scene: Scene, publications: Sequence[Publication], paper: Token) -> list[Hop]:
    """The Post in "according to a report in the Post", where the paper is what says it."""
    if paper.pos_ != "NOUN" or speaker_of(scene, paper.i).kind != "document":
        return []
    at = {x.i for c in paper.rights if c.dep_ == "prep" and c.lower_ in _PRINTED for x in c.children}
    return [of_publication(p, "published in") for p in publications if p.root in at]


def is_handed_on(scene: Scene, paper: Token) -> bool:
    """Whether words that stand in it had to reach the page: a letter, a voice message."""
    recorded = scene.lemma[paper.i] == "message" and any(c.lower_ in word_class("RECORDED") for c in paper.lefts)
    return paper.pos_ == "NOUN" and (scene.lemma[paper.i] in papers("handed_on") or recorded)


def _shown_by(scene: Scene, publications: Sequence[Publication], paper: Token, how: str = "SHOWING") -> list[Hop]:
    """Reuters in "an email seen by Reuters", where the paper is one that words stand in."""
    if paper.pos_ != "NOUN" or speaker_of(scene, paper.i).kind != "document":
        return []
    clauses = [c for c in paper.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VBN"]
    for verb in (c for c in clauses if scene.lemma[c.i] in word_class(how)):
        for by in (x for agent in verb.children if agent.dep_ == "agent" for x in agent.children if x.dep_ == "pobj"):
            listed = next((p for p in publications if p.root == by.i), None)
            outlet = listed or outlet_at(scene, by, alone=scene.lemma[verb.i] in word_class("VIEWING"))
            if outlet is not None:
                return [of_publication(outlet, "seen by")]
            if scene.lemma[by.i] in word_class("PRESS"):
                return [hop_at(scene, publications, by.i, "seen by")]
    return []


def closing_credit(scene: Scene, draft: Draft, publications: Iterable[Publication]) -> list[Hop]:
    """Reuters in "he said the road was open, Reuters reported on Sunday", within what he said or right behind it."""
    if not draft.words:
        return []
    last = scene.tokens[max(draft.words)]
    end = scene.sentences[scene.sentence[last.i]][1]
    found = []
    for p in publications:
        behind = last.i < p.root < end and _TO_CREDIT.fullmatch(scene.text[last.idx + len(last) : p.span.start])
        if not (p.root in draft.words or behind) or p.root == draft.source or scene.quoted[p.root] >= 0:
            continue
        before = scene.text[max(0, p.span.start - _BEFORE) : p.span.start]
        after = scene.text[p.span.end : scene.tokens[end - 1].idx + len(scene.tokens[end - 1])]
        if (_ACCORDING.search(before) and _NOTHING.fullmatch(after)) or (
            _COMMA.search(before) and _SAID.fullmatch(after)
        ):
            found.append(of_publication(p, "according to"))
    return found
