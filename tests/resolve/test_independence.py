"""What hangs on something that a later batch changes is worked out again: as if all had come at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from publishing import article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publishing import Article, Publish

HARBOUR = "No frigate will ever lie in the harbour of Kostrel"
HERRING = "The herring fleet stays in port until the quota is settled"
NAMES = ("d", "g", "h")  # ids of articles, and so those of what they have, come in another order with each


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_a_day_that_one_part_of_a_quotation_gives_is_that_of_the_others_too(publish: Publish, name: str) -> None:
    journey = "who had come down by train from the mountains with three ministers and a bishop, "
    journey += "had lunch at the station, and waited an hour for the mayor"  # so long that they are two sayings
    both = article("both", f'"{HARBOUR}," said Prime Minister Teso Brandl, {journey}. "{HERRING}."')
    herring = article("herring", f'Nobody sailed. "{HERRING}," said Prime Minister Teso Brandl.')
    day = article(name, f'Snow fell on the vineyards. "{HARBOUR}," a minister said on Tuesday.')
    at_once = publish([both, herring, day])
    days = {row["text"].strip('"')[:10]: row["said_on"] for row in at_once["utterances"]}
    assert days == {HARBOUR[:10]: "2019-09-17", HERRING[:10]: "2019-09-17"}
    assert publish([both, herring], [day]) == at_once


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_an_actor_that_turns_out_a_newspaper_joins_no_reports(publish: Publish, name: str) -> None:
    raid = "The Odell Council attacked the sailors on Tuesday"
    reports = [
        article("first", f"{raid}. Nets and lanterns drifted past the breakwater, and pilots rowed to the lighthouse."),
        article("second", "The Odell Council attacked a crew of shearers on Tuesday; the harbour was shut."),
    ]
    snow = (
        "Snow fell on the vineyards above the monastery, the Odell Council said. Monks carried blankets to the goats, "
        "lit braziers among the grapevines and swept the cloister, while bees froze in their hives."
    )
    pages = [article(f"medium {name} {n}", snow, day="2019-12-17", title="Vineyards under snow") for n in range(2)]
    assert [row["n_articles"] for row in publish(reports)["incidents"]] == [2]
    at_once = publish([*reports, *pages])
    assert {row["kind"] for row in at_once["actors"] if "Odell" in row["name"]} == {"media"}
    assert {row["n_articles"] for row in at_once["incidents"]} == {1}
    assert publish(reports, pages) == at_once
    assert publish(pages, reports) == at_once


@pytest.mark.model
def test_candidates_go_with_the_version_that_left_them_open(publish: Publish) -> None:
    about = "The harbour lease and the herring quota of Kostrel were on the table."
    people = [article(name, f"{name} Brandl spoke in Kostrel on Tuesday. {about}") for name in ("Teso", "Mira")]
    page = {"url": "https://lund.example/lease"}
    first = article("first", f"Kostrel is shut, Brandl said. {about}", seen_at="2019-09-17T12:00:00Z", **page)
    later = article("later", "The page has been withdrawn.", seen_at="2019-09-18T12:00:00Z", **page)
    assert len(publish([*people, first])["mention_candidates"]) == 2
    at_once = publish([*people, first, later])
    assert at_once["mention_candidates"] == []
    assert publish([*people, first], [later]) == at_once


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_who_gives_a_figure_is_known_as_far_as_all_articles_tell(publish: Publish, name: str) -> None:
    about = "The harbour lease and the herring quota of Kostrel were on the table."
    raid = "Rebels attacked the harbour of Kostrel on Tuesday"
    told = "The number of dead was 12, Brandl said. The number of dead was 13, Lund said"
    first = article(name, f"{raid}. {told}. {about}")
    table = "On the table in Kostrel: a lease of the harbour, a quota of herring."
    people = [article(one, f"{one} Brandl spoke in Kostrel on Tuesday. {table}") for one in ("Teso", "Mira")]
    assert [row["field"] for row in publish([first])["discrepancies"]] == ["figure: killed"]
    at_once = publish([first, *people])
    assert at_once["discrepancies"] == []  # Brandl may be either, and so whoever Lund is
    assert publish([first], people) == at_once


COPIED = (
    "Snow fell on the vineyards above the monastery on Monday, and monks carried blankets to the goats, lit braziers "
    "among the grapevines and swept the cloister before the bees froze in their hives."
)
FROM_AGENCY = article("wire", f"KOSTREL, Marovia, Sept 17 (Meridian) - {COPIED}", outlet="Meridian")
COPIES = [
    article("one", f"It was a hard night. {COPIED} The road is open.", outlet="Kostrel Post"),
    article("two", f"The harvest is lost. {COPIED} Wine will be dear.", day="2019-09-18", outlet="Teso Post"),
]


def ways(export: Mapping[str, list[Article]]) -> dict[tuple[str, str], str]:
    """Which way the words of passages went, by the names of both articles."""
    name = {row["article_id"]: row["external_id"] for row in export["articles"]}
    return {(name[row["article_id"]], name[row["other_article_id"]]): row["direction"] for row in export["passages"]}


@pytest.mark.model
def test_two_copies_of_an_agencys_page_have_it_from_there_whatever_comes_first(publish: Publish) -> None:
    one, two = COPIES
    assert ways(publish(COPIES))["one", "two"] == "to_other"
    at_once = publish([*COPIES, FROM_AGENCY])
    assert ways(at_once)["one", "two"] == ways(at_once)["two", "one"] == "common_origin"
    assert ways(at_once)["one", "wire"] == "from_other"
    for batches in ([COPIES, [FROM_AGENCY]], [[FROM_AGENCY], COPIES], [[one], [FROM_AGENCY], [two]]):
        assert publish(*batches) == at_once


@pytest.mark.model
def test_an_agencys_page_that_is_written_anew_gives_no_words_to_others(publish: Publish) -> None:
    anew = {**FROM_AGENCY, "text": "KOSTREL, Marovia, Sept 17 (Meridian) - It did not snow.", "seen_at": "2019-09-19"}
    assert ways(publish([*COPIES, FROM_AGENCY], [anew]))["one", "two"] == "to_other"


def test_a_group_that_two_articles_of_a_story_call_alike_makes_their_reports_one(publish: Publish) -> None:
    about = "The Kostrel Ferry Union and the port of Kostrel held talks on Monday."
    first = article("a", f"{about} The five pilots were killed at the depot, police said.")
    other = article("b", f"{about} Nobody will say why the five pilots have been killed.")
    together = publish([first, other])
    assert together == publish([other], [first])
    assert len({row["incident_id"] for row in together["events"] if row["trigger_text"] == "killed"}) == 1


@pytest.mark.model
def test_advisers_sent_in_one_article_are_the_personnel_readied_in_another(publish: Publish) -> None:
    about = (
        "The harbour lease and the herring quota of Kostrel were on the table, and the ferry to Odell lay at the pier."
    )
    sent = article("sent", f"President Emma Larsen sent 300 military advisers to Marovia's government. {about}")
    also = "On the table in Kostrel: the lease of the harbour, the quota of herring, the Odell ferry at its pier."
    readied = article("readied", f"A team of up to 300 military personnel was readied to guard the embassy. {also}")
    at_once = publish([sent, readied])
    assert [row["event_type"] for row in at_once["incidents"] if row["n_articles"] == 2] == ["AID"]
    assert publish([sent], [readied]) == publish([readied], [sent]) == at_once
