"""The day that the text calls today.

From metadata or from other reports of the story it is the day of publication. A print notice names the day of the
printed edition, which is as a rule the day after the text was written: the weekdays of the text decide. Without any
date there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flows.extract.dates import calendars as cal
from flows.records import CleanArticle

# Once is enough of a bare weekday in the past tense, unless a writer who says "yesterday" too may mean another day.
ENOUGH_MENTIONS, ENOUGH_WITH_YESTERDAY = 1, 2


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference day, the anchor it stands for, and how it was found."""

    day: date | None
    anchor: str
    derivation: str
    updated: bool = False  # the text tells of the day after its publication


NONE = Reference(None, "none", "no_publication_date")


def is_updated(published: date, lead: Sequence[int], past_weekdays: Sequence[int]) -> bool:
    """Whether a text was rewritten on the day after its first publication, of which it tells in the past tense.

    It names the weekdays of both days, and either begins with the later one (`lead`, the weekdays of its first
    sentence) or does not name the day before, as a text of the day of publication would.
    """
    before, own, after = (cal.shift(published, step).isoweekday() for step in (-1, 0, 1))
    both = after in past_weekdays and own in past_weekdays
    return both and (after in lead or before not in past_weekdays)


def reference_day(
    article: CleanArticle | None,
    past_weekdays: Iterable[int],
    says_today: bool,
    says_yesterday: bool = False,
    own_today: Iterable[date] = (),
) -> Reference:
    """Decide the reference day.

    `past_weekdays` are the bare weekdays (1 Monday to 7 Sunday) of past-tense clauses outside quotations;
    `says_today` tells that the text speaks of "today" or "this morning", `says_yesterday` of "yesterday"; `own_today`
    are the days that it calls today itself ("yesterday, 3 May 2019"), which count where nothing else dates it and all
    are one.
    """
    if article is None or (article.reference_on is None and article.published_on is None):
        days = set(own_today)
        return Reference(days.pop(), "narrative", "today_with_its_date") if len(days) == 1 else NONE
    anchor = article.published_basis if article.published_basis in ("dateline", "story") else "publication"
    if article.reference_on is not None:
        return Reference(article.reference_on, anchor, "given")
    published = article.published_on
    if published is None:
        return NONE
    before = cal.shift(published, -1)
    mentions = Counter(past_weekdays)
    counts = mentions[before.isoweekday()], mentions[published.isoweekday()]
    enough = ENOUGH_WITH_YESTERDAY if says_yesterday else ENOUGH_MENTIONS
    if counts[0] >= enough and counts[0] > counts[1]:
        return Reference(before, anchor, "weekday_of_day_before_edition")
    if counts[0] and not counts[1] and says_today:
        return Reference(before, anchor, "today_and_weekday_of_day_before_edition")
    return Reference(published, anchor, "day_of_edition")
