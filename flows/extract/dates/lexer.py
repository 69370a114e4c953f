"""From text to pieces: words, numbers and marks, each with the class that the grammar speaks of.

A piece is smaller or larger than a token of the model ("10-year" is three, "two thousand" one), so that the grammar
does not depend on how the model cuts dates. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from flows.resources import lexicon

OTHER: Final = "OTHER"
BLANK: Final = r"[ \t\xa0]{0,3}(?:[ \t\xa0]|\n)[ \t\xa0]{0,3}"
# Classes whose words count only with a capital ("march", "sat"), and those that the word's tag must confirm.
CAPITAL: Final = frozenset({"MONTH", "MONTHSHORT", "WEEKDAY", "WEEKDAYS", "WEEKDAYSHORT", "HOLIDAY", "ZONE", "PAPER"})
TAGS: Final = {"LAST": "JNRD", "SEASON": "N", "SEASONS": "N", "EDGE": "NJ", "SETADV": "R", "NOW": "RJNIDU"}
_EDGES: Final = ("mid", "Mid", "late", "Late", "early", "Early")  # "mid-May" is one token, an adjective to the tagger
MAX_FOLD: Final = 6
LONGEST_NUMBER: Final = 16  # characters; what is longer counts nothing that a time could


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with its class; `value` is the lexicon's, or the number's digits."""

    start: int
    end: int
    text: str
    kind: str
    value: str


@cache
def words() -> dict[str, tuple[str, str]]:
    """Class and value of each word and phrase."""
    table = {row["word"]: (row["class"], row["value"]) for row in lexicon("time_words")}
    for row in lexicon("holidays"):
        table.setdefault(row["name"], ("HOLIDAY", row["rule"]))
    return table


@cache
def _scanner() -> re.Pattern[str]:
    plain = re.compile(r"[^\W\d_]+\Z")
    phrases = sorted((word for word in words() if not plain.match(word)), key=lambda word: (word[0], -len(word)))
    # Grouped by first letter: the engine tries alternatives one by one.
    alternatives = "|".join(
        f"{re.escape(letter)}(?:{'|'.join(_pattern(word)[len(re.escape(letter)) :] for word in group)})"
        for letter, group in groupby(phrases, key=lambda word: word[0])
    )
    return re.compile(
        rf"(?P<phrase>(?=[^\W_])(?<![\w.])(?:{alternatives})(?!\w))"
        r"|(?P<iso>(?<![0-9])[0-9]{4}-[0-9][0-9]-[0-9][0-9](?:T[0-9][0-9]:[0-9][0-9](?::[0-9][0-9])?)?(?![0-9]))"
        r"|(?P<slash>(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9][0-9])(?![0-9/]))"
        r"|(?P<clock>(?<![0-9:.])(?:[1-9]|[0-2][0-9]):[0-9][0-9](?::[0-9][0-9])?(?![0-9:])"
        r"|(?<![^\n])[0-2][0-9]\.[0-5][0-9](?=[ \t\xa0]+(?-i:[A-Z]))"  # the stamp of a live report: "18.20 Police …"
        r"|(?<![\w.])[0-9]{1,2}\.[0-5][0-9](?=[ \xa0]?[ap]\.?m\b"
        r"|[ \xa0](?:in[ \xa0]the[ \xa0](?:morning|afternoon|evening)|o['’]clock)\b))"
        r"|(?P<decade>(?<!\w)(?:[0-9]{3}0|['’][0-9]0)s(?!\w))"
        r"|(?P<shortdecade>(?<!\w)[0-9]0s(?!\w))"
        r"|(?P<shortyear>(?<!\w)['’][0-9][0-9](?!\w))"
        r"|(?P<ordinal>(?<![\w.])[0-9]{1,3}(?:st|nd|rd|th)(?!\w))"
        r"|(?P<number>(?<![\w.])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:(?:[ \xa0]|-)[0-9]/[0-9]|[¼½¾])?)"
        r"|(?P<possessive>['’]s(?!\w))"
        r"|(?P<word>[^\W\d_]+)"
        r"|(?P<gap>\n[ \t]*\n\s*)"
        r"|(?P<mark>\S)",
        re.IGNORECASE,
    )


def _pattern(phrase: str) -> str:
    """The regular expression of a phrase: any blank for a blank, either apostrophe."""
    return re.escape(phrase).replace("\\ ", BLANK).replace("'", "['’]").replace("\\-", "-")


def pieces(text: str, tag_at: Callable[[int], str]) -> list[Piece]:
    """All pieces of `text`; `tag_at` gives the Penn tag of the token that holds an offset."""
    return list(_fold(_raw(text, tag_at)))


def _raw(text: str, tag_at: Callable[[int], str]) -> Iterator[Piece]:
    inside_other, known = False, words()
    for match in _scanner().finditer(text):
        group = match.lastgroup or "mark"
        if group == "word" and match.group().lower() not in known:  # most words: no time to lose on them
            if not inside_other:
                yield Piece(match.start(), match.end(), match.group(), OTHER, "")
            inside_other = True
            continue
        start, end = match.span()
        kind, value = _classify(group, match.group(), text, start, end, tag_at)
        if kind == OTHER and inside_other:
            continue  # one piece stands for a run of words that no rule speaks of
        inside_other = kind == OTHER
        yield Piece(start, end, match.group(), kind, value)


def _classify(group: str, found: str, text: str, start: int, end: int, tag_at: Callable[[int], str]) -> tuple[str, str]:
    if group in ("word", "phrase"):
        part_of_month = start > 0 and text[start - 1] == "-" and text[max(0, start - 6) : start - 1].endswith(_EDGES)
        return _word(found, start, (lambda _: "") if part_of_month else tag_at)
    if group == "number":
        return _number(found, text[start - 1 : start], text[end : end + 1])
    if group == "ordinal":
        return "ORD", found[:-2]
    if group == "mark":
        return {
            "-": "DASH",
            "–": "DASH",
            "—": "LONGDASH",
            ",": "COMMA",
            ".": "STOP",
            '"': "QUOTE",
            "”": "QUOTE",
            "“": "QUOTE",
        }.get(found, OTHER), found
    return group.upper(), found


def _word(found: str, start: int, tag_at: Callable[[int], str]) -> tuple[str, str]:
    key = found.lower()
    entry = words().get(key if key.isalpha() else re.sub(r"\s+", " ", key).replace("’", "'"))
    if entry is None:
        return OTHER, ""
    kind = entry[0]
    if kind in CAPITAL and not found[0].isupper() and not (kind == "ZONE" and " " in found):
        return OTHER, ""
    if kind == "MONTH" and found.lower() in ("may", "march"):
        tag = tag_at(start)
        return entry if not tag or tag.startswith(("N", "CD")) else (OTHER, "")
    allowed = TAGS.get(kind)
    if allowed is not None and " " not in found:
        tag = tag_at(start)
        return entry if not tag or tag[0] in allowed else (OTHER, "")
    return entry


def _number(found: str, before: str, after: str) -> tuple[str, str]:
    if len(found) > LONGEST_NUMBER:
        return OTHER, ""
    if before in "$£€¥#" and before:
        return "AMOUNT", found
    if after == "%":
        return "AMOUNT", found
    if re.fullmatch(r"[12]\d{3}", found) and 1000 <= int(found) <= 2199:
        return "YEAR", found
    if found.isdigit() and 1 <= int(found) <= 31 and len(found) <= 2:
        return "DAYNUM", found
    return "NUM", found


def _fold(stream: Iterator[Piece]) -> Iterator[Piece]:
    """Join number words into one piece: "twenty-four", "two thousand", "nineteen ninety-seven", "twenty-first"."""
    waiting: list[Piece] = []
    for piece in stream:
        if piece.kind == OTHER and not waiting:  # nine of ten
            yield piece
            continue
        if piece.kind in ("CARD", "SCALE") or (waiting and piece.kind in ("DASH", "AND", "ORD", "DECADEWORD")):
            waiting.append(piece)
            continue
        yield from _spell(waiting)
        waiting = []
        if piece.kind in ("DAYNUM", "NUM", "AMOUNT"):
            waiting = [piece]
        else:
            yield piece
    yield from _spell(waiting)


def _spell(run: list[Piece]) -> Iterator[Piece]:
    """The numbers in a run of number words, each as long as it can be; what is no part of one stays as it was."""
    position = 0
    while position < len(run):
        joined, used = _longest(run[position : position + MAX_FOLD])
        yield joined
        position += used


def _longest(run: list[Piece]) -> tuple[Piece, int]:
    total, current, kind, used = 0, None, "NUM", 0
    first = run[0]
    if first.kind not in ("CARD", "SCALE", "DAYNUM", "NUM", "AMOUNT"):
        return first, 1
    for index, piece in enumerate(run):
        if piece.kind in ("DASH", "AND"):
            continue
        if index > used and index > 0 and not _may_join(run[used:index], current):
            break
        step = _step(piece, current)
        if step is None:
            break
        current, addition, new_kind = step
        total += addition
        kind = new_kind or kind
        used = index + 1
        if kind in ("ORD", "DECADE", "FIXED"):
            break
    if used <= 1 and first.kind not in ("CARD", "SCALE"):
        return first, 1
    return _joined(run[: max(used, 1)], total + (current or 0), kind), max(used, 1)


def _may_join(between: list[Piece], current: int | None) -> bool:
    """A dash joins any two parts, "and" only what follows a hundred."""
    return all(piece.kind == "DASH" or (current or 0) >= 100 for piece in between)


def _step(piece: Piece, current: int | None) -> tuple[int | None, int, str | None] | None:
    """The running number after `piece`: (current, what goes to the total, a new kind); None when it does not fit."""
    if piece.kind in ("DAYNUM", "NUM", "AMOUNT"):
        whole = piece.value.replace(",", "")
        if current is not None or not whole.isdigit():
            return None
        return int(whole), 0, "AMOUNT" if piece.kind == "AMOUNT" else None
    value = int(piece.value)
    if piece.kind == "SCALE":
        scaled = max(current or 0, 1) * value
        return (0, scaled, None) if value >= 1000 else (scaled, 0, None)
    if piece.kind in ("ORD", "DECADEWORD"):
        return _last_step(piece.kind, value, current)
    if current is None or current == 0:
        return value, 0, None
    if current % 100 == 0 or (current % 10 == 0 and value < 10):
        return current + value, 0, None
    if 15 <= current <= 21 and value >= 10:
        return current * 100 + value, 0, "YEAR"
    return None


def _last_step(kind: str, value: int, current: int | None) -> tuple[int | None, int, str | None] | None:
    if kind == "ORD" and current and current % 10 == 0 and value < 10:
        return current + value, 0, "ORD"
    if kind == "DECADEWORD" and current and 15 <= current <= 21:
        return current * 100 + value, 0, "DECADE"
    return None


def _joined(run: list[Piece], value: int, kind: str) -> Piece:
    text = " ".join(piece.text for piece in run)
    if kind == "NUM" and run[0].kind == "SCALE":
        kind = "SCALED"  # "hundred", "thousand": only these take "a" before them
    if kind == "NUM" and 1 <= value <= 31:
        kind = "SMALL"
    if kind == "DECADE":
        return Piece(run[0].start, run[-1].end, text, kind, f"{value}s")
    return Piece(run[0].start, run[-1].end, text, kind, str(value))
