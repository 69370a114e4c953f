-- A row is a segment that does not begin where the one before it ends: segments partition the raw text.
-- severity: fatal
WITH placed AS (
  SELECT article_id, segment_id, ordinal, raw_start, raw_end, text,
    coalesce(lag(raw_end) OVER (PARTITION BY article_id ORDER BY ordinal), 0) AS expected_start
  FROM segments
)
SELECT article_id, 'segments' AS table_name, segment_id AS row_id,
  format('segment {} spans {} to {} of the raw text, expected to begin at {} and to hold {} characters',
    ordinal, raw_start, raw_end, expected_start, length(text)) AS problem
FROM placed
WHERE raw_start <> expected_start OR raw_end - raw_start <> length(text);
