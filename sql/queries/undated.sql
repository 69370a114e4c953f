-- One row per article without a publication date and candidate for one: what was found, and why it was not taken.
SELECT
  coalesce(outlet.name, article.external_id) AS outlet,
  article.title,
  evidence.day AS candidate,
  evidence.basis,
  evidence.evidence,
  coalesce(evidence.rejected_because, 'nothing in the page or its address gives a date') AS why_not,
  article.article_id
FROM articles AS article
LEFT JOIN published_evidence AS evidence USING (article_id)
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
WHERE article.published_on IS NULL
ORDER BY article.external_id, article.article_id, evidence.rank
