"""The layers inside an article: metadata, segments, claims, events, figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gold_published import Gold, Item, Published, Row, short
from gold_words import closeness, fold, holds, one_is, overlap


def articles(gold: Gold, published: Published) -> Iterator[Item]:
    """Everything that the gold lists inside the articles."""
    for article in gold["article"]:
        yield from _metadata(article, published)
        yield from _segments(article, published)
        for claim in article.get("claim", ()):
            yield from _claim(article["file"], claim, published)
        for event in article.get("event", ()):
            yield from _event(article["file"], event, published)
        for figure in article.get("figure", ()):
            yield from _figure(article["file"], figure, published)


# ------------------------------------------------------------------------------------------- metadata, segments


def _metadata(article: Row, published: Published) -> Iterator[Item]:
    file = article["file"]
    row = published.files.get(file, {})
    outlet = published.sources.get(row.get("outlet_id") or "", {}).get("name")
    stated = None if row.get("published_basis") == "story" else row.get("published_on")  # inferred is not stated
    for field, want, got in (
        ("published_on", article["published_on"], _day(stated)),
        ("reference_on", article["reference_on"], _day(row.get("reference_on"))),
        ("language", article["language"], row.get("language")),
        ("headline", article["headline"], _headline(file, row, published)),
    ):
        yield Item(f"metadata.{field}", file, fold(want) == fold(got), f"{short(got)}, not {short(want)}")
    if article["outlet"] and "superseded_by" not in article:
        right = one_is([article["outlet"]], [outlet])
        yield Item("metadata.outlet", file, right, f"{short(outlet)}, not {article['outlet']}")


def _headline(file: str, row: Row, published: Published) -> str:
    """The title; of plain text, whose headline is a part of it, "" unless a segment was kept as headline."""
    kept = [segment for segment in published.of("segments", file) if segment["kind"] == "headline"]
    return str(row.get("title") or "") if kept or not file.endswith(".txt") else ""


def _day(value: Any) -> str:
    return "none" if value is None else str(value)


def _segments(article: Row, published: Published) -> Iterator[Item]:
    file = article["file"]
    text = fold(published.text(file))
    kinds = {fold(segment["text"]): segment["kind"] for segment in published.of("segments", file)}
    for dropped in article["dropped"]:
        yield Item("segments.dropped", f"{file}: {short(dropped)}", fold(dropped) not in text, _where(dropped, kinds))
    for kept in article["kept"]:
        yield Item("segments.kept", f"{file}: {short(kept)}", fold(kept) in text, _where(kept, kinds))
    if comment := article.get("repost_comment"):
        got = _where(comment, kinds)
        yield Item("segments.repost_comment", f"{file}: {short(comment)}", got == "is repost_comment", got)


def _where(part: str, kinds: dict[str, str]) -> str:
    return next((f"is {kind}" for text, kind in kinds.items() if fold(part) in text), "is in no segment")


# ------------------------------------------------------------------------------------------- claims


def find_claim(file: str, contains: str, speaker: str | None, published: Published) -> Row | None:
    """The claim of an article whose content holds the string; of several the one that fits best, then the shortest."""
    found = [row for row in published.of("claims", file) if holds(row["content"], contains)]
    wanted = published.aliases.get(speaker or "", [speaker] if speaker else [])
    return min(
        found,
        key=lambda row: (not one_is(wanted, speakers(row, published)), len(row["content"])),
        default=None,
    )


def speakers(claim: Row, published: Published) -> list[str | None]:
    """All that the published tables call the speaker of a claim."""
    return [claim["speaker_text"], *sorted(published.names.get(claim["speaker_id"] or "", ()))]


def _claim(file: str, gold: Row, published: Published) -> Iterator[Item]:
    name = f"{file}: {gold['speaker']}: {short(gold['contains'], 60)}"
    claim = find_claim(file, gold["contains"], gold["speaker"], published)
    yield Item("claims.found", name, claim is not None, _nearest(file, gold["contains"], published))
    for field, right, got in _claim_fields(gold, claim, published):
        yield Item(f"claims.{field}", name, claim is not None and right, got, found=claim is not None)


def _claim_fields(gold: Row, claim: Row | None, published: Published) -> Iterator[tuple[str, bool, str]]:
    row = claim or {}
    wanted = published.aliases.get(gold["speaker"], [gold["speaker"]])
    candidates = speakers(row, published) if claim else []
    yield "speaker", one_is(wanted, candidates), f"{short(row.get('speaker_text'))} = {candidates[1:3]}"
    cue = row.get("cue_text")
    right = overlap(gold["cue"], cue) if gold["cue"] else not cue
    yield "cue", right, f"{short(cue)}, not {gold['cue'] or '—'}"
    yield "quotation", row.get("quotation") == gold["quotation"], f"{row.get('quotation')}, not {gold['quotation']}"
    hops = published.hops.get(row.get("claim_id", ""), [])[:-1]
    chains = [gold["chain"], *gold.get("also_chain", ())]
    got = " < ".join(short(hop["name"], 40) for hop in hops)
    yield "chain", any(_is_chain(chain, hops, published) for chain in chains), f"{got}, not {' < '.join(gold['chain'])}"
    if "second_part" in gold:
        right = holds(row.get("content"), gold["second_part"])
        yield "second_part", right, f"{short(row.get('content'))} lacks {short(gold['second_part'])}"
    if "said_on" in gold:
        day = f"{_day(row.get('said_on'))} ({row.get('said_basis')}), not {gold['said_on']}"
        yield "said_on", _day(row.get("said_on")) == gold["said_on"], day
    for field, column in (("act", "speech_act"), ("modality", "modality"), ("speaker_kind", "speaker_kind")):
        if field in gold:
            allowed = [gold[field], *gold.get(f"also_{field}", ())]
            yield field, row.get(column) in allowed, f"{row.get(column)}, not {gold[field]}"


def _is_chain(wanted: list[str], hops: list[Row], published: Published) -> bool:
    if len(wanted) != len(hops):
        return False
    return all(_is_hop(want, hop, published) for want, hop in zip(wanted, hops, strict=True))


def _is_hop(wanted: str, hop: Row, published: Published) -> bool:
    source = published.sources.get(hop["source_id"] or "", {}).get("name")
    names = [hop["name"], source, *published.names.get(hop["actor_id"] or "", ())]
    return one_is(published.aliases.get(wanted, [wanted]), names)


def _nearest(file: str, contains: str, published: Published) -> str:
    if fold(contains) not in fold(published.text(file)):
        return "is not in the clean text"
    near = max(published.of("claims", file), key=lambda row: closeness(contains, row["content"]), default=None)
    if near is None or closeness(contains, near["content"]) < 0.5:
        return "no claim near it"
    return f"nearest: {short(near['content'], 110)}"


# ------------------------------------------------------------------------------------------- events, figures


def find_events(file: str, inside: str, trigger: str | None, published: Published) -> list[Row]:
    """The events of an article whose trigger stands in the given part of its text, those on `trigger` first."""
    text = published.text(file)
    start = text.find(inside)
    if start < 0:
        return []
    end = start + len(inside)
    found = [row for row in published.of("events", file) if row["trigger_start"] < end and row["trigger_end"] > start]
    return sorted(found, key=lambda row: not (trigger and overlap(trigger, row["trigger_text"])))


def _event(file: str, gold: Row, published: Published) -> Iterator[Item]:
    name = f"{file}: {gold['type']}: {short(gold['in'], 60)}"
    found = find_events(file, gold["in"], gold["trigger"], published)
    on_trigger = [row for row in found if overlap(gold["trigger"], row["trigger_text"])]
    event = next(iter(on_trigger), None)
    others = ", ".join(f"{row['trigger_text']} {row['event_type']}" for row in found)
    yield Item("events.found", name, event is not None, f"there: {others or 'nothing'}; not {gold['trigger']}")
    for field, right, got in _event_fields(gold, event or {}, published):
        yield Item(f"events.{field}", name, event is not None and right, got, found=event is not None)


def _event_fields(gold: Row, event: Row, published: Published) -> Iterator[tuple[str, bool, str]]:
    allowed = [gold["type"], *gold.get("also", ())]
    kind = event.get("event_type")
    yield "type", kind in allowed, f"{event.get('trigger_text')} is {kind}, not {gold['type']}"
    place = published.places.get(event.get("place_id") or "", {}).get("name")
    if "place" in gold:
        yield "place", one_is([gold["place"]], [place]), f"{place}, not {gold['place']}"
    if "starts_on" in gold:
        day = _day(event.get("starts_on"))
        yield "day", day == gold["starts_on"], f"{day}, not {gold['starts_on']}"
    allowed = [gold["status"], *gold.get("also_status", ())]
    yield "status", event.get("status") in allowed, f"{event.get('status')}, not {gold['status']}"
    event_id = event.get("event_id")
    parties = [row for row in published.tables["event_participants"] if row["event_id"] == event_id]
    for wanted in gold.get("actors", ()):
        right = any(one_is(published.aliases.get(wanted, [wanted]), _party(row, published)) for row in parties)
        got = ", ".join(f"{row['role']} {short(row['text'], 40)}" for row in parties)
        yield "actors", right, f"{got or '—'}, not {wanted}"


def _party(row: Row, published: Published) -> list[str | None]:
    return [row["text"], *sorted(published.names.get(row["actor_id"] or "", ()))]


def _figure(file: str, gold: Row, published: Published) -> Iterator[Item]:
    name = f"{file}: {gold['text']} {gold['of']}"
    found = [row for row in published.of("figures", file) if holds(f" {row['text']} ", f" {gold['text']} ")]
    near = [row for row in published.of("figures", file) if overlap(gold["text"], row["text"])]
    found = [row for row in found or near if _is_same_number(gold["text"], row["text"])]
    got = "; ".join(f"{row['text']}: {row['low']}..{row['high']} {row['qualifier']}" for row in found or near[:3])
    yield Item("figures.found", name, bool(found), got or "nothing near it")
    right = any(_is_value(gold, row) for row in found)
    yield Item("figures.value", name, right, got, found=bool(found))


def _is_same_number(wanted: str, text: str) -> bool:
    """Whether the number itself, the last word of the gold's text, is in the published one."""
    return fold(wanted).split()[-1] in fold(text).replace("-", " ").split() or holds(text, wanted)


def _is_value(gold: Row, row: Row) -> bool:
    """Of "more than 20" the gold says 21 and the extractor, by its written convention, 20: both will do."""
    lows = {gold.get("low")}
    if fold(gold["text"]).startswith("more than"):
        lows.add(gold["low"] - 1)
    return row["low"] in lows and row["high"] == gold.get("high") and row["qualifier"] == gold["qualifier"]
