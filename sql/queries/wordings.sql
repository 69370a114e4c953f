-- One row per wording of an utterance in an article: the same thing said once, as each of its carriers has it.
-- param words text '' words that one of the wordings holds; none: utterances that more than one article carries
SELECT
  utterance.utterance_id,
  coalesce(speaker.name, '(nobody named)') AS speaker,
  utterance.said_on,
  part.text AS wording,
  claim.quotation,
  coalesce(outlet.name, article.external_id) AS carried_by,
  origin.origin,
  origin.because,
  claim.claim_id
FROM utterances AS utterance
JOIN claim_parts AS part USING (utterance_id)
JOIN claims AS claim USING (claim_id)
JOIN articles AS article ON article.article_id = claim.article_id
LEFT JOIN actors AS speaker ON speaker.actor_id = utterance.speaker_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
LEFT JOIN origins AS origin
  ON origin.about = 'utterance' AND origin.about_id = utterance.utterance_id AND origin.article_id = article.article_id
WHERE
  CASE
    WHEN $words::VARCHAR = '' THEN utterance.n_articles > 1
    ELSE utterance.utterance_id IN (
      SELECT utterance_id FROM claim_parts WHERE contains(lower(text), lower($words::VARCHAR))
    )
  END
ORDER BY utterance.n_articles DESC, utterance.utterance_id, origin.origin, article.article_id, part.part
