"""How strongly two reports agree on being of one happening.

Reports are compared by what may be told of one happening in several ways: its kind, its days, its place, who takes
part, who told of it, and the words. Of 60 incidents that articles of `eval/load` shared, a third were two of a kind
with one party in common; what a party does often therefore needs more than its name.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flows.happening import family
from flows.resolve.reports import (
    CAPTURE,
    SLACK,
    VIOLENT,
    Happening,
    Report,
    apart,
    is_lasting,
    is_single,
    last_day,
    named,
)
from flows.resolve.terms import stem

FRESH: Final = timedelta(days=14)  # how long a capture is told of without its day
# How strongly two reports are tied.
NOT, LOOSELY, UNTIMED, BY_DAY, BY_PARTY, BY_PLACE, BY_WORDS = range(7)
_NOT_YET: Final = frozenset({"AGREE", "THREATEN", "REJECT"})
_OWN_ACTS: Final = frozenset({"ACCUSE", "DISAPPROVE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_TOGETHER: Final = frozenset({"CONSULT", "FIGHT", "AGREE"})  # "Brandl met Lund" and "Lund met Brandl"
_LASTING: Final = frozenset({"INVESTIGATE", "CONSULT", "FIGHT"})
_OF_FORCE: Final = frozenset({"ASSAULT", "FIGHT", "COERCE", "PROTEST", "MOBILIZE"})
_BROAD: Final = timedelta(days=31)  # days as broad as these ("in 2017") hardly say which happening
_A_FEW: Final = timedelta(days=6)  # "in June" and "in July" are no two nights of one deed, as two days may be
_LEAST_TELLING: Final = 2  # words that reports of broad days have in common where a party alone is shared
_LEAST_WORDS: Final = 3
_WEEK: Final = timedelta(days=7)  # within which stories tell without its day of one happening
_SOON: Final = timedelta(days=4)  # within which they call it by its name alone
_COPIED: Final = 0.75  # the share of words that two wordings of one sentence have in common


def tie(one: Report, other: Report) -> int:
    """How strongly two reports are tied, NOT when they are of two happenings."""
    strength = _agreement(one, other)
    return NOT if strength in {LOOSELY, BY_PARTY} and _are_unlike(one, other) else strength


def _are_unlike(one: Report, other: Report) -> bool:
    """Whether two articles tell, one without a day, of what hardly is one happening: of others, or weeks apart.

    Inquiries and talks go on for weeks, and what befell a person is one whoever is said to have done it.
    """
    shared = len(one.telling & other.telling)
    if one.article_id == other.article_id or _are_dated(one, other) or shared >= _LEAST_TELLING:
        return False
    if _befell_one(one, other):
        return False
    if "CONSULT" not in {one.event_type, other.event_type} and _other_parties(one, other):
        return True
    lasts = bool({one.event_type, other.event_type} & _LASTING)
    is_lasting = lasts or shared or (one.actors & other.actors and one.recipients & other.recipients)
    return not is_lasting and not _are_told_within(one, other, _WEEK)


def _befell_one(one: Report, other: Report) -> bool:
    """Whether the same person was killed, dismissed or freed."""
    return bool(_victims(one, other) & (one.persons | other.persons))


def _victims(one: Report, other: Report) -> frozenset[str]:
    """Whom both tell that it befell: who was killed, dismissed or freed."""
    if _are_words(one, other) or {one.event_type, other.event_type} & _TOGETHER:
        return frozenset()
    return one.recipients & other.recipients


def _are_told_within(one: Report, other: Report, span: timedelta) -> bool:
    """Whether two articles are of days so near, as far as both have one."""
    return one.told_on is None or other.told_on is None or abs(one.told_on - other.told_on) <= span


def _agreement(one: Report, other: Report) -> int:
    """What two reports agree in, whenever it was told."""
    if _is_one_deployment(one, other):
        return BY_PARTY
    if one.kind != other.kind or not (_one_type(one, other) and _days_agree(one, other)):
        return NOT
    if _are_two_places(one, other):
        return NOT
    same = one.name == other.name
    if one.article_id == other.article_id and same and (one if one.start > other.start else other).again:
        return BY_WORDS
    if same and one.article_id != other.article_id and _is_copy(one.words, other.words):
        return BY_WORDS
    if _are_own_acts(one, other):
        return NOT
    actors, recipients = _shared_sides(one, other)
    alike = same or (one.event_type == other.event_type and (actors or recipients)) or _is_one_scene(one, other)
    if one.place and one.place == other.place and alike:
        return _by_place(one, other, is_party_shared=actors or recipients)
    if (actors or recipients) and actors + recipients + same >= 2:
        return BY_PARTY if _is_enough(one, other, both_sides=actors and recipients, same=same) else NOT
    if not same or not _same_story(one, other) or _other_parties(one, other):
        return NOT
    return _in_story(one, other)


def _is_one_deployment(one: Report, other: Report) -> bool:
    """Whether articles of a story count the same troops, sent as help by the one ("300 advisers") and readied by the
    other ("up to 300 military personnel").
    """
    if not (one.forces & other.forces and _same_story(one, other)) or one.article_id == other.article_id:
        return False
    return _days_agree(one, other) and not (_are_two_places(one, other) or _other_parties(one, other))


def _are_two_places(one: Report, other: Report) -> bool:
    return bool(one.place and other.place and one.place != other.place) and not _is_one_lasting(one, other)


def _is_one_scene(one: Report, other: Report) -> bool:
    """Whether a story tells under two names of violence at one spot on one day: "clashed", "six were hurt".

    What befell a person by name is a happening of its own.
    """
    here = one.is_spot and one.place == other.place and _same_story(one, other)
    if not (one.kind == other.kind == VIOLENT and here and _are_dated(one, other)):
        return False
    days = {one.starts_on, other.starts_on, last_day(one), last_day(other)}
    persons = (one.recipients ^ other.recipients) & (one.persons | other.persons)
    return len(days) == 1 and not persons and not _other_parties(one, other)


def _shared_sides(one: Report, other: Report) -> tuple[bool, bool]:
    """Whether reports share who did it and whom it befell; of what is done together both sides count as one."""
    both = (one.actors | one.recipients) & (other.actors | other.recipients)
    if len(both) > 1 and one.event_type == other.event_type and one.event_type in _TOGETHER:
        return True, True
    return bool(one.actors & other.actors), bool(one.recipients & other.recipients)


def _by_place(one: Report, other: Report, *, is_party_shared: bool) -> int:
    """The tie of two reports of one kind and one place."""
    if not {one.event_type, other.event_type} & _OF_FORCE and _are_others(one, other):
        return NOT
    if _are_broad(one, other) and not (is_party_shared or one.telling & other.telling):
        return NOT
    return BY_PLACE if _same_story(one, other) or (_is_timed(one) and _is_timed(other)) else UNTIMED


def _is_enough(one: Report, other: Report, *, both_sides: bool, same: bool) -> bool:
    """Whether reports that share a party tell of one happening and not of two of a kind.

    Somebody blames, threatens and refuses often: without a day what it was about must agree too, unless both sides
    and the word do; so must it where "in 2017" is all that another story says.
    """
    shared = len(one.telling & other.telling)
    if not (both_sides and same) and shared == 0 and _are_words(one, other) and not _are_dated(one, other):
        return False
    if both_sides:
        return True
    if _are_others(one, other) and not _befell_one(one, other):
        return False
    return bool(_victims(one, other)) or shared >= _LEAST_TELLING or not _are_broad(one, other)


def _are_words(one: Report, other: Report) -> bool:
    """Whether both are done by speaking, one of them at most as a promise."""
    types = {one.event_type, other.event_type}
    return types <= _OWN_ACTS | {"AGREE"} and not types <= {"AGREE"}


def _are_dated(one: Report, other: Report) -> bool:
    return one.starts_on is not None and other.starts_on is not None


def _same_story(one: Report, other: Report) -> bool:
    return one.story is not None and one.story == other.story


def _are_broad(one: Report, other: Report) -> bool:
    """Whether two stories tell the day, one of them so broadly that many happenings of a kind are of it."""
    dated = [report for report in (one, other) if report.starts_on is not None]
    return not _same_story(one, other) and any(last_day(r) - r.starts_on > _BROAD for r in dated if r.starts_on)


def _are_others(one: Report, other: Report) -> bool:
    """Whether those beside whom both reports share are others: two dismissals by one, her meetings with two men.

    A person and a body may be one party, and so may two bodies where there is fighting.
    """
    if one.event_type == other.event_type == "CONSULT":
        mine, theirs = one.actors | one.recipients, other.actors | other.recipients
        return _are_two(mine - theirs, theirs - mine, one, other)
    return _are_two(one.actors, other.actors, one, other) or _are_two(one.recipients, other.recipients, one, other)


def _are_two(mine: frozenset[str], theirs: frozenset[str], one: Report, other: Report) -> bool:
    """Whether two reports' parties of one side have names of their own and can't be the same."""
    if not apart(named(mine), named(theirs)):
        return False
    both = mine | theirs
    known = both & (one.persons | other.persons)
    return known == both or (not known and not {one.event_type, other.event_type} & _OF_FORCE)


def _is_timed(report: Report) -> bool:
    """Whether it tells its day, or at least by when it had happened."""
    return report.starts_on is not None or report.known_by is not None


def _one_type(one: Report, other: Report) -> bool:
    """Whether the types are of one family, or one of them says that the same is promised, threatened or refused."""
    families = {family(one.event_type), family(other.event_type)}
    return len(families) == 1 or bool({one.event_type, other.event_type} & _NOT_YET)


def _in_story(one: Report, other: Report) -> int:
    """The tie of two reports of one name in one story that nothing but their days may part."""
    if one.speaker is not None and one.speaker == other.speaker:
        return BY_PARTY
    if _is_one_lasting(one, other):
        return BY_DAY
    if one.crowds & other.crowds and one.article_id != other.article_id:
        return BY_DAY if _are_dated(one, other) else LOOSELY
    if not is_single(one.name) or one.article_id == other.article_id:
        return NOT
    if one.starts_on is None or other.starts_on is None:
        is_known = one.known_by is not None and other.known_by is not None
        return LOOSELY if is_known and _is_about_one(one, other) else NOT
    return BY_DAY if one.starts_on <= last_day(other) and other.starts_on <= last_day(one) else NOT


def _is_about_one(one: Report, other: Report) -> bool:
    """Whether what two reports say of what it was about agrees, or nothing but one word for it is told by one of them.

    Of 38 that two articles of a story told of without a day, 12 of 17 called alike were one, and 6 of 21 others.
    """
    if one.telling and other.telling:
        return bool(one.telling & other.telling)
    return stem(one.trigger.lower()) == stem(other.trigger.lower()) and _are_told_within(one, other, _SOON)


def _is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _LEAST_WORDS and shared >= _COPIED * len(one | other)


def _other_parties(one: Report, other: Report) -> bool:
    """Whether both name who did it, or whom it befell, and name others."""
    return apart(named(one.actors), named(other.actors)) or apart(named(one.recipients), named(other.recipients))


def _are_own_acts(one: Report, other: Report) -> bool:
    """Whether two persons each do what nobody does for another: two refusals, two resignations."""
    mine, theirs = one.actors & one.persons, other.actors & other.persons
    if not (apart(mine, theirs) and apart(one.actors, other.actors)):
        return False
    return _are_words(one, other) or one.name == other.name == "resignation"


def _days_agree(one: Report, other: Report) -> bool:
    """Whether the days overlap; one without a day is of the same story, and was not told before it happened.

    A strike goes on: whatever day is told of it in one story is a day of it.
    """
    if _is_one_lasting(one, other):
        first, second = (report.starts_on or report.told_on for report in (one, other))
        return first is None or second is None or abs(first - second) <= _BROAD
    if one.starts_on is None or other.starts_on is None:
        in_time = Happening.of(one).fits(Happening.of(other))
        return in_time and (_same_story(one, other) or _is_one_capture(one, other))
    is_broad = any(last_day(r) - r.starts_on > _A_FEW for r in (one, other) if r.starts_on)
    slack = timedelta(0) if is_broad else SLACK
    return one.starts_on <= last_day(other) + slack and other.starts_on <= last_day(one) + slack


def _is_one_lasting(one: Report, other: Report) -> bool:
    """Whether both are of what a story knows one of, and what goes on."""
    return is_lasting(one) and is_lasting(other) and one.name == other.name and _same_story(one, other)


def _is_one_capture(one: Report, other: Report) -> bool:
    """Whether one report dates the capture of a place of which the other, soon after if ever, tells without its day."""
    if not (one.name == other.name == CAPTURE and one.place and one.place == other.place):
        return False
    dated, undated = (one, other) if one.starts_on else (other, one)
    if dated.starts_on is None or not (one.is_done and other.is_done) or _other_parties(one, other):
        return False
    return undated.known_by is None or undated.known_by <= dated.starts_on + FRESH
