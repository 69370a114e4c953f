"""The speaker as a row has it: its form, the entity of the article it stands for, its kind and country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.scene import Scene
from flows.records import Entity, Mention, Span
from flows.resources import lexicon

_KINDS: Final = {
    "person": "named",
    "organisation": "organisation",
    "armed_group": "organisation",
    "government": "organisation",
    "country": "country",
    "media": "media",
    "place": "country",
}
_LABELS: Final = {"ORG": "organisation", "GPE": "country", "NORP": "group", "PERSON": "named", "LAW": "document"}
_SINGULAR: Final = frozenset({"he", "she", "him", "her", "i", "me", "himself", "herself", "who"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """`span` is the noun phrase at the cue; `name` the fullest one the article has for it."""

    span: Span
    form: str
    entity: int | None
    kind: str
    country: str | None
    name: str


@cache
def _roles() -> dict[str, str]:
    return {row["word"]: row["speaker_kind"] for row in lexicon("roles")}


@cache
def _kinds() -> dict[tuple[str, str], str]:
    return {(row["lemma"], row["number"]): row["kind"] for row in lexicon("claim_kinds")}


def speaker_of(scene: Scene, source: int) -> Speaker:
    """The speaker whose head is the token `source`."""
    first, last = sources.phrase(scene, source)
    span = scene.span(first, last)
    mention = _mention(scene, source, span)
    entity = scene.doc._.entities[mention.entity] if mention is not None and mention.entity is not None else None
    form = _form(scene, source, span, mention)
    kind = _kind(scene, source, form, mention, entity)
    country = entity.country if entity is not None else None
    name = entity.name if entity is not None and entity.kind not in ("unnamed", "group") else span.of(scene.text)
    return Speaker(span, form, mention.entity if mention is not None else None, kind, country, name)


def _mention(scene: Scene, source: int, span: Span) -> Mention | None:
    """The mention of the head, else the named one beside it within the phrase, else any that holds the head."""
    inside = _within(scene, span)
    at = scene.tokens[source].idx
    ranked = sorted(
        (m for m in inside if m.root == source or m.start <= at < m.end),
        key=lambda m: (m.entity is None, m.root != source, m.form != "name", m.start),
    )
    if ranked:
        return ranked[0]
    apposed = [m for m in inside if m.form == "name" and m.kind == "person" and scene.tokens[m.root].dep_ == "appos"]
    return apposed[0] if apposed else None


def _form(scene: Scene, source: int, span: Span, mention: Mention | None) -> str:
    token = scene.tokens[source]
    if token.pos_ == "PRON" and token.tag_ != "DT":
        return "pronoun" if token.lower_ not in ("one", "some", "many", "others") else "nominal"
    if mention is not None and mention.form == "name" and mention.root == source:
        return "name"
    if token.pos_ == "PROPN" and (mention is None or mention.form != "nominal"):
        return "name"
    named = any(m.form == "name" and m.kind == "person" and _beside(scene, m, source) for m in _within(scene, span))
    return "name" if named else "nominal"


def _within(scene: Scene, span: Span) -> list[Mention]:
    return [m for m in scene.doc._.mentions if span.start <= m.start and m.end <= span.end]


def _beside(scene: Scene, mention: Mention, source: int) -> bool:
    return scene.tokens[mention.root].dep_ == "appos" and scene.tokens[mention.root].head.i == source


def _kind(scene: Scene, source: int, form: str, mention: Mention | None, entity: Entity | None) -> str:
    token = scene.tokens[source]
    if _plural(token) and token.ent_type_ == "NORP":  # Republicans, Germans: people, not their party or country
        return "group"
    if entity is not None and entity.kind in _KINDS and (form != "nominal" or entity.names):
        return _KINDS[entity.kind]
    if form == "name":
        return _kind_of_name(token, mention)
    if form == "pronoun":
        role = _role_of(entity.role) if entity is not None and entity.role else None
        return role or ("unnamed" if token.lower_ in _SINGULAR else "group")
    listed = _kind_of_noun(scene, source) or _roles().get(scene.lemma[source]) or _roles().get(token.lower_)
    if listed is not None:
        return listed
    return "group" if _plural(token) or (entity is not None and entity.kind == "group") else "unnamed"


def _kind_of_name(token: Token, mention: Mention | None) -> str:
    """Without an entity to ask: peoples and party members in the plural are groups, the rest by the model's label."""
    if token.ent_type_ in ("NORP", "PERSON", "") and token.tag_ == "NNPS":
        return "group"
    if mention is not None and mention.kind in _KINDS:
        return _KINDS[mention.kind]
    return _LABELS.get(token.ent_type_, "named")


def _kind_of_noun(scene: Scene, source: int) -> str | None:
    token = scene.tokens[source]
    lemma = scene.lemma[source] if token.pos_ != "PROPN" else token.lower_.removesuffix("s")
    kinds = _kinds()
    return kinds.get((lemma, "any")) or (kinds.get((lemma, "plural")) if _plural(token) else None)


def _plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _role_of(role: str) -> str | None:
    words = role.lower().split()
    return next((_roles()[w] for w in reversed(words) if w in _roles()), None)
