-- A row is one statement that gives schema history a table, a column or a comment of schema main; run them in order.
-- History keeps no constraints: what was published once may stay, whatever later versions demand.
WITH tables AS (
  SELECT table_name, coalesce(comment, '') AS comment FROM duckdb_tables() WHERE schema_name = 'main'
), columns AS (
  SELECT table_name, column_name, column_index, data_type, coalesce(comment, '') AS comment
  FROM duckdb_columns() SEMI JOIN tables USING (table_name)
  WHERE schema_name = 'main'
), statements AS (
  SELECT table_name, 0 AS place, format('CREATE TABLE IF NOT EXISTS history.{0} AS FROM main.{0} LIMIT 0;', table_name) AS statement
  FROM tables
  UNION ALL
  SELECT table_name, 1, format('COMMENT ON TABLE history.{} IS ''Superseded versions: {}'';', table_name, replace(comment, '''', ''''''))
  FROM tables
  UNION ALL
  SELECT table_name, 2 * column_index, format('ALTER TABLE history.{} ADD COLUMN IF NOT EXISTS {} {};', table_name, column_name, data_type)
  FROM columns
  UNION ALL
  SELECT table_name, 2 * column_index + 1, format('COMMENT ON COLUMN history.{}.{} IS ''{}'';', table_name, column_name, replace(comment, '''', ''''''))
  FROM columns
)
SELECT statement FROM statements ORDER BY table_name, place;
