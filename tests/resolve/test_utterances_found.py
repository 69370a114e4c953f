"""Sayings that articles share find each other: a few words, and what is retold long afterwards."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from test_elsewhere import known, publish  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from test_elsewhere import Publish

LONG = '"Nobody who has hidden a sheet of paper in this matter will keep a licence to sail out of Kostrel,"'
FIRST: dict[str, Any] = {
    "id": "first", "published_on": "2019-09-17", "title": "Harbour master blames the owners",
    "text": 'The harbour master of Kostrel, Ane Odell, was heard on Tuesday. "We did not know," Odell said.\n\n'
            f"{LONG} she said.",
}  # fmt: skip
NEXT: dict[str, Any] = {
    "id": "next", "published_on": "2019-09-18", "title": "Ferry owners silent",
    "text": 'Two ferries stayed in port. "We did not know," said Ane Odell, the harbour master. '
            "Their owners were not heard.",
}  # fmt: skip
LATER: dict[str, Any] = {
    "id": "later", "published_on": "2019-10-11", "title": "First licence withdrawn",
    "text": f"Kostrel has withdrawn a licence. {LONG} the harbour master, Ane Odell, had said in September.",
}  # fmt: skip


@pytest.mark.model
def test_articles_share_sayings(publish: Publish) -> None:  # noqa: F811
    published = publish([FIRST, NEXT], [LATER])
    shared = published.ask("SELECT n_articles, text FROM utterances WHERE n_articles > 1 ORDER BY text")
    assert [(n, text.strip('"“”,')[:12]) for n, text in shared] == [(2, "Nobody who h"), (2, "We did not k")]


@pytest.mark.model
def test_what_is_retold_weeks_later_gets_no_day_from_then(publish: Publish) -> None:  # noqa: F811
    dated = {**FIRST, "text": FIRST["text"].replace("she said.", "she said on Tuesday.")}
    undated = {**LATER, "text": LATER["text"].replace(" had said in September", " has said")}
    published = publish([dated, undated])
    said = published.ask(
        "SELECT external_id, said_on FROM claims JOIN articles USING (article_id) "
        "WHERE content LIKE '%licence to sail%' ORDER BY external_id"
    )
    assert said == [("first", date(2019, 9, 17)), ("later", None)]


@pytest.mark.model
def test_whatever_comes_first(publish: Publish) -> None:  # noqa: F811
    at_once = publish([FIRST, NEXT, LATER]).export()
    for order in permutations((FIRST, NEXT, LATER)):
        assert publish(*([one] for one in order)).export() == at_once


COPIED = (
    "Three ferries lay in Kostrel harbour on Wednesday, and the crews had gone home before noon. Residents said that "
    "no siren had sounded. The harbour office was closed, the bakery beside it too, and a sheet of paper on the door "
    "gave the number of the police."
)
FROM_THEN: dict[str, Any] = {
    "id": "then", "published_on": "2019-09-18", "title": "Ferries stay in port",
    "text": COPIED,
}  # fmt: skip
FROM_NOW: dict[str, Any] = {
    "id": "now", "published_on": "2021-03-02", "title": "What the siren cost",
    "text": f"The inquiry has ended. This is how it began.\n\n{COPIED}",
}  # fmt: skip


@pytest.mark.model
def test_what_is_copied_with_the_text_around_it_is_one_saying_whoever_says_it(publish: Publish) -> None:  # noqa: F811
    elsewhere = {**FROM_NOW, "text": "The inquiry has ended. Residents said that no siren had sounded."}
    shared = "SELECT n_articles FROM utterances WHERE text LIKE '%siren had sounded%'"
    assert publish([FROM_THEN], [FROM_NOW]).ask(shared) == [(2,)]
    assert publish([FROM_THEN], [elsewhere]).ask(shared) == [(1,), (1,)]


@pytest.mark.model
def test_an_interrupted_quotation_is_said_in_one_breath(publish: Publish) -> None:  # noqa: F811
    one = {
        "id": "one", "published_on": "2019-09-18", "title": "Drivers heard in Kostrel",
        "text": '"They drove at us with their lights on," said Ane Odell, a driver. "I saw no stone."',
    }  # fmt: skip
    published = publish([one])
    assert published.ask("SELECT count(*), count(DISTINCT utterance_id) FROM claim_parts") == [(2, 1)]


@pytest.mark.model
def test_reports_that_tell_the_same_day_of_speech_need_not_be_of_one_week(publish: Publish) -> None:  # noqa: F811
    first = {
        "id": "first", "published_on": "2019-09-17", "title": "Licences withdrawn",
        "text": 'Ane Odell, the harbour master, said on 16 September 2019: "Nobody hides a sheet of paper from us."',
    }  # fmt: skip
    later = {
        "id": "later", "published_on": "2019-10-02", "title": "Licences returned",
        "text": 'On 16 September 2019 Ane Odell, the harbour master, said "nobody hides a sheet of paper from us".',
    }  # fmt: skip
    undated = {**later, "text": later["text"].replace("On 16 September 2019 Ane", "Ane")}
    shared = "SELECT n_articles FROM utterances WHERE text LIKE '%sheet of paper%'"
    assert publish([first], [later]).ask(shared) == [(2,)]
    assert publish([first], [undated]).ask(shared) == [(1,), (1,)]


@pytest.mark.model
def test_another_paragraph_is_another_breath(publish: Publish) -> None:  # noqa: F811
    one = {
        "id": "one", "published_on": "2019-09-18", "title": "Drivers heard in Kostrel",
        "text": '"The siren never sounded that night," said Ane Odell.\n\n"Nobody sails before Monday morning."',
    }  # fmt: skip
    assert publish([one]).ask("SELECT count(DISTINCT utterance_id) FROM claim_parts") == [(2,)]


@pytest.mark.model
def test_a_breath_of_no_known_day_leaves_sayings_of_two_times_two(publish: Publish) -> None:  # noqa: F811
    siren, fleet = "The siren never sounded in the harbour that night", "The herring fleet stays in port until spring"
    texts = {
        ("first", "2019-09-01"): f'Snow fell. "{siren}," said Ane Odell.',
        ("second", "2019-10-20"): f'Rain fell. "{fleet}," said Ane Odell.',
        ("undated", None): f'Nobody came. "{siren}," said Ane Odell. "{fleet}."',
    }
    articles = [{"id": name, "title": name, "text": text, "published_on": day} for (name, day), text in texts.items()]
    shared = publish(articles).ask("SELECT n_articles FROM utterances WHERE n_articles > 1")
    assert shared == [(2,), (2,)]


@pytest.mark.model
def test_a_copied_passage_keeps_two_who_say_the_same_two(publish: Publish) -> None:  # noqa: F811
    hearing = (
        'The hearing went on in the old hall until noon. "I did not take the money," Ivo Brandl told it, and '
        'sat down beside the stove. "I did not take the money," Nora Lund told it, and left with her lawyers by tram.'
    )
    pages = [
        {"id": name, "title": name, "text": f"{opening} {hearing}", "published_on": "2019-09-18"}
        for name, opening in (("one", "It rained."), ("two", "Shops were shut."))
    ]
    said = publish(pages).ask("SELECT n_articles, n_claims FROM utterances WHERE text LIKE '%the money%'")
    assert said == [(2, 2), (2, 2)]


@pytest.mark.model
def test_a_stock_line_of_another_year_is_another_saying(publish: Publish) -> None:  # noqa: F811
    line = "Anna Brandl said that she would wait for more data before moving again and would not be hurried by anybody."
    pages = [
        {"id": day[:4], "title": day[:4], "text": f"{opening} {line}", "published_on": day}
        for day, opening in (("2015-03-02", "Rates fell in spring."), ("2021-09-18", "The bank met in Teso."))
    ]
    assert publish(pages).ask("SELECT n_articles FROM utterances WHERE text LIKE '%more data%'") == [(1,), (1,)]


@pytest.mark.model
@pytest.mark.parametrize("first", ["Karl Lund", "Emma Larsen", "Peter Brandl", "Anna Teso"])
def test_of_two_given_as_its_speaker_the_one_told_most_of_said_it(publish: Publish, first: str) -> None:  # noqa: F811
    told = "Ane Odell, the harbour master of Kostrel for ten years,"
    reports = [
        {"id": f"{first}, {name}", "published_on": "2019-09-18", "text": f"Ferries stayed in port. {LONG} said {name}."}
        for name in (first, told)
    ]
    query = "SELECT name FROM utterances JOIN actors ON actor_id = speaker_id WHERE text LIKE '%licence to sail%'"
    assert publish(reports).ask(query) == [("Ane Odell",)]


SAYS = "Ane Odell said that drunken captains would lose their ferry licences."
SAYS_SO = "Ane Odell says ferry licences will be lost by captains who are drunken."
FERRIES = (
    "Two ferries hit the mole in August. Owners of both ferries have been asked for the papers of their captains. "
    "The mole has been mended with granite, and divers searched the harbour for oil."
)
OPERA = (
    "The opera house of Lund has a new roof of copper. Tenors rehearsed beneath tarpaulins until carpenters had left. "
    "The conductor, a Kostrel violinist, wants a larger orchestra pit, velvet curtains and gilded balconies by spring. "
    "Subscribers paid for the chandelier. Plasterers, gilders and upholsterers worked in the foyer through August, and "
    "sopranos complained of sawdust. The ballet of Teso dances there at Easter, with scenery from a Marovian painter. "
    "Its librettist, Emma Larsen, wept at the dress rehearsal."
)


@pytest.mark.model
@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(("around", "n"), [(FERRIES, 1), (OPERA, 2)])
def test_what_is_reported_without_a_day_is_one_saying_with_what_articles_like_it_report(
    publish: Publish,  # noqa: F811
    around: str,
    n: int,
    *,
    together: bool,
) -> None:
    dated = {"id": "dated", "published_on": "2019-09-17", "title": "Ferry captains", "text": f"{FERRIES}\n\n{SAYS}"}
    dayless = {"id": "dayless", "title": "Of ferries and roofs", "text": f"{around}\n\n{SAYS_SO}"}
    published = publish([dated, dayless]) if together else publish([dayless], [dated])
    told = published.ask("SELECT count(DISTINCT utterance_id), count(*) FROM claim_parts JOIN claims USING (claim_id) "
                         "WHERE contains(content, 'drunken')")  # fmt: skip
    assert told == [(n, 2)]
