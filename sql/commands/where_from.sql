-- The article of a fact, and the file or address where it was received.
SELECT
  article.article_id, article.title, source.name AS outlet, article.url, article.published_on, article.published_basis,
  document.location, document.source_name, document.first_seen_at, document.content_hash
FROM articles AS article
LEFT JOIN sources AS source ON source.source_id = article.outlet_id
LEFT JOIN raw.documents AS document
  ON document.document_id = article.document_id AND document.content_hash = article.content_hash
WHERE article.article_id = $id
LIMIT 1
