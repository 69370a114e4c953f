-- One row per outlet and speaker: how often the outlet lets the speaker speak, and how much of it in quotation marks.
-- param outlet text '' the outlet's name, or a part of it
-- param claims integer 1 at least so many claims
SELECT
  coalesce(outlet.name, '(outlet unknown)') AS outlet,
  coalesce(speaker.name, claim.speaker_text) AS speaker,
  any_value(claim.speaker_kind) AS kind,
  count(*) AS n_claims,
  count(DISTINCT claim.article_id) AS n_articles,
  count(*) FILTER (WHERE claim.quotation = 'direct') AS n_direct
FROM claims AS claim
JOIN articles AS article USING (article_id)
LEFT JOIN actors AS speaker ON speaker.actor_id = claim.speaker_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
WHERE
  claim.speaker_text IS NOT NULL
  AND claim.speech_act IN ('said', 'denied', 'asked', 'demanded', 'promised')
  AND contains(lower(coalesce(outlet.name, '')), lower($outlet::VARCHAR))
GROUP BY ALL
HAVING count(*) >= $claims::INTEGER
ORDER BY outlet, n_claims DESC, speaker
