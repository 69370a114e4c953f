-- A row is a published one that would point to a row of {target} which the batch takes away.
SELECT {article} AS article_id, {row_id} AS row_id, '{column} ' || {column} || ' would no longer be in {target}' AS problem
FROM (SELECT * FROM main.{table} SEMI JOIN gone ON {table}.{column} = gone.id) AS rows
ANTI JOIN written ON {same}
