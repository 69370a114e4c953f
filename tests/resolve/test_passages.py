"""Shared passages: found at the level of the passage, over small differences, and only when long enough."""

from __future__ import annotations

from flows.resolve.passages import fingerprints, shared_passages, tokens_of

WIRE = (
    "The reservoir fell by four metres in a single night, the water board's engineers said, and the spillway that "
    "was meant to hold for a century was open to the rock beneath it by the time the siren sounded in the valley."
)


def spans(first: str, second: str) -> list[tuple[str, str]]:
    one, other = tokens_of(first), tokens_of(second)
    return [
        (
            first[one[p.first[0]].start : one[p.first[1] - 1].end],
            second[other[p.second[0]].start : other[p.second[1] - 1].end],
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
    assert len(first & second) >= 2
