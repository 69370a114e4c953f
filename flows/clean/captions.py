"""Photo captions that a page's text has glued in front of a sentence of the article."""

from __future__ import annotations

import re
from typing import Final

from flows.clean.shape import shape

_WORD: Final = re.compile(r"\S+")
_LOOK_AT: Final = 1200  # characters; a caption and its alternative text stand at the line's beginning
_LONGEST: Final = 60  # words
_SHORTEST: Final = 3
_LONGEST_NAME: Final = 11  # words of a name with its titles
_MOST_CAPITALS: Final = 0.6  # share of capitalised words in the sentence that follows; in a title in title case all are
_ALWAYS_STARTS: Final = frozenset({"When", "While", "Speaking", "Asked"})
_WITHIN_NAMES: Final = frozenset({"The", "In", "On", "At", "For", "By", "With", "From", "To", "It"})
_SENTENCE_STARTS: Final = (
    _ALWAYS_STARTS
    | _WITHIN_NAMES
    | frozenset(
        ("After", "Before", "As", "But", "And", "If", "He", "She", "They", "We", "This", "These", "That", "There")
    )
    | frozenset(
        ("Although", "Though", "Despite", "Since", "According", "Meanwhile", "However", "Under", "During", "Last")
    )
    | frozenset(("Earlier", "Some", "Many", "Most"))
)
_NUMERAL: Final = re.compile(r"(?:[IVXLC]+|\d+|[A-Z])\.$")
_ENDS: Final = re.compile(r"[.!?…:;,\"“”'’()—–-]$")
_NAME_PARTICLES: Final = frozenset(
    ("of", "the", "and", "de", "la", "al", "bin", "ibn", "van", "von", "der", "del", "for", "in", "at", "&", "-")
)


def glued_caption(line: str) -> int:
    """Length of the caption at the beginning of `line`, 0 when there is none.

    Two signs: the line begins with the same words twice over (alternative text, then caption) before it goes on;
    or it begins with a bare name after which a sentence begins without any punctuation between them.
    """
    found = list(_WORD.finditer(line[:_LOOK_AT]))
    if len(found) < 2 * _SHORTEST:
        return 0
    return _doubled(found) or _bare_name(line, found)


def _doubled(found: list[re.Match[str]]) -> int:
    tokens = [match.group().casefold() for match in found]
    for size in range(min(_LONGEST, (len(tokens) - 1) // 2), _SHORTEST - 1, -1):
        if tokens[:size] == tokens[size : 2 * size] and _begins_sentence(found, 2 * size):
            return found[2 * size].start()
    return 0


def _begins_sentence(found: list[re.Match[str]], index: int) -> bool:
    return len(found) - index >= 4 and found[index].group().lstrip("\"“‘'(")[:1].isupper()


def _bare_name(line: str, found: list[re.Match[str]]) -> int:
    """Names only ("Prime Minister Jane Doe"), then "When she was asked …" and a full stop at the end."""
    if len(found) <= _LONGEST_NAME or line.rstrip()[-1] not in ".!?\"”’'…":
        return 0
    for index, match in enumerate(found[:_LONGEST_NAME]):
        if index >= 2 and _sentence_begins(found, index):
            return match.start() if shape(line[match.start() :]).capital_share <= _MOST_CAPITALS else 0
        if not _may_be_name(match.group(), index):
            return 0
    return 0


def _sentence_begins(found: list[re.Match[str]], index: int) -> bool:
    before, word, after = (found[index + step].group() for step in (-1, 0, 1))
    if word not in _SENTENCE_STARTS or _ENDS.search(before) or before.lower() in _NAME_PARTICLES:
        return False
    return word in _ALWAYS_STARTS or (after[0].islower() and word not in _WITHIN_NAMES)


def _may_be_name(word: str, index: int) -> bool:
    if word in _SENTENCE_STARTS and index:
        return False
    if word[-1] in '!?:;,"”“)' or (word[-1] == "." and ((index == 0 and _NUMERAL.match(word)) or len(word) > 5)):
        return False
    return word[0].isupper() or word.lower().split("-")[0] in _NAME_PARTICLES
