-- A row is one whose {column} names no row of {target}, neither published nor in the batch.
SELECT {article} AS article_id, {row_id} AS row_id, '{column} ' || {column} || ' is not in {target}' AS problem
FROM {batch}
WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT known.id FROM known WHERE known.table_name = '{target}')
