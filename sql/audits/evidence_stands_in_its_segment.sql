-- A row is one whose raw evidence lies outside the segment it names.
-- severity: fatal
SELECT evidence.article_id, evidence.table_name, evidence.row_id,
  format('evidence from {} to {} is outside its segment, {} to {}', evidence.raw_start, evidence.raw_end, segments.raw_start, segments.raw_end) AS problem
FROM (
  SELECT 'attributions' AS table_name, article_id, claim_id || '/' || hop AS row_id, segment_id, raw_start, raw_end FROM attributions
  UNION ALL
  SELECT 'published_evidence', article_id, article_id || '/' || rank, segment_id, raw_start, raw_end FROM published_evidence
) AS evidence
JOIN segments USING (segment_id)
WHERE evidence.raw_start < segments.raw_start OR evidence.raw_end > segments.raw_end;
