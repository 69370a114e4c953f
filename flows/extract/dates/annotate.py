"""The steps from a parsed Doc to its time expressions: recognise, read, join, resolve."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc

from flows.extract.dates import calendars as cal
from flows.extract.dates import clocks, grammar, lexer, normalise, syntax
from flows.extract.dates.anchors import SPOKEN, Found, from_event, is_step, one_paragraph, speech_day
from flows.extract.dates.context import UNSURE
from flows.extract.dates.plausible import plausible, refined
from flows.extract.dates.readings import Reading
from flows.extract.dates.reference import Reference, reference_day
from flows.extract.dates.resolve import Context, Resolved, Told, resolve
from flows.records import CleanArticle, TimeExpression

# Readings that take a clock time before them: "10 p.m. Wednesday".
_DAYS: Final = ("weekday", "deictic", "month_day", "fixed")
_IN_BRACKETS: Final = re.compile(r" ?\([^()\n]{3,20}\),? (?:on )?| ?\([^()\n]{0,20}")
# A quarter that is only compared with does not become the quarter that the text speaks of.
_BETTER_PART_OF_YEAR: Final = ("P6M", "P9M", "P1Y")
_UNDATED_EVENTS: Final = ("clock_time_of_undated_event", "offset_from_undated_event")
_YEARLY: Final = ("month_day", "month", "season", "holiday")
_BARE: Final = ("weekday_is_reference_day", "weekday_before_reference", "weekday_after_reference")
_UNTIL: Final = ("until", "till", "through", "to", "-", "–")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_FULL: Final = re.compile(r"\d{4}-\d\d")
_WEEKDAY: Final = re.compile(r"XXXX-WXX-[1-7]")
# What makes an edge a limit: "at the end of 2021" may be any of its last days.
_LIMITING: Final = re.compile(r"\b(?:by|until|till|before|through|from|after|past|to)\s+\Z", re.IGNORECASE)
_MORNING: Final = 6  # o'clock
_SAME_SCENE: Final = 3  # sentences in which a clock time is of the day of the clock time before it
_COMPARISONS: Final = ("told_period_in_year", "year_before_told_period")


def annotate(doc: Doc) -> tuple[tuple[TimeExpression, ...], date | None]:
    """The time expressions of `doc` in text order, and its reference day."""
    text = doc.text  # spaCy joins the tokens anew each time it is asked
    starts: list[int] = doc.to_array("IDX").tolist()  # an array, because walking the tokens costs more than the rest

    def tag_at(offset: int) -> str:
        return doc[bisect_right(starts, offset) - 1].tag_ if starts else ""

    pieces = lexer.pieces(text, tag_at)
    found = _join(_readings(doc, pieces), pieces)
    quotes = syntax.quoted(text)
    reference = _reference(doc._.article, text, found, quotes)
    marks = doc.to_array("SENT_START").tolist()
    begins = [start for i, (start, mark) in enumerate(zip(starts, marks, strict=True)) if mark == 1 or i == 0]
    expressions = _resolve_all(text, found, quotes, reference, begins)
    hung = [
        from_event(text, item, expression, pieces, expressions[:index], expressions[index + 1 : index + 4])
        for index, (item, expression) in enumerate(zip(found, expressions, strict=True))
    ]
    return tuple(_without_lost(text, found, hung)), reference.day


def _without_lost(text: str, found: list[Found], expressions: list[TimeExpression]) -> Iterator[TimeExpression]:
    """The expressions, without the days of steps that go on from an event that nothing dates.

    "Three days after the raid he fled; two days later he was caught, that night".
    """
    before: TimeExpression | None = None
    lost = False
    for item, expression in zip(found, expressions, strict=True):
        told = expression.anchor == "narrative" and expression.starts_on is not None
        near = before is not None and one_paragraph(text, before.end, expression.start)
        lost = (
            told and near and (lost or (is_step(item) and before is not None and before.derivation in _UNDATED_EVENTS))
        )
        yield _refused(expression, "step_from_undated_event") if lost else expression
        before = expression


def _refused(expression: TimeExpression, why: str) -> TimeExpression:
    """The expression with no days."""
    value = "XXXX-XX-XX" + expression.value[10:] if _DAY.match(expression.value) else expression.value
    value = "XXXX" if value[:4].isdigit() else value
    return replace(
        expression, value=value, edtf=None, starts_on=None, ends_on=None, anchor="none", derivation=why, score=UNSURE
    )


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
    if day.reading.op not in _DAYS or len(day.reading.value) not in (0, 10):
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
        if _inside(item, quotes):
            continue
        reading = item.reading
        bare = reading.op == "weekday" and not reading.rel and item.root is not None
        if bare and item.root is not None and syntax.tense(item.root) in (syntax.PAST, ""):
            weekdays.append(reading.weekday or 0)
        says_today = says_today or (reading.op == "deictic" and reading.n == 0 and "night" not in reading.part)
        says_yesterday = says_yesterday or (reading.op == "deictic" and reading.n == -1)
    own_today = _own_today(text, found, quotes)
    return reference_day(article, weekdays, says_today, says_yesterday, own_today)


def _own_today(text: str, found: list[Found], quotes: list[tuple[int, int]]) -> Iterator[date]:
    """The days that the text says it is written on: "today, 3 May 2019", "yesterday (2 May 2019)"."""
    for day, written in pairwise(found):
        beside = day.reading.op == "deictic" and text[day.end : written.start].strip() in (",", "(", ", on", "-", "–")
        if not beside or written.reading.year is None or _inside(day, quotes):
            continue
        days = cal.interval(resolve(written.reading, Context(None, "none")).value)
        if days is not None and days[0] == days[1]:
            yield cal.shift(days[0], -int(day.reading.n or 0))


def _inside(item: Found, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= item.start and item.end <= end for start, end in stretches)


def _resolve_all(
    text: str, found: list[Found], quotes: list[tuple[int, int]], reference: Reference, begins: list[int]
) -> list[TimeExpression]:
    """Resolve in text order; then again, from the day of speech, what stands in a quotation."""
    told, told_in = Told(named=_named(found, reference)), 0
    scene: tuple[date, int] | None = None  # and its sentence
    scene_in = 0  # that sentence, when a main clause told it
    expressions: list[TimeExpression] = []
    contexts: list[Context] = []
    for index, item in enumerate(found):
        tense = syntax.tense(item.root) if item.root is not None else ""
        aside = item.root is not None and syntax.is_aside(item.root)
        sentence = bisect_right(begins, item.start)
        near = _SAME_SCENE if "T" in told.value else 1
        now = scene[0] if scene is not None and sentence - scene[1] <= 1 else None
        main = item.root is not None and syntax.in_main_clause(item.root)
        context = Context(
            reference.day, reference.anchor, tense, told, sentence - told_in <= near, now,
            main and scene_in == sentence, sentence - told_in, item.root is None or syntax.is_direct(item.root),
        )  # fmt: skip
        contexts.append(_with_day_behind(text, item, found[index + 1 : index + 3], context))
        year = _year_beside(text, item, expressions[-1]) if expressions else None
        reading = replace(item.reading, year=year) if year else item.reading
        resolved = resolve(reading, contexts[-1])
        if year:
            resolved = replace(resolved, anchor=expressions[-1].anchor, derivation="in_year_beside_it")
        expressions.append(_expression(text, item, resolved))
        if not _inside(item, quotes):
            if not aside or told_in != sentence:
                told = _tell(told, expressions[-1], reference.day or date.max)
            if index and _is_range(text, begins[sentence - 1] if sentence else 0, expressions[-2], expressions[-1]):
                expressions[-2:] = _in_order(expressions[-2], expressions[-1])
            told_in = sentence if _dates_day(expressions[-1]) else told_in
            shown = _scene(expressions[-1], sentence)
            scene = shown or scene
            if shown is not None:
                scene_in = sentence if main else 0
    outside = [(f, e) for f, e in zip(found, expressions, strict=True) if not _inside(f, quotes)]
    for index, item in enumerate(found):
        if item.reading.op in SPOKEN and _inside(item, quotes):
            day = speech_day(text, item, outside)
            context = replace(contexts[index], reference=day or contexts[index].reference, anchor="speech")
            expression = _expression(text, item, resolve(item.reading, context))
            if day is None and expression.anchor == "speech":  # counted from the text's today for want of its day
                expression = replace(
                    expression, derivation=f"{expression.derivation}_of_untold_speech_day", score=UNSURE
                )
            expressions[index] = expression
    return expressions


def _named(found: list[Found], reference: Reference) -> tuple[tuple[int, str, date], ...]:
    """The times that the text tells with their date: "the evening of Monday, Sept. 16"."""
    named = []
    for item in found:
        if item.reading.op == "month_day" and item.reading.part:
            days = cal.interval(resolve(item.reading, Context(reference.day, reference.anchor)).value)
            named += [(days[0].isoweekday(), item.reading.part, days[0])] if days else []
    return tuple(named)


def _with_day_behind(text: str, clock: Found, behind: list[Found], context: Context) -> Context:
    """The day behind the brackets that give a clock time in another zone: "10:35 a.m. (0735 GMT) Friday"."""
    if clock.reading.op != "clock":
        return context
    for day in behind:
        if day.reading.op in _DAYS and _IN_BRACKETS.fullmatch(text, clock.end, day.start):
            days = cal.interval(resolve(day.reading, context).value)
            return replace(context, told=Told(days[0]), recent=True) if days else context
    return context


def _year_beside(text: str, item: Found, before: TimeExpression) -> int | None:
    """The year of "a year ago, on 5 February", "last year in May"."""
    reading, between = item.reading, text[before.end : item.start]
    if reading.op not in _YEARLY or reading.year is not None or reading.rel or reading.year_rel:
        return None
    if not re.fullmatch(r"\d{4}", before.value) or before.starts_on is None or before.anchor == "explicit":
        return None
    return int(before.value) if re.fullmatch(r",? (?:on|in) ", between) else None


def _is_range(text: str, begin: int, first: TimeExpression, last: TimeExpression) -> bool:
    """Two bare weekdays that are the ends of one stretch: "from Thursday night until Saturday".

    Also "will begin on Wednesday and last until Friday", in the sentence that begins at `begin`.
    """
    if any(one.derivation not in _BARE for one in (first, last)):
        return False
    ahead = first.derivation == last.derivation == "weekday_after_reference" and first.start >= begin
    between = text[first.end : last.start].split()
    return bool(between) and (" ".join(between) in _UNTIL or (ahead and between[-1] in _UNTIL[:3]))


def _in_order(first: TimeExpression, last: TimeExpression) -> tuple[TimeExpression, TimeExpression]:
    """The two with the first before the last: what lies behind moves its beginning back, else the end moves on."""
    if first.starts_on is None or last.starts_on is None or first.starts_on <= last.starts_on:
        return first, last
    if last.derivation == "weekday_before_reference":
        return _moved(first, -7), last
    return first, _moved(last, 7)


def _moved(expression: TimeExpression, days: int) -> TimeExpression:
    if expression.starts_on is None:
        return expression
    day = cal.shift(expression.starts_on, days)
    return replace(
        expression, value=day.isoformat() + expression.value[10:], edtf=day.isoformat(), starts_on=day, ends_on=day,
        derivation="weekday_in_order_of_range",
    )  # fmt: skip


def _scene(expression: TimeExpression, sentence: int) -> tuple[date, int] | None:
    """The first day of a full date or a month of a year, and the sentence; dates that go on with it keep it alive."""
    full = expression.anchor == "explicit" or expression.derivation in ("day_of_told_scene", "month_of_told_scene")
    if not full or expression.starts_on is None or not _FULL.match(expression.value):
        return None
    return expression.starts_on, sentence


def _dates_day(expression: TimeExpression) -> bool:
    """Whether the expression tells a day, as `_tell` takes it."""
    is_day = expression.starts_on is not None and expression.starts_on == expression.ends_on
    return is_day and expression.timex_type not in ("DURATION", "SET")


def _tell(told: Told, expression: TimeExpression, reference: date) -> Told:
    """What is known to the expressions that follow."""
    if expression.timex_type == "DURATION" and expression.value in _BETTER_PART_OF_YEAR:
        return replace(told, whole=True)
    if expression.derivation in _UNDATED_EVENTS:
        return replace(told, value="", weekday="", lost=True)
    if expression.timex_type in ("DATE", "TIME") and expression.value[:7] in ("XXXX-WX", "XXXX-XX"):
        weekday = expression.value[:10] if _WEEKDAY.match(expression.value) else ""
        return replace(told, weekday=weekday, value=expression.value if weekday else "")
    if expression.starts_on is None or expression.timex_type in ("DURATION", "SET"):
        return told
    day = expression.starts_on if expression.starts_on == expression.ends_on else None
    quarter, over, whole = told.quarter, told.quarter_over, told.whole
    if expression.value[4:6] == "-Q" and expression.derivation not in _COMPARISONS:
        quarter, whole = expression.value, False
        if expression.ends_on is not None and expression.ends_on < reference:
            over = quarter
    return Told(
        day or told.day,
        day if day is not None and day <= reference else told.past,
        expression.value, "", told.named, told.lost and day is None, quarter, over, whole,
    )  # fmt: skip


def _limit(text: str, item: Found, resolved: Resolved) -> cal.Interval | None:
    """The last day of "until the end of 2021", the first of "from the start of the month"; None of "at the end of"."""
    edge = item.reading.edge
    if (
        edge not in ("FIRST", "LAST")
        or "-end" in text[item.start : item.end]
        or resolved.days is not None
        or not _LIMITING.search(text, 0, item.start)
    ):
        return None
    days = cal.interval(resolved.value)
    if days is None or days[0] == days[1]:
        return None
    if "-W" in resolved.value and edge == "LAST":
        return cal.shift(days[1], -2), days[1]
    day = days[edge == "LAST"]
    return day, day


def _expression(text: str, item: Found, resolved: Resolved) -> TimeExpression:
    limit = _limit(text, item, resolved)
    days = limit or resolved.days or cal.interval(resolved.value)
    edtf = cal.edtf(resolved.value)
    if limit is not None and limit[0] == limit[1]:
        edtf = limit[0].isoformat()
    elif days is not None and (limit or resolved.days):
        edtf = f"{days[0].isoformat()}/{days[1].isoformat()}"
    return TimeExpression(
        start=item.start,
        end=item.end,
        text=text[item.start : item.end],
        timex_type=resolved.timex or item.reading.timex,
        value=resolved.value,
        edtf=edtf,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        anchor=resolved.anchor,
        derivation=resolved.derivation,
        score=resolved.score,
    )
