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


QUARRY = "The quarry at Vesna was never closed and nobody has ever looked at its books, the inspector told Meridian."
INDICTED = (
    "The indictment says that Teso Brandl took four boats and a house by the sea from the men who built the piers, "
    "paid for none of them and never had the piers measured by anybody."
)
OWN = "“I built them,” Brandl told Odell Times"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(f"{DATELINE}It rained in Kostrel. {SAID}.", "2019-09-17", id="a quotation anybody has"),
        pytest.param(CREDITED["text"], "2019-09-20", id="three days later"),
        pytest.param(STORM.replace("Brandl said", "Brandl told a local newspaper"), "2019-09-17", id="no name"),
        pytest.param(STORM, "2019-09-17", id="nobody relays"),
        pytest.param(STORM.replace(SAID, QUARRY), "2019-09-17", id="another saying"),
        pytest.param(
            f"{STORM} {QUARRY}".replace(SAID, "“I built them,” Brandl told Odell Times"), "2019-09-17", id="names it"
        ),
    ],
)
def test_what_is_not_copied_from_an_agency_reveals_nothing(publish: Publish, text: str, day: str) -> None:
    assert chain(publish([COPY, article("other", text, day=day, outlet="Lund Post")])) == STATED


def test_what_else_is_copied_says_nothing_of_a_quotation_by_itself(publish: Publish) -> None:
    town = "The town of Kostrel has nine thousand people and lives of herring, of timber and of a ferry to the islands."
    gulls = f"Gulls cried. {SAID}, at the pier. Nobody clapped and the band went home. {town}"
    snow = f"{DATELINE}Snow fell. {SAID}, in a hat. Some laughed, others wept for their boats. {town}"
    both = [article("copy", gulls, outlet="Odell Times"), article("other", snow, outlet="Lund Post")]
    export = publish(both)
    assert len(export["passages"]) == 4
    assert chain(export) == STATED


def test_what_a_document_says_is_no_agencys(publish: Publish) -> None:
    one = article("copy", f"The trial is near. {INDICTED}", outlet="Odell Times")
    other = article("other", f"{DATELINE}{INDICTED}", outlet="Lund Post")
    export = publish([one, other])
    assert len(export["passages"]) == 2
    assert len(chain(export, saying="four boats")) == 2


def test_the_newspaper_that_an_agencys_page_names_has_nothing_from_it(publish: Publish) -> None:
    page = {**PAGE, "text": PAGE["text"].replace("Brandl said", "Brandl told the Odell Times")}
    export = publish([COPY, page])
    assert chain(export, "page")[1:] == ["outlet Odell Times", "page Meridian"]
    assert all(hop["basis"] == "stated" for hop in export["attributions"])


@pytest.mark.parametrize("outlet", ["Meridian News", "Meridian News Agency", "Meridian", "Marovian Ministry of Works"])
def test_the_agency_and_whoever_gave_it_the_text_have_nothing_from_it(publish: Publish, outlet: str) -> None:
    assert chain(publish([{**COPY, "outlet": outlet}, CREDITED]))[1:] == [f"page {outlet}"]


def test_of_a_page_that_nobody_knows_an_interview_may_be_its_own(publish: Publish) -> None:
    told = {**CREDITED, "text": CREDITED["text"].replace("Brandl said", "Brandl told the Vesna Times")}
    unknown = {name: value for name, value in COPY.items() if name != "outlet"}
    assert chain(publish([unknown, told]))[1:-1] == ["outlet Vesna Times (inferred)"]
    assert chain(publish([COPY, told]))[1:-1] == ["outlet Vesna Times (inferred)", "agency Meridian (inferred)"]


def test_a_line_that_was_shortened_or_told_of_a_newspaper_is_a_copy(publish: Publish) -> None:
    shorter = {**COPY, "text": COPY["text"].replace(" before the storm came in from the west", " before the storm")}
    assert chain(publish([shorter, CREDITED])) == REVEALED
    unnamed = {**COPY, "text": COPY["text"].replace("Brandl said", "Brandl told a newspaper")}
    assert "agency Meridian (inferred)" in chain(publish([unnamed, CREDITED]))


def test_the_earliest_witness_is_told(publish: Publish) -> None:
    later = article("later", f"{DATELINE}{STORM} The mayor is at sea.", day="2019-09-18", outlet="Vesna Post")
    export = publish([COPY, later, CREDITED])
    name = {row["article_id"]: row["external_id"] for row in export["articles"]}
    shown = {f"shared passage {row['passage_id']}": name[row["other_article_id"]] for row in export["passages"]}
    hops = [hop for hop in export["attributions"] if hop["basis"] == "inferred"]
    assert {shown[hop["derivation"]] for hop in hops} == {"credited"}


def test_an_original_that_names_the_agency_for_one_saying_was_first(publish: Publish) -> None:
    """What it tells of the saying holds for its copy; the rest of the words are its own."""
    told = COPY["text"].replace("Brandl said", "Brandl told Meridian")
    own = article("own", told, day="2019-09-16", outlet="Lund Post")
    blog = {**COPY, "published_on": "2019-09-19"}
    export = publish([own, blog])
    assert chain(export)[1:-1] == ["outlet Meridian (inferred)"]
    assert {row["direction"] for row in export["passages"]} == {"from_other", "to_other"}


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
