-- A row is one thing said, denied, asked, demanded or promised: by whom, when, in which words, by which way it reached us.
CREATE OR REPLACE VIEW main.who_said_what AS
FROM main.claims_shown
WHERE speech_act IN ('said', 'denied', 'asked', 'demanded', 'promised');
COMMENT ON VIEW main.who_said_what IS 'One thing said, denied, asked, demanded or promised: by whom, when, in which words, and by which way it reached the page.';
COMMENT ON COLUMN main.who_said_what.speaker IS 'Who said it, by the actor''s best-known name, else in the article''s words; null when nobody is named.';
COMMENT ON COLUMN main.who_said_what.cue IS 'The words that signal the saying.';
COMMENT ON COLUMN main.who_said_what.content IS 'What was said: the parts, joined by '' … ''.';
COMMENT ON COLUMN main.who_said_what.said_on IS 'Day of speaking, null when the article does not tell it.';
COMMENT ON COLUMN main.who_said_what.chain IS 'The way to the page, from the speaker: each hop by its name.';
COMMENT ON COLUMN main.who_said_what.title IS 'Headline of the article.';
COMMENT ON COLUMN main.who_said_what.published_on IS 'Day of publication of the article, null when unknown.';
COMMENT ON COLUMN main.who_said_what.outlet IS 'Outlet of the article, null when the page does not tell it.';
COMMENT ON COLUMN main.who_said_what.quotation IS 'direct, mixed or indirect.';
COMMENT ON COLUMN main.who_said_what.speech_act IS 'said, denied, asked, demanded or promised.';
COMMENT ON COLUMN main.who_said_what.modality IS 'actual, conditional, possible, negated or future: of what is claimed.';
COMMENT ON COLUMN main.who_said_what.speaker_kind IS 'What sort of source the speaker is.';
COMMENT ON COLUMN main.who_said_what.n_inferred_hops IS 'Hops of the chain that were inferred, not stated.';
COMMENT ON COLUMN main.who_said_what.score IS 'How sure the extractor is, 0 to 1.';
COMMENT ON COLUMN main.who_said_what.url IS 'Address of the article.';
COMMENT ON COLUMN main.who_said_what.speaker_id IS 'Actor who spoke.';
COMMENT ON COLUMN main.who_said_what.article_id IS 'Article it stands in.';
COMMENT ON COLUMN main.who_said_what.claim_id IS 'Claim.';
