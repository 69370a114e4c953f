-- A row is one utterance or incident: how many articles and outlets report it, and from how many independent origins.
CREATE OR REPLACE VIEW main.corroboration AS
SELECT
  'utterance' AS about,
  coalesce(actors.name || ': ', '') || utterances.text AS headline,
  utterances.said_on AS starts_on,
  utterances.n_articles,
  utterances.n_outlets,
  utterances.n_origins,
  utterances.utterance_id AS about_id
FROM main.utterances
LEFT JOIN main.actors ON actors.actor_id = utterances.speaker_id
UNION ALL
SELECT 'incident', incidents.headline, incidents.starts_on, incidents.n_articles, incidents.n_outlets, incidents.n_origins, incidents.incident_id
FROM main.incidents
ORDER BY n_origins DESC, n_articles DESC, starts_on NULLS LAST, about_id;
COMMENT ON VIEW main.corroboration IS 'One utterance or incident: how many articles and outlets report it, and from how many independent origins.';
COMMENT ON COLUMN main.corroboration.about IS 'utterance or incident.';
COMMENT ON COLUMN main.corroboration.headline IS 'What was said and by whom, or what happened.';
COMMENT ON COLUMN main.corroboration.starts_on IS 'Day of speaking, or first day of the incident.';
COMMENT ON COLUMN main.corroboration.n_articles IS 'Articles that carry it.';
COMMENT ON COLUMN main.corroboration.n_outlets IS 'Outlets that carry it.';
COMMENT ON COLUMN main.corroboration.n_origins IS 'Independent origins: articles that copy, credit or relay one source count as one.';
COMMENT ON COLUMN main.corroboration.about_id IS 'Utterance or incident; table origins says which articles are one origin, and why.';
