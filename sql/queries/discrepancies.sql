-- One row per value on which reports of one incident, utterance or person differ, with the articles that give it.
-- param kind text 'conflict' conflict, refinement, compatible, or all
-- param about text '' words that one of the reports of it holds, or the person's name
SELECT
  about,
  field,
  kind,
  value,
  count(DISTINCT article_id) AS n_articles,
  string_agg(DISTINCT according_to, ', ' ORDER BY according_to) AS according_to,
  min(words) AS for_example,
  discrepancy_id
FROM (
  SELECT
    coalesce(incident.headline, utterance.text, actor.name) AS about,
    difference.field,
    difference.kind,
    given.value,
    given.article_id,
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
) AS report
WHERE
  contains(lower(about), lower($about::VARCHAR))
  OR discrepancy_id IN (
    SELECT difference.discrepancy_id
    FROM discrepancies AS difference
    JOIN events AS report ON report.incident_id = difference.about_id
    WHERE difference.about = 'incident' AND contains(lower(report.text), lower($about::VARCHAR))
    UNION ALL
    SELECT difference.discrepancy_id
    FROM discrepancies AS difference
    JOIN claim_parts AS wording ON wording.utterance_id = difference.about_id
    WHERE difference.about = 'utterance' AND contains(lower(wording.text), lower($about::VARCHAR))
  )
GROUP BY ALL
ORDER BY about, discrepancy_id, n_articles DESC, value
