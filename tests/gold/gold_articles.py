"""The layers of single articles: one reading against another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from gold_counts import Count, Pair, agreement, b_cubed, half_overlap, overlap, paired, presence
from gold_units import Reading, Unit, Words, is_kept
from gold_words import fold, one_is

Aliases = Mapping[str, Sequence[str]]
_UNITS: Final = {  # words of readers for the units that the extractor has
    "euros": "eur", "euro": "eur", "€": "eur", "per cent": "percent", "%": "percent",
    "kilometres": "km", "kilometers": "km", "meters": "metres", "m": "metres",
    "dead": "killed", "died": "killed", "deaths": "killed", "bodies": "killed", "hurt": "injured", "wounded": "injured",
    "unaccounted": "missing", "freed": "released", "detained": "arrested", "taken prisoner": "captured",
}  # fmt: skip
_PRONOUNS: Final = re.compile(
    r"(he|she|they|it|him|her|them|his|hers|their|theirs|its|himself|herself|themselves|itself)"
)


def compare(gold: Reading, other: Reading, aliases: Aliases) -> Iterator[tuple[str, Count]]:
    """Layer → count of one article. `aliases`: the gold's label of an actor → the names that it alone goes by."""
    for layer, count in _layers(gold, other, aliases):
        yield layer, count.of_file(gold.file)


def _layers(gold: Reading, other: Reading, aliases: Aliases) -> Iterator[tuple[str, Count]]:
    yield from _article(gold, other)
    yield from _segments(gold, other)
    yield from _mentions(gold, other)
    yield from _dates(gold, other)
    yield from _claims(gold, other, aliases)
    yield from _events(gold, other, aliases)
    yield from _figures(gold, other)


# ------------------------------------------------------------------------------------------- the article, its segments


def _article(gold: Reading, other: Reading) -> Iterator[tuple[str, Count]]:
    for name in ("published_on", "reference_on", "title", "outlet", "language"):
        wanted, given = gold.article.get(name), other.article.get(name)
        same = wanted is not None and given is not None and _same_text(str(wanted), str(given))
        told = f"{wanted}, not {given}"
        wrong = () if same or (wanted is None and given is None) else (told,)
        yield f"article.{name}", Count(same, wanted is not None, given is not None, (), wrong)
    wanted, given = ({fold(author) for author in reading.article.get("authors") or ()} for reading in (gold, other))
    yield (
        "article.authors",
        Count(len(wanted & given), len(wanted), len(given), tuple(wanted - given), tuple(given - wanted)),
    )


def _same_text(one: str, other: str) -> bool:
    one, other = fold(one).removeprefix("the "), fold(other).removeprefix("the ")
    return one == other


def _segments(gold: Reading, other: Reading) -> Iterator[tuple[str, Count]]:
    """By words: which belong to the article, and the kind of each that the other reading gives one."""
    kept, given = ({at for at, kind in reading.segments.items() if is_kept(kind)} for reading in (gold, other))
    yield "segments.kept", Count(len(kept & given), len(kept), len(given))
    both = gold.segments.keys() & other.segments.keys()
    right = sum(gold.segments[at] == other.segments[at] for at in both)
    yield "segments.kind", Count(right, len(both), len(both), (), _confusions(gold, other, both))


def _confusions(gold: Reading, other: Reading, both: Iterable[int]) -> tuple[str, ...]:
    seen: dict[tuple[str, str], int] = {}
    for at in both:
        pair = gold.segments[at], other.segments[at]
        if pair[0] != pair[1]:
            seen[pair] = seen.get(pair, 0) + 1
    return tuple(f"{one}, not {two}: {n} words" for (one, two), n in sorted(seen.items()))


# ------------------------------------------------------------------------------------------- mentions


def _mentions(gold: Reading, other: Reading) -> Iterator[tuple[str, Count]]:
    everything = []
    for form in ("name", "nominal", "pronoun"):
        units, found = _of_form(gold, form), _of_form(other, form)
        pairs = paired(units, found, overlap if form == "name" else _nominal)
        exact = [pair for pair in pairs if form != "name" or pair[0].words == pair[1].words]
        yield f"mentions.{form}", presence(units, found, exact)
        everything += pairs
        if form == "name":
            yield "mentions.kind", agreement(units, found, pairs, "kind")
            yield "mentions.title", agreement(units, found, pairs, "title", _shares_a_word)
    yield "mentions.same_actor", _chains(gold, everything)


def _of_form(reading: Reading, form: str) -> list[Unit]:
    """Mentions of that form; of pronouns only those that GUIDE.md has."""
    units = [unit for unit in reading.units["mention"] if unit.facts["form"] == form and unit.words]
    return units if form != "pronoun" else [unit for unit in units if _PRONOUNS.fullmatch(fold(unit.text))]


def _nominal(one: Unit, other: Unit) -> float:
    """Nominals are the same when the shorter one's words mostly stand in the longer."""
    shared = len(one.words & other.words)
    return overlap(one, other) if shared / min(len(one.words), len(other.words)) > 0.5 else 0.0


def _shares_a_word(one: object, other: object) -> bool:
    return bool(set(fold(str(one)).split()) & set(fold(str(other or "")).split()))


def _chains(gold: Reading, pairs: Sequence[Pair]) -> Count:
    """Coreference within the article, B-cubed over the gold's mentions of actors; one undecided is not found."""
    units = [unit for unit in gold.units["mention"] if unit.facts.get("actor")]
    wanted = {id(unit): unit.facts["actor"] for unit in units}
    given = {id(one): actor for one, other in pairs if id(one) in wanted and (actor := other.facts.get("actor"))}
    return b_cubed(wanted, given)


# ------------------------------------------------------------------------------------------- dates, figures


def _dates(gold: Reading, other: Reading) -> Iterator[tuple[str, Count]]:
    units, found = gold.units["date"], other.units["date"]
    pairs = paired(units, found, overlap)
    yield "dates.found", presence(units, found, pairs)
    yield "dates.type", agreement(units, found, pairs, "type")
    yield "dates.value", agreement(units, found, pairs, "value")
    yield "dates.starts_on", agreement(units, found, pairs, "starts_on")
    yield "dates.ends_on", agreement(units, found, pairs, "ends_on")
    yield "dates.anchor", agreement(units, found, pairs, "anchor", _same_anchor)


def _same_anchor(one: object, other: object) -> bool:
    """A dateline's day and the day of publication are one anchor where a page has both."""
    return one == other or {one, other} == {"publication", "dateline"}


def _figures(gold: Reading, other: Reading) -> Iterator[tuple[str, Count]]:
    units, found = gold.units["figure"], other.units["figure"]
    pairs = paired(units, found, overlap)
    yield "figures.found", presence(units, found, pairs)
    right = [pair for pair in pairs if all(pair[0].facts[name] == pair[1].facts[name] for name in ("low", "high"))]
    wrong = tuple(_value(*pair) for pair in pairs if pair not in right)
    yield "figures.value", Count(len(right), len(units), len(found), (), wrong)
    yield "figures.qualifier", agreement(units, found, pairs, "qualifier")
    right = [pair for pair in pairs if same_unit(_counted(pair[0]), _given_unit(pair[1]))]
    wrong = tuple(
        f"{one.text}: {_counted(one)}, not {two.facts['unit']}" for one, two in pairs if (one, two) not in right
    )
    yield "figures.unit", Count(len(right), len(units), len(found), (), wrong)


def _counted(unit: Unit) -> str:
    """What a figure counts, and what became of it."""
    return f"{unit.facts.get('unit') or ''} {unit.facts.get('of') or ''}"


def _given_unit(unit: Unit) -> str:
    """The unit that was given, or of another reading what it says is counted."""
    return str(unit.facts["unit"]) if unit.facts.get("unit") else _counted(unit)


def same_unit(wanted: str, given: str) -> bool:
    """Whether a unit is one of the words that the gold has for it, whatever their endings: killed, border guards."""
    return fold(wanted) == fold(given) or not _units(wanted).isdisjoint(_units(given))


def _units(text: str) -> set[str]:
    folded = fold(text)
    for phrase, unit in _UNITS.items():
        if " " in phrase:
            folded = folded.replace(phrase, unit)
    found = (_UNITS.get(word, word) for word in folded.split())
    return {word[:4] if len(word) > 4 else word.removesuffix("s") for word in found}


def _value(one: Unit, other: Unit) -> str:
    wanted, given = ((unit.facts["low"], unit.facts["high"]) for unit in (one, other))
    return f"{one.text}: {wanted}, not {given}"


# ------------------------------------------------------------------------------------------- claims


def _claims(gold: Reading, other: Reading, aliases: Aliases) -> Iterator[tuple[str, Count]]:
    units, found = gold.units["claim"], other.units["claim"]
    pairs = paired(units, found, half_overlap)
    yield "claims.found", presence(units, found, pairs)
    sourced = [pair for pair in pairs if _same_party(*pair, "speaker")]
    wrong = tuple(f"{one.text}: another speaker" for one, other in pairs if not _same_party(one, other, "speaker"))
    yield "claims.speaker", Count(len(sourced), len(units), len(found), (), wrong)
    cued = [pair for pair in pairs if _same_party(*pair, "cue")]
    yield "claims.cue", Count(len(cued), len(units), len(found))
    yield "claims.actor", _speakers(units, found, pairs, aliases)
    for name in ("parts", "kind", "act", "modality", "quotation", "said_on"):
        yield f"claims.{name}", agreement(units, found, pairs, name)
    yield "claims.chain", _hops(units, found, pairs, aliases)


def _same_party(one: Unit, other: Unit, name: str) -> bool:
    wanted, given = (unit.spans.get(name, ()) for unit in (one, other))
    if not wanted or not given:
        return not wanted and not given
    return bool(wanted[0] & given[0])


def _speakers(units: Sequence[Unit], found: Sequence[Unit], pairs: Sequence[Pair], aliases: Aliases) -> Count:
    """Whether the speaker is resolved to the right actor, by one of its names."""

    def same(one: object, other: object) -> bool:
        given = other if isinstance(other, list) else [str(other)]
        return one_is(_names(str(one), aliases), [str(name) for name in given])

    return agreement(units, found, pairs, "actor", same)


def _names(label: str, aliases: Aliases) -> list[str]:
    return [label, *aliases.get(label, ())]


def _hops(units: Sequence[Unit], found: Sequence[Unit], pairs: Sequence[Pair], aliases: Aliases) -> Count:
    """The hops between speaker and page, by role and name; the reposter, who is the page, is none of them."""
    right, wrong = 0, []
    for one, other in pairs:
        wanted, given = _relays(one), _relays(other)
        left = list(given)
        for hop in wanted:
            taken = next((hop_given for hop_given in left if _same_hop(hop, hop_given, aliases)), None)
            if taken is not None:
                left.remove(taken)
                right += 1
        if left or len(wanted) != len(given):
            wrong.append(f"{one.text}: {wanted}, not {given}")
    n_gold, n_found = (sum(len(_relays(unit)) for unit in side) for side in (units, found))
    return Count(right, n_gold, n_found, (), tuple(wrong))


def _relays(unit: Unit) -> list[str]:
    return [hop for hop in unit.facts["chain"] if not hop.startswith("reposter:")]


def _same_hop(one: str, other: str, aliases: Aliases) -> bool:
    (role, _, name), (other_role, _, other_name) = one.partition(":"), other.partition(":")
    same_role = role == other_role or {role, other_role} == {"outlet", "earlier_article"}
    return same_role and (one_is(_names(name, aliases), [other_name]) or one_is([other_name], [name]))


# ------------------------------------------------------------------------------------------- events


def _events(gold: Reading, other: Reading, aliases: Aliases) -> Iterator[tuple[str, Count]]:
    units, found = gold.units["event"], other.units["event"]
    pairs = paired(units, found, overlap)
    yield "events.found", presence(units, found, pairs)
    typed = [pair for pair in pairs if set(pair[0].facts["types"]) & set(pair[1].facts["types"])]
    wrong = tuple(
        f"{one.text}: {one.facts['types']}, not {two.facts['types']}" for one, two in pairs if (one, two) not in typed
    )
    yield "events.type", Count(len(typed), len(units), len(found), (), wrong)
    for role in ("actors", "recipients"):
        yield f"events.{role}", _parties(units, found, pairs, role)

    def same_place(one: object, other: object) -> bool:
        return fold(str(other or "")) in {fold(name) for name in _names(str(one), aliases)}

    yield "events.place", agreement(units, found, pairs, "place", same_place)
    yield "events.starts_on", agreement(units, found, pairs, "starts_on")
    yield "events.ends_on", agreement(units, found, pairs, "ends_on")
    yield "events.status", agreement(units, found, pairs, "status")


def _parties(units: Sequence[Unit], found: Sequence[Unit], pairs: Sequence[Pair], role: str) -> Count:
    right = sum(_shared_parties(one.spans.get(role, ()), other.spans.get(role, ())) for one, other in pairs)
    n_gold, n_found = (sum(len(unit.spans.get(role, ())) for unit in side) for side in (units, found))
    return Count(right, n_gold, n_found)


def _shared_parties(wanted: Sequence[Words], given: Sequence[Words]) -> int:
    left = list(given)
    right = 0
    for one in wanted:
        taken = next((other for other in left if one & other), None)
        if taken is not None:
            left.remove(taken)
            right += 1
    return right


def totals(counts: Iterable[tuple[str, Count]]) -> dict[str, Count]:
    """The sum of each layer over articles, in the order of their first."""
    found: dict[str, Count] = {}
    for layer, count in counts:
        found[layer] = found.get(layer, Count()) + count
    return found
