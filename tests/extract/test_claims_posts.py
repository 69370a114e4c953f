"""Posts of a social network that a page shows whole. Posts of our own, of nobody who is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from claims_told import told_by

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

BEFORE = "The council met in Kostrel on Friday. Emma Larsen wrote:\n\n"


def test_a_post_says_its_own_words_under_its_name(nlp: Language) -> None:
    doc = nlp(
        f"{BEFORE}The pumps were old, and everybody said so. “Safe,” they told us! https://t.co/a1 "
        "pic.twitter.com/b2 — Piet Odell (@pietodell) June 3, 2019\n\nThe council denied it."
    )
    post = next(c for c in doc._.claims if c.speaker is not None and c.speaker.of(doc.text) == "Piet Odell")
    assert [part.of(doc.text) for part in post.parts] == [
        "The pumps were old, and everybody said so. “Safe,” they told us!"
    ]
    assert (post.quotation, post.cue, post.speaker_form) == ("direct", None, "name")
    assert (post.said_on, post.said_basis) == (date(2019, 6, 3), "expression")
    assert all("Larsen" not in str(who) for who, _, content in told_by(doc) if "pumps" in content)


def test_posts_in_a_row_are_told_apart(nlp: Language) -> None:
    text = (
        "Others disagreed.\n\nAll gates are shut. — Emma Larsen (@elarsen) June 3, 2019 Nobody told the farmers that. "
        "— Harbour Gazette (@hgazette) 4 June 2019\n\nThe water rose."
    )
    assert told_by(nlp(text)) == [
        ("Emma Larsen", None, "All gates are shut."),
        ("Harbour Gazette", None, "Nobody told the farmers that."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "RT @harbour: The gates are shut. — Emma Larsen (@elarsen) June 3, 2019",  # another's words
        f"{'The water rose and rose again. ' * 15}— Emma Larsen (@elarsen) June 3, 2019",  # where does it begin?
        "The prize went to Kostrel — Emma Larsen (for prose) in June 2019.",
    ],
)
def test_what_is_no_post_of_the_one_who_signs_says_nothing(nlp: Language, text: str) -> None:
    assert told_by(nlp(text)) == []


def test_what_leads_a_post_in_is_no_part_of_it(nlp: Language) -> None:
    post = "Mayor Emma Larsen wrote on Twitter: All gates are shut.— Emma Larsen (@elarsen) Jun 3, 2019"
    text = f"Nobody spoke.\n\n{post}\n\nIt rained."
    assert ("Emma Larsen", None, "All gates are shut.") in told_by(nlp(text))
