-- A row is one that breaks a CHECK of the schema: a value outside a closed list.
SELECT {article} AS article_id, {row_id} AS row_id, '{column} is ' || coalesce({column}, 'missing') || ', which is not in its closed list' AS problem
FROM {batch}
WHERE NOT ({condition})
