-- A row is one claim with its speaker, its content, when it was said and the way it took to the page.
-- speech_act tells speech (said, denied, asked, demanded, promised) from belief, wish and feeling.
CREATE OR REPLACE VIEW main.claims_shown AS
WITH chains AS (
  SELECT hops.claim_id,
    string_agg(coalesce(CASE WHEN hops.role <> 'speaker' THEN sources.name END, hops.name, 'page'), ' → ' ORDER BY hops.hop) AS chain,
    count(*) FILTER (hops.basis = 'inferred') AS n_inferred
  FROM main.attributions AS hops
  LEFT JOIN main.sources ON sources.source_id = hops.source_id
  GROUP BY hops.claim_id
)
SELECT
  coalesce(actors.name, claims.speaker_text) AS speaker,
  claims.cue_text AS cue,
  claims.content,
  claims.said_on,
  chains.chain,
  articles.title,
  articles.published_on,
  outlets.name AS outlet,
  claims.quotation,
  claims.speech_act,
  claims.modality,
  claims.speaker_kind,
  coalesce(chains.n_inferred, 0) AS n_inferred_hops,
  claims.score,
  articles.url,
  claims.speaker_id,
  claims.article_id,
  claims.claim_id
FROM main.claims
JOIN main.articles ON articles.article_id = claims.article_id
LEFT JOIN main.actors ON actors.actor_id = claims.speaker_id
LEFT JOIN main.sources AS outlets ON outlets.source_id = articles.outlet_id
LEFT JOIN chains ON chains.claim_id = claims.claim_id;
COMMENT ON VIEW main.claims_shown IS 'One claim with its speaker, content, day and the way it took to the page: speech, belief, wish and feeling.';
COMMENT ON COLUMN main.claims_shown.speaker IS 'Who said it, by the actor''s best-known name, else in the article''s words; null when nobody is named.';
COMMENT ON COLUMN main.claims_shown.cue IS 'The words that signal the saying.';
COMMENT ON COLUMN main.claims_shown.content IS 'What was said: the parts, joined by '' … ''.';
COMMENT ON COLUMN main.claims_shown.said_on IS 'Day of speaking, null when the article does not tell it.';
COMMENT ON COLUMN main.claims_shown.chain IS 'The way to the page, from the speaker: each hop by its name.';
COMMENT ON COLUMN main.claims_shown.title IS 'Headline of the article.';
COMMENT ON COLUMN main.claims_shown.published_on IS 'Day of publication of the article, null when unknown.';
COMMENT ON COLUMN main.claims_shown.outlet IS 'Outlet of the article, null when the page does not tell it.';
COMMENT ON COLUMN main.claims_shown.quotation IS 'direct, mixed or indirect.';
COMMENT ON COLUMN main.claims_shown.speech_act IS 'said, denied, asked, demanded, promised, believed, wanted or felt.';
COMMENT ON COLUMN main.claims_shown.modality IS 'actual, conditional, possible, negated or future: of what is claimed.';
COMMENT ON COLUMN main.claims_shown.speaker_kind IS 'What sort of source the speaker is.';
COMMENT ON COLUMN main.claims_shown.n_inferred_hops IS 'Hops of the chain that were inferred, not stated.';
COMMENT ON COLUMN main.claims_shown.score IS 'How sure the extractor is, 0 to 1.';
COMMENT ON COLUMN main.claims_shown.url IS 'Address of the article.';
COMMENT ON COLUMN main.claims_shown.speaker_id IS 'Actor who spoke.';
COMMENT ON COLUMN main.claims_shown.article_id IS 'Article it stands in.';
COMMENT ON COLUMN main.claims_shown.claim_id IS 'Claim.';
