"""Which words stand in quotation marks."""

from __future__ import annotations

import pytest

from flows.extract.claims.quotes import Quotations
from flows.records import Span


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in Quotations(text).spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go," she said. "We stay."', ['"We go,"', '"We stay."']),
        ("“We go,” she said.", ["“We go,”"]),
        ("“We go,“ she said. “We stay.”", ["“We go,“", "“We stay.”"]),
        ("„We go,“ she said.", ["„We go,“"]),
        ("``We go,'' she said.", ["``We go,''"]),
        ("”We go,” she said.", ["”We go,”"]),
        ("“One.\n\n“Two,” she said.", ["“One.", "“Two,”"]),
        ('A board of 12" was sold.', []),
        ("Nothing at all.", []),
        ("She said: ‘One.\n\n‘Two,’ she said.", ["‘One.", "‘Two,’"]),
        ("‘We go,’ she said.", ["‘We go,’"]),
        ("'We don't go,' she said. 'We stay.'", ["'We don't go,'", "'We stay.'"]),
        ("Mayor 'cannot accept' the workers' plan", ["'cannot accept'"]),
        ("He called it 'the workers' own plan'.", ["'the workers' own plan'"]),
        ("The '90s were the workers' years, the players’ too.", []),
        ("“They say ‘never’ to us,” she said.", ["“They say ‘never’ to us,”"]),
    ],
)
def test_the_quoted_stretches_are_found(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_is_direct_mixed_or_indirect_by_its_words() -> None:
    text = "He called it “a mess” and left."
    kind = Quotations(text).kind
    assert kind([Span(13, 21)]) == "direct"
    assert kind([Span(10, 21)]) == "mixed"
    assert kind([Span(0, 9)]) == "indirect"
