"""The records of the gold: fields, closed lists, addresses; GUIDE.md says what they mean. Standard library only."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from gold_text import lines

Record = dict[str, Any]
Span = tuple[int, int]

KEPT: Final = frozenset({"headline", "standfirst", "dateline", "subheading", "body", "correction", "repost_comment"})
_DROPPED: Final = frozenset(
    {"byline", "caption", "teaser", "share_widget", "forum_header", "disclaimer", "advert", "navigation"}
    | {"print_notice", "comment", "separator"}
)
TYPES: Final = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    | {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "INVESTIGATE", "DISAPPROVE", "FIGHT"}
)
_ACTORS: Final = frozenset(
    {"person", "organisation", "armed_group", "government", "country", "media", "group", "unnamed"}
)
_SPEAKERS: Final = frozenset(
    {"named", "official", "military", "witness", "analyst", "group", "organisation", "country", "document", "media"}
    | {"unnamed", "none"}
)
# layer → (fields that must be there, fields that may)
FIELDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    name: (frozenset(required.split()), frozenset(optional.split()))
    for name, required, optional in (
        ("article", "file reader title outlet authors language published_on reference_on", ""),
        ("segment", "kind", "lines part"),
        ("mention", "at form kind", "actor place title"),
        ("date", "at type value anchor starts_on ends_on", ""),
        ("claim", "parts cue speaker actor kind act modality quotation said_on chain", ""),
        ("event", "trigger type actors recipients place starts_on ends_on status", "also"),
        ("figure", "at low high qualifier unit of", ""),
        ("story", "name files starts_on", "half"),
        ("actor", "name kind names", "country"),
        ("apart", "names", ""),
        ("passage", "file at other other_at direction", ""),
        ("utterance", "name speaker said_on members origins", ""),
        ("incident", "name types place starts_on ends_on members origins", ""),
        ("discrepancy", "about field kind values", ""),
    )
}
CLOSED: Final[dict[str, dict[str, frozenset[str]]]] = {
    "segment": {"kind": KEPT | _DROPPED},
    "mention": {"form": frozenset({"name", "nominal", "pronoun"}), "kind": _ACTORS | {"place"}},
    "actor": {"kind": _ACTORS | {"place"}},
    "date": {
        "type": frozenset({"DATE", "TIME", "DURATION", "SET"}),
        "anchor": frozenset({"explicit", "publication", "dateline", "narrative", "speech", "event", "story", "none"}),
    },
    "claim": {
        "kind": _SPEAKERS,
        "act": frozenset({"said", "denied", "asked", "demanded", "promised", "believed", "wanted", "felt"}),
        "modality": frozenset({"actual", "conditional", "possible", "negated", "future"}),
        "quotation": frozenset({"direct", "mixed", "indirect"}),
    },
    "event": {
        "type": TYPES,
        "also": TYPES,
        "status": frozenset({"asserted", "reported", "denied", "possible", "planned"}),
    },
    "incident": {"types": TYPES},
    "figure": {"qualifier": frozenset({"exact", "at_least", "at_most", "about", "range"})},
    "passage": {"direction": frozenset({"from_other", "to_other", "common_origin", "unknown"})},
    "discrepancy": {"kind": frozenset({"conflict", "refinement", "compatible"})},
}
_ADDRESS: Final = re.compile(r"L(\d+):\s*(.*?)(?:#(\d+))?$", re.DOTALL)
_MARKS: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


class Address(NamedTuple):
    """A stretch of a file's reading text, as GUIDE.md writes it."""

    file: str
    at: str


def read_records(path: Path) -> list[Record]:
    """The records of a file, each with its line under `_line`. Raises ValueError on a line that is no record."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as problem:
            raise ValueError(f"line {number} is no JSON: {problem}") from None
        if not isinstance(record, dict) or "layer" not in record:
            raise ValueError(f"line {number} is no record with a layer")
        found.append({**record, "_line": number})
    return found


def locate(text: str, at: str) -> Span:
    """Start and end of an address in the reading text. Raises ValueError when it isn't there, or in several places."""
    match = _ADDRESS.match(at)
    if match is None:
        raise ValueError(f"{at!r} is no address like 'L4:words'")
    spans = lines(text)
    number, words, nth = int(match[1]), match[2].translate(_MARKS), int(match[3] or 0)
    if not 1 <= number <= len(spans):
        raise ValueError(f"{at!r}: there are {len(spans)} lines")
    start, end = spans[number - 1]
    line = text[start:end].translate(_MARKS)
    head, _, tail = (words, "", "") if _hits(line, words) else map(str.strip, words.partition("…"))
    hits = _hits(line, head)
    if len(hits) < max(nth, 1):
        raise ValueError(f"{at!r}: found {len(hits)} times")
    if len(hits) > 1 and not nth:
        raise ValueError(f"{at!r}: found {len(hits)} times, say which with #1 … #{len(hits)}")
    first = hits[max(nth, 1) - 1]
    if not tail:
        return start + first, start + first + len(head)
    ends = [hit for hit in _hits(line, tail) if hit >= first + len(head)]
    if not ends:
        raise ValueError(f"{at!r}: {tail!r} does not follow")
    return start + first, start + ends[0] + len(tail)


def _hits(line: str, words: str) -> list[int]:
    if not words:
        return []
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    return [match.start() for match in re.finditer(left + re.escape(words) + right, line)]
