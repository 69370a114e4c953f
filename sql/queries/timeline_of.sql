-- One row per reported event at a place, by day: what, who to whom, how firmly, according to which article.
-- param place text required the place's name, or a part of it
-- param since date null the first day
-- param until date null the last day
SELECT
  event.starts_on,
  event.ends_on,
  place.name AS place,
  event.event_type,
  event.status,
  (
    SELECT string_agg(one.text, ', ' ORDER BY one.ordinal)
    FROM event_participants AS one
    WHERE one.event_id = event.event_id AND one.role = 'actor'
  ) AS actors,
  (
    SELECT string_agg(one.text, ', ' ORDER BY one.ordinal)
    FROM event_participants AS one
    WHERE one.event_id = event.event_id AND one.role = 'recipient'
  ) AS recipients,
  event.text,
  coalesce(outlet.name, article.external_id) AS outlet,
  event.event_id
FROM events AS event
JOIN articles AS article USING (article_id)
JOIN places AS place USING (place_id)
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
WHERE
  contains(lower(place.name), lower($place::VARCHAR))
  AND ($since::DATE IS NULL OR coalesce(event.ends_on, event.starts_on) >= $since::DATE)
  AND ($until::DATE IS NULL OR event.starts_on <= $until::DATE)
ORDER BY event.starts_on NULLS LAST, event.article_id, event.start_char
