-- A row is an article whose text is not its kept segments, joined by blank lines, those of one sentence by nothing.
-- severity: fatal
SELECT article_id, 'articles' AS table_name, article_id AS row_id,
  'the text is not the kept segments joined by blank lines' AS problem
FROM articles
LEFT JOIN (
  SELECT article_id, string_agg(joint || text, '' ORDER BY ordinal) AS joined
  FROM (
    SELECT
      article_id, ordinal, text,
      CASE coalesce(start_char - lag(end_char) OVER (PARTITION BY article_id ORDER BY ordinal), 0)
        WHEN 0 THEN '' ELSE E'\n\n'
      END AS joint
    FROM segments
    WHERE kept
  )
  GROUP BY article_id
) AS kept USING (article_id)
WHERE kept.joined IS DISTINCT FROM articles.text;
