-- A row is one that shares its key with another, or has none.
SELECT {article} AS article_id, {row_id} AS row_id, 'shares its key with another row' AS problem
FROM {batch}
QUALIFY count(*) OVER (PARTITION BY {columns}) > 1
