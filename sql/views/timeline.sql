-- A row is one report of an event: when, what, who to whom, where, how firmly, in which article.
CREATE OR REPLACE VIEW main.timeline AS
WITH parties AS (
  SELECT participants.event_id,
    string_agg(coalesce(actors.name, participants.text), ', ' ORDER BY ordinal) FILTER (participants.role = 'actor') AS actors,
    string_agg(coalesce(actors.name, participants.text), ', ' ORDER BY ordinal) FILTER (participants.role = 'recipient') AS recipients
  FROM main.event_participants AS participants
  LEFT JOIN main.actors ON actors.actor_id = participants.actor_id
  GROUP BY participants.event_id
)
SELECT
  events.starts_on,
  events.ends_on,
  events.event_type,
  parties.actors,
  parties.recipients,
  places.name AS place,
  events.status,
  events.text,
  dates.text AS date_text,
  outlets.name AS outlet,
  articles.title,
  events.incident_id,
  events.article_id,
  events.event_id
FROM main.events
JOIN main.articles ON articles.article_id = events.article_id
LEFT JOIN parties ON parties.event_id = events.event_id
LEFT JOIN main.places ON places.place_id = events.place_id
LEFT JOIN main.dates ON dates.date_id = events.date_id
LEFT JOIN main.sources AS outlets ON outlets.source_id = articles.outlet_id
ORDER BY events.starts_on NULLS LAST, events.ends_on, events.article_id, events.start_char, events.event_id;
COMMENT ON VIEW main.timeline IS 'One report of an event in order of time, undated last: what, who to whom, where, how firmly, in which article.';
COMMENT ON COLUMN main.timeline.starts_on IS 'First day of the event, null when the article does not tell it.';
COMMENT ON COLUMN main.timeline.ends_on IS 'Last day of the event.';
COMMENT ON COLUMN main.timeline.event_type IS 'PLOVER''s type.';
COMMENT ON COLUMN main.timeline.actors IS 'Who did it.';
COMMENT ON COLUMN main.timeline.recipients IS 'To or with whom.';
COMMENT ON COLUMN main.timeline.place IS 'Where, null when the report does not say.';
COMMENT ON COLUMN main.timeline.status IS 'asserted, reported, denied, possible or planned.';
COMMENT ON COLUMN main.timeline.text IS 'The clause that reports it.';
COMMENT ON COLUMN main.timeline.date_text IS 'The words that give the day.';
COMMENT ON COLUMN main.timeline.outlet IS 'Outlet of the article, null when the page does not tell it.';
COMMENT ON COLUMN main.timeline.title IS 'Headline of the article.';
COMMENT ON COLUMN main.timeline.incident_id IS 'Incident that it is one report of.';
COMMENT ON COLUMN main.timeline.article_id IS 'Article it stands in.';
COMMENT ON COLUMN main.timeline.event_id IS 'Event.';
