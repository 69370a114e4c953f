"""Time expressions: component `hearsay_dates` writes `doc._.dates` and refines `doc._.reference_on`.

lexer (pieces) → grammar (matches) → normalise (readings) → story (what each knows of those before it), telling
(what was told so far) → resolve (values: days, hours, periods, steps), with reference (today), syntax (tense,
quotations, verbs), beside (the words around), names (what is no time) and calendars (days, EDTF); annotate strings them
together. Types and values follow TIMEX3 (TimeML 1.2.1), days ISO 8601-2 (EDTF level 1).
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from flows.extract import doc as _doc
from flows.extract.dates.annotate import annotate
from flows.extract.dates.govern import date_of

__all__ = ["date_of", "dates", "make_dates"]
_doc.register()


@Language.factory(
    "hearsay_dates",
    assigns=["doc._.dates", "doc._.reference_on"],
    requires=["token.tag", "token.dep", "token.head", "token.lemma"],
)
def make_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy calls a factory so
    """The component; a pure function of the Doc."""
    return dates


def dates(doc: Doc) -> Doc:
    """Set `doc._.dates` and `doc._.reference_on`."""
    doc._.dates, doc._.reference_on = annotate(doc)
    return doc
