-- One row per claim whose words, or whose speaker's name, hold the topic: who said it, when, in which article.
-- param topic text required words to look for, upper or lower case
-- param since date null the first day of saying or of publication
-- param until date null the last day
SELECT
  coalesce(speaker.name, claim.speaker_text, '(nobody named)') AS speaker,
  claim.speech_act AS act,
  claim.content,
  claim.quotation,
  claim.said_on,
  coalesce(outlet.name, article.external_id) AS outlet,
  article.published_on,
  claim.claim_id
FROM claims AS claim
JOIN articles AS article USING (article_id)
LEFT JOIN actors AS speaker ON speaker.actor_id = claim.speaker_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
WHERE
  (
    contains(lower(claim.content), lower($topic::VARCHAR))
    OR contains(lower(coalesce(speaker.name, claim.speaker_text, '')), lower($topic::VARCHAR))
  )
  AND ($since::DATE IS NULL OR coalesce(claim.said_on, article.published_on) >= $since::DATE)
  AND ($until::DATE IS NULL OR coalesce(claim.said_on, article.published_on) <= $until::DATE)
ORDER BY coalesce(claim.said_on, article.published_on) NULLS LAST, claim.article_id, claim.start_char
