"""Who is one actor, who stays two, and who stays undecided."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import duckdb
import pytest

from flows.judgements import Judgement, Judgements
from flows.resolve.deciding import Decision, decide
from flows.resolve.judged import Rulings
from flows.resolve.members import Member
from flows.resolve.state import State
from flows.resolve.told import Told, best_name


def member(entity: str, name: str, kind: str = "person", story: str = "s1", **more: object) -> Member:
    values = {"key": None, "role": None, "article_id": f"art_{entity}", **more}
    names = values.pop("names", (name,))
    return Member(entity_id=entity, name=name, kind=kind, names=names, counts=(1,), story=story, **values)  # type: ignore[arg-type]


def together(decision: Decision, *entities: str) -> bool:
    return any(set(entities) <= set(cluster) for cluster in decision.clusters)


def test_transliterations_of_one_name_are_one_person() -> None:
    decision = decide([member("e1", "Gholam Rezvani"), member("e2", "Gholam Rizvani"), member("e3", "Golam Rezvani")])
    assert together(decision, "e1", "e2", "e3")


def test_a_misspelling_that_one_article_explains_joins_another_article() -> None:
    explained = member("e1", "Stefan Oruhzin", names=("Stefan Oruhzin", "Oruzhin"))
    assert together(decide([explained, member("e2", "Stefan Oruzhin")]), "e1", "e2")


def test_two_people_of_one_surname_stay_two() -> None:
    decision = decide([member("e1", "Maria Ferran"), member("e2", "Tomas Ferran")])
    assert not together(decision, "e1", "e2")


def test_a_bare_surname_goes_to_the_one_person_of_its_story() -> None:
    decision = decide([member("e1", "Maria Ferran"), member("e2", "Ferran"), member("e3", "Tomas Ferran", story="s2")])
    assert together(decision, "e1", "e2")
    assert not decision.candidates


def test_a_bare_surname_that_fits_two_people_of_its_story_stays_undecided() -> None:
    decision = decide([member("e1", "Maria Ferran"), member("e2", "Ferran"), member("e3", "Tomas Ferran")])
    assert decision.candidates == {"e2": ["e1", "e3"]}
    assert not any("e2" in cluster for cluster in decision.clusters)


def test_an_office_decides_between_two_of_a_story() -> None:
    decision = decide(
        [
            member("e1", "Maria Ferran", role="Foreign Minister"),
            member("e2", "Ferran", role="foreign minister"),
            member("e3", "Tomas Ferran", role="Colonel"),
        ]
    )
    assert together(decision, "e1", "e2")


def test_names_that_one_article_keeps_apart_stay_apart() -> None:
    decision = decide([member("e1", "Jan Koval", article_id="a"), member("e2", "Jan Petr Koval", article_id="a")])
    assert not together(decision, "e1", "e2")


def brandls(month: str | None) -> list[Member]:
    given = ("Teso", "Mira", "Odell", "Lund", "Anna", "Tomas", "Vera", "Karl", "Ilse", "Boris", "Clara", "Dmitri",
             "Edda", "Franz", "Greta", "Hugo", "Irene", "Jonas", "Katja", "Leopold", "Nadia", "Oskar")  # fmt: skip
    return [member(f"e{i:02}", f"{name} Brandl", story=f"s{i // 2}", month=month) for i, name in enumerate(given)]


def test_a_mention_is_left_open_between_the_people_of_its_story_else_a_score_of_its_time() -> None:
    people = brandls("2019-09")
    for order in (people, people[::-1]):
        (found,) = decide([*order, member("e99", "Brandl", story="s10")]).candidates.values()
        assert found == ["e20", "e21"]
        (found,) = decide([*order, member("e99", "Brandl", story="s99", month="2019-10")]).candidates.values()
        assert found == [f"e{i:02}" for i in range(20)]


@pytest.mark.parametrize(("named", "short"), [("2019-09", "2019-11"), ("2019-09", None), (None, None)])
def test_a_surname_means_nobody_of_other_stories_and_another_time_or_none(named: str | None, short: str | None) -> None:
    decision = decide([*brandls(named), member("e98", "Brandl", story="s99", month=short)])
    assert not decision.candidates
    assert ["e98"] in decision.clusters


def test_an_office_decides_between_people_of_other_stories_of_these_months() -> None:
    minister = member("e1", "Maria Ferran", role="Foreign Minister", story="s1", month="2019-12")
    others = [member(f"e{i}", f"{name} Ferran", story=f"s{i}", month="2020-01") for i, name in ((2, "Jan"), (3, "Ada"))]
    short = member("e4", "Ferran", role="foreign minister", story="s4", month="2020-01")
    assert together(decide([minister, *others, short]), "e1", "e4")
    assert not together(decide([minister, *others, replace(short, month="2020-02")]), "e1", "e4")


def test_a_canonical_name_joins_what_no_spelling_does() -> None:
    decision = decide(
        [
            member("e1", "ISIS", "armed_group", key="Islamic State"),
            member("e2", "Daesh", "armed_group", key="Islamic State"),
            member("e3", "Isis", "organisation", key="Islamic State"),
        ]
    )
    assert together(decision, "e1", "e2", "e3")


def test_a_bare_name_that_the_lexicon_knows_has_no_candidates() -> None:
    known = member("e1", "Ferran", key="Maria Ferran")
    others = [member("e2", "Maria Ferran", key="Maria Ferran"), member("e3", "Tomas Ferran")]
    decision = decide([known, *others])
    assert together(decision, "e1", "e2")
    assert not decision.candidates


def test_a_surname_that_was_read_as_an_organisation_is_the_person_of_its_story() -> None:
    person = member("e1", "Maria Ferran")
    assert together(decide([person, member("e2", "Ferran", "organisation")]), "e1", "e2")
    assert not together(decide([person, member("e2", "Ferran", "organisation", story="s2")]), "e1", "e2")


def test_an_acronym_joins_through_the_article_that_introduces_it() -> None:
    decision = decide(
        [
            member("e1", "Ardavian Relief Union", "organisation", names=("Ardavian Relief Union", "ARU")),
            member("e2", "ARU", "organisation"),
            member("e3", "the Ardavian Relief Union", "organisation"),
        ]
    )
    assert together(decision, "e1", "e2", "e3")


@pytest.mark.parametrize("kind", ["unnamed", "group"])
def test_the_unnamed_and_labels_are_never_joined(kind: str) -> None:
    decision = decide([member("e1", "officials", kind), member("e2", "officials", kind)])
    assert sorted(decision.clusters) == [["e1"], ["e2"]]


def test_a_bare_description_is_never_joined() -> None:
    decision = decide([member(f"e{i}", "group", "organisation", is_named=False) for i in range(2)])
    assert sorted(decision.clusters) == [["e0"], ["e1"]]


def test_the_order_of_members_changes_nothing() -> None:
    names = ["Maria Ferran", "M. Ferran", "Ferran", "Tomas Ferran", "Marya Ferran", "T. Ferran", "Ferran"]
    members = [member(f"e{i}", name, story=f"s{i % 2}") for i, name in enumerate(names)]
    expected = decide(members)
    for seed in range(20):
        random.Random(seed).shuffle(members)
        assert decide(members) == expected


def test_a_papers_site_is_the_paper_and_never_gives_it_its_name() -> None:
    paper = member("e1", "The Harbour Gazette", "media", article_id="a1")
    site = member("e2", "harbourgazette.example", "media", article_id="a2")
    assert together(decide([paper, site]), "e1", "e2")
    assert best_name(Told(called=Counter({paper.name: 1, site.name: 2}))) == "The Harbour Gazette"


def test_a_given_name_that_two_articles_use_makes_nobody_one() -> None:
    one = member("e1", "Paul Brandl", names=("Paul Brandl", "Paul"))
    other = member("e2", "Paul Kostrel", names=("Paul Kostrel", "Paul"))
    assert not together(decide([one, other]), "e1", "e2")


def test_a_son_is_not_the_father_whom_the_lexicon_knows() -> None:
    father = member("e1", "Donald Trump", key="Donald Trump")
    assert not together(decide([father, member("e2", "Donald Trump Jr.")]), "e1", "e2")
    assert together(decide([member("e3", "Ada Brandl"), member("e4", "Ada Brandl Sr.")]), "e3", "e4")


def body(entity: str, *names: str, key: str | None = None) -> Member:
    return member(entity, names[0], "organisation", names=names, key=key)


def test_bodies_that_their_articles_call_by_one_short_name_stay_two() -> None:
    fishers, teachers = body("e1", "Teso Fishers Forum", "TFF"), body("e2", "Teso Film Festival", "TFF")
    decision = decide([fishers, teachers, body("e3", "TFF")])
    assert not together(decision, "e1", "e2")
    assert not together(decision, "e1", "e3")
    assert together(decide([fishers, body("e3", "TFF")]), "e1", "e3")


def test_a_body_named_after_its_place_is_called_by_the_rest_of_its_name() -> None:
    falcons, short = body("e1", "Denver Falcons"), body("e2", "Falcons")
    assert together(decide([falcons, short]), "e1", "e2")
    assert together(decide([body("e1", "Mexico City Grey Falcons"), body("e2", "Grey Falcons")]), "e1", "e2")
    fans = body("e3", "Falcons fans", "Falcons")  # as an article may be misread
    assert together(decide([falcons, short, fans]), "e1", "e2", "e3")


def test_a_body_is_called_without_the_word_that_says_what_it_is() -> None:
    department, short = body("e1", "Odell Police Department"), body("e2", "Odell Police")
    assert together(decide([department, short]), "e1", "e2")
    assert not together(decide([department, short, body("e3", "Odell Police Network")]), "e1", "e2")


def test_a_short_name_of_two_bodies_with_places_is_neither() -> None:
    falcons, short, others = body("e1", "Denver Falcons"), body("e2", "Falcons"), body("e3", "Oslo Falcons")
    assert not together(decide([falcons, short, others]), "e1", "e2")
    elsewhere = [replace(one, story="s2") for one in (body("e4", "Falcons"), others)]
    assert not together(decide([falcons, short, *elsewhere]), "e1", "e2")  # e2 and e4 are called alike
    assert together(decide([falcons, short, *elsewhere[1:]]), "e1", "e2")


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Denver University", "University"),
        ("Kostrel Falcons", "Falcons"),
        ("Denver Falcons", "Denver"),
        ("Denver Fed", "Fed"),
        ("George Denver University", "Denver University"),
        ("Kostrel Harbour Committee", "Kostrel Harbour"),
        ("New York Bank", "New York"),
        ("Kostrel Bank", "Kostrel"),
    ],
)
def test_a_name_that_is_not_the_rest_behind_a_place_joins_nobody(long: str, short: str) -> None:
    assert not together(decide([body("e1", long), body("e2", short)]), "e1", "e2")


def test_a_body_that_the_lexicon_knows_is_none_of_a_place() -> None:
    known = replace(body("e2", "Falcons"), key="Falcons")
    assert not together(decide([body("e1", "Denver Falcons"), known]), "e1", "e2")


def test_a_short_name_means_nobody_of_other_stories() -> None:
    other = replace(body("e2", "Falcons"), story="s2")
    assert not together(decide([body("e1", "Denver Falcons"), other]), "e1", "e2")


def test_spellings_of_one_body_are_joined_by_its_short_name() -> None:
    short, long = body("e1", "Teso News Agency", "TNA"), body("e2", "Teso National News Agency", "TNA")
    assert together(decide([short, long, body("e3", "TNA")]), "e1", "e2", "e3")


def test_what_any_body_of_its_kind_is_called_means_the_one_of_its_story() -> None:
    court = body("e1", "Marovia Supreme Court", "Supreme Court")
    here, elsewhere = body("e2", "Supreme Court"), replace(body("e3", "Supreme Court"), story="s2")
    decision = decide([court, here, elsewhere])
    assert together(decision, "e1", "e2")
    assert not together(decision, "e1", "e3")
    banks = [body("e4", "Marovia Central Bank", "Central Bank"), body("e5", "Teso Central Bank", "Central Bank")]
    assert not together(decide([*banks, body("e6", "Central Bank")]), "e4", "e5")


def test_a_name_that_is_cut_at_and_is_the_body_of_its_story() -> None:
    whole, cut = body("e1", "Academy of Harbour Crafts and Letters"), body("e2", "Academy of Harbour Craft")
    assert together(decide([whole, cut]), "e1", "e2")
    assert not together(decide([whole, cut, body("e3", "Academy of Harbour Crafts and Pilots")]), "e1", "e2")
    assert not together(decide([whole, replace(cut, story="s2")]), "e1", "e2")


def test_a_body_is_called_without_of_its_place_and_in_the_singular() -> None:
    whole = body("e1", "Central Elections Commission of Denver")
    assert together(decide([whole, body("e2", "Central Election Commission")]), "e1", "e2")
    assert together(decide([whole, body("e2", "Central Commission for Elections")]), "e1", "e2")
    others = body("e3", "Central Elections Commission of Oslo")
    assert not together(decide([whole, body("e2", "Central Election Commission"), others]), "e1", "e2")


def test_an_acronym_is_the_only_body_of_its_story_with_these_initials() -> None:
    whole, short = body("e1", "Kostrel Harbour Committee"), body("e2", "KHC")
    assert together(decide([whole, short]), "e1", "e2")
    assert not together(decide([whole, body("e2", "Khc")]), "e1", "e2")
    assert not together(decide([whole, short, body("e3", "Kostrel Health Council")]), "e1", "e2")
    assert not together(decide([whole, replace(short, story="s2")]), "e1", "e2")


def test_a_medium_goes_by_its_initials_with_those_of_its_article() -> None:
    whole, short = member("e1", "Kostrel Reporter", "media"), body("e2", "TKR")
    assert together(decide([whole, short]), "e1", "e2")
    assert together(decide([member("e1", "Kostrel Harbour Reporter", "media"), body("e2", "KHR")]), "e1", "e2")
    assert not together(decide([whole, body("e2", "KR")]), "e1", "e2")
    assert not together(decide([body("e1", "Kostrel Reporters"), short]), "e1", "e2")
    assert not together(decide([whole, short, member("e3", "Kostrel Review", "media")]), "e1", "e2")


def test_a_ship_goes_by_its_name_without_its_prefix() -> None:
    whole, short = body("e1", "INS Kostrel"), body("e2", "Kostrel")
    assert together(decide([whole, short]), "e1", "e2")
    assert not together(decide([whole, short, body("e3", "USS Kostrel")]), "e1", "e2")
    assert not together(decide([whole, replace(short, story="s2")]), "e1", "e2")


def test_a_body_is_called_without_its_country_in_its_story() -> None:
    navy, short = body("e1", "Indian Navy"), body("e2", "Navy")
    assert together(decide([navy, short]), "e1", "e2")
    assert together(decide([body("e1", "U.S. Harbour Warden"), body("e2", "Harbour Warden")]), "e1", "e2")
    assert not together(decide([navy, short, body("e3", "Italian Navy")]), "e1", "e2")
    assert not together(decide([navy, replace(short, story="s2")]), "e1", "e2")


def test_two_whom_the_lexicon_knows_apart_are_not_joined_by_their_surname() -> None:
    father = member("e1", "George H.W. Bush", key="George H.W. Bush", names=("George H.W. Bush", "Bush"))
    son = member("e2", "George W. Bush", key="George W. Bush", names=("George W. Bush", "Bush"))
    assert not together(decide([father, son]), "e1", "e2")


def test_ben_is_a_given_name_in_front_and_a_particle_behind_one() -> None:
    stories = [member(f"e{n}", "Ben Kostrel", story=f"s{n}") for n in (1, 2)]
    assert together(decide(stories), "e1", "e2")
    assert together(decide([member("e1", "Sami Ben Odra"), member("e2", "Ben Odra")]), "e1", "e2")
    assert not together(decide([member("e1", "Ben Kostrel"), member("e2", "Mira Kostrel")]), "e1", "e2")


def test_a_name_that_runs_on_is_found_by_the_given_name_that_both_articles_use() -> None:
    headline = member("e1", "Mira Kostrel Leaves", names=("Mira Kostrel Leaves", "Mira"))
    assert together(decide([headline, member("e2", "Mira Kostrel", names=("Mira Kostrel", "Mira"))]), "e1", "e2")


def test_a_given_name_alone_is_the_one_person_of_its_story_who_bears_it() -> None:
    one, bare = member("e1", "Mira Kostrel", names=("Mira Kostrel", "Mira")), member("e2", "Mira")
    other = member("e3", "Mira Odell", names=("Mira Odell", "Mira"))
    assert together(decide([one, bare]), "e1", "e2")
    assert not together(decide([one, replace(bare, story="s2")]), "e1", "e2")
    assert not together(decide([one, bare, other]), "e1", "e2")


def test_a_middle_initial_is_no_given_name() -> None:
    assert not together(decide([member("e1", "Mira Brandl"), member("e2", "Franz M. Brandl")]), "e1", "e2")
    assert together(decide([member("e1", "Franz Brandl"), member("e2", "Franz M. Brandl")]), "e1", "e2")


def test_an_actor_goes_by_the_full_name_that_is_in_use() -> None:
    used = Counter({"Brandl": 20, "Mira Brandl": 9, "CLOSE Mira Brandl": 1})
    called = Counter({"Mira Brandl": 9, "CLOSE Mira Brandl": 21})
    assert best_name(Told(kind=Counter(person=2), called=called, used=used)) == "Mira Brandl"


def test_a_body_goes_by_what_its_letters_stand_for_and_not_by_a_slip() -> None:
    body = Counter(organisation=2)
    letters = Counter({"HFI": 30, "Harbour Fisheries Inspectorate": 1})
    assert best_name(Told(kind=body, called=letters, used=letters)) == "Harbour Fisheries Inspectorate"
    slip = Counter({"Kostrelcare": 30, "Kostrelcare Teso": 1})
    assert best_name(Told(kind=body, called=slip, used=slip)) == "Kostrelcare"


def test_judgements_mean_persons_without_title_and_bodies_with_what_could_be_one() -> None:
    """So that what a judgement touches is the same whether it or the articles came first."""
    said = Judgement("actor", "same", "Justice Ministry", "President Brandl")
    rulings = Rulings(State(duckdb.connect()), Judgements((said,)))
    row = {"entity_id": "e", "names": []}
    assert list(rulings.keys({**row, "name": "the Justice Ministry", "kind": "government"}))
    assert not list(rulings.keys({**row, "name": "State Ministry", "kind": "government"}))
    assert list(rulings.keys({**row, "name": "Brandl", "kind": "person"}))
