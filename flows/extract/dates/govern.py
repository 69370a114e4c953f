"""Which time expression a verb has: the one that modifies it in the parse, not the nearest one."""

from __future__ import annotations

from spacy.tokens import Doc

from flows.extract.dates.syntax import modified, root_of


def date_of(doc: Doc, token_index: int) -> int | None:
    """The index in `doc._.dates` of the expression that modifies the verb at `token_index`; None without one.

    Taken are DATE and TIME expressions, and lengths with known days ("in the past two weeks"), that hang on the verb
    (or its auxiliary, the verb whose complement it is, or the light verb of a noun) as adverbial or through a
    preposition; one with known days before one without.
    """
    best: tuple[bool, bool, bool, int] | None = None
    for index, expression in enumerate(doc._.dates):
        length = expression.timex_type not in ("DATE", "TIME")
        if length and expression.starts_on is None:
            continue
        root = root_of(doc, expression.start, expression.end)
        if root is None:
            continue
        for step, verb in enumerate(modified(root)):
            if verb.i == token_index:
                rank = (expression.starts_on is None, length, step > 0, index)
                best = rank if best is None or rank < best else best
    return best[3] if best is not None else None
