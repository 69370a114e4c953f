-- One row per candidate for an article's day of publication, the one taken first.
SELECT
  evidence.rank, evidence.day, evidence.basis, nullif(evidence.evidence, ''),
  format('here: {}', segments.text[evidence.raw_start - segments.raw_start + 1 : evidence.raw_end - segments.raw_start]),
  'no: ' || evidence.rejected_because
FROM published_evidence AS evidence
LEFT JOIN segments USING (segment_id)
WHERE evidence.article_id = $id
ORDER BY evidence.rank
