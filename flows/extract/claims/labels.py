"""Quotations whose speaker stands before a colon and no verb: “Keller: "It is over."”"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims import content, headlines
from flows.extract.claims.assemble import Draft, source_tokens
from flows.extract.claims.before import STOPS
from flows.extract.claims.scene import FINITE, Scene

LABELLED: Final = 0.86  # score: 19 of 22 that it finds in a thousand news articles are right
_LONGEST: Final = 14  # tokens before the colon
_WHOLE: Final = 24  # tokens of a label with more in it than a name, at the most
_FROM: Final = frozenset({"from", "by", "per"})
_SPEAKING: Final = ("person", "media")


def labelled(scene: Scene, taken: set[int]) -> list[Draft]:
    """A draft for each quotation that nobody claims and that a noun phrase with a colon introduces."""
    found = []
    for q in range(len(scene.quotations.spans)):
        first, last = content.quotation_tokens(scene, q)
        words = frozenset(i for i in range(first, last + 1) if scene.is_word(i))
        if not words or words & taken:
            continue
        colon = first - 1
        if colon < 1 or scene.tokens[colon].text != ":" or scene.paragraph[colon] != scene.paragraph[first]:
            continue
        source = _name_before(scene, colon) or _named_before(scene, colon)
        if source is None and colon in headlines.headline(scene):  # "Brandl on the strike: ‘We will not pay’"
            source = headlines.subject(scene)
        if source is not None and colon in headlines.headline(scene):
            words = headlines.with_rest(scene, words, last)
        if source is not None:
            found.append(Draft(colon, source, words, LABELLED, bare=True))
    return found


def _is_name(scene: Scene, token: Token) -> bool:
    """A proper noun, or what the tagger takes for one elsewhere in the text: a headline is hard to tell."""
    return token.pos_ == "PROPN" or (
        token.pos_ == "NOUN"
        and token.is_title
        and any(other.text == token.text and other.pos_ == "PROPN" for other in scene.tokens)
    )


def _name_before(scene: Scene, colon: int) -> int | None:
    """The head of the noun phrase before the colon, when nothing else of its sentence stands before it."""
    head = scene.tokens[colon - 1]
    if scene.quoted[colon - 1] >= 0 or not _is_name(scene, head):
        return None
    first = colon - 1
    while first > 0 and scene.tokens[first - 1].pos_ in ("PROPN", "NOUN", "DET", "ADJ") and colon - first < _LONGEST:
        first -= 1
    before = scene.tokens[first - 1] if first else None
    if before is not None and not (before.is_space or before.is_sent_end or before.text in (".", "”", '"', "!", "?")):
        return None
    while head.head.i >= first and head.head.i < colon and head.head.i != head.i:
        head = head.head
    return head.i if head.pos_ in ("PROPN", "NOUN") and head.i in source_tokens(scene, head.i) else None


def _named_before(scene: Scene, colon: int) -> int | None:
    """The first person, else publication, that a label without a finite verb names: "Anna Brandl, Harbour Gazette:",
    "UPDATE - From Mayor Anna Brandl:"; not in "On Anna Brandl:"."""
    first = colon
    while first > 0 and colon - first < _WHOLE and not _begins(scene, first):
        first -= 1
    label = scene.tokens[first:colon]
    if not _begins(scene, first) or any(t.tag_ in (*FINITE, "MD") or scene.quoted[t.i] >= 0 for t in label):
        return None
    named = (m for m in scene.doc._.mentions if m.form == "name" and m.kind in _SPEAKING and first <= m.root < colon)
    found = min(named, key=lambda m: (m.kind != "person", m.root), default=None)
    if found is None:
        return None
    ahead = [t for t in label if t.idx < found.start and t.pos_ in ("ADP", "SCONJ", "VERB")]
    return found.root if all(t.lower_ in _FROM for t in ahead) else None


def _begins(scene: Scene, i: int) -> bool:
    """Whether a label can begin at token `i`: with its paragraph, behind a sentence or a dash."""
    before = scene.tokens[i - 1] if i else None
    return before is None or before.is_space or before.text in (*STOPS, "”", '"') or scene.is_dash(i - 1)
