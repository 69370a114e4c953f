-- One row per outlet and kind of unnamed source: how many of the outlet's claims rest on it, with an example.
SELECT
  coalesce(outlet.name, '(outlet unknown)') AS outlet,
  claim.speaker_kind AS kind,
  count(*) AS n_claims,
  round(100.0 * count(*) / any_value(whole.n_claims), 1) AS share_pct,
  min(claim.speaker_text) AS for_example
FROM claims AS claim
JOIN articles AS article USING (article_id)
JOIN (
  SELECT article.outlet_id, count(*) AS n_claims
  FROM claims
  JOIN articles AS article USING (article_id)
  WHERE claims.speech_act IN ('said', 'denied', 'asked', 'demanded', 'promised')
  GROUP BY article.outlet_id
) AS whole ON whole.outlet_id IS NOT DISTINCT FROM article.outlet_id
LEFT JOIN actors AS speaker ON speaker.actor_id = claim.speaker_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
WHERE
  claim.speech_act IN ('said', 'denied', 'asked', 'demanded', 'promised')
  AND claim.speaker_text IS NOT NULL
  AND claim.speaker_form IS DISTINCT FROM 'name'
  AND (speaker.actor_id IS NULL OR speaker.kind IN ('unnamed', 'group'))
GROUP BY ALL
ORDER BY outlet, n_claims DESC, kind
