"""Names of bodies by their head word: "Dockers' and Pilots' Union", "Front for the Freedom of the Isles (FFI)".

The model cuts such names at possessives, coordinations and words that are names themselves. Here they are read by
their form: capitals before the head word, or the head word and what stands behind "of" or "for".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.known import look_up
from flows.extract.naming.vocabulary import word_class
from flows.names import country_word
from flows.resources import lexicon

_MARKS: Final = frozenset({"'", "’", "'s", "’s"})
_FIGHTERS: Final = word_class("FIGHTERS")
_FIGHTING: Final = word_class("FIGHTING")
_AND: Final = frozenset({"and", "&"})
_JOINT: Final = word_class("JOINT_BODIES")  # "Ministry of Trade and Industry"
# Head words that alone, behind "the", mean the body named before.
TAKEN_UP: Final = word_class("TAKEN_UP")
_LONGEST: Final = 6
_SHORTEST: Final = 2


def initials(name: str) -> str:
    """The capitals of the words of a name, as its acronym has them."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name by token indices, and its acronym's token where one is given in brackets behind it."""

    start: int
    end: int
    kind: str
    acronym: int | None


@cache
def _heads() -> dict[str, tuple[bool, bool]]:
    """By head word: whether the rest may stand behind it, whether fighters use it."""
    return {row["word"]: (bool(row["of"]), bool(row["armed"])) for row in lexicon("body_heads")}


@cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(word.capitalize() for word in _heads())) + r")\b")


def head_words() -> frozenset[str]:
    """The words that head names of bodies, in lower case."""
    return frozenset(_heads())


def find_bodies(doc: Doc) -> list[Body]:
    """The names of bodies, in text order, not overlapping; a name that is sure in one place is one in all."""
    found = _found(doc, frozenset())
    sure = frozenset(doc[body.start : body.end].text for body in found)
    return _found(doc, sure) if sure else found


def _found(doc: Doc, sure: frozenset[str]) -> list[Body]:
    found: list[Body] = []
    for match in _head_pattern().finditer(doc.text):
        at = doc.char_span(*match.span())
        if at is None or (found and at.start < found[-1].end):
            continue
        token = at[0]
        span = _behind(doc, token.i) or _before(doc, token.i)
        if span is None or (found and span[0] < found[-1].end):
            continue
        acronym = bracketed(doc, span[1])
        seen = doc[span[0] : span[1]].text in sure
        is_sure = seen or acronym is not None or (token.pos_ != "VERB" and _is_sure(doc, *span))
        if _is_cut(doc, *span) or not is_sure:
            continue
        found.append(Body(*span, _kind(doc, *span, acronym), acronym))
    return found


def _is_name_word(token: Token) -> bool:
    if not token.text[:1].isupper() or token.ent_type_ in {"DATE", "TIME"}:
        return False
    return token.pos_ in {"PROPN", "NOUN", "ADJ", "VERB"} and not token.is_stop


def _before(doc: Doc, head: int) -> tuple[int, int] | None:
    """ "Harlow Housing Council": the capitals before the head word, possessives and one coordination among them."""
    start = head
    while start > 0 and head - start < _LONGEST * 2:
        step = _step_back(doc, start)
        if step is None:
            break
        start = step
    if start == head:
        return None
    return start, head + 1


def _step_back(doc: Doc, start: int) -> int | None:
    """The next word of the name before token `start`, over a possessive mark or "and" between two possessives."""
    last = doc[start - 1]
    if last.is_space:
        return None
    if _is_name_word(last):
        return None if _starts_sentence_only(last) else start - 1
    if last.text in {"'", "’"} and start > 1 and _is_plural_name(doc[start - 2]):
        return start - 2
    if last.text in _MARKS and start > 1 and _is_name_word(doc[start - 2]):
        # "Ardal's Harbour Council" is the council of Ardal; only plurals and -'s of calling belong to the name.
        return None
    if last.lower_ in _AND and start > 1 and _coordinated(doc, start):
        return start - (3 if doc[start - 2].text in _MARKS else 2)
    return None


def _is_plural_name(token: Token) -> bool:
    return _is_name_word(token) and token.text.endswith("s")


def _coordinated(doc: Doc, start: int) -> bool:
    """Whether what stands on both sides of "and" is of one form: "Dockers' and Pilots'", "Teachers and Nurses"."""
    before, after = doc[start - 2], doc[start]
    if before.text in _MARKS:
        return start > 2 and _is_plural_name(doc[start - 3])
    return (
        before.text.endswith("s") and after.text.endswith("s") and _is_name_word(before)
        and before.ent_type_ != "PERSON"
        and country_word(before.text) is None
    )  # fmt: skip


def _starts_sentence_only(token: Token) -> bool:
    """A capital that the start of the sentence explains, on a word that no name begins with ("Opposition Green …")."""
    return bool(token.is_sent_start) and token.pos_ in {"ADJ", "VERB"}


def _behind(doc: Doc, head: int) -> tuple[int, int] | None:
    """ "Front for the Freedom of the Isles": the head word and the capitals behind "of" or "for"."""
    if not _heads()[doc[head].lower_][0]:
        return None
    end = head + 1
    while end < len(doc):
        reach = _phrase_end(doc, end, doc[head].lower_ in _JOINT)
        if reach is None:
            break
        end = reach
    if end == head + 1:
        return None
    start = head
    while start > 0 and _is_name_word(doc[start - 1]) and not doc[start - 1].is_sent_start:
        start -= 1
    return start, end


def _phrase_end(doc: Doc, at: int, joint: bool) -> int | None:
    """Where "of the Isles" ends that begins at token `at`; None when none begins there."""
    if doc[at].lower_ not in {"of", "for"}:
        return None
    end = at + 1
    while end < len(doc) and doc[end].lower_ in {"the", "all"}:
        end += 1
    first = end
    while end < len(doc) and _is_name_word(doc[end]):
        end += 1
    if end == first:
        return None
    if (
        joint
        and end + 1 < len(doc)
        and doc[end].lower_ in _AND
        and _is_name_word(doc[end + 1])
        and doc[end + 1].ent_type_ != "PERSON"
    ):
        end += 2
    return end


def bracketed(doc: Doc, end: int) -> int | None:
    """The token of an acronym in brackets right behind token `end`: "(RHC)", and "(“RHC”)"."""
    if end + 2 >= len(doc) or doc[end].text != "(":
        return None
    at = end + 1
    while at + 1 < len(doc) and doc[at].text in {'"', "“", "‘", "'", "the"}:
        at += 1
    text = doc[at].text.replace(".", "")
    closed = any(token.text == ")" for token in doc[at + 1 : at + 3])
    known = look_up(doc[at].text)
    if not closed or not 2 <= len(text) <= 7 or sum(char.isupper() for char in text) < _SHORTEST or not text.isalpha():
        return None
    return at if known is None or known.kind not in {"media", "country", "person"} else None


def _is_sure(doc: Doc, start: int, end: int) -> bool:
    """Whether the words alone make a name: two capitals at least, and the model agrees that there is some name."""
    words = [token for token in doc[start:end] if token.text[:1].isupper()]
    if len(words) < _SHORTEST or any(country_word(token.text) for token in words):
        return False
    if start < 20 and "\n" not in doc[:start].text and all(t.text[:1].isupper() for t in doc[:start] if t.is_alpha):
        return False  # capitals of a headline
    if any(token.ent_type_ for token in doc[start:end]):
        return True
    behind_the = start > 0 and doc[start - 1].lower_ == "the"
    return behind_the and all(token.pos_ == "PROPN" for token in doc[start:end])


def _is_cut(doc: Doc, start: int, end: int) -> bool:
    """Whether the model sees a longer name of which this is a part ("Fish and Wildlife Service")."""
    for ent in doc[start:end].ents:
        inner = [t for t in ent if t.lower_ not in {"the", *_MARKS} and not t.is_space]
        ends = next((t.i for t in inner if t.text == "("), inner[-1].i + 1) if inner else end
        if inner and inner[0].i <= start and ends >= end and (inner[0].i, ends) != (start, end):
            return True
    return bool(
        doc[start].ent_iob_ == "I" and doc[start - 1].lower_ not in {"the", "a"} and doc[start - 1].ent_iob_ != "O"
    )


def _kind(doc: Doc, start: int, end: int, acronym: int | None) -> str:
    words = doc[start:end]
    if not any(_heads().get(token.lower_, (False, False))[1] for token in words if token.text[:1].isupper()):
        return "organisation"
    if any(token.text in _FIGHTING for token in words) or any(
        _fighters_near(doc, s, e) for s, e in _places(doc, start, end, acronym)
    ):
        return "armed_group"
    return "organisation"


def _places(doc: Doc, start: int, end: int, acronym: int | None) -> Iterator[tuple[int, int]]:
    """Where the name stands, and each place of its acronym."""
    yield start, end
    if acronym is not None:
        yield from ((token.i, token.i + 1) for token in doc if token.text == doc[acronym].text)


def _fighters_near(doc: Doc, start: int, end: int) -> bool:
    """ "Fighters of the X", "the rebel X", "X fighters"."""
    before = [token.lower_ for token in doc[max(0, start - 3) : start]]
    if before and (before[-1] in _FIGHTERS or ("of" in before and before[0] in _FIGHTERS) or before[:1] == ["of"]):
        return any(word in _FIGHTERS for word in before) or (start > 3 and doc[start - 3].lower_ in _FIGHTERS)
    return end < len(doc) and doc[end].lower_ in _FIGHTERS
