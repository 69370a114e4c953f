"""Which reports are of one happening."""

from __future__ import annotations

from datetime import date

from flows.resolve.happenings import Report, same_happening

SATURDAY, SUNDAY, FRIDAY = date(2019, 9, 14), date(2019, 9, 15), date(2019, 9, 20)


def report(**values: object) -> Report:
    known = {
        "event_id": "e", "article_id": "a", "event_type": "ASSAULT", "trigger": "seiz", "place": "dravets",
        "story": "s1", "starts_on": SATURDAY, "ends_on": SATURDAY, "actors": frozenset({"front"}),
        "recipients": frozenset(),
    }  # fmt: skip
    return Report(**{**known, **values})  # type: ignore[arg-type]


def test_late_on_saturday_and_on_sunday_may_be_one_night() -> None:
    assert same_happening(report(), report(starts_on=SUNDAY, ends_on=SUNDAY))


def test_the_same_deed_a_week_later_is_another() -> None:
    assert not same_happening(report(), report(starts_on=FRIDAY, ends_on=FRIDAY))


def test_two_places_are_two_happenings() -> None:
    assert not same_happening(report(), report(place="calvera"))


def test_an_undated_report_belongs_only_to_its_own_story() -> None:
    undated = report(starts_on=None, ends_on=None)
    assert same_happening(report(), undated)
    assert not same_happening(report(story="s2"), undated)


def test_without_a_place_one_shared_actor_is_not_enough() -> None:
    assert not same_happening(report(place=None), report(place=None, trigger="shell"))
    assert same_happening(report(place=None), report(place=None))
