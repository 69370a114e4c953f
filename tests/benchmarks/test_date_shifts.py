"""A slice of `date_shifts.py`: the checks hold on a few texts, and the checks themselves notice a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import spacy
from date_checks import days_for, edtf_days, on, properties, shifts
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.extract.dates import dates
from flows.records import CleanArticle, Document
from flows.resources import lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model
TEXTS = (
    """The mayor of Lesk left yesterday. She had arrived on Monday and spoke last Tuesday. They will vote on Friday.
“We sail tonight,” she said on Wednesday. The bridge fell two days ago, on 3 May 1980, and again last month.""",
    """Ferries stop overnight. On Feb. 29 the square was full, by Christmas it was empty. It opens this weekend, in the
first half of March or next spring; the fair is held every Sunday. He came the day after Tuesday's raid.""",
)


@pytest.fixture(scope="module")
def docs(dates_nlp: Language) -> list[Doc]:
    """TEXTS, parsed once, with no component of ours but the dates."""
    from flows.extract.doc import make_doc

    documents = [Document(str(n), str(n), "t", "t", str(n), text=text) for n, text in enumerate(TEXTS)]
    return [
        dates_nlp(make_doc(dates_nlp, clean(replace(document, published_on="2019-06-05")))) for document in documents
    ]


def test_over_two_years_of_publication_days(docs: list[Doc]) -> None:
    for number, doc in enumerate(docs):
        checks = list(shifts(doc, days_for(number, 61)))
        assert len({name for name, _ in checks}) >= len(("spans", "all or none", "no anchor", "order", "EDTF"))
        assert [failure for _, failure in checks if failure is not None] == []


def test_the_checks_notice_an_edtf_that_says_other_days(docs: list[Doc]) -> None:
    found = on(docs[0], date(2020, 2, 29))[0]
    wrong = replace(found, edtf="2019")
    assert [name for name, failure in properties((wrong,)) if failure] == ["the EDTF read back gives the days"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2019-24", date(2019, 12, 1), date(2020, 2, 29)),
        ("2019-12-30/2020-01-05", date(2019, 12, 30), date(2020, 1, 5)),
    ],
)
def test_reading_edtf(text: str, first: date, last: date) -> None:
    assert edtf_days(text) == (first, last)


BLANK = spacy.blank("en")
HEAPS = st.lists(st.sampled_from([row["word"] for row in lexicon("time_words")] + ["3", "31", "2019", "the raid"]))


@settings(max_examples=300, deadline=None)
@given(words=HEAPS, day=st.none() | st.dates())
def test_any_heap_of_time_words_on_any_day_keeps_the_properties(words: list[str], day: date | None) -> None:
    text = " ".join(word.title() for word in words)
    doc = BLANK.make_doc(text)
    document = Document("d", "d", "t", "t", "h", text=text)
    doc._.article = CleanArticle(document, "a", None, (), None, "en", day, "metadata", day, text, text, ())
    assert [failure for _, failure in properties(dates(doc)._.dates) if failure is not None] == []
