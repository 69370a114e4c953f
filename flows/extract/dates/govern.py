"""Which time expression a verb has: the one that modifies it in the parse, not the nearest one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from flows.extract.dates.syntax import modified, root_of

_CACHE: Final = "hearsay_dates_of_verbs"


def date_of(doc: Doc, token_index: int) -> int | None:
    """The index in `doc._.dates` of the expression that modifies the verb at `token_index`; None without one.

    Taken are DATE and TIME expressions, and lengths with known days ("in the past two weeks"), that hang on the verb
    (or its auxiliary, the verb whose complement it is, or the light verb of a noun) as adverbial or through a
    preposition; one with known days before one without.
    """
    return _of_verbs(doc).get(token_index)


def _of_verbs(doc: Doc) -> Mapping[int, int]:
    """Token index to index in `doc._.dates`, worked out once for as long as these dates stand."""
    kept = doc.user_data.get(_CACHE)
    if kept is None or kept[0] is not doc._.dates:
        kept = (doc._.dates, _work_out(doc))
        doc.user_data[_CACHE] = kept
    found: Mapping[int, int] = kept[1]
    return found


def _work_out(doc: Doc) -> dict[int, int]:
    best: dict[int, tuple[bool, bool, bool, int]] = {}
    for index, expression in enumerate(doc._.dates):
        length = expression.timex_type not in ("DATE", "TIME")
        root = root_of(doc, expression.start, expression.end)
        if root is None or (length and expression.starts_on is None):
            continue
        for step, verb in enumerate(modified(root)):
            rank = (expression.starts_on is None, length, step > 0, index)
            best[verb.i] = min(best.get(verb.i, rank), rank)
    return {verb: rank[3] for verb, rank in best.items()}
