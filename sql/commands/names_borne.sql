-- Every name that somebody bears, in all articles or in that of the claim $claim.
SELECT DISTINCT unnest(list_append(names, name)) AS name
FROM work.entities
WHERE kind <> 'place'
  AND ($claim IS NULL OR article_id IN (SELECT article_id FROM main.claims WHERE claim_id = $claim))
ORDER BY name
