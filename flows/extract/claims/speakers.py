"""The speaker as a row has it: its form, the entity of the article it stands for, its kind and country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.media import is_social, known
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import role_kinds, word_class
from flows.extract.naming.joint import is_joint
from flows.extract.naming.nominals import partisans
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
# Words for some of a number, whose kind is that of what is counted: "half of the doctors", "one of the two diplomats".
_PARTS: Final = word_class("PARTS")
_ONE: Final = frozenset({"one", "another"})
_NOBODY: Final = frozenset({"nobody", "everyone", "everybody"})
# Generals without an army: "attorney general", "secretary-general".
_CIVIL_GENERALS: Final = word_class("CIVIL_GENERALS")
# Those of whom several are no crowd: they are told of for what they know, or saw.
_HIDDEN: Final = frozenset({"source", "insider"})
_SEEING: Final = word_class("SEEING")
_LOCAL: Final = word_class("LOCAL")
_CHAMBERS: Final = word_class("CHAMBERS")
_PEOPLE: Final = frozenset({"official", "military", "witness", "analyst", "group"})
_GOVERNING: Final = word_class("GOVERNING")
_BACK: Final = 2  # sentences before, at the most, in which those stand of whom "one" is one


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
    together = scene.joint.get(source)  # the source is the first of them
    if together is not None and together.entity is not None:
        entity = scene.doc._.entities[together.entity]
        span = Span(span.start, max(span.end, together.end))
        return Speaker(span, form, together.entity, kind, entity.country, entity.name)
    country = entity.country if entity is not None else None
    name = entity.name if entity is not None and entity.kind not in ("unnamed", "group") else span.of(scene.text)
    return Speaker(span, form, mention.entity if mention is not None else None, kind, country, name)


def _mention(scene: Scene, source: int, span: Span) -> Mention | None:
    """The mention of the head, else the named one beside it within the phrase, else any that holds the head."""
    inside = [m for m in _within(scene, span) if not is_joint(scene.tokens[m.root])]
    at = scene.tokens[source].idx
    ranked = sorted(
        (m for m in inside if m.root == source or m.start <= at < m.end),
        key=lambda m: (m.entity is None, m.root != source, m.form != "name", m.start),
    )
    if ranked:
        return ranked[0]
    apposed = [m for m in inside if m.form == "name" and m.kind == "person" and scene.tokens[m.root].dep_ == "appos"]
    return apposed[0] if apposed else _namesake(scene, source, span)


def _namesake(scene: Scene, source: int, span: Span) -> Mention | None:
    """The mention of the one person or firm, whose surname or first word stands there alone and was overlooked."""
    token = scene.tokens[source]
    if not token.text[:1].isupper() or span.of(scene.text) != token.text or token.text.isupper():
        return None
    named = [m for m in scene.doc._.mentions if m.form == "name" and m.entity is not None]
    people = [m for m in named if m.kind == "person" and m.text.rpartition(" ")[2] == token.text]
    firms = [m for m in named if m.kind == "organisation" and m.text.partition(" ")[0] == token.text]
    found = people + firms
    return found[0] if len({m.entity for m in found}) == 1 else None


def _form(scene: Scene, source: int, span: Span, mention: Mention | None) -> str:
    token = scene.tokens[source]
    if mention is not None and not span.start <= mention.start < span.end:  # found by its surname
        return "name"
    if token.pos_ == "PRON" and token.tag_ != "DT":
        return "pronoun" if token.lower_ not in ("one", "some", "many", "others") else "nominal"
    if mention is not None and mention.form == "name" and mention.root == source:
        return "name"
    if token.pos_ == "PROPN" and token.text[:1].isupper() and (mention is None or mention.form != "nominal"):
        return "name"
    named = any(m.form == "name" and m.kind == "person" and _beside(scene, m, source) for m in _within(scene, span))
    return "name" if named else "nominal"


def _within(scene: Scene, span: Span) -> list[Mention]:
    return [m for m in scene.doc._.mentions if span.start <= m.start and m.end <= span.end]


def _beside(scene: Scene, mention: Mention, source: int) -> bool:
    return scene.tokens[mention.root].dep_ == "appos" and scene.tokens[mention.root].head.i == source


def _kind(scene: Scene, source: int, form: str, mention: Mention | None, entity: Entity | None) -> str:
    token = scene.tokens[source]
    if token.ent_type_ == "NORP" and form != "pronoun":
        if _plural(token):  # Republicans, Germans: people, not their party or country
            return "group"
        if entity is None or entity.kind == "group":  # "the Norland Democrat": somebody named before
            return "named"
    one_person = entity is not None and entity.kind == "person" and bool(entity.names)
    counted = _of_part(scene, token) if not one_person else None
    if counted is not None:
        return counted
    if _is_common(token):
        return _kind_of_nominal(scene, source, None)
    if entity is not None and entity.kind in _KINDS and (form != "nominal" or entity.names):
        return _kind_of_entity(scene, token, mention, entity)
    if form == "name":
        return _kind_of_name(token, mention)
    if form == "pronoun":
        role = _role_of(entity.role) if entity is not None and entity.role else None
        return role or ("unnamed" if token.lower_ in _SINGULAR else "group")
    return _kind_of_nominal(scene, source, entity)


def _is_common(token: Token) -> bool:
    """Whether a word that its place alone gives a capital was taken for a name: "Farmers said"."""
    plain = token.is_sent_start and token.text[1:].islower() and token.lower_.endswith("s")
    if not plain or not _plural(token) or any(c.dep_ == "compound" for c in token.children):
        return False
    lemma = token.lower_.removesuffix("s")
    return lemma not in partisans() and ((lemma, "plural") in _kinds() or lemma in role_kinds())


def _kind_of_entity(scene: Scene, token: Token, mention: Mention | None, entity: Entity) -> str:
    """Of what has a name: publications are media, networks bodies, governments and ministries a country."""
    if entity.kind in ("organisation", "media") and (is_social(entity.name) or known(entity.name) is not None):
        return "organisation" if is_social(entity.name) else "media"
    if entity.kind == "place" and scene.lemma[token.i] == "police":
        return "organisation"
    if entity.kind == "government":
        return "country" if _governs(entity, scene.lemma[token.i]) and not _is_local(token) else "organisation"
    if token.lower_ in ("they", "them", "their") and mention is not None and _members(scene, entity):
        return "group"
    return _KINDS[entity.kind]


def _is_local(token: Token) -> bool:
    return any(c.lower_ in _LOCAL for c in token.lefts)


def _governs(entity: Entity, lemma: str) -> bool:
    words = {w for name in (entity.name, entity.key or "") for w in name.lower().split()}
    return lemma in _GOVERNING or bool(words & _GOVERNING)


def _members(scene: Scene, entity: Entity) -> bool:
    """Whether the name of a party is that of its people: "Democrats"."""
    heads = [scene.tokens[m.root] for m in scene.doc._.mentions if m.entity == entity.index and m.form == "name"]
    return any(t.ent_type_ == "NORP" and _plural(t) for t in heads)


def _kind_of_nominal(scene: Scene, source: int, entity: Entity | None) -> str:
    token = scene.tokens[source]
    if scene.lemma[source] == "general" and source and scene.tokens[source - 1].lower_ in _CIVIL_GENERALS:
        return "official"
    if scene.lemma[source] == "member" and not _plural(token) and _in_office(token):
        return "official"
    if scene.lemma[source] in _GOVERNING and _is_local(token):
        return "organisation"
    listed = _kind_of_noun(scene, source) or role_kinds().get(scene.lemma[source]) or role_kinds().get(token.lower_)
    many = _plural(token) or (entity is not None and entity.kind == "group") or token.lower_ in _NOBODY
    if many and listed == "group" and any(c.dep_ == "nummod" for c in token.children):
        listed = "official" if role_kinds().get(scene.lemma[source]) == "official" else listed  # "two lawmakers"
    if many and listed is not None and _others_too(scene, token, listed):
        return "group"
    if listed is None or (many and _is_crowd(scene.lemma[source], listed)):
        return "group" if many else "unnamed"
    return listed


def _in_office(member: Token) -> bool:
    """Whether that is a member of parliament, or of a council."""
    return any(x.lower_ in _CHAMBERS for c in member.children if c.lower_ == "of" for x in c.children)


def _others_too(scene: Scene, token: Token, kind: str) -> bool:
    """Whether people of another sort speak with them: "officials and residents"."""
    others = [c for c in token.children if c.dep_ == "conj" and c.pos_ == "NOUN" and _plural(c)]
    return kind in _PEOPLE and any(_kind_of_nominal(scene, c.i, None) in _PEOPLE - {kind} for c in others)


def _is_crowd(lemma: str, kind: str) -> bool:
    """Whether several of what is one unnamed person or one witness are people at large: residents, plaintiffs."""
    return (kind == "unnamed" and lemma not in _HIDDEN) or (kind == "witness" and lemma not in _SEEING)


def _of_part(scene: Scene, token: Token) -> str | None:
    """The kind of those of whom a part speaks: "54 per cent of voters", "one of the two diplomats", "no one"."""
    word = token.lower_ if token.pos_ in ("PRON", "DET", "NUM") else scene.lemma[token.i]
    if word not in _PARTS and token.pos_ != "NUM":
        return None
    if word == "one" and any(c.lower_ == "no" for c in token.children):
        return "group"
    single = word in _ONE
    whole = next((x for c in token.children if c.lower_ == "of" for x in c.children if x.dep_ == "pobj"), None)
    if single and (whole is None or whole.pos_ in ("NUM", "PRON")):
        whole = _those_before(scene, token) or whole
    if whole is None or whole.pos_ not in ("NOUN", "PROPN", "PRON"):
        return "unnamed" if single else "group"
    if whole.pos_ == "PRON":
        kind = speaker_of(scene, whole.i).kind
    elif single:
        kind = role_kinds().get(scene.lemma[whole.i]) or _kind_of_noun(scene, whole.i) or "unnamed"
    else:
        kind = _kind_of_nominal(scene, whole.i, None)
    if single:
        return "unnamed" if kind == "group" else kind
    return kind if kind in ("organisation", "document", "official", "analyst", "military", "media") else "group"


def _those_before(scene: Scene, token: Token) -> Token | None:
    """The diplomats in "Two diplomats said that …. One said": the last people counted in the sentences before."""
    first = scene.sentences[max(0, scene.sentence[token.i] - _BACK)][0]
    for i in range(token.i - 1, first - 1, -1):
        one = scene.tokens[i]
        counted = _plural(one) and any(c.dep_ == "nummod" for c in one.children)
        if counted and (scene.lemma[i] in role_kinds() or _kind_of_noun(scene, i)):
            return one
    return None


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
    pair = f"{scene.tokens[source - 1].lower_} {lemma}" if source else lemma
    if (pair, "any") in kinds:
        return kinds[(pair, "any")]
    return (kinds.get((lemma, "plural")) if _plural(token) else None) or kinds.get((lemma, "any"))


def _plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _role_of(role: str) -> str | None:
    words = role.lower().split()
    if words and words[-1] == "general" and len(words) > 1:
        return "official" if words[-2] in _CIVIL_GENERALS else "military"
    for word in reversed(words):
        many = _kinds().get((word.removesuffix("s"), "plural")) if word.endswith("s") else None
        found = many or role_kinds().get(word)
        if found is not None:
            return found
    return None
