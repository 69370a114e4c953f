"""The custom attributes of a Doc, and its paragraphs: sentences never run over the edge of a segment."""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from flows.records import CleanArticle

ATTRIBUTES: Final = ("mentions", "entities", "dates", "claims", "events", "figures")


def register() -> None:
    """Declare `doc._.article`, `doc._.reference_on` and a tuple for each of ATTRIBUTES; safe to call twice."""
    for name in ("article", "reference_on"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name in ATTRIBUTES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())


register()


def make_doc(nlp: Language, article: CleanArticle) -> Doc:
    """Tokenise the clean text of `article` and hand the article along."""
    doc = nlp.make_doc(article.text)
    doc._.article = article
    doc._.reference_on = article.reference_on
    return doc


@Language.component("hearsay_paragraphs", assigns=["token.is_sent_start"])
def paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every run of white space with a blank line, and never inside one."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.is_space and "\n" in before.text:
            token.is_sent_start = True
        if token.is_space:
            token.is_sent_start = False
    return doc
