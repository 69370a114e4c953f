"""What the scorer looks at: features of a token as a cue, and of a unit as part of what a cue reports.

All features are names that hold or don't (binary); the weights are in `data/reference/claims_model.tsv`.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import Scene
from flows.extract.claims.units import Unit

_MODALS: Final = frozenset({"will", "would", "may", "might", "could", "can", "should", "must", "shall", "'ll", "wo"})
_PERSONS: Final = frozenset({"i", "we", "you", "me", "us"})
_LENGTHS: Final = (1, 2, 4, 8, 16, 32)


def cue_class(scene: Scene, i: int) -> str:
    """The lexicon's answer in one word; the part of speech for a word it doesn't know."""
    entry = scene.entry(i)
    return f"{entry.act}{entry.strength}" if entry else "?" + scene.tokens[i].pos_


def of_cue(scene: Scene, i: int, source: int | None) -> list[str]:
    """Features of token `i` as a cue whose source would be the token `source`."""
    token = scene.tokens[i]
    lemma, kind = scene.lemma[i], cue_class(scene, i)
    frame = _frame(scene, token)
    speaker = _speaker(scene, source)
    near = _near_quotation(scene, i)
    names = ["", "l=" + lemma, "k=" + kind, f"d={token.dep_}", f"t={token.tag_}", f"kt={kind}|{token.tag_}"]
    names += [f"s={speaker}", f"ks={kind}|{speaker}", f"kd={kind}|{token.dep_}", "q=" + near, f"kq={kind}|{near}"]
    for name in frame:
        names += ["f=" + name, f"kf={kind}|{name}", f"lf={lemma}|{name}"]
    names += _neighbours(scene, i, kind)
    names += _mood(token, kind)
    head = token.head
    if head.i != token.i:
        names += [f"h={cue_class(scene, head.i)}|{token.dep_}", f"hl={scene.lemma[head.i]}|{token.dep_}"]
    if source is not None:
        names.append("sl=" + scene.lemma[source] if scene.tokens[source].pos_ != "PROPN" else "sl=PROPN")
    return names


def _frame(scene: Scene, token: Token) -> list[str]:
    """The complements of a cue: clause, object, prepositions, subject."""
    names: list[str] = []
    clause = ""
    for child in token.children:
        dep = child.dep_
        side = "<" if child.i < token.i else ">"
        if dep in ("ccomp", "xcomp", "dobj", "oprd", "advcl", "parataxis", "acl", "relcl", "dative", "attr", "acomp"):
            names.append(dep + side)
            clause = clause or (dep if dep in ("ccomp", "xcomp") else "")
            if dep in ("ccomp", "xcomp", "acl"):
                names.append(f"{dep}:{_opener(child)}")
        elif dep in ("prep", "agent", "prt"):
            names.append(f"{dep}:{scene.lemma[child.i]}")
        elif dep in ("nsubjpass", "auxpass", "poss", "neg"):
            names.append(dep)
    names.append("clause:" + clause)
    return names


def _opener(clause: Token) -> str:
    for child in clause.children:
        if child.dep_ == "mark" or (child.dep_ == "aux" and child.lower_ == "to"):
            return child.lower_
        if child.tag_ in ("WRB", "WP", "WDT"):
            return "wh"
    return "-"


def _speaker(scene: Scene, source: int | None) -> str:
    if source is None:
        return "none"
    token = scene.tokens[source]
    if token.pos_ == "PRON":
        return "we" if token.lower_ in _PERSONS else token.lower_
    return token.ent_type_ or token.pos_


def _near_quotation(scene: Scene, i: int) -> str:
    """Where the nearest quoted token of the sentence stands, within 12 tokens."""
    start, end = scene.sentences[scene.sentence[i]]
    for distance in range(1, 13):
        for side, j in (("<", i - distance), (">", i + distance)):
            if start <= j < end and scene.quoted[j] >= 0:
                return side + ("1" if distance < 3 else "4" if distance < 6 else "9")
    before = start - 1
    while before > 0 and scene.tokens[before].is_space:
        before -= 1
    return "prev" if before >= 0 and scene.quoted[before] >= 0 else "no"


def _neighbours(scene: Scene, i: int, kind: str) -> list[str]:
    left = _shape(scene, i - 1)
    right = _shape(scene, i + 1)
    start, end = scene.sentences[scene.sentence[i]]
    names = [f"n-{left}", f"n+{right}", f"kn-{kind}|{left}", f"kn+{kind}|{right}"]
    if i + 2 < len(scene.tokens):
        names.append(f"ln+{scene.lemma[i]}|{scene.lemma[i + 1]}")
    names.append(f"p={min(scene.paragraph[i], 3)}")
    names.append("first" if i - start < 2 else "inner")
    names.append("short" if end - start < 8 else "long")
    return names


def _shape(scene: Scene, i: int) -> str:
    if not 0 <= i < len(scene.tokens):
        return "edge"
    token = scene.tokens[i]
    if token.pos_ in ("ADP", "SCONJ", "PUNCT", "PRON", "PART", "AUX", "DET") or token.is_stop:
        return token.lower_ if not token.is_space else "space"
    return token.ent_type_ or token.pos_


def _mood(token: Token, kind: str) -> list[str]:
    names = []
    for child in token.children:
        if child.dep_ in ("aux", "neg"):
            word = child.lower_ if child.lower_ in _MODALS or child.lower_ in ("to", "do", "did") else child.dep_
            names += ["m=" + word, f"km={kind}|{word}"]
        elif child.dep_ == "mark":
            names += ["mark=" + child.lower_, f"kmark={kind}|{child.lower_}"]
    return names or ["m=plain", f"km={kind}|plain"]


def of_unit(scene: Scene, cue: int, unit: Unit, source: int | None, context: str) -> list[str]:
    """Features of `unit` as content of the cue; `context` says which kinds of units the cue has (see `context_of`)."""
    head = scene.tokens[unit.head]
    kind = cue_class(scene, cue)
    token = scene.tokens[cue]
    relation = f"{unit.relation}{min(unit.level, 3)}"
    side = "<" if unit.tokens[-1] < cue else ">"
    quoted = "q" if scene.quoted[unit.tokens[0]] >= 0 else "u"
    base = relation + side + quoted
    names = ["", "b=" + base, f"r={relation}", f"bk={base}|{kind}", f"bl={base}|{scene.lemma[cue]}"]
    names += [f"bx={base}|{context}", f"x={context}|{quoted}", f"bt={base}|{token.tag_}", f"bd={base}|{token.dep_}"]
    names += [f"bp={base}|{token.pos_}", f"bkx={base}|{kind}|{context}"]
    names += [
        f"h={relation}|{head.tag_}",
        f"hl={head.dep_}|{scene.lemma[unit.head]}",
        f"e={head.dep_}|{head.ent_type_}",
    ]
    names.append(f"hlk={head.dep_}|{scene.lemma[unit.head]}|{kind}")
    if unit.relation.startswith("c:") and head.dep_ in ("prep", "agent", "dative"):
        names.append(f"pl={scene.lemma[cue]}|{scene.lemma[unit.head]}")
    size = sum(len(unit.tokens) > n for n in _LENGTHS)
    names += [
        f"z={size}",
        f"zb={size}|{base}",
        f"o={relation}|{_opener(head)}",
        f"ok={head.dep_}|{_opener(head)}|{kind}",
    ]
    gap = _gap(scene, cue, unit)
    names += [f"g={gap}|{side}", f"gb={gap}|{base}"]
    if source is not None:
        between = unit.tokens[0] < source < cue or cue < source < unit.tokens[0]
        names.append(f"sb={between}|{base}")
    return names


def context_of(scene: Scene, units: list[Unit]) -> str:
    """Which complements stand around the cue: a clause, an object, a quotation before or after."""
    names = {u.relation for u in units if u.level == 0}
    quoted = any(scene.quoted[u.tokens[0]] >= 0 for u in units)
    flags = ["C" if "c:ccomp" in names else "", "X" if "c:xcomp" in names else ""]
    flags += ["D" if names & {"c:dobj", "c:oprd", "c:attr"} else "", "Q" if quoted else ""]
    flags.append("P" if "c:nsubjpass" in names else "")
    return "".join(flags)


def _gap(scene: Scene, cue: int, unit: Unit) -> str:
    """What stands between the cue and the unit."""
    first, last = unit.tokens[0], unit.tokens[-1]
    low, high = (last + 1, cue) if last < cue else (cue + 1, first)
    if low >= high:
        return "0"
    if any(scene.tokens[i].text in (",", ":", ";", "—", "–", "--") for i in range(low, high)):
        return "," if high - low < 4 else ",+"
    return "1" if high - low < 4 else "+"
