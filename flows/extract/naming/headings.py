"""Names in headings, where capitals tell nothing: what the article below writes says where a name ends.

In "Lund Leaves Kostrel Bank" or "BRANDL DEFEATS ODELL" the model runs names together with verbs and common nouns, or
takes such a word for a name. The article itself knows better: it writes "leaves" in small letters and "Lund" with a
capital amid a sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Final

from spacy.tokens import Doc, Span, Token

from flows.extract.naming.bodies import head_words
from flows.extract.naming.firms import is_legal_form
from flows.extract.naming.gazetteer import is_place
from flows.extract.naming.known import by_surname, look_up
from flows.extract.naming.nominals import roles
from flows.extract.naming.spans import NameSpan
from flows.extract.naming.verbs import verb_forms, verbs
from flows.extract.naming.vocabulary import word_class
from flows.names import GENERATIONS, country_word, is_given_name
from flows.resources import words

_LONGEST: Final = 220  # characters of a heading
_LONGEST_NAME: Final = 8  # tokens
_LINE: Final = re.compile(r"[^\n]+")
_WORD: Final = re.compile(r"\b[^\W\d_][\w’']*")
_SMALL: Final = re.compile(r"\b[a-z]{2,}\b")
_AMID: Final = re.compile(r"(?<=[\w,;’'\"“‘] )[A-Z]\w+|(?<=[’'\"“‘])[A-Z]\w+")
_CLOSED: Final = (".", ",", ";")  # what a sentence ends with
_BYLINE: Final = "By "
_ENDINGS: Final = ("ings", "ing", "ed", "es", "s", "e")  # by which forms of a word differ
_LEAST: Final = 3  # letters of a stem, and of a name that stands for itself
_INSIDE: Final = frozenset({"of", "the", "and", "for", "de", "&", "'s", "’s"})  # small words within names
_POSSESSIVE: Final = frozenset({"'s", "’s"})
_COMMON: Final = frozenset("VJRIMD")  # first letters of the tags of words that are no nouns
_APART: Final = frozenset({"-", "–", "—", "|", ":"})
# What bodies and sites end with, though the article writes the word alone in small letters.
_SITES: Final = word_class("NAMED_SITES")


def headings(doc: Doc, text: str) -> list[range]:
    """The tokens of each line of the `text` all of whose words begin with a capital, those apart that carry grammar."""
    found: list[range] = []
    for match in _LINE.finditer(text):
        if match.end() - match.start() <= _LONGEST and _is_heading(match[0].strip()):
            span = doc.char_span(*match.span(), alignment_mode="contract")
            if span is not None:
                found.append(range(span.start, span.end))
    return found


@cache
def _grammar() -> frozenset[str]:
    """Words that a heading may write small."""
    return words("function_words") | {"vs", "v", "via", "amid", "despite", "n't", "s"}


def _is_heading(line: str) -> bool:
    inner = [word for word in _WORD.findall(line) if word.lower() not in _grammar()]
    if len(inner) < 2 or line.endswith(_CLOSED) or line.startswith(_BYLINE):
        return False
    return all(word[0].isupper() for word in inner)


def mend_headings(doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
    """The spans with those in headings cut to what is a name by the rest of the article, or dropped.

    Names of the lexicons stay as they are, and so does what the article writes elsewhere. Its names that the model
    didn't see in a heading are added.
    """
    text = doc.text  # joined anew at each call
    lines = headings(doc, text)
    names = _full_names(doc, spans)
    spans = [_without_rest(doc, span, names) for span in spans]
    if not lines:
        return spans
    inside = {i for line in lines for i in line}
    body = _body(doc, text, lines, [span for span in spans if span.start not in inside])
    fixed = {i for span in spans if span.known for i in range(span.start, span.end)}
    whole = {i: name for line in lines for name in _long_names(doc, line, body) if not fixed & {*name} for i in name}
    mended: list[NameSpan] = []
    for span in spans:
        if span.known or span.start not in inside:
            mended.append(span)
        elif not _crosses(span, whole):
            mended.extend(_mended(doc, span, body))
    taken = {i for span in mended for i in range(_first(span), span.end)}
    for line in lines:
        mended.extend(_overlooked(doc, line, taken, body))
    return sorted(mended, key=lambda span: span.start)


def _full_names(doc: Doc, spans: Iterable[NameSpan]) -> dict[tuple[str, ...], str]:
    """Names of several words, and the surnames of people, in lower case, each with its kind."""
    names: dict[tuple[str, ...], str] = {}
    for span in spans:
        tokens = _lower(doc[span.start : span.end])
        if len(tokens) > 1:
            names[tokens] = span.kind
            if span.kind == "person":
                names[tokens[-1:]] = span.kind
    return names


def _without_rest(doc: Doc, span: NameSpan, names: Mapping[tuple[str, ...], str]) -> NameSpan:
    """The span without what follows a name that the text has elsewhere too, where it goes on as no name does:
    "Jane Lund To Host", "Lund urges Teso", "Jane Lund U.S. Surgeon"."""
    for size in range(span.end - span.start - 1, 0, -1) if not span.known else ():
        kind = names.get(_lower(doc[span.start : span.start + size]))
        if kind is not None:
            after = doc[span.start + size]
            return replace(span, end=after.i, kind=kind) if _ends_before(after, kind, size) else span
    return span


def _ends_before(after: Token, kind: str, size: int) -> bool:
    """Whether a name of that many tokens doesn't go on with the word behind it."""
    if after.lower_ in _INSIDE or (after.is_punct and not _parts(after)) or not after.text[0].isalpha():
        return _parts(after) and size > 1
    if size == 1:
        return after.is_lower and after.pos_ == "VERB"
    is_land = kind == "person" and country_word(after.text) is not None
    return is_land or after.is_lower or after.lower_ in words("function_words")


def _long_names(doc: Doc, line: range, body: _Body) -> Iterator[range]:
    for start, end, _ in _names(doc[line.start : line.stop], body):
        if end - start > 1:
            yield range(start, end)


def _crosses(span: NameSpan, whole: Mapping[int, range]) -> bool:
    """Whether the span has a part alone of a name of the article: "Hire Jane" and "Lund" where Jane Lund is hired."""
    parts = (whole[i] for i in range(span.start, span.end) if i in whole)
    return any(part.start < _first(span) or part.stop > span.end for part in parts)


def _first(span: NameSpan) -> int:
    return span.start if span.title_start is None else span.title_start


# --- the article -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Body:
    """How the article writes words outside its headings: in small letters, as names, and with a capital otherwise."""

    text: str
    small: frozenset[str]
    stems: frozenset[str]
    capital: frozenset[str]
    names: dict[tuple[str, ...], str]  # the kind of a name by its words in lower case

    def is_small(self, token: Token) -> bool:
        """Whether the article writes the word, or a form of it, in small letters."""
        if token.lower_ in self.small:
            return True
        return _stem(token.lower_) in self.stems and not token.vocab[token.lower_].is_oov


def _body(doc: Doc, whole: str, lines: list[range], spans: Iterable[NameSpan]) -> _Body:
    parts: list[str] = []
    at = 0
    for line in lines:
        parts.append(whole[at : doc[line.start].idx])
        at = doc[line.stop - 1].idx + len(doc[line.stop - 1])
    text = "\n".join((*parts, whole[at:]))
    kinds: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for span in spans:
        tokens = _lower(doc[span.start : span.end])
        kinds[tokens][span.kind] += 1
        if span.kind == "person" and len(tokens) > 1:
            kinds[tokens[-1:]][span.kind] += 1
    small = frozenset(_SMALL.findall(text))
    capital = {word.lower() for word in _AMID.findall(text)} | {word for name in kinds for word in name}
    names = {tokens: votes.most_common(1)[0][0] for tokens, votes in kinds.items()}
    return _Body(text, small, frozenset(map(_stem, small)), frozenset(capital), names)


def _lower(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.lower_ for token in tokens)


def _stem(word: str) -> str:
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= _LEAST), "")
    return word[: len(word) - len(ending)]


# --- words -----------------------------------------------------------------------------------------------------------


def _is_common(token: Token, body: _Body, span: NameSpan) -> bool:
    """Whether the word is none of a name's: the article writes it small, and never with a capital amid a sentence."""
    word = token.lower_
    if word in body.capital or word in _INSIDE or not token.text[0].isalpha() or _is_protected(token, span, body):
        return False
    return body.is_small(token) or token.tag_[:1] in _COMMON or _is_common_alone(token, span.kind)


def _is_protected(token: Token, span: NameSpan, body: _Body) -> bool:
    """Whether the word may be common and part of the name: "Will Lund", "Jane Baker", "Lund Housing Council"."""
    if span.kind != "person":
        return token.i > span.start and token.lower_ in head_words() | _SITES
    if is_given_name(token.lower_):
        return token.i + 1 < span.end and token.tag_.startswith("NNP")
    if token.i != span.start + 1 or token.i != span.end - 1 or not is_given_name(token.nbor(-1).lower_):
        return False
    return not (token.lower_ in verb_forms() and token.lower_.endswith(("s", "ed"))) and not _is_written_role(
        token, body
    )


def _is_written_role(token: Token, body: _Body) -> bool:
    return token.lower_ in body.small and token.lower_ in roles()


def _is_common_alone(token: Token, kind: str) -> bool:
    """Whether the lexicons know the word as one of English; callings are surnames too, as "Weaver" is."""
    word = token.lower_
    if word in words("function_words") or word in verb_forms():
        return True
    is_role = word in roles() or word.removesuffix("s") in roles()
    return is_role and (kind != "person" or token.ent_iob_ == "B")


# --- spans -----------------------------------------------------------------------------------------------------------


def _mended(doc: Doc, span: NameSpan, body: _Body) -> Iterator[NameSpan]:
    tokens = doc[span.start : span.end]
    common: set[int] = set()
    if not _is_whole(tokens, span, body):
        common = {token.i for token in tokens if _is_common(token, body, span)} | set(_behind_name(tokens, body))
        common -= {i for part in _stretches(tokens) if _is_whole(part, span, body) for i in range(part.start, part.end)}
    if not common:
        yield span
        return
    for _, group in groupby((i for i in range(span.start, span.end)), lambda i: i in common or _parts(doc[i])):
        run = [i for i in group if i not in common and not _parts(doc[i])]
        while run and not _may_be_edge(doc[run[0]]):
            del run[0]
        while run and not _may_be_edge(doc[run[-1]]):
            del run[-1]
        if run:
            yield from _kept(doc[run[0] : run[-1] + 1], span, body)


def _stretches(tokens: Span) -> Iterator[Span]:
    """The stretches of several words between those that carry grammar."""
    carries = words("function_words") - _INSIDE
    for inner, group in groupby(tokens, lambda token: token.lower_ not in carries and not _parts(token)):
        run = [token.i for token in group]
        if inner and len(run) > 1:
            yield tokens.doc[run[0] : run[-1] + 1]


def _behind_name(tokens: Span, body: _Body) -> Iterator[int]:
    """The word behind a name of the article with which the span begins, where the article knows it as none of a name:
    "Jane Lund Consoles Kostrel"."""
    if is_legal_form(tokens[-1].text) or tokens[-1].lower_.strip(".") in GENERATIONS:
        return
    for size in range(len(tokens) - 1, 0, -1):
        kind = body.names.get(_lower(tokens[:size]))
        if kind is not None and (size > 1 or _is_surname_before(tokens, kind)):
            if tokens[size].lower_ not in body.capital | _INSIDE and not is_given_name(tokens[size].lower_):
                yield tokens[size].i
            return


def _is_surname_before(tokens: Span, kind: str) -> bool:
    """Whether a surname of the article stands before more words than belong to one: "Lund Consoles Kostrel"."""
    return kind == "person" and len(tokens) > 2 and not is_given_name(tokens[0].lower_)


def _is_whole(tokens: Span, span: NameSpan, body: _Body) -> bool:
    """Whether the article, or the gazetteer, has the name as it stands; or a body's or a site's noun ends it."""
    if _lower(tokens) in body.names or tokens.text in body.text:
        return True
    if len(tokens) == 1 or span.kind == "person":
        return False
    if is_place(tokens.text):
        return True
    heads = head_words() | _SITES if len(tokens) == span.end - span.start else head_words()
    if not (tokens[-1].lower_ in heads or any(t.lower_ in head_words() for t in tokens[:-1] if _has_of(t))):
        return False
    return not {*_lower(tokens)} & ((verb_forms() | words("function_words") | _POSSESSIVE) - (_INSIDE - _POSSESSIVE))


def _has_of(token: Token) -> bool:
    return token.nbor().lower_ in {"of", "for"}


def _parts(token: Token) -> bool:
    """A dash or a colon between two parts of a heading."""
    return token.text in _APART and bool(token.whitespace_)


def _may_be_edge(token: Token) -> bool:
    return token.text[0].isalnum() and token.lower_ not in _INSIDE


def _kept(run: Span, span: NameSpan, body: _Body) -> Iterator[NameSpan]:
    """The names in what is left of a span between common words."""
    opens = run.start == span.start
    if _is_full_name(run, span, body):
        found = [(run.start, run.end, "person")]
    elif opens and len(run) > 1 and _is_whole(run, span, body):
        found = [(run.start, run.end, body.names.get(_lower(run), span.kind))]
    else:
        found = list(_names(run, body))
    if not found and opens and _is_name(run, span, body):
        found = [(run.start, run.end, span.kind)]
    for start, end, kind in found:
        yield NameSpan(start, end, kind, False, span.title_start if start == span.start else None)


def _is_full_name(run: Span, span: NameSpan, body: _Body) -> bool:
    """Whether a given name and more, of which the article may know the surname alone, is left of a name."""
    if len(run) == 1 or (span.kind != "person" and run.start == span.start):
        return False
    if is_given_name(run[0].lower_):
        return True
    return body.names.get((run[-1].lower_,)) == "person" and run[0].lower_ not in verbs()  # "Nab Lund"


def _is_name(run: Span, span: NameSpan, body: _Body) -> bool:
    """Whether what begins the span is a name though the article has it nowhere as such."""
    if _is_of_origin(run.text):
        return False
    unknown = any(token.is_oov for token in run)
    if len(run) == 1 and span.kind == "person":
        return unknown
    return unknown or any(token.lower_ in body.capital and not body.is_small(token) for token in run)


def _is_of_origin(text: str) -> bool:
    word = country_word(text)
    return word is not None and word.role in {"adjective", "people"}


def _names(tokens: Span, body: _Body) -> Iterator[tuple[int, int, str]]:
    """The names of the article and of the lexicons in these tokens, the longest first."""
    start, end = tokens.start, tokens.end
    while start < end:
        for last in range(min(end, start + _LONGEST_NAME), start, -1):
            kind = _kind(tokens.doc[start:last], body)
            if kind is not None:
                yield start, last, kind
                start = last
                break
        else:
            start += 1


def _kind(tokens: Span, body: _Body) -> str | None:
    """The kind of the name that these tokens are by the lexicons or the article; None where they are none."""
    if not (_may_be_edge(tokens[0]) and _may_be_edge(tokens[-1])) or tokens[0].lower_ in words("function_words"):
        return None
    if len(tokens) == 1 and tokens.text.lower() in body.small:
        return None
    text = tokens.text
    known = None if text in words("ambiguous_names") else look_up(text) or by_surname(text)
    is_sure = known is not None and (known.kind != "media" or len(tokens) > 1 or tokens[0].is_oov)
    return known.kind if known is not None and is_sure else body.names.get(_lower(tokens))


def _overlooked(doc: Doc, line: range, taken: set[int], body: _Body) -> Iterator[NameSpan]:
    """Names of the article that the model didn't see in a heading."""
    for is_free, group in groupby(line, lambda i: i not in taken):
        free = list(group)
        for start, end, kind in _names(doc[free[0] : free[-1] + 1], body) if is_free else ():
            is_adjective = (
                kind == "group" and end - start == 1 and not doc[start].lower_.endswith("s")
            )  # "Republican Plan"
            if not is_adjective and _is_surely(doc[start:end], body):
                yield NameSpan(start, end, kind, False)


def _is_surely(tokens: Span, body: _Body) -> bool:
    """Whether a name of the article is so in a heading too: more than a word that may be a common one."""
    if not all(token.text[0].isupper() or token.lower_ in _INSIDE or token.is_punct for token in tokens):
        return False
    token = tokens[0]
    if len(tokens) > 1:
        return True
    hyphenated = token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_
    if len(token) <= _LEAST or (hyphenated and country_word(token.text) is None) or _is_of_origin(token.text):
        return False
    word = token.lower_
    return not (body.is_small(token) or word in head_words() | _SITES | verb_forms() | words("function_words"))
