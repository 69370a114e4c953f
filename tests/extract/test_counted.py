"""Groups of which an article tells by one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def groups(nlp: Language, text: str) -> list[set[str]]:
    doc = nlp(text)
    kept = [n for n, entity in enumerate(doc._.entities) if entity.kind == "group"]
    return [{m.text for m in doc._.mentions if m.entity == n} for n in kept]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "Worker kills 2 women in Teso\n\nA worker opened fire on Monday. He killed two women.",
            "2 women",
            "two women",
        ),
        (
            "Three die in Teso bank\n\nA fire broke out. The three bank clerks were young.",
            "Three",
            "The three bank clerks",
        ),
        (
            "Seven sailors left Teso. The mayor spoke. The seven young sailors sang.",
            "Seven sailors",
            "The seven young sailors",
        ),
        (
            "Four sailors were killed on Monday. The mayor spoke. Four men were killed, he said.",
            "Four sailors",
            "Four men",
        ),
        ("Navy holds 26 Marovian pirates\n\nIt took 26 armed brigands.", "26 Marovian pirates", "26 armed brigands"),
    ],
)
def test_the_same_number_is_the_same_group(nlp: Language, text: str, one: str, other: str) -> None:
    assert any({one, other} <= called for called in groups(nlp, text)), groups(nlp, text)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        # Something else befell them, others are meant, another noun, another land.
        ("Four sailors were killed on Monday. Four men were arrested.", "Four sailors", "Four men"),
        (
            "Four sailors were killed on Monday. Four other men were killed on Tuesday.",
            "Four sailors",
            "Four other men",
        ),
        (
            "Four sailors were killed on Monday. The mayor spoke. The four nurses were killed.",
            "Four sailors",
            "The four nurses",
        ),
        (
            "Two young sailors left. The mayor spoke. The two old sailors sang.",
            "Two young sailors",
            "The two old sailors",
        ),
        # The dead of the heading are not those of whom the text tells something else; another land.
        ("Two killed in blast\n\nA bomb went off. Two men were seen running away.", "Two", "Two men"),
        ("Three held over robbery\n\nThree clerks were tied up on Monday.", "Three", "Three clerks"),
        (
            "Police held two suspects. A shop was robbed. The two women had been robbed.",
            "two suspects",
            "The two women",
        ),
        (
            "Four Iraqi soldiers were killed. Four Iranian soldiers were killed.",
            "Four Iraqi soldiers",
            "Four Iranian soldiers",
        ),
        # Another number; a third group of that number; one sentence; a bare number that may count anything.
        ("Two men left. Two women sang. The mayor spoke. The two people wept.", "Two men", "The two people"),
        ("Four sailors fled on Monday. Two sailors hid in Teso.", "Four sailors", "Two sailors"),
        ("Two men met the two people whom they had robbed.", "Two men", "the two people"),
        ("Two Doctors Leave Teso\n\nThe three insurers were asked. Two declined.", "Two Doctors", "Two"),
    ],
)
def test_what_tells_them_apart_keeps_them_apart(nlp: Language, text: str, one: str, other: str) -> None:
    found = groups(nlp, text)
    assert {one, other} <= set().union(*found)
    assert not any({one, other} <= called for called in found)
