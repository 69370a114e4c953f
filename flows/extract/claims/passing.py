"""The hop of whoever stands at a token, a publication, a spokesman, a paper; and where words of hops stand."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from flows.extract.claims.assemble import Draft
from flows.extract.claims.media import Publication, role_in
from flows.extract.claims.scene import Scene
from flows.extract.claims.speakers import Speaker, speaker_of
from flows.extract.claims.vocabulary import word_class
from flows.records import Hop


def hop_at(scene: Scene, publications: Iterable[Publication], root: int, derivation: str) -> Hop:
    """The hop of the noun phrase whose head is the token `root`."""
    for p in publications:
        if p.root == root:
            return of_publication(p, derivation)
    speaker = speaker_of(scene, root)
    lemma = scene.lemma[root]
    entity = scene.doc._.entities[speaker.entity] if speaker.entity is not None else None
    person = lemma in word_class("SPOKESMEN") or (entity is not None and entity.kind == "person")
    role = "spokesman" if person and speaker.kind != "media" else _role_of(scene, speaker, lemma)
    return Hop(role, speaker.name, derivation=derivation, entity=speaker.entity, span=speaker.span)


def phrases_of(scene: Scene, draft: Draft) -> list[Token]:
    """The prepositions of the cue, and those beside its source between commas: "Keller, in a speech, said"."""
    found = [c for c in scene.tokens[draft.cue].children if c.dep_ == "prep"]
    if draft.source is None:
        return found
    return found + [c for c in scene.tokens[draft.source].rights if c.dep_ == "prep" and _is_set_off(scene, c)]


def speaking(scene: Scene, draft: Draft) -> list[Token]:
    """The verbs beside the source that tell where it spoke: "Keller, speaking to the BBC, said"."""
    if draft.source is None:
        return []
    clauses = [c for c in scene.tokens[draft.source].rights if c.dep_ == "acl"]
    return [c for c in clauses if c.tag_ == "VBG" and scene.lemma[c.i] in word_class("ADDRESSING")]


def _is_set_off(scene: Scene, head: Token) -> bool:
    first, last = head.left_edge.i, head.right_edge.i
    commas = scene.tokens[first - 1].text == "," and last + 1 < len(scene.tokens) and scene.tokens[last + 1].text == ","
    return commas and head.lower_ in ("in", "at", "on", "during")


def of_publication(publication: Publication, derivation: str) -> Hop:
    """The hop of a publication that the text names."""
    at = publication.span
    return Hop(publication.role, publication.name, derivation=derivation, entity=publication.entity, span=at)


def _role_of(scene: Scene, speaker: Speaker, lemma: str) -> str:
    told = role_in(speaker.span.of(scene.text))
    if told is not None:
        return told
    if lemma in word_class("PRESS"):
        return "outlet"
    return "document" if speaker.kind == "document" or lemma == "transcript" else "outlet"
