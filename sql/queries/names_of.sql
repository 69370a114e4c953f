-- One row per name under which an actor appears, the most used first.
-- param actor text required one of the names, or a part of it
SELECT
  actor.name AS actor,
  actor.kind,
  actor.country,
  actor.role,
  variant.name AS also_written,
  variant.n_mentions,
  variant.basis,
  actor.n_articles,
  actor.actor_id
FROM actors AS actor
JOIN actor_names AS variant USING (actor_id)
WHERE
  actor.actor_id IN (SELECT actor_id FROM actor_names WHERE contains(lower(name), lower($actor::VARCHAR)))
  OR contains(lower(actor.name), lower($actor::VARCHAR))
ORDER BY actor.n_mentions DESC, actor.actor_id, variant.n_mentions DESC, variant.name
