"""Who stands for all that are decided alike: the answer is that of looking at everybody, in any batches."""

from __future__ import annotations

import random
from datetime import date

import pytest
from test_crowd import Published, Row, article, entity

from flows.judgements import ACTOR, DIFFERENT, NONE, SAME, Judgement, Judgements
from flows.resolve.state import State
from flows.resolve.versions import _neighbours

Names = tuple[tuple[str, str, str | None], ...]
KNOWN: Names = (  # name, kind and key where the lexicon knows it
    ("Marovia", "country", "Marovia"), ("Teso Union", "organisation", "Teso Union"),
    ("Union", "organisation", "Teso Union"), ("Union", "organisation", None), ("Teso Union", "organisation", None),
    ("Senate", "government", "Marovian Senate"), ("Senate", "government", None), ("Odell Senate", "government", None),
    ("Harlow Saints", "organisation", "Harlow Saints"), ("Saints", "organisation", None),
    ("Odell Police", "government", "Odell Police"), ("police", "group", None),
    ("Ada Brandl", "person", "Ada Brandl"), ("Adah Brandl", "person", None), ("Brandl", "person", None),
    ("Ada M. Brandl", "person", "Ada M. Brandl"), ("Otto Kostrel", "person", "Otto Kostrel"),
)  # fmt: skip
NOTED: Names = (  # bodies that no lexicon knows: what stories call for short, or as any of their kind
    ("Academy of Arts", "organisation", None), ("Academy of Arts and Letters", "organisation", None),
    ("Academy of Arts of Oslo", "organisation", None), ("Academy of Arts of Denver", "organisation", None),
    ("The Harlow Report", "media", None), ("THR", "media", None), ("Teso Health Review", "media", None),
    ("Odell Trade Commission", "organisation", None), ("Commission", "organisation", None),
    ("Lund Trade Commission", "organisation", None), ("Teso Navy", "armed_group", None),
    ("Royal Teso Navy", "armed_group", None), ("the Teso navy", "group", None), ("the navy", "group", None),
    ("Teso Union", "organisation", "Teso Union"), ("Teso Union", "organisation", None),
)  # fmt: skip


def known(seed: int, size: int = 20, pool: Names = KNOWN, in_story: int = 4) -> list[tuple[Row, list[Row]]]:
    """Articles that speak again and again of those of `pool`, and now and then of others so called."""
    chance = random.Random(seed)
    days = (date(2019, 1, 20), date(2019, 2, 10), date(2019, 6, 1), None)
    found = []
    for number in chance.sample(range(90), size):
        rows = []
        for place, (name, kind, key) in enumerate(chance.sample(pool, chance.choice((1, 2, 4)))):
            others = [other for other, also, of in pool if of and (also, of) == (kind, key) and chance.random() < 0.5]
            called = {} if kind == "group" else {"names": list(dict.fromkeys([name, *others]))}
            counts = (
                {"n_mentions": [2] * len(called.get("names", ()))} if called else {"names": None, "n_mentions": None}
            )
            rows.append(entity(name, number, place, kind, key=key, **{**called, **counts}))
        found.append((article(number, number // in_story, chance.choice(days)), rows))
    return found


RULED = Judgements(
    (
        Judgement(ACTOR, SAME, "Marovia", "Odell Senate"),
        Judgement(ACTOR, DIFFERENT, "Ada Brandl", "Adah Brandl"),
    )
)


@pytest.mark.parametrize("judgements", [NONE, RULED], ids=["nobody ruled", "ruled"])
@pytest.mark.parametrize("seed", [0, 2, 3])
def test_who_is_known_is_the_same_in_any_batches(seed: int, judgements: Judgements) -> None:
    articles = known(seed)
    at_once = Published(articles, judgements=judgements).told()
    chance = random.Random(seed)
    chance.shuffle(articles)
    batches = [articles[start : start + 3] for start in range(0, len(articles), 3)]
    assert Published(*batches, judgements=judgements).told() == at_once


@pytest.mark.parametrize("seed", range(4))
def test_who_bodies_are_is_the_same_in_any_batches_and_when_an_article_goes(seed: int) -> None:
    found = known(seed, 20, NOTED, 2 + seed)
    articles = [(one, [*rows, entity("Ada Brandl", int(one["article_id"][4:]), 9)]) for one, rows in found]
    random.Random(seed).shuffle(articles)
    batches = [articles[start : start + 3] for start in range(0, len(articles), 3)]
    published = Published(*batches)
    assert published.told() == Published(articles).told()
    published.forget(articles[-1])
    assert published.told() == Published(articles[:-1]).told()


def test_two_whom_one_article_tells_apart_stay_two_for_articles_that_name_one() -> None:
    ada, her_aunt = (("Ada Brandl", "Ada Brandl"), ("Ada M. Brandl", "Ada M. Brandl"))
    told = [(1, [ada]), (2, [her_aunt]), (5, [ada, her_aunt])]
    articles = [
        (article(n, n, date(2019, 1, n)), [entity(name, n, at, key=key) for at, (name, key) in enumerate(some)])
        for n, some in told
    ]
    published = Published(articles)
    published.publish([(article(9, 9, date(2019, 1, 9)), [entity("Ada Brandl", 9, key="Ada Brandl")])], NONE)
    assert published.actor("ent_090") == published.actor("ent_010") == published.actor("ent_050")
    assert published.actor("ent_020") == published.actor("ent_051") != published.actor("ent_010")


def test_who_went_along_with_a_judgement_comes_back_when_its_story_names_the_other() -> None:
    def union(name: str, number: int, story: int) -> tuple[Row, list[Row]]:
        body = entity(name, number, kind="organisation", key="Teso Union")
        return article(number, story, None), [body, entity("Otto Kostrel", number, 1)]

    articles = [union("TU", 0, 0), union("Teso Union", 1, 1), union("Union", 2, 2), union("TU", 3, 2)]
    ruled = Judgements((Judgement(ACTOR, DIFFERENT, "Union", "Teso Union"),))
    published = Published(articles, judgements=ruled)
    assert published.actor("ent_000") == published.actor("ent_010")
    assert published.actor("ent_030") == published.actor("ent_020") != published.actor("ent_010")
    published.publish([union("Teso Union", 9, 2)], ruled)
    assert published.actor("ent_030") == published.actor("ent_090") == published.actor("ent_010")


ADA = (
    ("Ada Brandl", "Ada Brandl"), ("Ada M. Brandl", "Ada M. Brandl"), ("Adah Brandl", "Adah Brandl"),
    ("Ada Maria Brandl", None),
)  # fmt: skip


@pytest.mark.parametrize("seed", [2, 33, 34])
def test_whom_articles_tell_apart_stays_apart_in_any_batches_and_when_an_article_goes(seed: int) -> None:
    chance = random.Random(seed)
    articles = [
        (article(n, n, date(2019, 1, n + 1)), [entity(name, n, at, key=key) for at, (name, key) in enumerate(some)])
        for n, some in ((n, chance.sample(ADA, chance.choice((1, 1, 2)))) for n in range(8))
    ]
    gone = articles.pop(chance.randrange(8))
    at_once = Published(articles).told()
    published = Published([*articles, gone])
    published.forget(gone)
    assert published.told() == at_once
    chance.shuffle(articles)
    assert Published(articles[:4], articles[4:5], articles[5:]).told() == at_once


def test_an_actor_that_is_gone_leads_to_the_one_that_has_its_members() -> None:
    """Also where who moved is now the first of an actor that somebody has left."""
    told = [(0, 0, "Brandl"), (10, 1, "Mira Brandl"), (20, 2, "Brandl"), (21, 2, "Mira Brandl")]
    published = Published([(article(n, story, None), [entity(name, n)]) for n, story, name in told])
    alone = published.actor("ent_000")
    more = [(90, 0, "Mira Brandl"), (91, 2, "Tomas Brandl")]
    before = published.publish([(article(n, story, None), [entity(name, n)]) for n, story, name in more], NONE)
    assert before["ent_000"] == alone != published.actor("ent_000") == published.actor("ent_100")


def test_the_next_of_those_decided_alike_stands_where_the_first_goes() -> None:
    of_marovia = [(article(n, n, None), [entity("Marovia", n, kind="country", key="Marovia")]) for n in (0, 1, 2)]
    state = State(Published(of_marovia).connection)
    assert _neighbours(state, "actor", {"art_00"}) == {"ent_010"}
    assert _neighbours(state, "actor", {"art_01"}) == {"ent_000"}


def test_whoever_stands_for_others_is_meant_by_what_a_story_calls_one_of_them_in_full() -> None:
    """The name in full has no number here: its article calls it "Commission" too, which any story may say."""
    published = Published([body(0, 0, "Harbour Watch"), body(1, 1, "Harbour Watch")])
    published.publish([body(2, 1, "Oslo Harbour Watch", "Commission")], NONE)
    assert published.actor("ent_000") == published.actor("ent_010") == published.actor("ent_020")


def test_a_group_that_a_judgement_speaks_of_stays_one_with_that_of_its_story() -> None:
    ruled = Judgements((Judgement(ACTOR, SAME, "Academy of Arts", "Teso Navy"),))
    nameless = {"names": [], "n_mentions": []}
    navy = [entity(name, 1, at, "group", **nameless) for at, name in enumerate(("the navy", "the Teso navy"))]
    published = Published([(article(1, 1, None), [*navy, entity("Ada Brandl", 1, 2)])], judgements=ruled)
    assert published.actor("ent_010") == published.actor("ent_011")
    published.publish([(article(2, 2, None), [entity("Ada Brandl", 2)])], ruled)
    assert published.actor("ent_010") == published.actor("ent_011")


def test_police_go_along_with_a_force_that_another_story_calls_otherwise() -> None:
    """The force's name elsewhere is what the group is described by here, where its story calls it by its letters."""

    def force(name: str, number: int) -> Row:
        return entity(name, number, 0, "organisation", key="NYPD")

    group = entity("new York police", 5, 1, "group", names=[], n_mentions=[])
    published = Published([(article(5, 1, None), [force("NYPD", 5), group, entity("Ada Brandl", 5, 2)])])
    published.publish([(article(0, 0, None), [force("New York Police", 0)])], NONE)
    assert published.actor("ent_051") == published.actor("ent_000") == published.actor("ent_050")


def body(number: int, story: int, *called: str) -> tuple[Row, list[Row]]:
    """An article on a body of these names, and on Ada Brandl."""
    row = entity(called[0], number, 0, "organisation", names=list(called), n_mentions=[1] * len(called))
    return article(number, story, None), [row, entity("Ada Brandl", number, 1)]


def test_what_a_story_calls_a_body_goes_with_that_body_where_its_actor_comes_apart() -> None:
    team = body(1, 1, "Oslo Saints", "Teso Watch")
    published = Published([body(0, 0, "Teso Watch"), team, body(2, 1, "Saints")])
    assert published.actor("ent_000") == published.actor("ent_010") == published.actor("ent_020")
    published.publish([body(3, 3, "Kostrel Dockers Forum", "Teso Watch")], NONE)
    assert published.actor("ent_000") != published.actor("ent_010") == published.actor("ent_020")


def test_what_a_story_calls_a_body_stays_with_it_where_a_judgement_keeps_it_apart() -> None:
    """The judgement takes out the watch of story 1, and with it the board that is called so, by its short name too."""
    ruled = Judgements((Judgement(ACTOR, DIFFERENT, "men_ent_010", "men_ent_020"),))
    board = body(3, 1, "Oslo Trade Commission", "Teso Watch")
    told = [body(0, 1, "Trade Commission"), body(1, 1, "Teso Watch"), body(2, 2, "Teso Watch"), board]
    published = Published(told, judgements=ruled)
    entities = ("ent_000", "ent_010", "ent_030", "ent_020")
    before = [published.actor(one) for one in entities]
    assert before[0] == before[1] == before[2] != before[3]
    published.publish([body(9, 9, "Kostrel Dockers Forum")], ruled)
    assert [published.actor(one) for one in entities] == before
