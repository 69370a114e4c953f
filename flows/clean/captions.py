"""Photo captions that a page's text has glued in front of a sentence of the article."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"\S+")
_LOOK_AT: Final = 1200  # characters; a caption and its alternative text stand at the line's beginning
_LONGEST: Final = 60  # words
_SHORTEST: Final = 3
_SENTENCE_STARTS: Final = frozenset(
    ["When", "While", "The", "In", "On", "At", "After", "Before", "As", "But", "And", "If", "He", "She", "They", "It", "We", "This", "These", "That", "There", "Although", "Though", "Despite", "Since", "Speaking", "Asked", "According", "Meanwhile", "However", "For", "By", "With", "From", "To", "Under", "During", "Last", "Earlier", "Some", "Many", "Most"]
)
_ENDS: Final = re.compile(r"[.!?…:;,\"“”'’()—–-]$")
_NAME_PARTICLES: Final = frozenset(["of", "the", "and", "de", "la", "al", "bin", "ibn", "van", "von", "der", "del", "for", "in", "at", "&", "-"])


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
    if len(found) < 12 or line.rstrip()[-1] not in ".!?\"”’'…":
        return 0
    for index, match in enumerate(found[:12]):
        word = match.group()
        if (
            index >= 2
            and word in _SENTENCE_STARTS
            and _goes_on(found, index)
            and not _ENDS.search(found[index - 1].group())
        ):
            return match.start()
        if not (word[0].isupper() or word.lower().split("-")[0] in _NAME_PARTICLES):
            return 0
        if word[-1] in '.!?:;,"”“)' and len(word) > 3:
            return 0
    return 0


def _goes_on(found: list[re.Match[str]], index: int) -> bool:
    before, after = found[index - 1].group(), found[index + 1].group()
    if before.lower() in _NAME_PARTICLES or before in _SENTENCE_STARTS:
        return False
    return found[index].group() in {"When", "While", "Speaking", "Asked"} or (
        after[0].islower()
        and found[index].group() not in {"The", "In", "On", "At", "For", "By", "With", "From", "To", "It"}
    )
