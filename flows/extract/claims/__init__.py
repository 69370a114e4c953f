"""Claims: who said what, with the words of the cue and the way it came to the page."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from flows.extract import doc as _attributes  # noqa: F401
from flows.extract.claims.build import claims_of


@Language.component("hearsay_claims", requires=["token.dep", "token.lemma"], assigns=["doc._.claims"])
def hearsay_claims(doc: Doc) -> Doc:
    """Set `doc._.claims`, in text order."""
    doc._.claims = claims_of(doc)
    return doc
