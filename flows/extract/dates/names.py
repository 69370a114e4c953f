"""Times that are parts of names: papers, programmes, people, streets."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.dates.anchors import Found
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import lemmas
from flows.resources import words

_ACTORS: Final = ("nsubj", "nsubjpass", "poss", "dobj", "conj")
_NAMED_WORKS: Final = ("ORG", "WORK_OF_ART")


def programme(item: Found, root: Token) -> bool:
    """ "Saturday Night Quiz", "Harbour News Sunday": a weekday inside a name."""
    span = root.doc.char_span(item.start, item.end, alignment_mode="expand")
    if span is None:
        return False
    if not span[-1].lower_.endswith("day") and span[-1].text[0].isupper() and item.reading.part and _title_cased(root):
        return True
    if _ends_title(root) or _club(span[-1]):
        return True
    if root.ent_type_ not in _NAMED_WORKS:
        return False
    beside = [root.doc[i] for i in (span.start - 1, span.end) if 0 <= i < len(root.doc)]
    return any(one.ent_type_ == root.ent_type_ and one.pos_ == "PROPN" and one.text[0].isupper() for one in beside)


def _club(weekday: Token) -> bool:
    """ "the Tuesday Group", in a sentence of small words."""
    behind = weekday.nbor(1) if weekday.i + 1 < len(weekday.doc) else None
    return (
        weekday.lower_.endswith("day")
        and behind is not None
        and behind.text[0].isupper()
        and behind.lemma_.lower() in words("time_nouns_of_clubs", "lemma")
        and _title_cased(weekday)
    )


def _ends_title(weekday: Token) -> bool:
    """“Harbour News Sunday” between its own quotation marks."""
    doc, start = weekday.doc, weekday.i
    while start > 0 and doc[start - 1].text[0].isupper():
        start -= 1
    behind = [doc[i] for i in range(weekday.i + 1, min(weekday.i + 3, len(doc)))]
    closed = any(token.is_quote for token in behind) and all(token.is_punct for token in behind[:1])
    return start < weekday.i and start > 0 and doc[start - 1].text in ('"', "“", "``") and closed


def newsletter(overnight: Token) -> bool:
    """ "Overnight Harbours: …": the title of a column."""
    following = [overnight.doc[i] for i in range(overnight.i + 1, min(overnight.i + 4, len(overnight.doc)))]
    titled = bool(following) and overnight.text[0].isupper() and following[0].text[0].isupper()
    return titled and any(token.text in (":", "—", "|") for token in following)


def address(year: Token) -> bool:
    """ "at 1600 Harbour Street", not "the 2008 Wall Street crash"."""
    if any(child.dep_ in ("det", "poss", "amod") for child in (*year.head.children, *year.children)):
        return False
    following = [year.doc[i] for i in range(year.i + 1, min(year.i + 4, len(year.doc)))]
    named = next((i for i, token in enumerate(following) if token.lower_ in words("time_nouns_of_streets", "word")), 0)
    last = year.doc[year.i + named + 2] if named and year.i + named + 2 < len(year.doc) else None
    whole = last is None or not last.text[0].isupper()
    return named > 0 and whole and all(token.text[0].isupper() for token in following[: named + 1])


def named_after(item: Found, root: Token) -> bool:
    """ "the 6th of October Bridge": a day that a street, a bridge or a square is named after."""
    span = root.doc.char_span(item.start, item.end, alignment_mode="expand")
    if span is None or item.reading.year is not None or span.end >= len(root.doc):
        return False
    following = root.doc[span.end]
    streets = words("time_nouns_of_streets", "word")
    return following.text[0].isupper() and following.lower_ in streets and not following.is_sent_start


def festive(item: Found, root: Token) -> bool:
    """Whether a holiday is a day: not in a greeting ("Merry Christmas"), not "Christmas-themed"."""
    span = root.doc.char_span(item.start, item.end, alignment_mode="expand")
    if span is None:
        return True
    if span.start and root.doc[span.start - 1].lower_ in ("merry", "happy"):
        return False
    behind = root.doc[span.end : span.end + 2]
    joined = len(behind) > 1 and behind[0].text == "-" and behind[1].idx == behind[0].idx + 1
    return not (joined and behind[1].tag_ in ("VBN", "VBD", "JJ") and not root.doc[span.end - 1].whitespace_)


def name_of_paper(today: Token) -> bool:
    """ "Today" in the name of a paper or a programme: a capital after a word, or alone between quotation marks."""
    if today.text[0].islower() or today.i == 0:
        return False
    before = today.nbor(-1)
    if before.is_quote and today.i + 1 < len(today.doc):
        return today.nbor(1).is_quote
    return before.is_alpha or before.tag_ == "POS"


def surname(month: Token) -> bool:
    """ "Theresa May"; in a text that names her, "May" too where it is no adverbial of time."""
    if month.lower_ in words("time_nouns_given", "lemma"):
        if _is_given(month):
            return True
        called = month.is_sent_start and month.i + 1 < len(month.doc) and month.nbor(1).text == ","
        named = (token for token in month.doc if token.lower_ == month.lower_ and token.i != month.i)
        if (called or month.dep_ in _ACTORS) and any(_is_surname(token) or _is_given(token) for token in named):
            return True
    return _is_surname(month)


def _is_given(month: Token) -> bool:
    """ "May Odell", "MAY ODELL:"."""
    behind = month.nbor(1) if month.i + 1 < len(month.doc) else None
    named = behind is not None and behind.text[0].isupper() and behind.ent_type_ == month.ent_type_ == "PERSON"
    labelled = month.is_upper and behind is not None and behind.is_upper and month.i + 2 < len(month.doc)
    return named or (labelled and month.nbor(2).text == ":")


def _is_surname(month: Token) -> bool:
    before = month.nbor(-1) if month.i else None
    if before is not None and before.ent_type_ == month.ent_type_ == "PERSON":
        return True
    return before is not None and before.tag_ == "NNP" and before.head == month and before.dep_ == "compound"


def named_unit(root: Token, reading: Reading) -> bool:
    """A unit that is none: the minutes of a meeting, the name of a programme."""
    if reading.op == "duration" and root.lower_ == "minutes" and _record(root):
        return True
    in_name = root.tag_ in ("NNP", "NNPS") and reading.op in ("unit", "duration", "day_part")
    return in_name and not root.is_sent_start and _title_cased(root)


def _record(minutes: Token) -> bool:
    """ "the minutes of the meeting", "according to those minutes"."""
    determined = any(child.dep_ == "det" and child.lower_ in ("the", "those", "these") for child in minutes.children)
    return determined and not any(child.dep_ in ("nummod", "amod") for child in minutes.children)


def no_month(month: Token) -> bool:
    """ "the annual March for Peace", "the Farmers' March", with a determiner of their own; "May said", who speaks.

    In a headline "Strike May End Bridge Works".
    """
    if (month.dep_ == "nsubj" and month.head.lemma_ in lemmas("speech")) or _is_auxiliary(month):
        return True
    if month.lower_ not in ("march", "may"):
        return False
    if any(child.dep_ in ("det", "poss") for child in month.children):
        return True
    before = month.nbor(-1) if month.i else None
    behind = month.nbor(1) if month.i + 1 < len(month.doc) else None
    if before is None or behind is None:
        return False
    if month.lower_ == "may":
        return _is_capital(before) and _is_capital(behind)  # "Closure May Mean Longer Queues"
    if before.tag_ == "POS":
        return True
    marchers = behind.lower_ in ("for", "against") and behind.i + 1 < len(month.doc)
    return marchers and (before.lower_ in ("a", "the") or _is_capital(behind.nbor(1)))


def _is_capital(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper() and token.pos_ != "ADP"


def _is_auxiliary(may: Token) -> bool:
    """ "Strike May End Bridge Works": between two capitals, before what is as a rule a verb."""
    if may.text != "May" or may.is_sent_start or may.i + 1 >= len(may.doc):
        return False
    before, after = may.nbor(-1), may.nbor(1)
    titled = before.text[0].isupper() and after.text[0].isupper() and before.pos_ not in ("ADP", "ADJ", "DET", "CCONJ")
    return titled and after.lower_ in words("time_verbs_after_may")


def bears_holiday(item: Found, root: Token) -> bool:
    """ "a Christmas tree", "All Saints Church": what a holiday only describes, or is named after one."""
    span = root.doc.char_span(item.start, item.end, alignment_mode="expand")
    if span is None or span.end >= len(root.doc) or span[-1].dep_ not in ("compound", "nmod", "amod"):
        return False
    return root.doc[span.end].lemma_.lower() in words("time_nouns_of_holidays", "lemma")


def newspaper(word: Token) -> bool:
    """ "the party daily Tribuna": a noun before a name."""
    return word.lower_ == "daily" and word.i + 1 < len(word.doc) and word.nbor(1).pos_ == "PROPN"


def in_name(word: Token) -> bool:
    """Part of a name: "the Daily Star", "the Arab Spring"; a capital inside a sentence, beside another."""
    if not word.text[0].isupper() or word.is_sent_start:
        return False
    beside = [word.doc[i] for i in (word.i - 1, word.i + 1) if 0 <= i < len(word.doc)]
    return any(token.text[0].isupper() and not token.is_sent_start for token in beside) or _title_cased(word)


def _title_cased(unit: Token) -> bool:
    """The name of a programme ("This Week", "60 Minutes"): its unit has a capital inside a sentence of small words."""
    words = [token for token in unit.doc[max(0, unit.i - 12) : unit.i + 12] if token.is_alpha]
    return sum(word.text[0].islower() for word in words) > len(words) / 2
