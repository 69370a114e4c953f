-- Of the articles and claims that have these ids and stand in an older version only: the id, and that of what stands in its
-- place in the live version: the article, or the one claim with the same words and the same cue, if there is one.
SELECT former.article_id AS id, any_value(live.article_id) AS now
FROM history.articles AS former
LEFT JOIN main.articles AS live USING (document_id)
WHERE former.article_id IN (SELECT unnest($ids)) AND former.article_id NOT IN (SELECT article_id FROM main.articles)
GROUP BY former.article_id
UNION ALL
SELECT former.claim_id, CASE WHEN count(DISTINCT same.claim_id) = 1 THEN any_value(same.claim_id) END
FROM history.claims AS former
JOIN history.articles AS page USING (article_id)
LEFT JOIN main.articles AS live USING (document_id)
LEFT JOIN main.claims AS same
  ON same.article_id = live.article_id AND same.content = former.content AND same.cue_text IS NOT DISTINCT FROM former.cue_text
WHERE former.claim_id IN (SELECT unnest($ids)) AND former.claim_id NOT IN (SELECT claim_id FROM main.claims)
GROUP BY former.claim_id
