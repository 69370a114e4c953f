-- What share of what is told: n of n_all.
SELECT 'text inside claims' AS what, 'characters' AS unit, (
  SELECT sum(end_char - start_char) FROM claim_parts
) AS n, (SELECT sum(length(text)) FROM articles) AS n_all
UNION ALL
SELECT 'text kept as article', 'characters', sum(end_char - start_char) FILTER (WHERE kept), sum(raw_end - raw_start)
FROM segments
UNION ALL
SELECT 'articles with a publication date', 'articles', count(published_on), count(*) FROM articles
UNION ALL
SELECT 'articles of a known outlet', 'articles', count(outlet_id), count(*) FROM articles
UNION ALL
SELECT 'claims with a speaker', 'claims', count(speaker_text), count(*) FROM claims
UNION ALL
SELECT 'claims whose speaker is an actor', 'claims', count(speaker_id), count(*) FROM claims
UNION ALL
SELECT 'claims with a day of speech', 'claims', count(said_on), count(*) FROM claims
UNION ALL
SELECT 'names that are an actor''s or a place''s', 'names', count(coalesce(actor_id, place_id)), count(*)
FROM mentions WHERE form = 'name'
UNION ALL
SELECT 'time expressions with days', 'dates', count(starts_on), count(*) FROM dates WHERE timex_type IN ('DATE', 'TIME')
UNION ALL
SELECT 'events with a day', 'events', count(starts_on), count(*) FROM events
