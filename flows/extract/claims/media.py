"""Publications named in a text: agencies, outlets, broadcasters and sites, as the lexicon of media knows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import word_class
from flows.known_names import publication_key
from flows.records import Span
from flows.resources import lexicon

# Kind of a publication -> its role in a chain.
_ROLES: Final = {"agency": "agency", "broadcaster": "broadcaster"}
_UNLISTED: Final = ("", "outlet")
_NEAR: Final = 6  # words before a name that may still describe it
_ARTICLE: Final = re.compile(r"^the\s+", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication where it is named: `root` is the head token of the name."""

    name: str
    role: str
    root: int
    span: Span
    entity: int | None = None


@cache
def _known() -> dict[str, tuple[str, str]]:
    """A way of writing a publication, in lower case and without article -> its name and role."""
    found: dict[str, tuple[str, str]] = {}
    for row in lexicon("media"):
        if row["kind"] == "social":  # where one writes oneself: nobody passes the words on
            continue
        for written in (row["name"], *(row["aliases"] or "").split(";")):
            if len(written) > 2 or written.isupper():
                found.setdefault(_bare(written), (row["name"], _ROLES.get(row["kind"], "outlet")))
    return found


def _bare(written: str) -> str:
    return _ARTICLE.sub("", _POSSESSIVE.sub("", written.strip().strip(",.“”\"'"))).lower()


def known(written: str) -> tuple[str, str] | None:
    """Name and role of the publication that `written` names; None when the lexicon doesn't know it."""
    return _known().get(_bare(written))


@cache
def _social() -> frozenset[str]:
    """Ways of writing the networks on which people write themselves."""
    rows = [row for row in lexicon("media") if row["kind"] == "social"]
    return frozenset(_bare(w) for row in rows for w in (row["name"], *(row["aliases"] or "").split(";")) if w)


def is_social(written: str) -> bool:
    """Whether that is a network on which people write themselves."""
    return _bare(written) in _social()


@cache
def _domains() -> dict[str, str]:
    return {row["domain"]: row["name"] for row in lexicon("media") if row["domain"]}


def at_domain(host: str) -> str | None:
    """The name of the publication whose site is at `host`."""
    return _domains().get(host)


def _is_masthead(word: str) -> bool:
    return word[:1].isupper() and word.lower() in word_class("MASTHEADS")


def titled(written: str) -> bool:
    """Whether a name ends like a newspaper's."""
    return _is_masthead(written.rpartition(" ")[2])


def _looks_like(scene: Scene, root: int) -> tuple[str, str] | None:
    """Whether an organisation's name ends like a newspaper's: "the Times", "Rivertown Gazette"."""
    token = scene.tokens[root]
    return _UNLISTED if _is_masthead(token.text) and token.ent_type_ in ("ORG", "WORK_OF_ART", "") else None


def publications(scene: Scene) -> tuple[Publication, ...]:
    """Those that the text names, in text order: mentions of kind media, and names that the lexicon knows."""
    found: dict[int, Publication] = {}
    for mention in scene.doc._.mentions:
        if mention.form != "name" or mention.kind in ("person", "country") or _bare(mention.text) in _social():
            continue
        listed = known(mention.text) or _looks_like(scene, mention.root)
        if listed is None and mention.kind != "media":
            continue
        span = Span(mention.start, mention.end)
        if _is_masthead(mention.text) or listed in (None, _UNLISTED):
            span = _whole(scene, mention.root, span)
            listed = known(span.of(scene.text)) or (listed if span.start == mention.start else _UNLISTED)
        unlisted = listed in (None, _UNLISTED)
        name, role = (span.of(scene.text), "") if listed is None or unlisted else listed
        found[mention.root] = Publication(name, role, mention.root, span, mention.entity)
    for entity in scene.doc.ents:
        listed = known(entity.text) if entity.root.i not in found else None
        if listed and entity.label_ != "PERSON":
            span = scene.span(entity.start + (entity[0].lower_ == "the"), entity.end - 1)
            found[entity.root.i] = Publication(*listed, entity.root.i, span)
    return _with_roles(scene, [found[root] for root in sorted(found)])


def _whole(scene: Scene, root: int, name: Span) -> Span:
    """The name with the capitalised words before that belong to it: "Kostrel Herald" where a mention has "Herald"."""
    first = scene.at_offset(name.start)
    while first > 0 and scene.tokens[first - 1].dep_ == "compound" and scene.tokens[first - 1].head.i == root:
        near = scene.tokens[first - 1]
        if near.pos_ != "PROPN" or not near.text[:1].isupper():
            break
        first -= 1
    return Span(scene.tokens[first].idx, name.end)


def _with_roles(scene: Scene, found: Sequence[Publication]) -> tuple[Publication, ...]:
    """Those that no lexicon knows with the role that the words beside the name, here or elsewhere, give it."""
    roles: dict[str, str] = {}
    for one in found:
        if not one.role and (role := role_in(_beside(scene.tokens[one.root]))):
            roles.setdefault(publication_key(one.name), role)
    return tuple(
        one if one.role else replace(one, role=roles.get(publication_key(one.name), "outlet")) for one in found
    )


def _beside(token: Token) -> str:
    """The name with the nouns that it stands with: "the official Ardapress agency", "the news agency Ardapress"."""
    whole = token.head if token.dep_ in ("compound", "appos", "nmod", "amod") else token
    return " ".join(t.lower_ for t in whole.subtree if whole.i - _NEAR < t.i <= max(whole.i, token.i))


def role_in(words: str) -> str | None:
    """The role in a chain that the words of a publication's name or description tell: agency, broadcaster or None."""
    told = set(words.lower().split())
    if "agency" in told:
        return "agency"
    return "broadcaster" if told & word_class("BROADCASTERS") else None
