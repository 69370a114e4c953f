"""The hop of whoever stands at a token: a publication, a spokesman, a paper."""

from __future__ import annotations

from collections.abc import Iterable

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
