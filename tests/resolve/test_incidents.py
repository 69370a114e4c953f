"""Which reports are of one happening."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from flows.resolve.happenings import happenings
from flows.resolve.incidents import days_told, telling
from flows.resolve.reports import Report, index_keys, search_keys, with_particle
from flows.resolve.ties import NOT, tie

SATURDAY, SUNDAY, FRIDAY = date(2019, 9, 14), date(2019, 9, 15), date(2019, 9, 20)


def report(**values: object) -> Report:
    known = {
        "event_id": "e", "article_id": "a", "event_type": "ASSAULT", "trigger": "seiz", "place": "dravets",
        "story": "s1", "starts_on": SATURDAY, "ends_on": SATURDAY, "actors": frozenset({"front"}),
        "recipients": frozenset(),
    }  # fmt: skip
    return Report(**{**known, **values})  # type: ignore[arg-type]


def same_happening(one: Report, other: Report) -> bool:
    return tie(one, other) > NOT


def test_late_on_saturday_and_on_sunday_may_be_one_night() -> None:
    assert same_happening(report(), report(starts_on=SUNDAY, ends_on=SUNDAY))


def test_the_same_deed_a_week_later_is_another() -> None:
    assert not same_happening(report(), report(starts_on=FRIDAY, ends_on=FRIDAY))


def test_months_that_follow_each_other_are_no_one_night() -> None:
    june, july = (
        report(starts_on=date(2019, month, 1), ends_on=date(2019, month, last), place=None)
        for month, last in ((6, 30), (7, 31))
    )
    last_of_june = report(starts_on=date(2019, 6, 30), ends_on=date(2019, 6, 30), place=None)
    assert not same_happening(june, july)
    assert not same_happening(last_of_june, july)
    assert same_happening(last_of_june, june)


def test_two_places_are_two_happenings() -> None:
    assert not same_happening(report(), report(place="calvera"))


def test_an_undated_report_belongs_only_to_its_own_story() -> None:
    undated = report(starts_on=None, ends_on=None)
    assert same_happening(report(), undated)
    assert not same_happening(report(story="s2"), undated)


def test_without_a_place_one_shared_actor_is_not_enough() -> None:
    assert not same_happening(report(place=None), report(place=None, trigger="shell"))
    assert same_happening(report(place=None), report(place=None))


def test_a_promise_and_its_keeping_are_one_whichever_word_is_used() -> None:
    kept = report(event_type="CONCEDE", trigger="freed", place=None, recipients=frozenset({"pilot"}))
    promised = report(event_type="AGREE", trigger="hand over", place=None, recipients=frozenset({"pilot"}))
    assert same_happening(kept, promised)
    assert not same_happening(kept, report(event_type="AGREE", trigger="sign", recipients=frozenset({"pilot"})))


def test_what_one_speaker_tells_in_a_story_is_one_without_place_or_party() -> None:
    told = {"event_type": "RETREAT", "place": None, "actors": frozenset(), "speaker": "brandl"}
    assert same_happening(report(trigger="withdrawal", **told), report(trigger="retreat", article_id="b", **told))


def test_two_persons_who_refuse_the_same_are_two_refusals() -> None:
    brandl, lund = frozenset({"brandl"}), frozenset({"lund"})
    refused = {"event_type": "REJECT", "trigger": "voted", "place": None, "recipients": frozenset({"kostrel"})}
    hers = report(actors=brandl, persons=brandl, **refused)
    assert not same_happening(hers, report(actors=lund, persons=lund, article_id="b", **refused))
    assert same_happening(hers, report(actors=brandl, persons=brandl, article_id="b", **refused))
    assert same_happening(hers, report(actors=frozenset({"party"}), article_id="b", **refused))  # for which she speaks


def test_a_copied_sentence_is_a_report_of_the_same() -> None:
    said = {"event_type": "ACCUSE", "trigger": "accused", "place": None, "actors": frozenset()}
    words = frozenset({"lund", "accus", "miners", "lying"})
    assert same_happening(report(words=words, **said), report(words=words, article_id="b", **said))
    assert not same_happening(report(words=words, **said), report(words=frozenset({"teso"}), article_id="b", **said))


def test_nothing_is_told_as_done_before_its_day() -> None:
    early = report(starts_on=None, ends_on=None, known_by=SUNDAY)
    assert same_happening(early, report())
    assert not same_happening(early, report(starts_on=FRIDAY, ends_on=FRIDAY))


def marches(**other: object) -> dict[str, Report]:
    told = {"event_type": "PROTEST", "trigger": "march", "place": None, "actors": frozenset(), "known_by": FRIDAY}
    undated = {"starts_on": None, "ends_on": None}
    return {
        "a": report(event_id="a", article_id="1", **told),
        "b": report(event_id="b", article_id="2", **{**told, **undated}),
        "c": report(event_id="c", article_id="3", **{**told, **other}),
    }


def of(known: dict[str, Report], order: str) -> list[list[str]]:
    ties = [(one, two, tie(known[one], known[two])) for one in order for two in order if one < two]
    return happenings(known, [row for row in ties if row[2]])


def test_what_is_loosely_tied_is_one_only_where_all_of_it_fits() -> None:
    assert of(marches(), "abc") == of(marches(), "cba") == [["a", "b", "c"]]
    later = marches(starts_on=FRIDAY, ends_on=FRIDAY)
    assert of(later, "abc") == of(later, "cba") == [["a"], ["b"], ["c"]]


def test_a_strike_goes_on_and_is_one_in_its_story() -> None:
    told = {"event_type": "PROTEST", "place": None, "actors": frozenset()}
    began = report(trigger="walked out", **told)
    later = report(trigger="strike", article_id="b", **{**told, "starts_on": FRIDAY, "ends_on": FRIDAY})
    undated = report(trigger="stoppage", article_id="c", told_on=FRIDAY, **told, **UNDATED)
    assert same_happening(began, later)
    assert same_happening(began, undated)
    elsewhere = report(trigger="strike", article_id="d", **{**told, "place": "teso"})
    known = {"a": report(trigger="strike", **{**told, "place": "dravets"}), "b": elsewhere}
    assert of(known, "ab") == [["a", "b"]]  # it has spread
    years_ago = report(trigger="strike", article_id="b", **{**told, "starts_on": date(2012, 9, 10), "ends_on": None})
    assert not same_happening(began, years_ago)
    assert not same_happening(began, report(trigger="strike", article_id="b", story="s2", **told))
    from_the_air = report(trigger="strike", article_id="b", **{**told, "event_type": "FIGHT"})
    assert not same_happening(began, from_the_air)


def test_violence_of_one_day_at_one_spot_is_one_whatever_it_is_called() -> None:
    told = {"event_type": "ASSAULT", "actors": frozenset(), "is_spot": True}
    clash = report(trigger="clashed", **told)
    assert same_happening(clash, report(trigger="hurt", article_id="b", **told))
    assert search_keys(clash) & index_keys(report(trigger="hurt", article_id="b", **told))
    assert not same_happening(clash, report(trigger="hurt", article_id="b", **{**told, "starts_on": SUNDAY}))
    assert not same_happening(clash, report(trigger="hurt", article_id="b", story="s2", **told))
    assert not same_happening(clash, report(trigger="seized", article_id="b", **told))
    in_a_country = {**told, "is_spot": False}
    assert not same_happening(report(trigger="clashed", **in_a_country), report(trigger="hurt", **in_a_country))
    lund = {"recipients": frozenset({"lund"}), "persons": frozenset({"lund"})}
    assert not same_happening(clash, report(trigger="hurt", article_id="b", **told, **lund))


def test_what_befell_a_group_of_a_story_under_one_word_is_one() -> None:
    told = {"event_type": "ASSAULT", "trigger": "killed", "place": None, "actors": frozenset(), **UNDATED}
    guards = report(crowds=frozenset({"recipient:guards"}), **told)
    assert same_happening(guards, report(article_id="b", crowds=frozenset({"recipient:guards"}), **told))
    assert not same_happening(guards, report(article_id="b", crowds=frozenset({"recipient:pilots"}), **told))
    assert not same_happening(guards, report(article_id="b", crowds=frozenset({"actor:guards"}), **told))


def test_a_particle_behind_a_trigger_belongs_to_it() -> None:
    assert report(event_type="PROTEST", trigger=with_particle("walked", " out over pay")).name == "strike"
    assert with_particle("walked", " along the quay") == "walked"
    assert with_particle("called", " for an inquiry") == "called"
    assert with_particle("strike", "") == "strike"


def test_a_report_that_says_little_joins_no_deals_about_two_things() -> None:
    deal = {"event_type": "AGREE", "trigger": "deal", "place": None, "actors": frozenset(), "known_by": FRIDAY}
    undated = {**deal, "starts_on": None, "ends_on": None}
    matters = {"a": frozenset({"wage"}), "b": frozenset({"ferry"}), "c": frozenset()}
    known = {one: report(event_id=one, article_id=one, telling=matter, **undated) for one, matter in matters.items()}
    assert of(known, "abc") == of(known, "cba") == [["a"], ["b"], ["c"]]
    known["b"] = report(event_id="b", article_id="b", telling=frozenset({"wage", "pay"}), **undated)
    assert of(known, "abc") == [["a", "b", "c"]]


CAPTURE = {"event_type": "FIGHT", "trigger": "captured", "place": "teso", "is_done": True}
UNDATED = {"starts_on": None, "ends_on": None}


def test_the_capture_of_a_place_is_one_though_another_story_tells_it_without_its_day() -> None:
    dated = report(**CAPTURE)
    assert same_happening(dated, report(**CAPTURE, **UNDATED, story="s2", known_by=FRIDAY))
    assert not same_happening(dated, report(**CAPTURE, **UNDATED, story="s2", known_by=date(2019, 12, 1)))
    assert not same_happening(dated, report(**{**CAPTURE, **UNDATED, "is_done": False}, story="s2"))
    army = frozenset({"army"})
    assert not same_happening(dated, report(**CAPTURE, **UNDATED, story="s2", known_by=FRIDAY, actors=army))


@pytest.mark.parametrize(("year", "expected"), [(2019, [["a", "b", "c"]]), (2017, [["a"], ["b"], ["c"]])])
def test_a_capture_told_at_an_unknown_time_is_one_of_several_only_if_they_are_one(
    year: int, expected: list[list[str]]
) -> None:
    day = date(year, 9, 15)
    known = {
        "a": report(event_id="a", article_id="1", **CAPTURE),
        "b": report(event_id="b", article_id="2", story="s2", **CAPTURE, **UNDATED),
        "c": report(event_id="c", article_id="3", story="s3", **{**CAPTURE, "starts_on": day, "ends_on": day}),
    }
    assert of(known, "abc") == of(known, "cba") == expected


def words(**values: object) -> dict[str, object]:
    """A report of what was said, told without place and day in another article of the story."""
    return {"event_type": "ACCUSE", "trigger": "blamed", "place": None, **UNDATED, **values}


def test_what_one_says_often_is_one_act_only_where_the_matter_agrees() -> None:
    one = report(**words(telling=frozenset({"ventilator", "shortag"})))
    assert same_happening(one, report(article_id="b", **words(telling=frozenset({"shortag"}))))
    assert not same_happening(one, report(article_id="b", **words(telling=frozenset({"subsid"}))))
    assert not same_happening(one, report(article_id="b", **words()))
    of_lund = {"recipients": frozenset({"lund"})}
    assert same_happening(report(**words(**of_lund)), report(article_id="b", **words(**of_lund)))  # both sides agree


def test_two_men_whom_one_woman_dismissed_are_two_dismissals() -> None:
    dismissed = {"event_type": "SANCTION", "trigger": "fired", "place": None, "persons": frozenset({"lund", "odell"})}
    lund, odell = frozenset({"lund"}), frozenset({"odell"})
    assert not same_happening(
        report(recipients=lund, **dismissed), report(article_id="b", recipients=odell, **dismissed)
    )
    assert same_happening(report(recipients=lund, **dismissed), report(article_id="b", recipients=lund, **dismissed))
    assert same_happening(report(recipients=lund, **dismissed), report(article_id="b", **dismissed))


def test_her_meetings_with_two_men_are_two_whoever_is_told_first() -> None:
    met = {"event_type": "CONSULT", "trigger": "met", "place": None, "persons": frozenset({"front", "lund", "odell"})}
    with_lund = report(recipients=frozenset({"lund"}), **met)
    assert not same_happening(with_lund, report(article_id="b", recipients=frozenset({"odell"}), **met))
    of_odell = {"actors": frozenset({"odell"}), "recipients": frozenset({"lund"})}
    assert not same_happening(with_lund, report(article_id="b", **of_odell, **met))
    turned = {"actors": frozenset({"lund"}), "recipients": frozenset({"front"})}
    assert same_happening(with_lund, report(article_id="b", **turned, **met))


def test_whom_an_arrest_befell_makes_it_one_though_reports_name_others_who_made_it() -> None:
    arrested = {"event_type": "SANCTION", "trigger": "arrested", "place": None, "persons": frozenset({"lund"})}
    of_lund = {**arrested, "recipients": frozenset({"lund"})}
    one = report(actors=frozenset({"police"}), **of_lund)
    assert same_happening(one, report(article_id="b", actors=frozenset({"customs"}), **of_lund))


def test_a_tie_is_the_same_from_both_ends() -> None:
    known = [
        report(article_id=str(i), event_type=kind, trigger=trigger, recipients=recipients, story=story, telling=telling)
        for i, (kind, trigger, recipients, story, telling) in enumerate(
            itertools.product(
                ("CONSULT", "ACCUSE"), ("met", "blamed"), (frozenset(), frozenset({"lund"})), ("s1", None),
                (frozenset(), frozenset({"ferry"})),
            )
        )
    ]  # fmt: skip
    assert all(tie(one, other) == tie(other, one) for one, other in itertools.combinations(known, 2))


YEAR = {"starts_on": date(2019, 1, 1), "ends_on": date(2019, 12, 31)}


def test_in_2019_alone_does_not_make_a_deed_of_another_story_that_of_a_day() -> None:
    signed = {"event_type": "AGREE", "trigger": "signed", "place": None}
    law = frozenset({"fishery", "quota"})
    one = report(telling=law, **signed)
    assert not same_happening(one, report(story="s2", article_id="b", **signed, **YEAR))
    assert same_happening(one, report(story="s2", article_id="b", telling=law, **signed, **YEAR))
    killed = {"event_type": "ASSAULT", "trigger": "killed", "place": None, "actors": frozenset()}
    of_lund = {**killed, "recipients": frozenset({"lund"})}
    assert same_happening(report(**of_lund), report(story="s2", article_id="b", **of_lund, **YEAR))


def test_what_a_year_saw_in_a_place_is_one_only_where_more_agrees() -> None:
    killed = {"event_type": "ASSAULT", "trigger": "killed", "actors": frozenset()}
    far = {"story": "s2", "article_id": "b", **killed, **YEAR}
    assert not same_happening(report(**killed), report(**far))
    assert same_happening(
        report(telling=frozenset({"nightclub"}), **killed), report(telling=frozenset({"nightclub"}), **far)
    )


def test_the_deals_of_a_story_are_one_only_where_they_are_about_one_thing() -> None:
    deal = {
        "event_type": "AGREE",
        "trigger": "deal",
        "place": None,
        "actors": frozenset(),
        "known_by": FRIDAY,
        **UNDATED,
    }
    wage = report(telling=frozenset({"wage"}), **deal)
    assert same_happening(wage, report(article_id="b", **deal))
    assert not same_happening(wage, report(article_id="b", telling=frozenset({"ferry"}), **deal))


def test_what_a_clause_is_about_has_no_days_figures_parties_or_reporters() -> None:
    clause = "Speaking to reporters Thursday, Odell blamed 40 ferries for the shortage"
    about = telling(clause, ["blamed", "Odell"])
    assert {"shortag"} <= about
    assert about.isdisjoint({"reporter", "thursday", "odell", "blam", "40"})


def test_reports_of_one_happening_find_each_other_whatever_their_days_and_stories() -> None:
    spans = [
        (SATURDAY, SATURDAY), (SUNDAY, None), (date(2019, 8, 31), None), (date(2019, 9, 1), None),
        (date(2019, 1, 1), date(2019, 12, 31)), (date(2015, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), None),
        (None, None),
    ]  # fmt: skip
    told = [
        report(starts_on=first, ends_on=last, story=story, place=place, recipients=frozenset({"town"}), is_done=True)
        for (first, last), story, place in itertools.product(spans, ("s1", "s2"), ("dravets", None))
    ]
    tied = [(one, other) for one, other in itertools.permutations(told, 2) if same_happening(one, other)]
    assert len(tied) > len(told)
    for one, other in tied:
        assert search_keys(one) & index_keys(other), (one, other)


def test_what_a_party_did_in_other_years_is_not_looked_at() -> None:
    before = report(story="s2", place=None, starts_on=date(2018, 9, 14), ends_on=date(2018, 9, 14))
    assert not search_keys(report(place=None)) & index_keys(before)
    assert not search_keys(report(place=None, starts_on=None, ends_on=None)) & index_keys(before)


def test_what_a_story_tells_without_a_day_is_one_where_the_word_or_the_matter_is() -> None:
    def told(article: str, trigger: str, *matter: str) -> Report:
        return report(
            event_id=article, article_id=article, trigger=trigger, event_type="ACCUSE", place=None, starts_on=None,
            ends_on=None, actors=frozenset(), known_by=SUNDAY, is_done=True, telling=frozenset(matter),
        )  # fmt: skip

    charges = told("a", "charges")
    assert same_happening(charges, told("b", "charge"))
    assert not same_happening(charges, told("b", "indicted"))
    assert same_happening(told("a", "charges", "port"), told("b", "indicted", "port"))


def test_what_a_story_tells_without_a_day_and_weeks_apart_is_one_only_where_more_agrees() -> None:
    def told(article: str, day: date | None, *matter: str, **more: object) -> Report:
        known = {"event_type": "AGREE", "trigger": "offered", "place": None, "telling": frozenset(matter), **UNDATED}
        return report(event_id=article, article_id=article, told_on=day, **{**known, **more})

    december = date(2019, 12, 1)
    assert same_happening(told("a", SATURDAY), told("b", FRIDAY))
    assert same_happening(told("a", SATURDAY), told("b", None))
    assert not same_happening(told("a", SATURDAY), told("b", december))
    assert same_happening(told("a", SATURDAY, "wage"), told("b", december, "wage"))
    assert same_happening(told("a", SATURDAY), told("a", december))
    inquiry = {"event_type": "INVESTIGATE", "trigger": "inquiry"}
    assert same_happening(told("a", SATURDAY, **inquiry), told("b", december, **inquiry))
    both = {"recipients": frozenset({"union"})}
    assert same_happening(told("a", SATURDAY, **both), told("b", december, **both))


def test_what_parties_do_to_others_without_a_day_are_two_happenings() -> None:
    def told(article: str, recipient: str, *matter: str, **more: object) -> Report:
        known = {"event_type": "FIGHT", "trigger": "clashed", "place": None, "telling": frozenset(matter), **UNDATED}
        return report(event_id=article, article_id=article, recipients=frozenset({recipient}), **{**known, **more})

    assert not same_happening(told("a", "army"), told("b", "court"))
    assert same_happening(told("a", "army"), told("a", "court"))
    assert same_happening(told("a", "army"), told("b", "army"))
    assert same_happening(told("a", "army"), told("b", "body:court"))
    assert same_happening(told("a", "army", "ferry", "port"), told("b", "court", "ferry", "port"))
    killed = {"event_type": "ASSAULT", "trigger": "killed", "persons": frozenset({"brandl"})}
    by_others = told("b", "brandl", **killed, actors=frozenset({"guard"}))
    assert same_happening(told("a", "brandl", **killed), by_others)


def test_a_vote_told_without_a_day_is_the_one_of_another_day_only_where_the_matter_agrees() -> None:
    def told(article: str, day: date, *matter: str) -> Report:
        return report(
            event_id=article, article_id=article, event_type="AGREE", trigger="vote", place=None, actors=frozenset(),
            known_by=day, told_on=day, telling=frozenset(matter), **UNDATED,
        )  # fmt: skip

    assert same_happening(told("a", SATURDAY), told("b", SUNDAY))
    assert not same_happening(told("a", SATURDAY), told("b", FRIDAY))
    assert same_happening(told("a", SATURDAY, "wage"), told("b", FRIDAY, "wage"))


def test_the_same_troops_sent_as_help_and_readied_are_one_deployment() -> None:
    moved = {"trigger": "ready", "event_type": "MOBILIZE", "place": None, "starts_on": None, "ends_on": None}
    readied = report(**moved, forces=frozenset({300}), actors=frozenset())
    sent = report(**{**moved, "article_id": "b", "event_type": "AID", "trigger": "send"}, forces=frozenset({300}))
    assert same_happening(readied, sent)
    assert index_keys(readied) & search_keys(sent)
    assert not same_happening(readied, replace(sent, forces=frozenset({200})))
    assert not same_happening(readied, replace(sent, story="s2"))
    assert not same_happening(replace(readied, actors=frozenset({"larsen"})), replace(sent, actors=frozenset({"lund"})))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(14, 14), (14, 15), (1, 30)], [(14, 14)]),  # a day, the weekend, the month
        ([(14, 14), (15, 15), (9, 15)], [(14, 14), (15, 15)]),  # two days of one week: reports differ
        ([(14, 15), (8, 14)], [(8, 14), (14, 15)]),  # neither lies in the other
        ([(12, 28), (12, 12)], [(12, 12), (12, 28)]),  # a strike from one day to another
        ([(1, 30), (1, 30), (0, 0)], [(1, 30)]),
        ([(14, 0), (9, 15)], [(14, 14)]),  # of one day alone the last is not told
    ],
)
def test_a_week_or_a_month_counts_no_more_where_others_tell_the_day(told, expected) -> None:
    september = {n: date(2019, 9, n) if n else None for n in range(31)}
    spans = days_told({"starts_on": september[start], "ends_on": september[end]} for start, end in told)
    assert sorted((start.day, end.day) for start, end in spans) == expected
