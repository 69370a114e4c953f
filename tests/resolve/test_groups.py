"""Which labels of several people mean one group in the articles of a story."""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows import ledger
from flows.clean import clean_all
from flows.extract.frames import frames
from flows.extract.reading import Reading, read
from flows.ingest import find
from flows.ingest import read as read_files
from flows.publish import Store
from flows.records import Document
from flows.resolve import resolve
from flows.resolve.deciding import decide_named, short_keys
from flows.resolve.grouping import Involved, Told, join
from flows.resolve.groups import Owned, is_new, label_of
from flows.resolve.members import Member
from flows.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

RUN = ledger.Run("run_test", datetime(2026, 1, 1, tzinfo=UTC), "test", ())


def joined(*labels: str, stories: str = "", articles: str = "abcdefghij", parts: str = "") -> list[list[int]]:
    """The places of the labels that come to one group.

    `stories` and `articles` have a letter for each label, `parts` one for the happening that befell the group.
    """
    told = {
        str(i): Told(stories[i : i + 1], articles[i], label, involved(text, parts[i : i + 1]))
        for i, text in enumerate(labels)
        if (label := label_of([text]))
    }
    return [[int(i) for i in group] for group in join(told)]


def involved(text: str, happening: str) -> Involved:
    return Involved(frozenset({(happening, "recipient")} if happening.strip() else ()), is_new(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two nurses", "the nurses"),
        ("two nurses", "2 nurses"),
        ("two women", "both women"),
        ("the two Marovian nurses", "two nurses"),
        ("at least 30 miners", "30 miners"),
        ("ten people", "10 people"),
        ("police", "the police"),
        ("the ministry", "ministry"),
        ("the ship's crew", "the crew"),
        ("hundreds of marchers", "the marchers"),
    ],
)
def test_one_group(one: str, other: str) -> None:
    assert joined(one, other) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two nurses", "three nurses"),
        ("northern miners", "southern miners"),
        ("Iraqi soldiers", "Iranian soldiers"),
        ("the nurses", "the doctors' union"),
        ("the hospital", "the hospitals"),
        ("Calder police", "Teso police"),
    ],
)
def test_two_groups(one: str, other: str) -> None:
    assert joined(one, other) == [[0], [1]]


@pytest.mark.parametrize(
    "label",
    [
        "officials", "Calder officials", "witnesses", "analysts", "sources", "critics", "people",
        "young people", "the public", "some miners", "other miners", "many nurses", "most of them", "others",
        "her family", "our soldiers", "a hospital", "everybody",
    ],
)  # fmt: skip
def test_labels_that_name_no_group_that_a_story_shares(label: str) -> None:
    assert label_of([label]) is None


@pytest.mark.parametrize("label", ["two", "two officials", "the two others"])
def test_a_number_alone_joins_nobody(label: str) -> None:
    assert joined(label, label) == [[0], [1]]


def test_a_number_or_another_is_no_number() -> None:
    assert label_of(["three or four robbers"]) == label_of(["robbers"])
    assert joined("three or four robbers", "four robbers") == [[0, 1]]


def test_what_only_hedges_tells_no_group_from_another() -> None:
    assert joined("suspected Somali pirates", "two Somali pirates", "so-called pirates") == [[0, 1, 2]]


def test_police_alone_are_the_countrys_and_not_the_riot_police() -> None:
    assert joined("Italian police", "riot police", "police") == [[0, 2], [1]]
    assert joined("Italian police", "French police", "police") == [[0], [1], [2]]
    assert joined("Italian miners", "young miners", "miners") == [[0], [1], [2]]


def test_police_alone_are_not_as_many_as_a_number_says() -> None:
    assert joined("Italian police", "riot police", "1,200 police", "police") == [[0, 3], [1], [2]]


def test_a_noun_alone_is_of_the_group_that_most_articles_tell_of() -> None:
    labels = ("federal agents", "federal agents", "federal agents", "secret agents", "agents")
    assert joined(*labels) == [[0, 1, 2, 4], [3]]
    assert joined(*labels[1:]) == [[0, 1], [2], [3]]
    assert joined(*labels, articles="aaabc") == [[0, 1, 2], [3], [4]]
    assert joined(*(label.replace("federal", "nine federal") for label in labels)) == [[0, 1, 2], [3], [4]]


def test_a_label_of_several_groups_goes_with_the_one_of_its_number() -> None:
    assert joined("nine Marovian thieves", "young thieves", "nine thieves") == [[0, 2], [1]]
    assert joined("nine Marovian thieves", "nine young thieves", "nine thieves") == [[0, 1, 2]]
    assert joined("two Marovian thieves", "two young thieves") == [[0], [1]]
    assert joined("nine Iraqi thieves", "nine Iranian thieves") == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("three people", "three bank workers"),
        ("two others", "two managers"),
        ("Three", "three miners"),
        ("two officers", "two cops"),
        ("two lawyers", "two attorneys"),
        ("two adults", "two victims"),
        ("40 people", "40 miners"),
        ("six suspects", "six pirates"),
    ],
)
def test_as_many_whom_the_same_befell(one: str, other: str) -> None:
    assert joined(one, other, parts="kk") == [[0, 1]]
    assert joined(one, other, parts="kh") == [[0], [1]]
    assert joined(one, other, parts="kk", stories="ab") == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two women", "three women"),
        ("two women", "two men"),
        ("two Iraqi clerks", "two Iranian women"),
        ("200 people", "200 miners"),
        ("women", "two clerks"),
        ("one woman", "one clerk"),
        ("four soldiers", "four rebels"),
        ("two gunmen", "two hostages"),
        ("twelve police officers", "twelve marchers"),
        ("twelve police officers", "twelve army nurses"),
        ("five journalists", "five robbers"),
        ("two men", "two girls"),
        ("two men", "two boys"),
        ("two children", "two adults"),
        ("two gunmen", "two victims"),
        ("two suspects", "two officers"),
    ],
)
def test_others_whom_the_same_befell(one: str, other: str) -> None:
    assert [0, 1] not in joined(one, other, parts="kk")


def test_two_of_one_number_that_an_article_tells_apart() -> None:
    assert joined("two clerks", "two women", parts="kk", articles="aa") == [[0], [1]]
    assert joined("two clerks", "the two women", parts="kk", articles="aa") == [[0, 1]]
    assert joined("two clerks", "two women", "two clerks", parts="kk ", articles="aba") == [[0, 1, 2]]
    assert joined("two clerks", "two women", "two clerks", parts="k  k", articles="abb") == [[0, 2], [1]]


def test_people_and_bodies_whom_the_same_befell() -> None:
    labels = [label_of([text]) for text in ("three clerks", "three firms")]
    told = {
        str(i): Told("s", "ab"[i], label, involved("three clerks", "k"), kind)
        for i, (label, kind) in enumerate(zip(labels, ("group", "organisation"), strict=True))
        if label
    }
    assert join(told) == [["0"], ["1"]]


def test_one_of_a_number_that_may_be_either_of_two() -> None:
    assert joined("two women", "two men", "two people", parts="kkk", articles="aab") == [[0], [1], [2]]


def test_two_groups_of_which_each_article_tells_are_two() -> None:
    labels = ("two nurses", "two people", "two nurses", "two people")
    assert joined(*labels, parts="kkkk", articles="aabb") == [[0, 2], [1, 3]]
    assert joined("two clerks", "two women", "two clerks", parts="kkk", articles="aab") == [[0, 2], [1]]


def test_others_are_none_of_whom_their_article_counts_before() -> None:
    assert joined("Two", "two others", parts="kk", articles="aa") == [[0], [1]]
    assert joined("Two", "two others", parts="kk", articles="ab") == [[0, 1]]


def test_whom_an_article_only_counts_it_may_call_something_later() -> None:
    labels = ("two others", "two managers", "two men", "two men")
    assert joined(*labels, parts="kk k", articles="abac") == [[0, 1, 2, 3]]
    assert joined(*labels, parts="kkhk", articles="abac") == [[0], [1], [2, 3]]


def test_words_of_one_sort_come_before_those_for_anybody() -> None:
    assert joined("two former bosses", "two managers", "two men", "two teachers", parts="kkkk") == [[0, 1], [2], [3]]


def story_of(n: int) -> dict[str, Told]:
    """The groups of `n` articles, all of which tell of the same two."""
    told = {}
    for i in range(n):
        for text in ("Two", "two others", "two officials", "two nurses"):
            label = label_of([text])
            assert label
            told[f"{i:04}{text}"] = Told("s", str(i), label, involved(text, "k"))
    return told


def calls(decide: Callable[[], object]) -> int:
    """How many functions of Python are called."""
    found = 0

    def count(_frame: object, event: str, _value: object) -> None:
        nonlocal found
        found += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        decide()
    finally:
        sys.setprofile(before)
    return found


def test_a_story_of_twice_the_articles_takes_twice_the_work() -> None:
    assert calls(lambda: join(story_of(80))) < 3 * calls(lambda: join(story_of(40)))


def test_copies_of_twice_the_articles_take_twice_the_work() -> None:
    some, more = ([nameless(f"{i:04}", "two officials", str(i), str(i + 1)) for i in range(n)] for n in (40, 80))
    assert calls(lambda: decide_named(more)) < 3 * calls(lambda: decide_named(some))


def test_who_speaks_is_not_told_by_what_he_does() -> None:
    does = Involved(frozenset({("visit", "actor")}))
    labels = [label_of([text]) for text in ("two diplomats", "two officials")]
    told = {str(i): Told("s", "ab"[i], label, does) for i, label in enumerate(labels) if label}
    assert len(told) == 2
    assert join(told) == [["0"], ["1"]]


def test_other_stories_have_other_groups() -> None:
    assert joined("police", "police", stories="ab") == [[0], [1]]


def test_a_bare_label_goes_with_the_only_group_of_its_story() -> None:
    assert joined("northern miners", "miners", "the miners") == [[0, 1, 2]]


def test_a_bare_label_that_fits_two_groups_joins_neither() -> None:
    assert joined("two nurses", "three nurses", "nurses", "the nurses") == [[0], [1], [2, 3]]


def test_an_article_tells_more_of_a_group_as_it_goes_on() -> None:
    label = label_of(["a hospital", "nurses", "the two nurses", "the Marovian nurses"])
    assert label == label_of(["two Marovian nurses"])


def test_the_order_of_labels_changes_nothing() -> None:
    miners = ["miners", "two miners", "three miners", "northern miners", "the two northern miners", "young miners"]
    labels = [*miners, "two clerks", "two", "two others", "9 young thieves", "9 thieves", "nine thieves", "pirates"]
    labels += ["police", "cops", "Odell cops", "policemen", "raiders", "robbers"]
    members = {
        str(i): Told("s", "ab"[i % 2], label, involved(text, "k"))
        for i, text in enumerate(labels)
        if (label := label_of([text]))
    }
    expected = join(members)
    for seed in range(20):
        shuffled = list(members.items())
        random.Random(seed).shuffle(shuffled)
        assert join(dict(shuffled)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the police", "cops"),
        ("Odell police", "Odell police officers"),
        ("nine policemen", "nine police officers"),
        ("protesters", "the marchers"),
        ("four robbers", "the four thieves"),
        ("the ram-raiders", "thieves"),
        ("cyber-criminals", "hackers"),
        ("fire crews", "the firefighters"),
        ("harbour workers", "the harbour employees"),
        ("40 migrants", "the 40 immigrants"),
    ],
)
def test_two_words_for_one_sort_of_people(one: str, other: str) -> None:
    assert joined(one, other) == joined(other, one) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("police", "army officers"),
        ("police officers", "the officer"),
        ("Odell police", "Teso cops"),
        ("riot police", "cops"),
        ("four robbers", "five thieves"),
        ("four robbers", "thieves"),
        ("workers", "employees"),
        ("migrants", "immigrants"),
        ("the attackers", "the officials"),
    ],
)
def test_words_that_may_be_of_two_groups(one: str, other: str) -> None:
    assert [0, 1] not in joined(one, other)


def test_an_article_that_tells_of_both_tells_them_apart() -> None:
    assert joined("police", "cops", "cops", articles="abb") == [[0, 1, 2]]
    assert joined("police", "cops", "cops", articles="aba") == [[0], [1, 2]]


def test_a_word_for_several_sorts_is_of_the_one_that_its_story_has() -> None:
    assert joined("hackers", "attackers") == [[0, 1]]
    assert joined("gunmen", "attackers", "the assailants") == [[0, 1, 2]]
    assert joined("hackers", "gunmen", "attackers") == [[0], [1], [2]]


def test_two_heads_of_a_third_are_one_sort() -> None:
    assert joined("hackers", "attackers", "gunmen", stories="aab") == [[0, 1], [2]]
    assert joined("police", "policemen", "cops") == [[0, 1, 2]]


STRIKE = [
    {
        "id": "one", "title": "Nurses end strike at Kostrel hospital", "published_on": "2024-03-05",
        "text": "KOSTREL — Two nurses who chained themselves to the gates of the Kostrel children's hospital ended "
        "their strike on Monday. The nurses had asked for longer breaks. Officials said the hospital would open its "
        "wards on Tuesday. Nobody was hurt when police cut the chains.",
    },
    {
        "id": "two", "title": "Kostrel hospital strike ends after chains are cut", "published_on": "2024-03-05",
        "text": "The strike at the Kostrel children's hospital is over. Police cut the chains with which two nurses "
        "had bound themselves to its gates on Monday. Officials said the wards would open again. The nurses want "
        "longer breaks.",
    },
]  # fmt: skip
HARVEST = {
    "id": "two", "title": "Odell growers count the frost damage", "published_on": "2024-03-09",
    "text": "The frost that fell on the Odell valley killed half of the apricot blossom, growers said. Two nurses were "
    "among the volunteers who lit fires between the trees.",
}  # fmt: skip


def readings(nlp: Language, folder: Path, *articles: dict[str, str]) -> list[Reading]:
    (folder / "articles.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles))
    settings = load(home=folder / "home")
    documents = read_files(find([str(folder / "articles.jsonl")], settings), settings)
    cleaned, _ = clean_all([one for one in documents if isinstance(one, Document)])
    return list(read(cleaned, nlp))


def publish(store: Store, *batches: list[Reading]) -> dict[str, str | None]:
    """Publish the batches one by one; where the ids lead that the last one made vanish."""
    leads: dict[str, str | None] = {}
    with store.writing() as writer:
        for batch in batches:
            rows = frames(batch, RUN.run_id, RUN.now, RUN.pipeline_version)
            resolved = resolve(writer.connection, rows)
            writer.publish(resolved.changes)
            leads = dict(resolved.redirects)
    return leads


def actors_of(store: Store, *texts: str) -> dict[str, list[str]]:
    """The actors that live articles call by each text, one for each article."""
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT DISTINCT lower(text), actor_id, article_id FROM mentions ORDER BY ALL"
        ).fetchall()
    return {text: [actor for called, actor, _ in rows if called == text] for text in texts}


@pytest.mark.model
def test_the_articles_of_a_story_share_their_groups(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, readings(nlp, tmp_path, *STRIKE))
    found = actors_of(store, "two nurses", "officials")
    assert len(found["two nurses"]) == 2
    assert len(set(found["two nurses"])) == 1
    assert len(set(found["officials"])) == 2  # each article may have asked others
    with store.reading() as connection:
        (row,) = connection.execute(
            "SELECT n_articles, basis FROM actors JOIN actor_names USING (actor_id) "
            "WHERE actor_names.name = 'two nurses' AND actor_id = ?",
            found["two nurses"][:1],
        ).fetchall()
    assert row == (2, "label")


@pytest.mark.model
def test_an_article_that_leaves_the_story_leaves_its_groups(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    before, after = readings(nlp, tmp_path, *STRIKE), readings(nlp, tmp_path, HARVEST)
    publish(store, before)
    shared = actors_of(store, "two nurses")["two nurses"][0]
    leads = publish(store, after)
    now = actors_of(store, "two nurses")["two nurses"]
    assert len(set(now)) == 2
    assert shared in now or leads[shared] in now
    fresh = Store(tmp_path / "fresh.duckdb")
    publish(fresh, readings(nlp, tmp_path, STRIKE[0]), after)
    assert actors_of(fresh, "two nurses")["two nurses"] == now


def joined_as_owned(*called: tuple[str, str]) -> list[list[int]]:
    """The places of labels that come to one group, each a nominal without its owner, and the owner's name."""
    told = {}
    for i, (text, owner) in enumerate(called):
        label = label_of([text], {text: Owned(text, frozenset(owner.split()))} if owner else {})
        assert label is not None
        told[str(i)] = Told("s", f"a{i}", label)
    return [[int(i) for i in group] for group in join(told)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("family", "emma larsen"), ("family", "larsen")),
        (("supporters", "larsen"), ("young supporters", "larsen")),
        (("people", "larsen"), ("people", "larsen")),
        (("administration", "larsen"), ("the administration", "")),
        (("legal team", "larsen"), ("the larsen team", "")),
        (("teammates", "larsen"), ("the larsen teammates", "")),
    ],
)
def test_one_group_of_one_owner(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert joined_as_owned(one, other) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("family", "emma larsen"), ("family", "ivo larsen")),
        (("family", "larsen"), ("family", "odell")),
        (("customers", "odell"), ("the customers", "")),
        (("former school", "larsen"), ("the school", "")),
        (("young sons", "larsen"), ("grown sons", "larsen")),
        (("team", "larsen"), ("the odell team", "")),
    ],
)
def test_groups_of_two_owners(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert joined_as_owned(one, other) == [[0], [1]]


def test_a_family_that_may_be_of_two_of_one_surname() -> None:
    labels = [("family", "emma larsen"), ("family", "ivo larsen"), ("family", "larsen")]
    assert joined_as_owned(*labels) == [[0], [1], [2]]


TRIAL = [
    {
        "id": "seven", "title": "Emma Larsen cleared by Kostrel court", "published_on": "2024-07-02",
        "text": "KOSTREL — A court in Kostrel cleared the sculptor Emma Larsen of fraud on Monday. Her family wept in "
        "the court. Larsen said that she would go back to Odell, where all her neighbours waited.",
    },
    {
        "id": "eight", "title": "Kostrel court clears sculptor Emma Larsen", "published_on": "2024-07-02",
        "text": "KOSTREL — The sculptor Emma Larsen is free: a court in Kostrel cleared her of fraud on Monday. "
        "Friends of the judge thanked their families. Ms. Larsen's family wept when the court rose. Her neighbours "
        "cheered.",
    },
]  # fmt: skip


@pytest.mark.model
def test_the_articles_of_a_story_share_whose_family_it_is(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, readings(nlp, tmp_path, *TRIAL))
    found = actors_of(store, "her family", "ms. larsen's family", "larsen's family", "their families")
    neighbours = actors_of(store, "all her neighbours", "her neighbours")
    assert neighbours["all her neighbours"] == neighbours["her neighbours"] != []
    (family,) = found["her family"]
    assert family in [*found["ms. larsen's family"], *found["larsen's family"]]
    assert family not in found["their families"]


COPIED = (
    "Officials in the valley said that the bridge at Odell had been closed to lorries since the flood of last spring. "
    "A climber said that he had seen the cracks in its piers, and some residents had asked the council for a ferry."
)
BRIDGE = [
    {
        "id": "nine", "title": "Odell bridge falls into the river", "published_on": "2024-08-06",
        "text": f"ODELL — The bridge at Odell fell into the river on Monday. {COPIED} It had stood since 1931.",
    },
    {
        "id": "ten", "title": "Odell bridge falls", "published_on": "2024-08-06",
        "text": f"ODELL — The old bridge at Odell fell into the river on Monday. {COPIED} Nobody was on the bridge.",
    },
    {
        "id": "eleven", "title": "Bridge at Odell falls into the river", "published_on": "2024-08-06",
        "text": "ODELL — The bridge at Odell fell into the river on Monday after the flood. Officials said that they "
        "did not know why the bridge had not been repaired, and some residents wept.",
    },
]  # fmt: skip


@pytest.mark.model
def test_copied_text_tells_of_the_same_groups(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, readings(nlp, tmp_path, *BRIDGE))
    found = actors_of(store, "officials", "some residents", "a climber")
    assert [len(found[text]) for text in found] == [3, 3, 2]
    assert len(set(found["officials"])) == len(set(found["some residents"])) == 2  # the third article's are others
    assert len(set(found["a climber"])) == 2  # a person without a name is one of his article alone
    for order in (BRIDGE, BRIDGE[::-1]):
        fresh = Store(tmp_path / f"{order[0]['id']}.duckdb")
        publish(fresh, *([one] for one in readings(nlp, tmp_path, *order)))
        assert actors_of(fresh, *found) == found


def nameless(entity_id: str, text: str, *copied: str) -> Member:
    label = label_of([text])
    row = (entity_id, f"art_{entity_id}", text, "group", (), (), None, None, "sto_1")
    return Member(*row, is_named=False, label=label, copied=frozenset(copied))


def test_copied_words_join_no_groups_that_labels_tell_apart() -> None:
    police = [nameless("1", "Odell police"), nameless("2", "the police", "a"), nameless("3", "Teso police", "a", "b")]
    assert decide_named([*police, nameless("4", "officials", "b")]) == [["1"], ["2", "3", "4"]]
    police += [nameless("5", "nine police", "c"), nameless("6", "ten police", "c", "d")]
    assert decide_named([*police[3:], nameless("4", "officials", "d"), nameless("7", "some residents", "e")]) == [
        ["4"], ["5"], ["6"], ["7"],
    ]  # fmt: skip
    assert decide_named([nameless("1", "officials", "a"), nameless("2", "officials", "a")]) == [["1", "2"]]


@pytest.mark.model
def test_copied_text_of_another_story_tells_nothing(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    elsewhere = {
        "id": "ten", "title": "Kostrel handball final", "published_on": "2025-11-06",
        "text": f"KOSTREL — The Kostrel Falcons beat Oslo in the handball final on Monday, 31-28. {COPIED} Emma Larsen "
        "scored eleven goals in the handball final and was given the handball cup by the referee. The handball players "
        "of Oslo had won the handball cup in each of the last nine years, and Larsen the handball league with Kostrel.",
    }  # fmt: skip
    publish(store, readings(nlp, tmp_path, BRIDGE[0], elsewhere))
    with store.reading() as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT story_id) FROM articles").fetchall() == [(2, 2)]
        assert connection.execute("SELECT count(*) > 0 FROM passages").fetchall() == [(True,)]
    assert len(set(actors_of(store, "officials")["officials"])) == 2


FIRE = [
    {
        "id": "five", "title": "Three Dead In Kostrel Ferry Fire", "published_on": "2024-06-03",
        "text": "Three Dead In Kostrel Ferry Fire\n\nKOSTREL — Three people were killed on Sunday when a fire broke "
        "out on the Kostrel ferry, police said. Two passengers were injured. The fire on the ferry burnt for an hour.",
    },
    {
        "id": "six", "title": "Kostrel ferry burns for an hour", "published_on": "2024-06-03",
        "text": "KOSTREL — A fire on the Kostrel ferry killed three sailors on Sunday, police said. The ferry burnt "
        "for an hour. Two other people were injured in the fire.",
    },
]  # fmt: skip


@pytest.mark.model
def test_the_articles_of_a_story_share_those_whom_the_same_befell(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, readings(nlp, tmp_path, *FIRE))
    found = actors_of(store, "three people", "three sailors", "two passengers", "two other people")
    assert all(found.values())
    assert found["three people"] == found["three sailors"] != found["two passengers"] == found["two other people"]
    for order in (FIRE, FIRE[::-1]):
        fresh = Store(tmp_path / f"{order[0]['id']}.duckdb")
        publish(fresh, *([one] for one in readings(nlp, tmp_path, *order)))
        assert actors_of(fresh, *found) == found


def test_men_of_a_calling_are_a_group_of_them() -> None:
    assert joined("nine policemen", "the policemen") == [[0, 1]]
    label = label_of(["nine fishermen"])
    assert label is not None
    assert (label.head, label.is_plural) == ("fisherman", True)


DERBY = [
    {
        "id": "three", "title": "Denver Falcons beat Oslo in handball final", "published_on": "2024-05-11",
        "text": "DENVER — The Denver Falcons beat Oslo 31-28 on Saturday in the final of the handball cup at the "
        "Kostrel arena. Emma Larsen scored eleven goals in the handball final.",
    },
    {
        "id": "four", "title": "Handball final: Emma Larsen scores eleven goals", "published_on": "2024-05-11",
        "text": "Emma Larsen scored eleven goals on Saturday as the Falcons beat Oslo 31-28 in the final of the "
        "handball cup at the Kostrel arena in Denver. The Falcons had lost the last handball final.",
    },
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_body_is_called_by_its_short_name_in_another_article(
    nlp: Language, tmp_path: Path, order: tuple[int, int]
) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, *(readings(nlp, tmp_path, DERBY[one]) for one in order))
    found = actors_of(store, "denver falcons", "falcons")
    assert len({*found["denver falcons"], *found["falcons"]}) == 1
    assert found["falcons"]


FERRY = [
    {
        "id": "five", "title": "Coastguards board ferry off Teso", "published_on": "2024-06-03",
        "text": "TESO — The Teso Coast Guard boarded a ferry on Monday that had drifted for nine hours off the Lund "
        "reef. Officers of the Teso Coast Guard took 40 passengers off the ferry.",
    },
    {
        "id": "six", "title": "Forty passengers taken off ferry that drifted off Lund", "published_on": "2024-06-03",
        "text": "Forty passengers were taken off a ferry that had drifted for nine hours off the Lund reef on Monday. "
        "The Teso coast guard boarded the ferry near Teso.",
    },
]  # fmt: skip
REPAIRS = {
    "id": "six", "title": "Odell library opens after repairs", "published_on": "2024-09-21",
    "text": "ODELL — The library of Odell opened on Saturday after two years of repairs. The Teso coast guard gave a "
    "concert at the door, and children read from their favourite books.",
}  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_body_is_described_by_the_words_of_its_name(nlp: Language, tmp_path: Path, order: tuple[int, int]) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, *(readings(nlp, tmp_path, FERRY[one]) for one in order))
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT DISTINCT form, actor_id FROM mentions WHERE lower(text) LIKE '%teso coast guard'"
        ).fetchall()
    assert {form for form, _ in rows} == {"name", "nominal"}
    assert len({actor for _, actor in rows}) == 1


@pytest.mark.model
def test_a_description_means_no_body_of_another_story(nlp: Language, tmp_path: Path) -> None:
    store = Store(tmp_path / "one.duckdb")
    publish(store, readings(nlp, tmp_path, *FERRY), readings(nlp, tmp_path, REPAIRS))
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT DISTINCT form, actor_id FROM mentions WHERE lower(text) LIKE '%teso coast guard'"
        ).fetchall()
    assert len(rows) == 2


def test_a_ship_named_like_a_town_has_no_short_name_and_known_letters_are_no_mediums() -> None:
    assert "name:boxer" in short_keys("organisation", "USS Boxer")
    assert "name:chicago" not in short_keys("organisation", "USS Chicago")
    assert "acronym:KDP" in short_keys("media", "Kostrel Daily Post")
    assert "acronym:SPD" not in short_keys("media", "Social Policy Daily")  # the party
