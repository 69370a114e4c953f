-- A row is an article whose text is not its kept segments, joined by blank lines.
-- severity: fatal
SELECT article_id, 'articles' AS table_name, article_id AS row_id,
  'the text is not the kept segments joined by blank lines' AS problem
FROM articles
LEFT JOIN (
  SELECT article_id, string_agg(text, E'\n\n' ORDER BY ordinal) AS joined FROM segments WHERE kept GROUP BY article_id
) AS kept USING (article_id)
WHERE kept.joined IS DISTINCT FROM articles.text;
