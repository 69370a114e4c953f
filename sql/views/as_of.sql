-- Macros that ask as of a past moment: the versions seen and live by then, values as they stood, identities as today.
-- A version lived until the next one was seen, or was superseded, whichever came first: a source may tell us when it was
-- seen long after.

CREATE OR REPLACE MACRO main.former_values(revised_table, ts) AS TABLE
SELECT row_id, map_from_entries(list((column_name, value))) AS cells
FROM (
  SELECT row_id, column_name, arg_min({'was': former_value}, revised_at).was AS value
  FROM ops.revisions
  WHERE table_name = revised_table AND revised_at > ts
  GROUP BY row_id, column_name
) AS earliest
GROUP BY row_id;
COMMENT ON MACRO TABLE main.former_values IS 'One row of a table that was revised after the moment ts, with the values that stood then by column name.';

CREATE OR REPLACE MACRO main.articles_as_of(ts) AS TABLE
WITH versions AS (
  FROM main.articles WHERE first_seen_at <= ts
  UNION ALL BY NAME
  SELECT past.*
  FROM history.articles AS past
  JOIN (
    SELECT ending.article_id, max(least(ending.superseded_at, next.first_seen_at)) AS ended_at
    FROM ops.supersessions AS ending
    LEFT JOIN (
      SELECT article_id, first_seen_at FROM main.articles
      UNION
      SELECT article_id, first_seen_at FROM history.articles
    ) AS next ON next.article_id = ending.superseded_by
    GROUP BY ending.article_id
  ) AS ended USING (article_id)
  WHERE past.first_seen_at <= ts AND ended.ended_at > ts
), former AS (
  FROM main.former_values('articles', ts)
)
SELECT versions.* REPLACE (
  CASE WHEN map_contains(cells, 'published_on') THEN cells['published_on']::DATE ELSE published_on END AS published_on,
  CASE WHEN map_contains(cells, 'published_basis') THEN cells['published_basis'] ELSE published_basis END AS published_basis,
  CASE WHEN map_contains(cells, 'reference_on') THEN cells['reference_on']::DATE ELSE reference_on END AS reference_on)
FROM versions
LEFT JOIN former ON former.row_id = versions.article_id;
COMMENT ON MACRO TABLE main.articles_as_of IS 'One version of one document that was live at the moment ts, with its dates as they stood then.';

CREATE OR REPLACE MACRO main.claims_as_of(ts) AS TABLE
WITH said AS (
  FROM main.claims
  UNION ALL BY NAME
  FROM history.claims
), former AS (
  FROM main.former_values('claims', ts)
)
SELECT
  coalesce(actors.name, said.speaker_text) AS speaker,
  said.speech_act,
  said.cue_text AS cue,
  said.content,
  said.quotation,
  said.modality,
  CASE WHEN map_contains(cells, 'said_on') THEN cells['said_on']::DATE ELSE said.said_on END AS said_on,
  CASE WHEN map_contains(cells, 'said_basis') THEN cells['said_basis'] ELSE said.said_basis END AS said_basis,
  outlets.name AS outlet,
  articles.title,
  articles.published_on,
  articles.first_seen_at,
  said.speaker_id,
  said.article_id,
  said.claim_id
FROM said
JOIN main.articles_as_of(ts) AS articles ON articles.article_id = said.article_id
LEFT JOIN former ON former.row_id = said.claim_id
LEFT JOIN main.actors ON actors.actor_id = said.speaker_id
LEFT JOIN main.sources AS outlets ON outlets.source_id = articles.outlet_id;
COMMENT ON MACRO TABLE main.claims_as_of IS 'One claim of the articles that were live at the moment ts, with its day of speech as it stood then.';

CREATE OR REPLACE MACRO main.events_as_of(ts) AS TABLE
WITH told AS (
  FROM main.events
  UNION ALL BY NAME
  FROM history.events
), parties AS (
  SELECT people.event_id,
    string_agg(people.text, ', ' ORDER BY people.ordinal) FILTER (people.role = 'actor') AS actors,
    string_agg(people.text, ', ' ORDER BY people.ordinal) FILTER (people.role = 'recipient') AS recipients
  FROM (FROM main.event_participants UNION ALL BY NAME FROM history.event_participants) AS people
  GROUP BY people.event_id
), former AS (
  FROM main.former_values('events', ts)
)
SELECT
  CASE WHEN map_contains(cells, 'starts_on') THEN cells['starts_on']::DATE ELSE told.starts_on END AS starts_on,
  CASE WHEN map_contains(cells, 'ends_on') THEN cells['ends_on']::DATE ELSE told.ends_on END AS ends_on,
  told.event_type,
  parties.actors,
  parties.recipients,
  places.name AS place,
  told.status,
  told.text,
  articles.title,
  articles.published_on,
  articles.first_seen_at,
  told.article_id,
  told.event_id
FROM told
JOIN main.articles_as_of(ts) AS articles ON articles.article_id = told.article_id
LEFT JOIN former ON former.row_id = told.event_id
LEFT JOIN parties ON parties.event_id = told.event_id
LEFT JOIN main.places ON places.place_id = told.place_id;
COMMENT ON MACRO TABLE main.events_as_of IS 'One report of an event in the articles that were live at the moment ts, with its days as they stood then.';

CREATE OR REPLACE MACRO main.figures_as_of(ts) AS TABLE
SELECT
  counted.low,
  counted.high,
  counted.unit,
  counted.qualifier,
  counted.text,
  articles.title,
  articles.published_on,
  articles.first_seen_at,
  counted.article_id,
  counted.figure_id
FROM (FROM main.figures UNION ALL BY NAME FROM history.figures) AS counted
JOIN main.articles_as_of(ts) AS articles ON articles.article_id = counted.article_id;
COMMENT ON MACRO TABLE main.figures_as_of IS 'One figure of the articles that were live at the moment ts.';
