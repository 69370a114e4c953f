"""The layers across articles: actors, places, stories, utterances, passages, incidents, discrepancies, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from gold_articles import find_claim, find_events
from gold_published import Gold, Item, Published, Row, short
from gold_words import fold, holds, one_is


def across(gold: Gold, published: Published) -> Iterator[Item]:
    """Everything that the gold lists across the articles."""
    yield from _actors(gold, published)
    yield from _places(gold, published)
    yield from _stories(gold, published)
    for utterance in gold["utterance"]:
        yield from _utterance(utterance, published)
    yield from _utterances_apart(gold, published)
    for passage in gold["passage"]:
        yield from _passage(passage, published)
    yield from _incidents(gold, published)
    for discrepancy in gold["discrepancy"]:
        yield from _discrepancy(discrepancy, published)
    for version in gold["article_version"]:
        yield from _version(version, published)


# ------------------------------------------------------------------------------------------- actors, places


def _actors(gold: Gold, published: Published) -> Iterator[Item]:
    for actor in gold["actor"]:
        main = _main_actor(actor["name"], published)
        row = published.actors.get(main or "", {})
        allowed = [actor["kind"], *actor.get("also_kind", ())]
        got = f"{row.get('kind')}, not {actor['kind']}"
        yield Item("actors.kind", actor["name"], row.get("kind") in allowed, got, found=main is not None)
        for name in actor["names"]:
            if name != actor["name"]:
                bearers = published.named.get(fold(name), set())
                got = f"borne by {_shown(bearers, published)}"
                yield Item("actors.one", f"{actor['name']} = {name}", main is not None and bearers == {main}, got)
        for surname, files in actor.get("surname_in", {}).items():
            for file in files:
                yield _surname(actor["name"], surname, file, main, published)
    for pair in gold["not_one_actor"]:
        left, right = (published.named.get(fold(name), set()) for name in pair["names"])
        got = f"both borne by {_shown(left & right, published)}"
        yield Item("actors.apart", " / ".join(pair["names"]), not left & right, got)


def _main_actor(name: str, published: Published) -> str | None:
    """Of the actors that bear a name, the one most often mentioned."""
    bearers = published.named.get(fold(name), set())
    return max(sorted(bearers), key=lambda actor: published.actors[actor]["n_mentions"], default=None)


def _surname(name: str, surname: str, file: str, main: str | None, published: Published) -> Item:
    """Every mention by surname alone in one article must be the actor."""
    bare = surname.split()[-1]
    mentions = [row for row in published.of("mentions", file) if fold(row["text"]) in {fold(surname), fold(bare)}]
    if surname != bare:  # with a courtesy title: that word before it, in the mention or in front of it
        mentions = [row for row in mentions if surname in published.text(file)[row["start_char"] - 4 : row["end_char"]]]
    wrong = {row["actor_id"] for row in mentions} - {main}
    got = f"{len(mentions)} mentions; also {_shown({actor or 'undecided' for actor in wrong}, published)}"
    return Item("actors.one", f"{name} = {surname} in {file}", bool(mentions) and not wrong, got)


def _shown(actors: set[str], published: Published) -> str:
    shown = [str(published.actors.get(actor, {}).get("name", actor)) for actor in sorted(actors)]
    return ", ".join(shown) or "nobody"


def _places(gold: Gold, published: Published) -> Iterator[Item]:
    for place in gold["place"]:
        mentions = [row for row in published.tables["mentions"] if row["place_id"]]
        ids = {
            name: {row["place_id"] for row in mentions if fold(row["text"]) == fold(name)} for name in place["names"]
        }
        for name in place["names"]:
            ids[name] |= {row["place_id"] for row in published.tables["places"] if fold(row["name"]) == fold(name)}
            yield Item("places.found", name, bool(ids[name]), "no mention has a place")
        for left, right in combinations(place["names"], 2):
            same = len(ids[left] | ids[right]) == 1
            yield Item("places.one", f"{left} = {right}", same, f"{ids[left]} / {ids[right]}")


# ------------------------------------------------------------------------------------------- stories


def _stories(gold: Gold, published: Published) -> Iterator[Item]:
    story_of = {file: row["story_id"] for file, row in published.files.items()}
    told = {row["story_id"]: row for row in published.tables["stories"]}
    for story in gold["story"]:
        for left, right in combinations(story["articles"], 2):
            same = story_of.get(left) is not None and story_of.get(left) == story_of.get(right)
            if same or "forgiven" not in story:
                yield Item("stories.together", f"{story['name']}: {left} + {right}", same, "in two stories")
        commonest = Counter(story_of.get(file) for file in story["articles"]).most_common(1)[0][0]
        day = str(told.get(commonest or "", {}).get("starts_on"))
        yield Item("stories.day", story["name"], day == story["starts_on"], f"{day}, not {story['starts_on']}")
    for one, other in combinations(gold["story"], 2):
        for left in one["articles"]:
            for right in other["articles"]:
                apart = story_of.get(left) != story_of.get(right)
                yield Item("stories.apart", f"{left} / {right}", apart, f"both in {story_of.get(left)}")


# ------------------------------------------------------------------------------------------- utterances


def _joined(reference: Row, speaker: str | None, published: Published) -> set[str] | None:
    """The utterances of the claim's parts that hold the string (of all its parts when none does); None: no claim."""
    claim = find_claim(reference["file"], reference["contains"], speaker, published)
    if claim is None:
        return None
    parts = [row for row in published.of("claim_parts", reference["file"]) if row["claim_id"] == claim["claim_id"]]
    holding = [row for row in parts if holds(row["text"], reference["contains"])]
    return {row["utterance_id"] for row in holding or parts if row["utterance_id"]}


def _utterance(gold: Row, published: Published) -> Iterator[Item]:
    name = gold["name"]
    found = [(claim, _joined(claim, gold["speaker"], published)) for claim in gold["claims"]]
    for (left, one), (right, other) in combinations(found, 2):
        same = bool(one and other and one & other)
        if same or "forgiven" not in gold:
            missing = [claim["file"] for claim, ids in ((left, one), (right, other)) if ids is None]
            got = f"no claim in {', '.join(missing)}" if missing else "two utterances"
            yield Item("utterances.pairs", f"{name}: {left['file']} + {right['file']}", same, got, found=not missing)
    counted = Counter(utterance for _, ids in found for utterance in ids or ())
    if "forgiven" in gold or not counted:
        return
    main = counted.most_common(1)[0][0]
    row = next(row for row in published.tables["utterances"] if row["utterance_id"] == main)
    yield from _utterance_fields(gold, row, published)


def _utterance_fields(gold: Row, row: Row, published: Published) -> Iterator[Item]:
    name = gold["name"]
    names = published.names.get(row["speaker_id"] or "", set())
    wanted = published.aliases.get(gold["speaker"], [gold["speaker"]])
    yield Item("utterances.speaker", name, one_is(wanted, names), f"{sorted(names)[:3]}, not {gold['speaker']}")
    if "said_on" in gold:
        day = str(row["said_on"])
        yield Item("utterances.day", name, day == gold["said_on"], f"{day}, not {gold['said_on']}")
    full = [claim["contains"] for claim in gold["claims"] if claim["file"] == gold["fullest"]]
    right = any(holds(row["text"], contains) for contains in full)
    yield Item("utterances.fullest", name, right, f"{short(row['text'])}, not that of {gold['fullest']}")
    if "one_origin" in gold:
        origins = {
            published.file_of(origin["article_id"]): origin["origin"]
            for origin in published.tables["origins"]
            if origin["about_id"] == row["utterance_id"]
        }
        for left, right_file in combinations(gold["one_origin"], 2):
            same = left in origins and origins.get(left) == origins.get(right_file)
            got = f"{origins.get(left)} / {origins.get(right_file)}"
            both = left in origins and right_file in origins
            yield Item("utterances.origins", f"{name}: {left} + {right_file}", same, got, found=both)


def _utterances_apart(gold: Gold, published: Published) -> Iterator[Item]:
    for pair in gold["not_one_utterance"]:
        left, right = (_joined(claim, None, published) or set() for claim in pair["claims"])
        name = " / ".join(short(claim["contains"], 40) for claim in pair["claims"])
        yield Item(
            "utterances.apart", name, not left & right, f"joined, though {pair['because']}", bool(left and right)
        )


# ------------------------------------------------------------------------------------------- passages


def _passage(gold: Row, published: Published) -> Iterator[Item]:
    """A passage counts when both articles' spans hold (nearly) all of the listed text."""
    pair = {published.article_id(gold["from"]), published.article_id(gold["to"])}
    rows = [row for row in published.tables["passages"] if {row["article_id"], row["other_article_id"]} == pair]
    spans = [_span_in(row, published.article_id(gold["to"])) for row in rows]
    clean = published.text(gold["to"])
    for text in gold["text"]:
        start = clean.find(text)
        name = f"{gold['from']} > {gold['to']}: {short(text, 50)}"
        covered = {at for low, high in spans for at in range(max(low, start), min(high, start + len(text)))}
        share = len(covered) / len(text) if start >= 0 else 0.0
        yield Item("passages.found", name, share >= 0.8, f"{share:.0%} covered" if start >= 0 else "not in the text")
        over = [row for row, (low, high) in zip(rows, spans, strict=True) if low < start + len(text) and high > start]
        ways = {_way(row, gold, published) for row in over if start >= 0}
        yield Item("passages.direction", name, ways == {"right"}, f"{sorted(ways)}", found=bool(over))
    if gold.get("whole"):
        first, last = clean.find(gold["text"][0]), clean.find(gold["text"][-1]) + len(gold["text"][-1])
        covered = {at for low, high in spans for at in range(max(low, first), min(high, last))}
        share = len(covered) / max(1, last - first)
        yield Item("passages.found", f"{gold['from']} > {gold['to']}: whole", share >= 0.9, f"{share:.0%} covered")


def _span_in(row: Row, article_id: str | None) -> tuple[int, int]:
    """Where a passage stands in one of its two articles."""
    if row["article_id"] == article_id:
        return row["start_char"], row["end_char"]
    return row["other_start"], row["other_end"]


def _way(row: Row, gold: Row, published: Published) -> str:
    expected = "from_other" if row["article_id"] == published.article_id(gold["to"]) else "to_other"
    return "right" if row["direction"] == expected else str(row["direction"])


# ------------------------------------------------------------------------------------------- incidents, discrepancies


def _incidents(gold: Gold, published: Published) -> Iterator[Item]:
    for incident in gold["incident"]:
        of = {file: _incident_ids(incident, file, gold, published) for file in incident["articles"]}
        for left, right in combinations(incident["articles"], 2):
            same = bool(of[left] & of[right])
            if same or "forgiven" not in incident:
                got = f"{len(of[left])} and {len(of[right])} incidents of the type, none in common"
                found = bool(of[left] and of[right])
                yield Item("incidents.pairs", f"{incident['name']}: {left} + {right}", same, got, found)
    for pair in gold["not_one_incident"]:
        sides = [
            {row["incident_id"] for row in find_events(event["file"], event["in"], None, published)} - {None}
            for event in pair["events"]
        ]
        name = " / ".join(short(event["in"], 40) for event in pair["events"])
        yield Item("incidents.apart", name, not sides[0] & sides[1], f"joined, though {pair['because']}", all(sides))


def _incident_ids(wanted: Row, file: str, gold: Gold, published: Published) -> set[str]:
    """The incidents of an article's events of the type, where the gold lists such events, of those that it lists."""
    allowed = {wanted["type"], *wanted.get("also", ())}
    spellings = next((place["names"] for place in gold["place"] if wanted.get("place") in place["names"]), [])
    listed = [
        event
        for article in gold["article"]
        if article["file"] == file
        for event in article.get("event", ())
        if event["type"] == wanted["type"] and (not spellings or event.get("place") in spellings)
    ]
    rows = [row for event in listed for row in find_events(file, event["in"], event["trigger"], published)[:1]]
    rows = rows if listed else published.of("events", file)
    return {row["incident_id"] for row in rows if row["event_type"] in allowed} - {None}


def _discrepancy(gold: Row, published: Published) -> Iterator[Item]:
    """Found: one discrepancy of the field holds two of the listed values, of which all that it holds differ.

    A table row joins all values of a field: a pair that is compatible may stand in one whose kind is conflict.
    """
    listed = [f"{value['text']} ({value['file'].split('-')[0]})" for value in gold["values"]]
    name = f"{gold['about']}, {gold['field']}, {gold['kind']}: {short(', '.join(listed), 60)}"
    best: tuple[int, Row, list[Row]] | None = None
    for row in published.tables["discrepancies"]:
        values = [v for v in published.tables["discrepancy_values"] if v["discrepancy_id"] == row["discrepancy_id"]]
        if not _is_field(gold["field"], row["field"]):
            continue
        hits = {value["value"] for value in gold["values"] if any(_is_listed(value, v, published) for v in values)}
        if len(hits) > 1 and (best is None or len(hits) > best[0]):
            best = len(hits), row, values
    yield Item("discrepancies.found", name, best is not None, "no such discrepancy")
    kind = best[1]["kind"] if best else None
    allowed = {gold["kind"], *gold.get("also_kind", ())}
    if best and len({v["value"] for v in best[2]}) > len({v["value"] for v in gold["values"]}):
        allowed.add("conflict")
    yield Item("discrepancies.kind", name, kind in allowed, f"{kind}, not {gold['kind']}", found=best is not None)


def _is_field(wanted: str, field: str) -> bool:
    if wanted in {"date", "rank"}:
        return field == wanted
    return field.startswith("figure") or fold(field) == fold(wanted)


def _is_listed(gold: Row, value: Row, published: Published) -> bool:
    if published.article_id(gold["file"]) != value["article_id"]:
        return False
    return fold(gold["value"]) == fold(value["value"]) or holds(value["text"], gold["text"])


# ------------------------------------------------------------------------------------------- versions


def _version(gold: Row, published: Published) -> Iterator[Item]:
    old, new = published.files.get(gold["superseded"]), published.files.get(gold["live"])
    live = [row for row in published.tables["articles"] if row["url"] == gold["document"]]
    before, after = gold["changed"]
    checks: list[tuple[str, bool, Any]] = [
        ("one live version", len(live) == 1, len(live)),
        ("the former is in history", old is not None and holds(old["text"], before), old is not None),
        ("the live one is the correction", new is not None and holds(new["text"], after), new is not None),
        ("both are one document", bool(old and new and old["document_id"] == new["document_id"]), None),
    ]
    for name, right, got in checks:
        yield Item("versions", f"{gold['superseded']} > {gold['live']}: {name}", right, str(got))
