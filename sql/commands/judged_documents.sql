-- What came in of the articles that have these ids, or of the claims that do: the version that is published.
SELECT content_hash, source_name, location, external_id
FROM raw.documents
WHERE (document_id, content_hash) IN (
  SELECT (document_id, content_hash)
  FROM main.articles
  WHERE article_id IN (SELECT unnest($ids))
    OR article_id IN (SELECT article_id FROM main.claims WHERE claim_id IN (SELECT unnest($ids)))
)
ORDER BY ALL
