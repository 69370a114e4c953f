"""Who a noun phrase stands for: its short span, entity, country and PLOVER sector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.events.lexicon import VERBAL, triggers, word_class
from flows.extract.events.syntax import coordinated, prepositions
from flows.names import country_of
from flows.records import Claim, Entity, Mention, Participant, Span
from flows.sectors import sectors

MAX_WORDS: Final = 8
_NAMED: Final = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_ACTING: Final = _NAMED - {"GPE"}  # a place acts as its country or capital only
_LEFT: Final = frozenset({"amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod", "punct", "case"})
_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "poss"})
_OF: Final = frozenset({"of", "in", "from", "near", "at", "inside", "within"})
_LYING: Final = frozenset({"of", "near", "in", "at", "outside"})
_BREAKS: Final = frozenset({"-", "–", "—", "--", ":", "(", ")"})
_SPEAKING: Final = frozenset({"i", "me", "we", "us"})
_SPOKEN: Final = VERBAL - {"ACCUSE"} | {"SUPPORT"}  # what a place can't do unless it stands for somebody
_PEOPLE: Final = frozenset({"others", "nobody", "neither"})  # people, though nobody known
_DEEP: Final = 2  # "at the gates of the quay in X"
_LISTED: Final = frozenset({", ", " and ", ", and ", " or ", ", or "})
_BODIES: Final = frozenset({"organisation", "armed_group", "government", "group", "unknown"})
PLACES: Final = frozenset({"place", "country"})
_PERSONS: Final = frozenset({"person", "unnamed", "group"})
_PLACE_KINDS: Final = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Party:
    """One participant before it has a role; `head` is the token it was read from."""

    head: Token
    span: Span
    entity: int | None
    mention: int | None
    country: str | None
    sector: str | None


class Cast:
    """Reads the parties of one Doc; built once a Doc, no state beyond its indexes."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.mentions: tuple[Mention, ...] = doc._.mentions
        self.entities: tuple[Entity, ...] = doc._.entities
        self._by_root: dict[int, int] = {m.root: n for n, m in reversed(tuple(enumerate(self.mentions)))}
        self._ents = {t.i: e for e in doc.ents for t in e}
        self._ships = self._read_ships()
        self._bodies = self._read_bodies()
        self._offices = self._read_offices()

    def parties(self, head: Token) -> list[Party]:
        """Those whom the phrase of `head` stands for, one for each conjunct and each demonym; [] for things."""
        out: list[Party] = []
        for token in coordinated(head):
            token = counted(token)
            if self.is_actor(token):
                parts = self._split(token)
                out.extend(self._by_name(parts[0]) if len(parts) == 1 else parts)
        return out

    def _by_name(self, party: Party) -> list[Party]:
        """The party by the name in apposition: "the mayor, Anna Brandl", "two dockers, X and Y", "X, a clerk who"."""
        head = party.head
        own = self._mention(head)
        if own is not None and own.form == "name":
            return [party]
        beside = [t for k in head.children if k.dep_ == "appos" for t in coordinated(k)]
        if head.dep_ == "appos":
            beside = [head.head]
        numbers = [self._by_root[t.i] for t in beside if t.i in self._by_root]
        named = [n for n in numbers if self.mentions[n].form == "name" and self.mentions[n].kind != "place"]
        named = [n for n in named if not self.mentions[n].text.isupper()]  # "the UN's relief agency, UNRWA"
        if not named or len(named) != len(beside) or (len(named) > 1 and head.tag_ not in {"NNS", "NNPS"}):
            return [party]
        return [self._renamed(party, number) for number in named]

    def _renamed(self, party: Party, number: int) -> Party:
        mention = self.mentions[number]
        span = Span(mention.start, mention.end)
        return replace(party, head=self.doc[mention.root], span=span, entity=mention.entity, mention=number)

    def _read_bodies(self) -> dict[int, tuple[int, str | None]]:
        """By entity of "the fighters": the mention of X and their sector, where the text says "fighters of X"."""
        found: dict[int, tuple[int, str | None]] = {}
        for mention in self.mentions:
            if mention.entity is not None and mention.form == "nominal":
                of = self._body_of(self.doc[mention.root])
                if of is not None and self.mentions[of].entity not in {None, mention.entity}:
                    found.setdefault(mention.entity, (of, _sector([self.doc[mention.root].lemma_.lower()])))
        return found

    def _read_ships(self) -> frozenset[str]:
        """The names of ships, where the text says "the trawler X" or "X, a ferry"."""
        found: set[str] = set()
        for token in self.doc:
            if token.pos_ == "NOUN" and token.lemma_.lower() in word_class("SHIP_WORDS"):
                near = [*token.children, token.head]
                if token.i + 1 < len(self.doc):
                    near.append(token.nbor(1))
                found |= {t.text for t in near if _is_its_name(t, token)}
        return frozenset(found)

    def is_ship(self, token: Token) -> bool:
        """Whether a name is one that the text gives a ship."""
        return token.pos_ == "PROPN" and token.text in self._ships

    def _read_offices(self) -> dict[int, str]:
        """By entity of a person whom the text introduces as "Norwegian Prime Minister X": that country."""
        found: dict[int, str] = {}
        for mention in self.mentions:
            if mention.entity is None or mention.kind != "person" or mention.form == "pronoun":
                continue
            for token in self._phrase(self.doc[mention.root]):
                code = country(token) if token.dep_ in _MODIFIERS and token.i != mention.root else None
                if code:
                    found.setdefault(mention.entity, code)
        return found

    def _body_of(self, head: Token) -> int | None:
        """The mention of the named body whose fighters, members or troops a noun stands for."""
        if head.lemma_.lower() not in word_class("MEMBERS") or head.tag_ != "NNS":
            return None
        for name, thing in prepositions(head):
            number = self._by_root.get(thing.i)
            if name in {"of", "from"} and number is not None:
                mention = self.mentions[number]
                if mention.form == "name" and mention.kind in _BODIES and mention.entity is not None:
                    return number
        return None

    def behind(self, head: Token) -> list[Party]:
        """Those who own or qualify a thing: "an Indian proposal", "Serbia's suppression", "Palestinian homes"."""
        out: list[Party] = []
        for token in coordinated(head):
            thing = counted(token)
            for kid in thing.children:
                if kid.dep_ == "poss" and kid.ent_type_ == "PERSON" and self.is_place(thing):
                    continue  # "Smith's home town" is not his to lose
                if kid.dep_ == "poss" or (kid.dep_ in _MODIFIERS and self._names(kid)):
                    out.extend(self.parties(kid) or self._demonym(kid))
        return out

    def is_actor(self, token: Token) -> bool:
        """Whether the token heads a phrase for a person, group, organisation or country."""
        if token.pos_ == "PRON":
            told = self._resolved(token) is not None or self._speech(token) is not None
            return (told or token.lower_ in _PEOPLE) and not token.lower_.endswith(("self", "selves"))
        mention = self._mention(token)
        if mention is not None:
            return mention.kind != "place" or self._country_name(token) or _is_acting(token)
        if token.ent_type_ in _ACTING or token.lemma_.lower() in sectors():
            return True
        return self._country_name(token)

    def sectors_of(self, token: Token) -> set[str]:
        """The sectors of those whom a name or a pronoun stands for."""
        if token.pos_ not in {"PROPN", "PRON"}:
            return set()
        return {party.sector for party in self.parties(token) if party.sector}

    def is_people(self, token: Token) -> bool:
        """Whether a common noun stands for one or more persons: "the skipper", "two cleaners"."""
        mention = self._mention(counted(token))
        return mention is not None and mention.form == "nominal" and mention.kind in _PERSONS

    def _is_place_mention(self, token: Token) -> bool:
        mention = self._mention(token)
        return mention is not None and mention.kind == "place"

    def place_named(self, mention: int) -> object:
        """What makes mentions of one place one: their entity, else the mention itself."""
        entity = self.mentions[mention].entity
        return mention if entity is None else ("entity", entity)

    @cached_property
    def places(self) -> tuple[tuple[int, Mention], ...]:
        """The names of places and countries in text order, each with its number among the mentions."""
        return tuple((n, m) for n, m in enumerate(self.mentions) if m.form == "name" and m.kind in PLACES)

    @cached_property
    def bearers(self) -> frozenset[int]:
        """The entities that have a name and are no places."""
        named = (m.entity for m in self.mentions if m.form == "name" and m.kind not in PLACES)
        return frozenset(entity for entity in named if entity is not None)

    @cached_property
    def regions(self) -> frozenset[object]:
        """Which places are told behind the towns in them: Ohio of "Lund, Ohio", not of "Utah, Ohio and Iowa"."""
        places = self.places
        gaps = ["", *(self.doc.text[a.end : b.start] for (_, a), (_, b) in pairwise(places)), ""]
        behind = [n for n in range(1, len(gaps) - 1) if gaps[n] == ", " and not {gaps[n - 1], gaps[n + 1]} & _LISTED]
        return frozenset(self.place_named(places[n][0]) for n in behind)

    def towns_before(self, thing: Token) -> list[Token]:
        """The named places before a happening, or a building or other thing that is no actor: "at a Teso school".

        A place stands there as where it is, a country as whose it is; "Teso-Marovia" lies between two.
        """
        if self.is_actor(thing) or thing.pos_ != "NOUN":
            return []
        named = [kid for kid in thing.lefts if kid.dep_ in {"compound", "nmod"} and self._names_spot(kid)]
        return [kid for kid in named if not any(t.text in _BREAKS for t in self.doc[kid.i : thing.i])]

    def _names_spot(self, token: Token) -> bool:
        mention = self._mention(token)
        if mention is None or mention.form != "name" or mention.kind != "place":
            return False
        return not any(_country(part) for part in mention.text.split("-")[1:])

    def is_country(self, token: Token) -> bool:
        """A country or territory named as such, not its people or an adjective."""
        return token.pos_ == "PROPN" and self._country_name(token)

    def is_person(self, token: Token) -> bool:
        if token.lower_ in {"i", "me"} and self._speech(token) is not None:
            return True
        mention = self._mention(token)
        return token.ent_type_ == "PERSON" or (mention is not None and mention.kind == "person")

    def is_state(self, party: Party) -> bool:
        """Whether it is a country or its government."""
        kind = None if party.entity is None else self.entities[party.entity].kind
        return kind in {"country", "government"} or (kind is None and party.country is not None)

    def is_body(self, party: Party) -> bool:
        """Whether it is an organisation or a medium."""
        kind = None if party.entity is None else self.entities[party.entity].kind
        return kind in {"organisation", "media"}

    def is_place(self, token: Token) -> bool:
        """A named place; "the town of X" and "Anbar province" count as well."""
        mention = self._mention(token)
        if self._is_place_mention(token) or any(k.dep_ == "appos" and self.is_place(k) for k in token.children):
            return True
        if mention is not None and mention.form == "name" and mention.kind not in {"country", "place"}:
            return False
        if token.ent_type_ in _PLACE_KINDS:
            return True
        return any(t.ent_type_ in _PLACE_KINDS for name, t in prepositions(token) if name == "of")

    def places_of(self, head: Token) -> list[int]:
        """The place mentions that a phrase names: "Rawa, Ana and the towns of Rutba and Qaim" gives four."""
        found: list[int] = []
        for token in coordinated(head):
            found.extend(n for n in self._places_at(token) if n not in found)
        return found

    def _places_at(self, token: Token, depth: int = 0) -> list[int]:
        """The place that `token` heads, else those it is joined to by "of", apposition or as "the X towns"."""
        own = self._place_number(token)
        if own is not None:
            return [own]
        inner = {"appos", "compound", "nmod"} if token.lemma_.lower() in word_class("AREA") else {"appos"}
        near = [t for name, t in prepositions(token) if name in _LYING]
        near += [k for k in token.children if k.dep_ in inner]
        if not self.is_actor(token):
            near += [k for k in token.children if k.dep_ == "poss" and self._is_place_mention(k)]
        for other in near:
            found = [n for t in coordinated(other) if (n := self._place_number(t)) is not None]
            deeper = depth < _DEEP and not self.is_actor(other)
            if found or (deeper and (found := self._places_at(other, depth + 1))):
                return found
        return []

    def _place_number(self, token: Token) -> int | None:
        number = self._by_root.get(token.i)
        return number if number is not None and self.mentions[number].kind in PLACES else None

    def _mention(self, token: Token) -> Mention | None:
        number = self._by_root.get(token.i)
        return None if number is None else self.mentions[number]

    def _speech(self, token: Token) -> Claim | None:
        """The claim whose speaker "I" or "we" is: the nearest around it that is given in the speaker's words."""
        if not is_speaking(token):
            return None
        around = [
            claim
            for claim in self.doc._.claims
            if claim.speaker is not None
            and claim.quotation != "indirect"
            and any(part.start <= token.idx < part.end for part in claim.parts)
        ]
        return min(around, key=lambda claim: claim.span.end - claim.span.start, default=None)

    def _speaking(self, token: Token, speech: Claim) -> Party:
        entity = self.entities[speech.speaker_entity] if speech.speaker_entity is not None else None
        country = speech.speaker_country or (entity.country if entity is not None else None)
        sector = entity.sector if entity is not None else None
        known = speech.speaker_entity
        if token.lower_ in {"we", "us"} and known is not None and self._is_spokesman(known):
            known = None  # he did not do it himself
        return Party(token, self._tokens_span([token]), known, None, country, sector)

    def _is_spokesman(self, entity: int) -> bool:
        """Whether the text calls somebody a spokesman, wherever it names him."""
        roots = [self.doc[m.root] for m in self.mentions if m.entity == entity and m.form != "pronoun"]
        beside = [k for t in roots for k in (t, t.head, *t.children) if k is t or "appos" in {k.dep_, t.dep_}]
        return any(k.lemma_.lower().startswith("spokes") for k in beside)

    def _resolved(self, token: Token) -> Mention | None:
        mention = self._mention(token)
        if mention is None or mention.entity is None:
            return None
        return mention

    def _names(self, token: Token) -> bool:
        return token.ent_type_ in _NAMED or country(token) is not None or token.i in self._by_root

    def _country_name(self, token: Token) -> bool:
        return country(token) is not None or self._ent_country(token) is not None

    def _ent_country(self, token: Token) -> str | None:
        ent = self._ents.get(token.i)
        return _country(ent.text) if ent is not None else None

    def _demonym(self, token: Token) -> list[Party]:
        code = country(token) or self._ent_country(token)
        if code is None and (token.ent_type_ not in _ACTING or self._is_place_mention(token)):
            return []
        span = self._tokens_span(list(self._ents.get(token.i, ()) or [token]))
        mention = self._by_root.get(token.i)
        entity = self.mentions[mention].entity if mention is not None else None
        who = self.entities[entity] if entity is not None else None
        return [
            Party(token, span, entity, mention, code or (who.country if who else None), who.sector if who else None)
        ]

    def _split(self, head: Token) -> list[Party]:
        """ "Hungarian and Romanian officials" are two parties; so are "ISIS and Sunni tribes"."""
        party = self._party(head)
        modifiers = [k for k in head.children if k.dep_ in {"amod", "nmod", "compound"} and self._qualifies(k)]
        others = [t for m in modifiers for t in coordinated(m)[1:] if self._qualifies(t)]
        if not others:
            return [party]
        parts = [self._demonym(modifiers[0]), *(self._demonym(t) for t in others[:-1])]
        last = [t for t in party_tokens(self.doc, party.span) if t.i >= others[-1].left_edge.i]
        code = country(others[-1]) or self._ent_country(others[-1])
        rest = Party(head, self._tokens_span(last or [head]), None, None, code, party.sector)
        named = [_with(p, sector=p.sector or party.sector) for found in parts for p in found]
        return [*named, rest]

    def _qualifies(self, token: Token) -> bool:
        return country(token) is not None or token.ent_type_ in {"ORG", "NORP"}

    def _party(self, head: Token) -> Party:
        if (speech := self._speech(head)) is not None:
            return self._speaking(head, speech)
        number = self._by_root.get(head.i)
        mention = self.mentions[number] if number is not None else None
        body, own_sector = self._body_of(head), None
        if body is None and mention is not None and mention.entity is not None:
            body, own_sector = self._bodies.get(mention.entity, (None, None))
        if body is not None:
            number, mention = body, self.mentions[body]
        entity = self.entities[mention.entity] if mention is not None and mention.entity is not None else None
        own = self._phrase(head)
        words = [t.lemma_.lower() for t in reversed(own)]
        words += [t.lemma_.lower() for k in head.children if k.dep_ == "appos" for t in (k, *k.lefts)]
        return Party(
            head=head,
            span=self._tokens_span(own),
            entity=mention.entity if mention is not None else None,
            mention=number,
            country=self._country(head, own, entity, mention.entity if mention is not None else None),
            sector=(entity.sector if entity is not None and entity.sector else None) or _sector(words) or own_sector,
        )

    def _phrase(self, head: Token) -> list[Token]:
        """The head with its modifiers to the left, without article, at most MAX_WORDS words."""
        left = min((k.left_edge.i for k in head.lefts if k.dep_ in _LEFT), default=head.i)
        ent = self._ents.get(head.i)
        start = min(left, ent.start if ent is not None else head.i)
        end = max(head.i + 1, ent.end if ent is not None else 0)
        name = next((k for k in head.children if k.dep_ == "appos" and k.pos_ == "PROPN"), None)
        if name is not None and name.left_edge.i == head.i + 1:
            end = max(end, name.i + 1)  # "the opposition Civic Union"
        tokens = list(self.doc[max(start, end - MAX_WORDS) : end])
        while len(tokens) > 1 and (tokens[0].pos_ == "DET" or tokens[0].is_punct or tokens[0].is_space):
            tokens.pop(0)
        while len(tokens) > 1 and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct or tokens[-1].is_space):
            tokens.pop()
        return tokens

    def _country(
        self, head: Token, own: Iterable[Token], entity: Entity | None, entity_number: int | None
    ) -> str | None:
        tokens = list(own)
        if entity is not None and entity.country:
            return entity.country
        for token in (*reversed(tokens), *(k for k in head.children if k.dep_ in {"amod", "poss"})):
            code = country(token) or self._ent_country(token)
            if code:
                return code
        behind = self._country_behind(head)
        return behind or (self._offices.get(entity_number) if entity_number is not None else None)

    def _country_behind(self, head: Token) -> str | None:
        for name, token in prepositions(head):
            if name in _OF:
                for near in (token, *(t for n, t in prepositions(token) if n in _OF), *token.lefts):
                    code = country(near) or self._ent_country(near)
                    if code:
                        return code
        return None

    def _tokens_span(self, tokens: list[Token]) -> Span:
        end = tokens[-1].idx + len(tokens[-1].text)
        return Span(tokens[0].idx, end)


def _is_acting(name: Token) -> bool:
    """ "Lund refused": a town or a firm taken for one that does what only somebody does."""
    if name.pos_ != "PROPN" or name.dep_ != "nsubj":
        return False
    return any(row.event_type in _SPOKEN for row in triggers().get((name.head.lemma_.lower(), "V"), ()))


def _is_its_name(name: Token, ship: Token) -> bool:
    joined = name.i == ship.i + 1 or "appos" in {name.dep_ if name.head.i == ship.i else "", ship.dep_}
    beside = name.head.i == ship.i or ship.head.i == name.i
    return name.pos_ == "PROPN" and name.ent_type_ not in {"GPE", "NORP", "DATE"} and joined and beside


def is_speaking(token: Token) -> bool:
    """ "I", "we" and their objects."""
    return token.lower_ in _SPEAKING and token.text != "US"


def party_tokens(doc: Doc, span: Span) -> list[Token]:
    """The tokens of a span of characters."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return list(found) if found is not None else []


def counted(token: Token) -> Token:
    """What a phrase of quantity counts: "hundreds of people" gives "people"; another token is itself."""
    if token.lemma_.lower() in word_class("QUANTITIES") or token.pos_ == "NUM":
        for name, thing in prepositions(token):
            if name == "of" and thing.pos_ in {"NOUN", "PROPN", "PRON"}:
                return thing
    return token


def participant(party: Party, role: str) -> Participant:
    return Participant(role, party.span, party.entity, party.mention, party.country, party.sector)


def country(token: Token) -> str | None:
    """The country that this one word names or is the demonym of."""
    return _country(token.text) if token.pos_ in {"PROPN", "ADJ", "NOUN"} else None


def _country(text: str) -> str | None:
    if not text[:1].isupper() and text[:4].lower() != "the ":
        return None
    bare = text[4:] if text[:4].lower() == "the " else text
    return country_of(bare) or (country_of(bare.split("-")[0]) if "-" in bare else None)


def _sector(words: Iterable[str]) -> str | None:
    table = sectors()
    found = next((table[w] for w in words if w in table), None)
    return None if found == "UNK" else found


def _with(party: Party, sector: str | None) -> Party:
    return Party(party.head, party.span, party.entity, party.mention, party.country, sector)
