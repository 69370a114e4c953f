-- A row is one claim with its speaker, its content, when it was said and the way it took to the page.
-- speech_act tells speech (said, denied, asked, demanded, promised) from belief, wish and feeling.
CREATE OR REPLACE VIEW main.claims_shown AS
WITH chains AS (
  SELECT claim_id, string_agg(CASE role WHEN 'page' THEN coalesce(name, 'page') ELSE name END, ' → ' ORDER BY hop) AS chain,
    count(*) FILTER (basis = 'inferred') AS n_inferred
  FROM main.attributions
  GROUP BY claim_id
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
