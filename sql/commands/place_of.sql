-- The place that the mention $id stands for; nothing for one of an actor.
SELECT entity_id
FROM work.entity_rows
JOIN work.entities USING (entity_id)
WHERE row_id = $id AND table_name = 'mentions' AND kind = 'place'
