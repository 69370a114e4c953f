-- One row per row of the published table {table}: its JSON, without run_id and the moments of processing (*_at).
SELECT to_json(line)::VARCHAR AS line
FROM (SELECT COLUMNS(name -> name <> 'run_id' AND name NOT LIKE '%\_at' ESCAPE '\') FROM main.{table}) AS line
ORDER BY line
