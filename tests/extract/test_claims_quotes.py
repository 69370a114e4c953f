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
        # The closing mark was forgotten.
        ("“The dam will hold, Brandl said. “We checked it.”", ["“The dam will hold", "“We checked it.”"]),
        ('"The dam will hold, Brandl said. "We checked it."', ['"The dam will hold', '"We checked it."']),
        ("“The dam will hold, said the mayor of Kostrel.\n\n“We go.”", ["“The dam will hold", "“We go.”"]),
        ("“It held, she told us, and it fell.\n\n“We go.”", ["“It held, she told us, and it fell.", "“We go.”"]),
        ("“The pumps failed. “We had no power,” said Odell.", ["“The pumps failed. “We had no power,”"]),
        ("The pumps “failed at noon. The council met.", ["“failed at noon."]),
        ('"The dam will hold, "Brandl said. "We go."', ['"The dam will hold, "', '"We go."']),
        # Marks within marks.
        ("'He told me \"run\" and I ran,' Odell said.", ["'He told me \"run\" and I ran,'"]),
        ("‘The workers’ leader said “don’t” and we didn’t,’ said Lund.",
         ["‘The workers’ leader said “don’t” and we didn’t,’"]),
        ("'The miners' man said \"go\" and we went,' said Lund. 'It's the miners' fault.'",
         ["'The miners' man said \"go\" and we went,'", "'It's the miners' fault.'"]),
        ('"He told me "run" and I ran," Odell said. "It was late."',
         ['"He told me "run" and I ran,"', '"It was late."']),
        ("“He told me “run” and I ran,” Odell said.", ["“He told me “run” and I ran,”"]),
        ("The miners' \"free\" bus and the dockers' \"old\" one left.", ['"free"', '"old"']),
        # A mark that opens nothing.
        ('He sold a 12" pipe to the town. "It was cheap," he said.', ['"It was cheap,"']),
        ("``We go.\n\n``We stay,'' she said.", ["``We go.", "``We stay,''"]),
    ],
)  # fmt: skip
def test_the_quoted_stretches_are_found(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_is_direct_mixed_or_indirect_by_its_words() -> None:
    text = "He called it “a mess” and left."
    kind = Quotations(text).kind
    assert kind([Span(13, 21)]) == "direct"
    assert kind([Span(10, 21)]) == "mixed"
    assert kind([Span(0, 9)]) == "indirect"
