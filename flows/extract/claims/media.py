"""Publications named in a text: agencies, outlets, broadcasters and sites, as the lexicon of media knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.extract.claims.scene import Scene
from flows.records import Span
from flows.resources import lexicon

# Kind of a publication -> its role in a chain.
_ROLES: Final = {"agency": "agency", "broadcaster": "broadcaster"}
_UNLISTED: Final = ("", "outlet")
_TITLES: Final = frozenset(
    {"Times", "Post", "Journal", "Tribune", "Herald", "Gazette", "Telegraph", "Chronicle", "Globe", "Observer", "Star"}
    | {
        "Examiner",
        "Register",
        "Courier",
        "News",
        "Guardian",
        "Independent",
        "Dispatch",
        "Inquirer",
        "Daily",
        "Magazine",
    }
    | {"Monitor", "Ledger", "Bulletin", "Argus", "Sentinel", "Advertiser", "Mercury", "Weekly", "Examiner", "Messenger"}
)
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


@cache
def _domains() -> dict[str, str]:
    return {row["domain"]: row["name"] for row in lexicon("media") if row["domain"]}


def at_domain(host: str) -> str | None:
    """The name of the publication whose site is at `host`."""
    return _domains().get(host)


def titled(written: str) -> bool:
    """Whether a name ends like a newspaper's."""
    return written.rpartition(" ")[2] in _TITLES


def _looks_like(scene: Scene, root: int) -> tuple[str, str] | None:
    """Whether an organisation's name ends like a newspaper's: "the Times", "Rivertown Gazette"."""
    token = scene.tokens[root]
    return _UNLISTED if token.text in _TITLES and token.ent_type_ in ("ORG", "WORK_OF_ART", "") else None


def publications(scene: Scene) -> tuple[Publication, ...]:
    """Those that the text names, in text order: mentions of kind media, and names that the lexicon knows."""
    found: dict[int, Publication] = {}
    for mention in scene.doc._.mentions:
        if mention.form != "name" or mention.kind in ("person", "country") or _bare(mention.text) in _social():
            continue
        listed = known(mention.text) or _looks_like(scene, mention.root)
        if listed is None and mention.kind != "media":
            continue
        name, role = (listed or (mention.text, "outlet")) if listed != _UNLISTED else (mention.text, "outlet")
        found[mention.root] = Publication(name, role, mention.root, Span(mention.start, mention.end), mention.entity)
    for entity in scene.doc.ents:
        listed = known(entity.text) if entity.root.i not in found else None
        if listed and entity.label_ != "PERSON":
            span = scene.span(entity.start + (entity[0].lower_ == "the"), entity.end - 1)
            found[entity.root.i] = Publication(*listed, entity.root.i, span)
    return tuple(found[root] for root in sorted(found))
