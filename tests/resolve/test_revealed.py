"""What a shared passage reveals: who relayed the words of an article that names nobody for them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from publishing import article

from flows.publish import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from publishing import Article, Publish

pytestmark = pytest.mark.model

SAID = "“The piers of Kostrel were rotten long before the storm came in from the west,” Mayor Teso Brandl said"
STORM = (
    f"Forty herring boats were torn from their moorings on Monday night and lay on the beach by morning. {SAID}. He "
    "had asked the ministry for timber in the spring and got a letter with a stamp on it."
)
DATELINE = "KOSTREL, Marovia, Sept 17 (Meridian) - "
CREDITED = article("credited", f"{DATELINE}{STORM} The insurers meet today.", outlet="Lund Post")
COPY = article("copy", f"It blew hard. {STORM} The road is open again.", outlet="Odell Times")
ANOTHER = article("another", f"Nobody slept. {STORM} Wine will be dear.", outlet="Vesna Times")
PAGE = article("page", f"{DATELINE}{STORM}", outlet="Meridian")
STATED = ["speaker Teso Brandl", "page Odell Times"]
REVEALED = ["speaker Teso Brandl", "agency Meridian (inferred)", "page Odell Times"]


def chain(export: Mapping[str, list[Article]], name: str = "copy", saying: str = "piers") -> list[str]:
    """The hops of what an article says of the piers, in their order, which has no gaps."""
    (article_id,) = (row["article_id"] for row in export["articles"] if row["external_id"] == name)
    (claim,) = (row for row in export["claims"] if row["article_id"] == article_id and saying in row["content"])
    hops = sorted((h for h in export["attributions"] if h["claim_id"] == claim["claim_id"]), key=lambda h: h["hop"])
    assert [hop["hop"] for hop in hops] == list(range(len(hops)))
    return [f"{hop['role']} {hop['name']}" + " (inferred)" * (hop["basis"] == "inferred") for hop in hops]


def test_a_copy_without_credit_has_it_from_the_agency_that_another_names(publish: Publish) -> None:
    assert chain(publish([COPY])) == STATED
    assert chain(publish([COPY, ANOTHER])) == STATED
    at_once = publish([COPY, CREDITED])
    assert chain(at_once) == REVEALED
    assert chain(at_once, "credited") == ["speaker Teso Brandl", "agency Meridian", "page Lund Post"]
    for batches in ([[COPY], [CREDITED]], [[CREDITED], [COPY]]):
        assert publish(*batches) == at_once


def test_the_hop_stands_for_the_agency_and_tells_which_passage_shows_it(publish: Publish) -> None:
    export = publish([COPY], [CREDITED])
    hop = next(hop for hop in export["attributions"] if hop["basis"] == "inferred")
    (source,) = (row for row in export["sources"] if row["name"] == "Meridian")
    assert (hop["source_id"], hop["actor_id"]) == (source["source_id"], source["actor_id"])
    (passage,) = (p for p in export["passages"] if hop["derivation"] == f"shared passage {p['passage_id']}")
    assert passage["article_id"] == hop["article_id"]
    assert {passage["direction"] for passage in export["passages"]} == {"common_origin"}
    pages = [h for h in export["attributions"] if h["role"] == "page" and h["article_id"] == hop["article_id"]]
    outlets = {row["outlet_id"] for row in export["articles"] if row["article_id"] == hop["article_id"]}
    assert {page["source_id"] for page in pages} == outlets != {None}


def test_who_copies_an_agencys_own_page_has_it_from_the_agency(publish: Publish) -> None:
    at_once = publish([COPY, PAGE])
    assert chain(at_once) == REVEALED
    assert chain(at_once, "page") == ["speaker Teso Brandl", "page Meridian"]
    assert publish([COPY], [PAGE]) == publish([PAGE], [COPY]) == at_once


def test_all_orders_of_copies_give_the_same_chains(publish: Publish) -> None:
    some = [COPY, ANOTHER, CREDITED, PAGE]
    at_once = publish(some)
    assert chain(at_once) == REVEALED
    assert chain(at_once, "another")[1] == "agency Meridian (inferred)"
    for order in list(permutations(some))[::5]:
        assert publish(*([one] for one in order)) == at_once


def test_with_the_article_that_told_it_the_hop_goes(publish: Publish) -> None:
    url = {"url": "https://lund.example/storm"}
    first = {**CREDITED, **url, "seen_at": "2019-09-17T12:00:00Z"}
    anew = {
        **article("anew", "The insurers did not meet.", outlet="Lund Post"),
        **url,
        "seen_at": "2019-09-18T12:00:00Z",
    }
    assert chain(publish([COPY, first])) == REVEALED
    at_once = publish([COPY, first, anew])
    assert chain(at_once) == STATED
    assert publish([COPY, first], [anew]) == publish([first], [COPY], [anew]) == at_once


def test_history_keeps_the_chain_that_the_article_itself_gave(publish: Publish, tmp_path: Path) -> None:
    url = {"url": "https://odell.example/storm"}
    first = {**COPY, **url, "seen_at": "2019-09-17T12:00:00Z"}
    anew = {**article("anew", "The road is shut.", outlet="Odell Times"), **url, "seen_at": "2019-09-18T12:00:00Z"}
    assert chain(publish([first, CREDITED], [anew]), "credited") == [
        "speaker Teso Brandl",
        "agency Meridian",
        "page Lund Post",
    ]
    with Store(tmp_path / f"{publish.number}.duckdb").reading() as connection:
        sql = "SELECT hop, role FROM history.attributions SEMI JOIN history.claims USING (claim_id)"
        assert set(connection.execute(sql).fetchall()) == {(0, "speaker"), (1, "page")}


@pytest.mark.parametrize(
    ("text", "day", "outlet"),
    [
        pytest.param(
            f"{DATELINE}It rained in Kostrel. {SAID}.", "2019-09-17", "Lund Post", id="a quotation anybody has"
        ),
        pytest.param(CREDITED["text"], "2019-09-20", "Lund Post", id="three days later"),
        pytest.param(
            f"It blew. {STORM}".replace("Brandl said", "Brandl told a local newspaper"),
            "2019-09-17",
            "Lund Post",
            id="no name",
        ),
        pytest.param(f"{STORM} Brandl told the Times.", "2019-09-17", "Lund Post", id="nobody relays"),
        pytest.param(
            f"{DATELINE}Boats sank. {STORM}".replace("rotten", "sound"), "2019-09-17", "Lund Post", id="other words"
        ),
    ],
)
def test_what_is_not_copied_from_an_agency_reveals_nothing(publish: Publish, text: str, day: str, outlet: str) -> None:
    assert chain(publish([COPY, article("other", text, day=day, outlet=outlet)])) == STATED


def test_two_copies_that_name_different_agencies_reveal_neither(publish: Publish) -> None:
    other = article("other", CREDITED["text"].replace("Meridian", "Northern Press"), outlet="Vesna Post")
    assert chain(publish([COPY, other]))[1] == "agency Northern Press (inferred)"
    assert chain(publish([COPY, other, CREDITED])) == STATED


def test_a_page_is_told_nothing_by_those_who_have_it_from_there(publish: Publish) -> None:
    """The Times is who prints the interview; an agency took it up."""
    told = STORM.replace("Brandl said", "Brandl told the Odell Times")
    reprint = article("reprint", f"{DATELINE}{told}", outlet="Lund Post")
    own = {**COPY, "text": COPY["text"].replace("Brandl said", "Brandl told the Odell Times")}
    assert chain(publish([own, reprint])) == STATED


def test_an_agencys_own_page_has_it_from_nobody_else(publish: Publish) -> None:
    other = article("other", CREDITED["text"].replace("Meridian", "Northern Press"), outlet="Vesna Post")
    assert chain(publish([PAGE, other]), "page") == ["speaker Teso Brandl", "page Meridian"]


def test_a_copy_that_names_its_own_relay_gets_no_other(publish: Publish) -> None:
    own = {**COPY, "text": f"KOSTREL, Marovia, Sept 17 (Northern Press) - {COPY['text']}"}
    assert chain(publish([own, CREDITED])) == ["speaker Teso Brandl", "agency Northern Press", "page Odell Times"]


def test_an_inferred_hop_reveals_nothing_further(publish: Publish) -> None:
    """Only what articles state counts: whoever shares with the copy alone doesn't share with the one that names it."""
    more = (
        "The harbour board will meet on the first day of October in the old customs house, with the doors shut to all."
    )
    told = f"“We shall rebuild every pier in stone before the herring come back,” Mayor Teso Brandl said. {more}"
    copy = {**COPY, "text": f"{COPY['text']} {told}"}
    third = article("third", f"Gulls cried. {told} No one bid for the wrecks.", outlet="Vesna Times")
    at_once = publish([copy, CREDITED, third])
    assert chain(at_once) == REVEALED
    assert chain(at_once, "third", "rebuild") == ["speaker Teso Brandl", "page Vesna Times"]
    assert publish([third], [copy], [CREDITED]) == at_once
