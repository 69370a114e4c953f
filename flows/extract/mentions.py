"""hearsay_mentions: every stretch of the text that stands for an actor or a place.

Names come from the model's entities, put right, and from the lexicons; nominals and pronouns from the parse. Which of
them are the same is left to hearsay_coreference.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from flows.extract import doc as _attributes  # registers doc._.mentions
from flows.extract.naming.bodies import TAKEN_UP
from flows.extract.naming.evidence import datelines, decide_unknown
from flows.extract.naming.headings import mend_headings
from flows.extract.naming.joint import find_joint
from flows.extract.naming.kinds import settle_kinds
from flows.extract.naming.known import KnownNames
from flows.extract.naming.nominals import NominalSpan, find_bodies_again, find_nominals, find_pronouns, is_partisan
from flows.extract.naming.spans import NameSpan, find_names
from flows.extract.naming.teams import with_nicknames
from flows.records import Mention

__all__ = ["MentionFinder", "make_mentions"]

_attributes.register()


class MentionFinder:
    """Sets doc._.mentions, with `entity` None in each."""

    def __init__(self, nlp: Language) -> None:
        self._known = KnownNames(nlp)

    def __call__(self, doc: Doc) -> Doc:
        names = settle_kinds(doc, mend_headings(doc, with_nicknames(doc, find_names(doc, self._known))))
        names = decide_unknown(doc, names, datelines(doc))
        names = [name for name in names if name.end - name.start > 1 or not is_partisan(doc[name.start])]
        named = [False] * len(doc)
        for name in names:
            for i in range(name.start if name.title_start is None else name.title_start, name.end):
                named[i] = True
        mentions = [_name(doc, name) for name in names]
        mentions += [_other(doc, span) for span in find_nominals(doc, named)]
        mentions += [_other(doc, span) for span in find_bodies_again(doc, named, _head_words(doc, names))]
        mentions += [_other(doc, span) for span in find_pronouns(doc)]
        mentions += list(find_joint(doc, mentions))
        doc._.mentions = tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))
        return doc


@Language.factory("hearsay_mentions", assigns=["doc._.mentions"], requires=["doc.ents", "token.dep", "token.pos"])
def make_mentions(nlp: Language, name: str) -> MentionFinder:  # noqa: ARG001 (spaCy passes the name)
    """The component; it needs the tagger, the parser and the entities of the model."""
    return MentionFinder(nlp)


def _head_words(doc: Doc, names: list[NameSpan]) -> dict[str, str]:
    """The kind of body by the head words of the names of bodies: "front" is an armed group's, if one is named so."""
    found: dict[str, str] = {}
    for name in names:
        if name.kind in {"organisation", "armed_group"} and name.end - name.start > 1:
            for word in {token.lower_ for token in doc[name.start : name.end]} & TAKEN_UP:
                found[word] = name.kind
    return found


def _name(doc: Doc, name: NameSpan) -> Mention:
    span = doc[name.start : name.end]
    title = None
    if name.title_start is not None:
        title = doc[name.title_start : name.start].text.rstrip(" ,\n")
    return Mention(span.start_char, span.end_char, span.text, "name", name.kind, None, span.root.i, title)


def _other(doc: Doc, found: NominalSpan) -> Mention:
    span = doc[found.start : found.end]
    return Mention(span.start_char, span.end_char, span.text, found.form, found.kind, None, found.head)
