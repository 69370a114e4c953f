-- The judgements that speak of the article or claim $id, or of somebody who is the actor $id.
SELECT judgement_id, verdict, left_key, right_key, who, because
FROM ops.judgements
WHERE left_key = $id
  OR judgement_id IN (
    SELECT substr(k.key, length('judged:') + 1)
    FROM work.keys AS k
    JOIN work.entities AS e ON e.entity_id = k.member_id
    WHERE k.layer = 'actor' AND k.key LIKE 'judged:%' AND e.actor_id = $id
  )
ORDER BY judgement_id
