"""Days out of what metadata, pages and URLs write: a full calendar date, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO: Final = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_SLASHED: Final = re.compile(r"(?<!\d)(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=T?\d{0,6}Z?$|T)")
_SPELLED: Final = re.compile(
    rf"(?<![\w]){_NAME.format('m1')}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})(?!\d)|"
    rf"(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_NAME.format('m2')},?[\s-]+(?P<y2>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_YEARLESS: Final = re.compile(
    rf"(?<!\w){_NAME.format('m1')}\s+\d{{1,2}}(?!\d)|(?<!\d)\d{{1,2}}\s+{_NAME.format('m2')}(?!\w)", re.IGNORECASE
)
_NUMBERS: Final = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4}|\d{2})(?!\d)")
_EPOCH: Final = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_URL_DAY: Final = re.compile(
    r"[/_-](?P<y>(?:19|20)\d\d)[/_-](?P<m>\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/_-](?P<d>\d{1,2})(?=[/_.?#-]|$)",
    re.IGNORECASE,
)
_URL_COMPACT: Final = re.compile(r"[/_-](?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[/_.?#-]|$)")
_OLDEST: Final = 1600  # the first newspapers
_NEWEST: Final = 2100


def parse_day(written: str) -> tuple[date | None, str | None]:
    """The calendar day that a metadata field states, at its own offset, or (None, why not).

    Takes ISO 8601, RFC 2822, spelled-out English dates, seconds since 1970, and numbers whose order is certain.
    """
    text = written.strip()
    if not text:
        return None, "empty"
    if _EPOCH.fullmatch(text):
        return _from_epoch(text)
    for pattern in (_ISO, _SLASHED, _COMPACT):
        if match := pattern.search(text):
            return _checked(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _SPELLED.search(text):
        return _checked(*_spelled(match))
    if match := _NUMBERS.search(text):
        return _from_numbers(match)
    return _from_mail(text)


def parse_moment(written: str) -> datetime | None:
    """The moment of an ISO 8601 or RFC 2822 stamp that says its offset from UTC; None for any other."""
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return found if found.tzinfo is not None else None


def _spelled(match: re.Match[str]) -> tuple[int, int, int]:
    which = "1" if match["m1"] else "2"
    return int(match["y" + which]), _MONTHS.index(match["m" + which][:3].lower()) + 1, int(match["d" + which])


def _checked(year: int, month: int, day: int) -> tuple[date | None, str | None]:
    if not _OLDEST <= year <= _NEWEST:
        return None, f"the year {year} is not plausible"
    try:
        return date(year, month, day), None
    except ValueError:
        return None, "no such day in the calendar"


def _from_epoch(text: str) -> tuple[date | None, str | None]:
    seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
    return datetime.fromtimestamp(seconds, UTC).date(), None


def _from_numbers(match: re.Match[str]) -> tuple[date | None, str | None]:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < 70 else 1900  # POSIX: 69 to 99 are the last century's
    if first > 12:
        return _checked(year, second, first)
    if second > 12:
        return _checked(year, first, second)
    if first == second or "." in match.group():  # with points it is the European form (DIN 1355): day first
        return _checked(year, second, first)
    return None, "ambiguous: day or month first"


def _from_mail(text: str) -> tuple[date | None, str | None]:
    try:
        return parsedate_to_datetime(text).date(), None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, "not a date that can be read"


def full_days(text: str) -> Iterator[tuple[int, int, date | None, str | None]]:
    """Each full date (day, month and year) in a line, as (start, end, day, why not)."""
    for match in _SPELLED.finditer(text):
        yield match.start(), match.end(), *_checked(*_spelled(match))
    for match in _ISO.finditer(text):
        yield match.start(), match.end(), *_checked(int(match["y"]), int(match["m"]), int(match["d"]))
    for match in _NUMBERS.finditer(text):
        yield match.start(), match.end(), *_from_numbers(match)


def yearless_days(text: str) -> Iterator[tuple[int, int]]:
    """Each day of a month without its year in a line ("Sept 24"), as (start, end)."""
    full = [(start, end) for start, end, _, _ in full_days(text)]
    for match in _YEARLESS.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in full):
            yield match.span()


def url_day(url: str) -> tuple[str, date | None, str | None] | None:
    """The date in a URL's path, as (as written, day, why not); None when it holds none."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.split("?")[0])
    match = _URL_DAY.search(path) or _URL_COMPACT.search(path)
    if match is None:
        return None
    month = match["m"].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    return match.group().strip("/_-"), *_checked(int(match["y"]), number, int(match["d"]))
