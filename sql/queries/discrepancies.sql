-- One row per value on which reports of one incident, utterance or person differ, with the article that gives it.
-- param kind text 'conflict' conflict, refinement, compatible, or all
SELECT
  coalesce(incident.headline, utterance.text, actor.name) AS about,
  difference.field,
  difference.kind,
  given.value,
  given.text AS words,
  coalesce(outlet.name, article.external_id) AS according_to,
  difference.discrepancy_id
FROM discrepancies AS difference
JOIN discrepancy_values AS given USING (discrepancy_id)
JOIN articles AS article ON article.article_id = given.article_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
LEFT JOIN incidents AS incident ON difference.about = 'incident' AND incident.incident_id = difference.about_id
LEFT JOIN utterances AS utterance ON difference.about = 'utterance' AND utterance.utterance_id = difference.about_id
LEFT JOIN actors AS actor ON difference.about = 'actor' AND actor.actor_id = difference.about_id
WHERE $kind::VARCHAR IN ('all', difference.kind)
ORDER BY difference.discrepancy_id, given.value, given.article_id, given.start_char
