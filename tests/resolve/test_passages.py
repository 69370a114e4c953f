"""Shared passages: found at the level of the passage, over small differences, and only when long enough."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from test_elsewhere import known, publish  # noqa: F401  (fixtures)

from flows.resolve.passages import Credit, direction, fingerprints, shared_passages, tokens_of

if TYPE_CHECKING:
    from test_elsewhere import Publish

WIRE = (
    "The reservoir fell by four metres in a single night, the water board's engineers said, and the spillway that "
    "was meant to hold for a century was open to the rock beneath it by the time the siren sounded in the valley."
)


def spans(first: str, second: str) -> list[tuple[str, str]]:
    one, other = tokens_of(first), tokens_of(second)
    return [
        (
            first[one.starts[p.first[0]] : one.ends[p.first[1] - 1]],
            second[other.starts[p.second[0]] : other.ends[p.second[1] - 1]],
        )
        for p in shared_passages(one, other)
    ]


def test_a_passage_is_found_inside_two_different_articles() -> None:
    first = f"Our correspondent reports from Calvera. {WIRE} Nobody has resigned."
    second = f"People in the lower town were asleep. {WIRE} The mayor has asked for tents and water."
    (found,) = spans(first, second)
    assert found == (WIRE[:-1], WIRE[:-1])


def test_spelling_of_initials_and_a_cut_word_do_not_break_a_passage() -> None:
    first = "The U.S. delegation left the hall before the vote was taken and did not come back to the town that day."
    second = "The US delegation left the hall before the vote was taken and didn't come back to the town that day."
    (found,) = spans(first, second)
    assert found[0].startswith("The U.S. delegation")
    assert found[1].endswith("that day")


def test_a_stock_phrase_is_no_passage() -> None:
    assert (
        spans("He spoke on condition of anonymity because of the talks.", "She spoke on condition of anonymity too.")
        == []
    )


def test_articles_with_a_passage_share_fingerprints() -> None:
    first = fingerprints(tokens_of(f"One thing. {WIRE}"))
    second = fingerprints(tokens_of(f"{WIRE} Another thing altogether."))
    common = first.keys() & second.keys()
    assert len(common) >= 2
    assert {(first[one] or 0) - (second[one] or 0) for one in common} == {len("One thing. ")}


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ("paper", "wire", "from_other"),
        ("wire", "paper", "to_other"),
        ("crediting", "paper", "common_origin"),
        ("paper", "undated", "unknown"),
        ("later", "paper", "from_other"),
    ],
)
def test_which_way_the_words_went(here: str, there: str, told: str) -> None:
    """A credit first, then a common agency, then an agency's own page, then the stated days."""
    days = {"later": date(2026, 5, 2), "undated": None}
    article = {
        name: {"article_id": name, "published_on": days.get(name, date(2026, 5, 1)), "published_basis": "metadata"}
        for name in ("paper", "wire", "crediting", "later", "undated")
    }
    credit = Credit({"wire": "meridian", "paper": "gazette"}, {"crediting": {"north"}, "paper": {"north"}}, {"wire"})
    assert direction(article[here], article[there], credit) == told


PHRASE = "members of the council of the harbour district of Kostrel"
BEFORE = "Nobody had counted the crates on the quay that morning, and the tide was late. " * 9
COPIED = f"He said that {PHRASE} had been told of the leak in the dry dock two days before it was seen by divers."


@pytest.mark.model
@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (f"{BEFORE}Asked by {PHRASE}, he laughed.", f"{PHRASE} were away in Lund.", 0),
        (f"{BEFORE}{COPIED}", COPIED, 1),
        (f"{PHRASE} sat. {BEFORE}{COPIED}", f"{COPIED} So {PHRASE} were told.", 1),
    ],
    ids=["a phrase", "a copy", "a copy whose phrase stands elsewhere too"],
)
def test_what_articles_share_is_found_wherever_it_stands(
    publish: Publish,  # noqa: F811
    first: str,
    second: str,
    found: int,
) -> None:
    rows = [{"id": "one", "text": first}, {"id": "other", "text": f"Kostrel, at noon. {second}"}]
    for batches in ([rows], [rows[:1], rows[1:]], [rows[1:], rows[:1]]):
        assert len(publish(*batches).ask("SELECT * FROM passages WHERE article_id < other_article_id")) == found


def test_a_fingerprint_that_stands_twice_has_no_place() -> None:
    tokens = tokens_of(f"{WIRE} {WIRE}")
    places = fingerprints(tokens)
    assert None in places.values()
    assert {place for place in places.values() if place is not None} < set(tokens.starts)
