"""What an article is about: its names and its lead before its other words."""

from __future__ import annotations

from flows.resolve.terms import UNIT, names_in, term_weights

TRIAL_IN_PORTVILLE = (
    "The trial of three men accused of smuggling copper opened in Portville on Monday. Prosecutor Ana Kostrel told the "
    "court that the men had hidden the metal in a lorry. The defence asked for an adjournment."
)
TRIAL_IN_BRODY = (
    "The trial of four men accused of smuggling copper opened in Brody on Monday. Prosecutor Jon Marek told the court "
    "that the men had hidden the metal in a barge. The defence asked for an adjournment."
)
SENTENCES_IN_PORTVILLE = (
    "Judges in Portville sent three smugglers to prison for six years on Friday. Kostrel, who led the prosecution, "
    "welcomed the verdict; the lorry and the copper were handed over to the state."
)


def likeness(one: str, other: str) -> float:
    """The cosine of two texts."""
    first, second = term_weights(one), term_weights(other)
    return sum(weight * second.get(term, 0) for term, weight in first.items()) / UNIT**2


def test_who_and_where_tell_two_like_happenings_apart() -> None:
    plain = likeness(TRIAL_IN_PORTVILLE.lower(), TRIAL_IN_BRODY.lower())
    assert likeness(TRIAL_IN_PORTVILLE, TRIAL_IN_BRODY) < plain
    assert likeness(TRIAL_IN_PORTVILLE, SENTENCES_IN_PORTVILLE) > likeness(SENTENCES_IN_PORTVILLE, TRIAL_IN_BRODY)


def test_the_lead_counts_more_than_the_end() -> None:
    filler = "There was nothing else to be said about it, and so the people went back home again. " * 12
    first = term_weights(f"A locomotive overturned. {filler}")
    last = term_weights(f"{filler} A locomotive overturned.")
    assert first["locomotiv"] > last["locomotiv"]


def test_a_capital_at_the_start_of_a_sentence_makes_no_name() -> None:
    assert names_in("Smugglers came to Portville. “Copper is dear,” said Kostrel. Smugglers left.") == {
        "portville",
        "kostrel",
    }


def test_the_vector_has_length_one() -> None:
    weights = term_weights(TRIAL_IN_PORTVILLE, "Copper trial opens")
    assert abs(sum(weight**2 for weight in weights.values()) / UNIT**2 - 1) < 0.001
