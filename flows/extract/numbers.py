"""Numbers in English prose: digits, words, magnitudes, ranges, vague plurals, and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from flows.resources import lexicon

_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CURRENCY: Final = r"(?:US|A|C|NZ|HK)?[$£€¥₹]\s?"
_DASH: Final = r"\s?[-–—]\s?"
_LONGEST_GLUED: Final = 3  # letters of a unit that is written onto its number: "5km", "10cm"


@dataclass(frozen=True, slots=True)
class Number:
    """One number expression: `start`, `end` cover qualifier, currency, number, magnitude and percent sign.

    `core` is where the digits or words themselves start, `core_end` where they end. `low` and `high` are as the
    table `figures` has them. `unit_text` is what is written onto the number: a currency sign, "%", a unit ("5km"), or
    the word behind a hyphen ("38-metre").
    """

    start: int
    end: int
    core: int
    core_end: int
    low: float | None
    high: float | None
    qualifier: str
    unit_text: str | None
    words: bool
    text: str
    scored: bool = False  # "24-20": two numbers of which the first is not the smaller


@dataclass(frozen=True, slots=True)
class _Words:
    value: dict[str, float]
    role: dict[str, str]


@cache
def _words() -> _Words:
    rows = lexicon("number_words")
    return _Words({r["word"]: float(r["value"]) for r in rows}, {r["word"]: r["role"] for r in rows})


def _alternatives(role: str) -> str:
    found = [word for word, what in _words().role.items() if what == role]
    return "|".join(sorted(found, key=len, reverse=True))


@cache
def _codes() -> str:
    """Currency codes as ISO 4217 writes them: in capitals, before the number or behind it."""
    codes = {r["word"].upper() for r in lexicon("units") if r["kind"] == "money" and r["word"].upper() == r["unit"]}
    return rf"(?-i:{'|'.join(sorted(codes))})"


@cache
def _glued() -> str:
    short = {r["word"] for r in lexicon("units") if r["kind"] == "measure" and len(r["word"]) <= _LONGEST_GLUED}
    return "|".join(sorted((w for w in short if w.isalpha() and w != "m"), key=len, reverse=True))  # "5m": millions


@cache
def _pattern() -> re.Pattern[str]:
    unit, scale, vague = (_alternatives(role) for role in ("unit", "scale", "vague"))
    spoken = rf"(?:{unit})(?:[ -](?:{unit}))?"
    head = rf"(?:{spoken}|an?|several|(?:a )?few|(?:a )?couple of)"
    phrase = rf"{head}(?: (?:{scale})){{1,3}}(?:(?: and)?[ -](?:{unit}|{scale})){{0,8}}"
    words = rf"(?:half an? (?:{scale})|{phrase}|{spoken})"
    indefinite = rf"(?:(?:{vague}) of )?(?:{vague})(?= of\b|\s+more\b|\s+[a-z])"
    digits = rf"(?:{_DIGITS})(?:\s?(?:{scale}|m|k)\b(?!\w))?"
    one = rf"(?:{indefinite}|{digits}|{words})"
    full = (
        rf"(?<![\w.,:/#–—-])(?P<money>{_CURRENCY}|{_codes()}\s?(?=\d))?(?P<first>{one})"
        rf"(?:(?P<join>{_DASH}| to | or | and )(?:{_CURRENCY})?(?P<second>{digits}|{words})(?![\w/]))?"
        rf"(?:(?<=\d)(?P<glued>{_glued()})(?!\w))?"
        rf"(?P<percent>\s?%|\s?per ?cent\b|\s?percentage points?\b)?"
        rf"(?![\w/]|:\d|[.,]\d|['’]s\b)(?:-(?P<hyphen>[A-Za-z]+))?"
    )
    return re.compile(full, re.IGNORECASE)


@cache
def _bounds() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns of the qualifiers before (at the end of the text) and behind (at its start), and what they mean."""
    rows = lexicon("figure_qualifiers")
    meaning = {f"{r['side']}:{r['phrase']}": r["qualifier"] for r in rows}

    def one_of(side: str) -> str:
        phrases = sorted((r["phrase"] for r in rows if r["side"] == side), key=len, reverse=True)
        return "|".join(re.escape(p) for p in phrases)

    return (
        re.compile(rf"(?<!\w)({one_of('before')})\s*$", re.IGNORECASE),
        re.compile(rf"^\s({one_of('after')})(?!\w)", re.IGNORECASE),
        meaning,
    )


def numbers(text: str) -> Iterator[Number]:
    """All number expressions of a text, in order; not ordinals, clock times, or parts of words."""
    at = 0
    pattern = _pattern()
    while (match := pattern.search(text, at)) is not None:
        number, at = _number(text, match)
        yield number


def _number(text: str, match: re.Match[str]) -> tuple[Number, int]:
    first = match["first"]
    low, vague = value_of(first)
    high: float | None = None if vague else low
    end, core_end = match.end(), match.end("first")
    second, before = match["second"], text[: match.start()][-40:]
    between = re.search(r"(?<!\w)(?:between|from)\s+$", before, re.IGNORECASE)
    qualifier = "at_least" if vague else "exact"
    if second is not None and _is_range(match, between is not None, low):
        qualifier, high, core_end = "range", value_of(second)[0], match.end("second")
        low = _scaled(low, first, second, high)
    elif second is not None:
        end = core_end
        match_percent = None
    if second is None or qualifier == "range":
        match_percent = match["percent"]
    start = match.start() - len(between.group()) if between and qualifier == "range" else match.start()
    glued = match["glued"] if end == match.end() else None
    hyphen = match["hyphen"] if end == match.end() else None
    unit = "%" if match_percent else (match["money"].strip() if match["money"] else glued or hyphen)
    number = Number(
        start, end, match.start("first"), core_end, low, high, qualifier, unit, not first[0].isdigit(), first
    )
    if second is not None and qualifier != "range" and (match["join"] or "").strip() in {"-", "–", "—"}:
        return replace(number, scored=first[0].isdigit() and second[0].isdigit()), max(match.end("second"), number.end)
    number = _bounded(text, number, before) if qualifier != "range" else number
    return number, max(number.end, match.start() + 1)


def _is_range(match: re.Match[str], between: bool, low: float) -> bool:
    """ "10-15", "ten to twelve", "between 5 and 6"; "5 and 6" alone are two numbers, "55 to 45" a score."""
    join = (match["join"] or "").strip().lower()
    if join == "and":
        return between
    high, _ = value_of(match["second"] or "0")
    first_is_word = not match["first"][0].isdigit()
    return low < high and not (join in {"-", "–", "—"} and first_is_word)


def _scaled(low: float, first: str, second: str, high: float) -> float:
    """ "2 to 3 million": the magnitude behind the second number holds for the first."""
    scale = re.search(r"(million|billion|thousand|hundred|trillion|bn|mn|m|k)\b", second, re.IGNORECASE)
    if scale and not re.search(r"[a-z]{2,}$", first, re.IGNORECASE) and low < 1000 <= high:
        scaled = low * _scale(scale.group())
        return scaled if scaled <= high else low  # "between 5 and 1 million"
    return low


def _bounded(text: str, number: Number, before: str) -> Number:
    ahead, behind, meaning = _bounds()
    start, end, qualifier = number.start, number.end, number.qualifier
    if (match := ahead.search(before)) is not None:
        qualifier = meaning["before:" + " ".join(match[1].lower().split())]
        start -= len(match.group())
    elif (match := behind.search(text[end : end + 20])) is not None:
        qualifier = meaning[f"after:{match[1].lower()}"]
        end += match.end()
    low, high = number.low, number.high
    if number.qualifier == "at_least":  # a vague plural stays open upwards
        qualifier = "at_least"
    elif qualifier == "at_least":
        high = None
    elif qualifier == "at_most":
        low = None
    return replace(number, start=start, end=end, low=low, high=high, qualifier=qualifier)


def value_of(phrase: str) -> tuple[float, bool]:
    """The value of a number phrase, and whether it is vague ("dozens": its value is a lower bound)."""
    words = re.findall(r"[\d.,]*\d|[a-z]+", phrase.lower())
    table = _words()
    if any(table.role.get(w) == "vague" for w in words):
        factors = [table.value[w] for w in words if table.role.get(w) == "vague"]
        value = factors[0]
        for more in factors[1:]:
            value *= more / 2  # "hundreds of thousands": 200 times 1,000
        return value, True
    if any(w in {"several", "few", "couple"} for w in words):
        scale = [table.value[w] for w in words if table.role.get(w) == "scale"]
        return 2.0 * _product(scale), True
    return _sum(words), False


def _sum(words: list[str]) -> float:
    table = _words()
    total, current = 0.0, 0.0
    for word in words:
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word == "half":
            current = 0.5
        elif table.role.get(word) == "unit":
            current += table.value[word]
        elif table.role.get(word) == "scale" or word in {"m", "k"}:
            factor = _scale(word)
            current = (current or 1.0) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
    return total + current


def _scale(word: str) -> float:
    return {"m": 1e6, "k": 1e3}.get(word.lower()) or _words().value[word.lower()]


def _product(values: list[float]) -> float:
    out = 1.0
    for value in values:
        out *= value
    return out
