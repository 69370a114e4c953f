-- A row is an article whose day of publication no evidence speaks for, or whose basis says there is none.
-- severity: warning
SELECT article_id, 'articles' AS table_name, article_id AS row_id,
  format('published_on {} with basis {} has no accepted evidence', published_on, published_basis) AS problem
FROM articles
WHERE published_on IS NOT NULL
  AND (published_basis = 'none'
    OR NOT EXISTS (
      FROM published_evidence AS evidence
      WHERE evidence.article_id = articles.article_id AND evidence.day = articles.published_on AND rejected_because IS NULL));
