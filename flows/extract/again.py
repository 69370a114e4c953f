"""Reading a stored article again, from another day: what in it hangs on the day that it calls today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from flows.extract.doc import make_doc
from flows.extract.frames import frames
from flows.extract.reading import READABLE, Reading, reading_of

if TYPE_CHECKING:
    import polars as pl
    from spacy.language import Language

    from flows.records import CleanArticle

# From what finds dates to what takes its days from them; the parse before them knows no day.
OF_DAYS: Final = ("hearsay_dates", "hearsay_claims", "hearsay_events")
TABLES: Final = ("dates", "claims", "events")
_ANY: Final = datetime(1970, 1, 1, tzinfo=UTC)


def read_on(article: CleanArticle, days: Sequence[date | None], nlp: Language) -> list[Mapping[str, pl.DataFrame]]:
    """The rows of TABLES that `article` gives if its today is each of `days` (None: if it has no date), in order.

    Their ids are those of any other reading of the same text: ids hang on spans, not on days.
    """
    undated = replace(article, published_on=None, published_basis="none", reference_on=None)
    if article.language not in READABLE:
        return [_rows(Reading(undated, None)) for _ in days]
    read: list[Mapping[str, pl.DataFrame]] = []
    with nlp.memory_zone():
        doc = nlp(make_doc(nlp, undated))
        for day in days:
            basis = "none" if day is None else "story"
            doc._.article = replace(undated, published_on=day, published_basis=basis, reference_on=day)
            doc._.reference_on = day
            for name in OF_DAYS:
                doc = nlp.get_pipe(name)(doc)
            read.append(_rows(reading_of(undated, doc)))
    return read


def _rows(reading: Reading) -> dict[str, pl.DataFrame]:
    found = frames([reading], "", _ANY, "")
    return {name: found[name] for name in TABLES}
