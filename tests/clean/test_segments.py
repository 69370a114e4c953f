"""What of a page is kept, what is dropped and as what."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.clean.furniture import whole_line
from flows.clean.segment import clean_text, segments
from flows.errors import HearsayError

BODY = """The ferry to Larnholm sank on Tuesday evening after it struck a rock, the coast guard said.

“We heard one long scrape and then the lights went out,” said Mira Tollan, a nurse who was on deck.

Rescuers pulled 41 people from the water before midnight, and three were still missing on Wednesday."""


def kinds(text: str, title: str | None = None, authors: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(cell.kind, cell.text) for cell in segments(text, title, authors) if cell.kind != "separator"]


def kept(text: str, title: str | None = None) -> str:
    return "\n\n".join(cell.text for cell in segments(text, title, ()) if cell.kept)


def kind_of(text: str, line: str, title: str | None = None) -> str:
    return next(kind for kind, found in kinds(text, title) if found == line)


def test_headline_standfirst_and_section_label() -> None:
    top = "Nordic\n\nFerry sinks off Larnholm after hitting rock\n\nThree missing as rescuers work through the night"
    found = kinds(f"{top}\n\n{BODY}")
    assert found[0] == ("navigation", "Nordic")
    assert found[1][0] == "headline"
    assert found[2][0] == "standfirst"
    assert [kind for kind, _ in found[3:]] == ["body"] * 3


def test_given_title_finds_the_headline_though_it_ends_with_a_stop() -> None:
    assert kinds(f"Ferry sinks off Larnholm.\n\n{BODY}", "Ferry sinks off Larnholm")[0][0] == "headline"


def test_text_without_the_given_title_is_kept_whole() -> None:
    assert kept(BODY, "Ferry sinks off Larnholm") == BODY


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Facebook Twitter Email Print", "share_widget"),
        ("Facebooktwitterpinterestmail", "share_widget"),
        ("Follow us on Twitter", "share_widget"),
        ("Advertisement", "advert"),
        ("Sign up for our morning newsletter", "advert"),
        ("Get the best stories delivered to your inbox.", "advert"),
        ("£21,000 - £24,000 per annum: A growing firm of boat builders seeks a welder", "advert"),
        ("[Continue reading…]", "navigation"),
        ("Read more: How the lighthouse went dark", "teaser"),
        ("Rescuers at the pier in Larnholm. (AP Photo/Jane Example)", "caption"),
        ("Photograph: Example Agency/Getty Images", "caption"),
        ("Disclaimer: The views of readers are their own.", "disclaimer"),
        ("© 2014 Larnholm Courier. All rights reserved.", "disclaimer"),
        ("comments powered by Disqus", "comment"),
        ("A version of this article appeared in the print edition of The Larnholm Courier.", "print_notice"),
        ("Additional reporting by Jon Vester", "byline"),
        ("Jon Vester contributed to this report.", "byline"),
    ],
)
def test_furniture_is_told_by_its_phrases(line: str, kind: str) -> None:
    text = f"{BODY}\n\n{line}"
    assert kind_of(text, line) == kind
    assert kept(text) == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "He told reporters to follow him on the long road to the harbour.",
        "She said the advertisement had cost the company 40,000 pounds a year.",
        "Readers of the newsletter were told to comment on the plan by Friday.",
        "By Tuesday the rebels held the port and both bridges.",
        "Share prices fell by 4 percent after the news from Larnholm.",
        "Photographs of the wreck showed a long gash in the hull.",
        "The minister posted the letter on Facebook, Twitter and his own page.",
        "“Read more and shout less,” the old teacher told them.",
    ],
)
def test_sentences_that_sound_like_furniture_stay(sentence: str) -> None:
    for text in (f"{BODY}\n\n{sentence}", f"{sentence}\n\n{BODY}", f"{BODY}\n\n{sentence}\n\n{BODY[::1]}"):
        assert sentence in kept(text)


def test_junk_is_cut_from_the_end_of_a_body_line() -> None:
    found = kinds(BODY + " [Continue reading…]")
    assert found[-1] == ("navigation", "[Continue reading…]")
    assert found[-2][0] == "body"
    assert found[-2][1].endswith("on Wednesday.")


@pytest.mark.parametrize(
    ("glued", "rest"),
    [
        (
            "Divers of the coast guard prepare at the pier Divers of the coast guard prepare at the pier",
            "Chief diver Per Hald said the hull lay at 40 metres.",
        ),
        ("Harbour Master Ella Brandt Harbour Master Ella Brandt", "The pilot had warned of the rock in two letters."),
        (
            "Harbour Master Ella Brandt",
            "When asked about the letters, she said that nobody had shown them to her office.",
        ),
    ],
)
def test_captions_glued_to_a_sentence(glued: str, rest: str) -> None:
    found = kinds(f"{BODY}\n\n{glued} {rest}")
    assert found[-2:] == [("caption", glued), ("body", rest)]


def test_the_label_of_a_summary_is_cut_from_its_first_line() -> None:
    text = f"Story highlights Odell confirms that the dam is old\n\n{BODY}"
    assert kept(text) == text.removeprefix("Story highlights ")
    sentence = f"Story highlights the age of the dam, as readers of the Gazette will know.\n\n{BODY}"
    assert kept(sentence) == sentence


def test_a_card_with_links_about_somebody_is_cut_out_behind_the_name() -> None:
    card = " Agnes (Nes) Marie TollanMayor calls for new ferry Harbour board: 'We can't wait' MORE"
    told = (
        f"The nurse Mira Tollan{card.replace('Agnes (Nes)', 'Mira')}’s report was read to the Tollan family on Friday."
    )
    page = f"{BODY}\n\nThe coast guard praised Nes Tollan{card} for her calm, it said on Friday.\n\n{told}"
    cells = segments(page, None, ())
    assert [cell.kind for cell in cells].count("teaser") == 2
    text = clean_text(cells)
    assert "\n\nThe coast guard praised Nes Tollan for her calm, it said on Friday.\n\nThe nurse" in text
    assert "Mira Tollan’s report was" in text
    assert all(cell.text == text[cell.start : cell.end] for cell in cells if cell.kept)
    assert "".join(cell.text for cell in cells) == page


def test_a_name_that_is_said_twice_before_a_shouted_word_stays() -> None:
    told = "Mayor Tollan and Mira Tollan want MORE ferries, and Nes Tollan Harbour has room for MORE of them than that."
    assert told in kept(f"{BODY}\n\n{told}")


def test_a_title_in_title_case_is_no_glued_caption() -> None:
    title = "Prime Minister Ella Brandt When Asked About Larnholm Says Nothing And Then Some More."
    assert title in kept(f"{title}\n\n{BODY}")


def test_byline_glued_to_a_dateline() -> None:
    first, rest = BODY.split("\n\n", 1)
    found = kinds(f"By Jane Doe LARNHOLM (Reuters) - {first}\n\n{rest}")
    assert found[0] == ("byline", "By Jane Doe")
    assert found[1][1].startswith("LARNHOLM (Reuters) - The ferry")


def test_link_list_within_the_article() -> None:
    first, second, third = BODY.split("\n\n")
    links = "Read more:\nHow the lighthouse at Larnholm went dark\nWho owns the ferries?"
    found = kinds(f"{first}\n\n{second}\n\n{links}\n\n{third}")
    assert [kind for kind, _ in found] == ["body", "body", "teaser", "teaser", "teaser", "body"]


def test_everything_after_the_end_is_dropped() -> None:
    tail = "Sponsored features\n\nTen boats you can buy\n\nTen boats you can buy today\n\nThe bargains of the autumn"
    assert kept(f"{BODY}\n\n{tail}") == BODY


def test_readers_comments_are_dropped() -> None:
    comments = "I was there and it was awful, the crew did nothing.\n\nThe captain should go to jail for this."
    text = f"{BODY}\n\n3 comments\n\n{comments}"
    assert kept(text) == BODY
    assert kinds(text)[-1][0] == "comment"


def test_article_resumes_after_a_marker_in_its_middle() -> None:
    assert kept(f"{BODY}\n\nMost read\n\n{BODY.replace('ferry', 'trawler')}").count("Larnholm") == 2


def test_newsletter_box_in_the_middle_costs_nothing_else() -> None:
    after = "The harbour\n\nDivers will look at the hull on Thursday, the coast guard said."
    assert kept(f"{BODY}\n\nSign up for our newsletter\n\n{after}") == f"{BODY}\n\n{after}"


def test_forum_header_caption_and_repost() -> None:
    text = (
        "seagull77\nSENIOR MEMBER\n- Joined\n- May 3, 2009\n- Messages\n- 4,211\n- Reaction score\n- 12\n- Location\n"
        "Rescue boats in the harbour of Larnholm.\nPhotograph: Example Agency\n"
        + BODY.replace("\n\n", "\n")
        + "\nMore here: Ferry sinks off Larnholm | World news | courier.example.com\nThey never learn, do they."
    )
    found = kinds(text)
    assert [kind for kind, _ in found] == [
        *["forum_header"] * 9,
        *["caption"] * 2,
        *["body"] * 3,
        "navigation",
        "repost_comment",
    ]


def test_a_report_above_a_photo_credit_stays() -> None:
    text = f"{BODY}\nDivers reached the hull on Thursday.\nPhotograph: Example Agency\nThe navy sent a crane."
    assert kind_of(text, "Divers reached the hull on Thursday.") == "body"
    assert kind_of(text, "Photograph: Example Agency") == "caption"


def test_dateline_alone_on_its_line_and_inline() -> None:
    assert kinds(f"LARNHOLM, Norland (AP) --\n\n{BODY}")[0] == ("dateline", "LARNHOLM, Norland (AP) --")
    assert kinds(f"LARNHOLM, Norland: {BODY}")[0][1].startswith("LARNHOLM, Norland: The ferry")


def test_subheading_and_correction() -> None:
    tail = "The rock was known to fishermen.\n\nCorrection: An earlier version gave a wrong date."
    found = kinds(f"{BODY}\n\nA rock on no map\n\n{tail}")
    assert found[3] == ("subheading", "A rock on no map")
    assert found[-1][0] == "correction"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The ferry to Larnholm sank on Tuesday evening after it struck\n"
        "a rock that was on no map, the coast guard said. Rescuers\n"
        "pulled 41 people from the water before midnight, and three of\n"
        "those who were on board were still missing on Wednesday, when\n"
        "divers went down.\n\n"
        "The hull lies at 40 metres, and nobody knows yet whether the\n"
        "cars on its deck can be brought up before the storms of the\n"
        "winter begin."
    )
    assert [kind for kind, _ in kinds(wrapped)] == ["body", "body"]


def test_one_sentence_a_line_are_paragraphs() -> None:
    assert len(kinds(BODY.replace("\n\n", "\n"))) == 3


def test_caps_headline_of_a_wire() -> None:
    assert kinds(f"FERRY SINKS OFF LARNHOLM, THREE MISSING\n{BODY}")[0][0] == "headline"


def test_lists_and_results_stay() -> None:
    text = f"{BODY}\n\nHow the districts voted:\n\nLarnholm: 51 percent\n\nVester: 44 percent\n\nHald: 32 percent"
    assert kept(text) == text


def test_lists_of_names_at_the_end_stay() -> None:
    text = f"{BODY}\n\nJane Doe, 41, a nurse of Vester\n\nJohn Roe, 12, a pupil of Hald\n\nAnn Poe, 77, of Larnholm"
    assert kept(text) == text


def test_titles_said_twice_are_teasers() -> None:
    doubles = (
        "Ten boats you can buy: Our pick of the autumn\n\nTen boats you can buy\n\n"
        "The harbour that ate its town: A visit\n\n"
        "The harbour that ate its town\n\nNobody believed the old pilot when he wrote about it"
    )
    assert kept(f"{BODY}\n\n{doubles}") == BODY


def test_a_single_sentence_is_the_body() -> None:
    assert kinds("Rebels shelled the port on Sunday.") == [("body", "Rebels shelled the port on Sunday.")]
    assert kinds("Rebels shell port") == [("body", "Rebels shell port")]


def test_pull_quote_is_dropped_where_the_article_has_it_too() -> None:
    quote = "“We heard one long scrape and then the lights went out”"
    text = BODY.replace("\n\nRescuers", f"\n\n{quote}\n\nRescuers")
    assert kind_of(text, quote) == "teaser"


def test_page_junk_makes_no_new_version(document) -> None:  # type: ignore[no-untyped-def]
    plain = clean(document(BODY))
    dirty = clean(document(f"\ufeffShare this article\n\n{BODY}\n\nMost popular\n\nTen boats you can buy"))
    assert dirty.text == plain.text
    assert dirty.article_id == plain.article_id


def test_a_row_of_buttons_with_counts_costs_no_more_than_its_length() -> None:
    def seconds(buttons: int) -> float:
        row = "Facebook1,000" * buttons + "\u202e"  # what follows it makes it none
        best = 1.0
        for _ in range(5):
            began = perf_counter()
            whole_line(row)
            best = min(best, perf_counter() - began)
        return best

    whole_line("warm")
    assert seconds(8) < 30 * seconds(4)


PIECES = st.sampled_from(
    [*BODY.split("\n\n"), "Facebooktwittermail", "Read more:", "By Jane Doe", "\ufeff", "\u00a0", " \t",
     "comments powered by Disqus", "Boats Of The Year", "[Continue reading…]", "\r\n", "\n", "\n\n", "\u2028",
     "- Joined",     "- Messages", "x", "(AP Photo/X)", "\u202e"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25), st.one_of(st.none(), st.text(max_size=40)))
@settings(max_examples=300, deadline=None)
def test_segments_partition_the_text_and_clean_equals_raw(parts: list[str], title: str | None) -> None:
    raw = "".join(parts)
    cells = segments(raw, title, ())
    assert "".join(cell.text for cell in cells) == raw
    clean_text = "\n\n".join(cell.text for cell in cells if cell.kept)
    for ordinal, cell in enumerate(cells):
        assert cell.ordinal == ordinal
        assert raw[cell.raw_start : cell.raw_end] == cell.text
        if cell.kept:
            assert clean_text[cell.start : cell.end] == cell.text
        else:
            assert cell.start is None
            assert cell.end is None


def test_very_many_lines_take_no_longer_than_they_must_or_are_refused(document) -> None:  # type: ignore[no-untyped-def]
    started = perf_counter()
    for lines in (["Sponsored stories", "Title of a link"], ["A view of the square", "Photograph: Reuters"]):
        assert clean(document(BODY + "\n" + "\n".join(lines * 2_000))).text
    assert perf_counter() - started < 10
    with pytest.raises(HearsayError, match=r"H303: 300000 lines"):
        clean(document("Jon Vester\n" * 300_000))


@pytest.mark.parametrize("stamp", ["18.20", "17:05 GMT", "5pm", "10:32 a.m. ET"])
def test_live_stamp_alone_on_a_line_is_dropped(stamp: str) -> None:
    first, *rest = BODY.split("\n\n")
    text = "\n\n".join([first, stamp, *rest, "18.20 Mr Ali Tollan has reached the harbour, his office said."])
    assert kind_of(text, stamp) == "byline"
    assert kept(text).endswith("18.20 Mr Ali Tollan has reached the harbour, his office said.")


def test_press_release_keeps_its_news_only() -> None:
    about = "Norlund Pumps makes pumps for farms. The company has 4,000 workers in 12 countries."
    for top in ("FOR IMMEDIATE RELEASE", "For immediate release: 3 May 2019"):
        end = f"About Norlund Pumps\n\n{about}\n\nMedia contact:\n\nJon Berg\n\n+47 555 0101"
        text = f"{top}\n\nNorlund Pumps sends pumps to Larnholm\n\n{BODY}\n\n{end}"
        assert kept(text) == f"Norlund Pumps sends pumps to Larnholm\n\n{BODY}"
        assert kind_of(text, about) == "disclaimer"


def test_about_in_an_article_that_is_no_release_stays() -> None:
    text = f"{BODY}\n\nAbout Larnholm\n\nThe island of Larnholm has two harbours, and the ferry calls at both of them."
    assert kept(text) == text
