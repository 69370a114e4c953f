"""Words in front of a name that the model takes for somebody's given name: "Said Brandl", "Anchor Mira Brandl"."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc

from flows.names import canonical, is_given_name
from flows.resources import words

_BEFORE: Final = frozenset({"before", "after", "despite", "unlike", "like", "without", "besides"})
_LEAST: Final = 6  # letters of a participle: "King", "Bing" and "Ming" are names


def behind_front(doc: Doc, start: int, end: int) -> int:
    """Where a person's name begins: behind what somebody is ("Anchor Mira Brandl"), and behind a verb of saying, a
    participle or a preposition that begins a sentence.

    The latter only where the text knows somebody by the name that is left: by it, or by it with another given name.
    """
    first = doc[start]
    if end - start > 2 and _is_epithet(doc, start, end):
        return start + 1
    if end - start < 2 or not (first.is_sent_start or doc[start - 1].is_punct or doc[start - 1].is_space):
        return start
    saying = first.lower_ in words("saying_forms")
    participle = first.lower_.endswith("ing") and len(first) >= _LEAST and not is_given_name(first.lower_)
    if not (saying or participle or first.lower_ in _BEFORE):
        return start
    rest = doc[start + 1 : end].text
    in_front = set(re.findall(rf"\b(\w+) {re.escape(rest)}\b", doc.text)) - {first.text}
    known = doc.text.count(rest) > 1 if end - start > 2 else any(word[0].isupper() for word in in_front)
    return start + 1 if known else start


def _is_epithet(doc: Doc, start: int, end: int) -> bool:
    """Whether a word for what somebody is, or one that heads a link, stands in front of a given name and more."""
    second = doc[start + 1]
    in_front = doc[start].lower_ in words("name_fronts") and canonical(doc[start:end].text) is None
    return in_front and is_given_name(second.lower_) and second.text[0].isupper()
