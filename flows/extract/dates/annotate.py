"""The steps from a parsed Doc to its time expressions: recognise, read, join, resolve."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc

from flows.extract.dates import beside, clocks, grammar, lexer, normalise, syntax, verbs
from flows.extract.dates import calendars as cal
from flows.extract.dates.anchors import DAYS, Found, from_event
from flows.extract.dates.plausible import of_the_age, plausible, refined
from flows.extract.dates.readings import Reading
from flows.extract.dates.reference import Reference, is_updated, reference_day
from flows.extract.dates.resolve import Context, resolve
from flows.extract.dates.story import inside, resolve_all, without_lost
from flows.extract.dates.verbs import PAST
from flows.records import CleanArticle, TimeExpression

_LEAD: Final = 1  # token at which, at the latest, the first sentence begins
_THROUGH: Final = (" through ", " to ", "-", "–", " - ", " – ", " until ")
_MORNING: Final = 6  # o'clock
_APPOSED: Final = ("", ",", "(", ", on", "on", "-", "–", "—", "is")  # between "today" and the date that it is
_ANY_DAYS: Final = (date(2001, 1, 1), date(2002, 6, 19), date(2004, 11, 27))  # of other years, months and weekdays


def annotate(doc: Doc) -> tuple[tuple[TimeExpression, ...], date | None]:
    """The time expressions of `doc` in text order, and its reference day."""
    article: CleanArticle | None = doc._.article
    text = doc.text if article is None else article.text  # the same, but spaCy joins the tokens anew
    starts: list[int] = doc.to_array("IDX").tolist()  # an array, because walking the tokens costs more than the rest

    def tag_at(offset: int) -> str:
        return doc[bisect_right(starts, offset) - 1].tag_ if starts else ""

    pieces = lexer.pieces(text, tag_at)
    found = _working_days(text, _with_shared_years(_join(_readings(doc, pieces), pieces), pieces))
    quotes = syntax.quoted(text)
    found = [item if item.reading.op != "deictic" or inside(item, quotes) else of_the_age(item) for item in found]
    reference = _reference(article, text, found, quotes)
    marks = doc.to_array("SENT_START").tolist()
    begins = [start for i, (start, mark) in enumerate(zip(starts, marks, strict=True)) if mark == 1 or i == 0]
    expressions = resolve_all(text, found, quotes, reference, begins)
    hung = [
        from_event(text, item, expression, pieces, expressions[:index], expressions[index + 1 : index + 4])
        for index, (item, expression) in enumerate(zip(found, expressions, strict=True))
    ]
    return tuple(without_lost(text, found, hung)), reference.day


def _readings(doc: Doc, pieces: list[lexer.Piece]) -> list[Found]:
    found = []
    parsed = doc.has_annotation("DEP")  # without a parse, spaCy's children of a token lie anywhere in memory
    for match, reading in grammar.find(pieces, normalise.read):
        if reading.op == "nothing":
            continue
        start, end = pieces[match.first].start, pieces[match.last - 1].end
        item = Found(start, end, match.first, match.last, reading, syntax.root_of(doc, start, end) if parsed else None)
        if plausible(item, pieces):
            found += _taken_apart(item, match, pieces) if reading.op == "two_days" else [refined(item, pieces)]
    return found


def _taken_apart(item: Found, match: grammar.Match, pieces: list[lexer.Piece]) -> list[Found]:
    """ "24 and 25 April": two days, of one month and year."""
    between = next(i for i in range(match.first, match.last) if pieces[i] is match.groups["both"][0])
    reading = replace(item.reading, op="month_day", to_day=None)
    return [
        replace(item, end=pieces[between - 1].end, last=between, reading=reading),
        replace(
            item, start=pieces[between + 1].start, first=between + 1, reading=replace(reading, day=item.reading.to_day)
        ),
    ]


def _join(found: list[Found], pieces: list[lexer.Piece]) -> list[Found]:
    """Join a clock time with the day after it, or before it ("Friday at 5 p.m.")."""
    joined: list[Found] = []
    for item in found:
        before = joined[-1] if joined else None
        whole = _one_time(before, item, pieces) if before is not None else None
        if before is not None and _of_set(before, item, pieces):
            item = replace(item, reading=Reading("set", "SET", value=f"XXXX-WXX-{item.reading.weekday}"))
        if before is not None and whole is not None:
            joined[-1] = replace(before, end=item.end, last=item.last, reading=whole)
        else:
            joined.append(item)
    return joined


def _with_shared_years(found: list[Found], pieces: list[lexer.Piece]) -> list[Found]:
    """ "From Aug. 24 to Sept. 4, 2015", "June and July 2015": the year that closes the pair is that of both."""
    shared = list(found)
    for index, (first, last) in enumerate(pairwise(found)):
        one, other = first.reading, last.reading
        between = [piece.kind for piece in pieces[first.last : last.first]]
        alike = one.op == other.op and one.op in ("month_day", "month") and one.month is not None
        if not alike or other.year is None or one.year is not None or one.rel or one.year_rel:
            continue
        in_order = (one.month or 0, one.day or 0) < (other.month or 0, other.day or 0)
        if in_order and between in (["AND"], ["TO"], ["DASH"], ["OR"], ["BY"]):
            shared[index] = replace(first, reading=replace(one, year=other.year))
    return shared


def _working_days(text: str, found: list[Found]) -> list[Found]:
    """ "The shop opens Monday through Friday", "Monday to Friday": any week's, unless the clause tells of one week."""
    repeated = list(found)
    for index, (first, last) in enumerate(pairwise(found)):
        days = (first.reading.weekday, last.reading.weekday)
        plain = first.reading.op == last.reading.op == "weekday" and not first.reading.rel and not last.reading.rel
        if not plain or days != (1, 5) or text[first.end : last.start] not in _THROUGH or first.root is None:
            continue
        verb = syntax.governor(first.root)
        if verb is None or verbs.is_simple_present(verb):
            for at, item in ((index, first), (index + 1, last)):
                value = f"XXXX-WXX-{item.reading.weekday}{item.reading.part}"
                repeated[at] = replace(item, reading=Reading("set", "SET", value=value))
    return repeated


def _of_set(first: Found, second: Found, pieces: list[lexer.Piece]) -> bool:
    """ "every Monday or Tuesday": both are repeated."""
    between = [piece.kind for piece in pieces[first.last : second.first]]
    repeated = first.reading.op == "set" and first.reading.value.startswith("XXXX-WXX-")
    return repeated and between in (["OR"], ["AND"]) and second.reading.op == "weekday" and not second.reading.rel


def _one_time(first: Found, second: Found, pieces: list[lexer.Piece]) -> Reading | None:
    """The day of the two with the other's clock time; None when they are not one time."""
    between = [piece.kind for piece in pieces[first.last : second.first]]
    if between in ([], ["COMMA"], ["ON"]) and _is_clock(first):
        clock, day = first, second
    elif between == ["AT"] and second.reading.op == "clock":
        clock, day = second, first
    else:
        return _weekday_and_date(first, second, between)
    if day.reading.op not in DAYS or len(day.reading.value) not in (0, 10):
        return None
    part = _clock_in(clock.reading, day.reading.part) if day.reading.part else clock.reading.part
    if not part:
        return None
    reading = replace(day.reading, timex="TIME", part=part)
    return replace(reading, value=reading.value + part) if reading.op == "fixed" else reading


def _weekday_and_date(first: Found, second: Found, between: list[str]) -> Reading | None:
    """ "The following Monday, 23 September": the date, whose year the weekday tells."""
    named = (
        first.reading.op == "weekday" and first.reading.rel in ("following", "previous", "next") and not first.reading.n
    )
    if not named or between != ["COMMA"] or second.reading.op != "month_day" or second.reading.weekday is not None:
        return None
    return replace(second.reading, weekday=first.reading.weekday)


def _is_clock(item: Found) -> bool:
    return item.reading.op == "clock" or (item.reading.op == "day_part" and item.reading.part[1:2].isdigit())


def _clock_in(clock: Reading, part: str) -> str:
    """The clock time that a part of the day makes certain: "11 tomorrow morning"; "" where it does not."""
    if clock.op == "clock" and not clock.text and int(clock.part[1:3]) >= _MORNING:
        return clock.part  # "9 p.m. on the night of 14 July"; the hours after midnight may be of the next day
    half = {"TMO": "am", "TAF": "pm", "TEV": "pm"}.get(part)
    return clocks.with_half(clock.part, half) if half and clock.text == "half" else ""


def _reference(article: CleanArticle | None, text: str, found: list[Found], quotes: list[tuple[int, int]]) -> Reference:
    weekdays, says_today, says_yesterday = [], False, False
    for item in found:
        if inside(item, quotes):
            continue
        reading = item.reading
        bare = reading.op == "weekday" and not reading.rel and item.root is not None
        if bare and item.root is not None and syntax.tense(item.root) in (verbs.PAST, ""):
            weekdays.append((reading.weekday or 0, item.root))
        says_today = says_today or (reading.op == "deictic" and reading.n == 0 and "night" not in reading.part)
        says_yesterday = says_yesterday or (reading.op == "deictic" and reading.n == -1)
    own_today = _own_today(text, found, quotes)
    reference = reference_day(article, [day for day, _ in weekdays], says_today, says_yesterday, own_today)
    if reference.day is None or says_today or says_yesterday or not _may_be_later(article, reference.day):
        return reference
    told = [day for day, root in weekdays if not beside.is_limit(root)]
    lead = [day for day, root in weekdays if not beside.is_limit(root) and root.sent.start <= _LEAD]
    lead += [day for day, root in weekdays if beside.is_of_notice(root)]
    return replace(reference, updated=is_updated(reference.day, lead, told))


def _may_be_later(article: CleanArticle | None, day: date) -> bool:
    """Whether the text may be of the day after `day`: it was not seen before that."""
    seen = article.document.seen_at if article is not None else None
    return seen is None or seen.date() > day


def _own_today(text: str, found: list[Found], quotes: list[tuple[int, int]]) -> Iterator[date]:
    """The days that the text says it is written on: "this morning, 3 May 2019", "two days ago (1 May 2019)"."""
    for counted, written in pairwise(found):
        between = text[counted.end : written.start].strip()
        if between not in _APPOSED or written.reading.year is None or inside(counted, quotes):
            continue
        days = cal.interval(resolve(written.reading, Context(None, "none")).value)
        offset = _fixed_offset(counted.reading)
        if offset is not None and days is not None and days[0] == days[1]:
            yield cal.shift(days[0], -offset)


def _fixed_offset(reading: Reading) -> int | None:
    """How many days from today lies what the expression means; None where that hangs on which day today is."""
    offsets = set()
    for today in _ANY_DAYS:
        days = cal.interval(resolve(reading, Context(today, "publication", PAST)).value)
        if days is None or days[0] != days[1]:
            return None
        offsets.add((days[0] - today).days)
    return offsets.pop() if len(offsets) == 1 else None
