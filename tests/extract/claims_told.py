"""What the tests of claims compare: who says what in a text, in the text's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from flows.records import Claim


def told(doc: Doc) -> list[tuple[str | None, str]]:
    """Speaker and content of every claim, in text order."""
    return [(who, content) for who, _, content in told_by(doc)]


def told_by(doc: Doc) -> list[tuple[str | None, str | None, str]]:
    """Speaker, cue and content of every claim, in text order."""
    return [(_speaker(doc, c), c.cue.of(doc.text) if c.cue else None, _content(doc, c)) for c in doc._.claims]


def _speaker(doc: Doc, claim: Claim) -> str | None:
    return claim.speaker.of(doc.text) if claim.speaker else None


def _content(doc: Doc, claim: Claim) -> str:
    return " … ".join(part.of(doc.text) for part in claim.parts)
