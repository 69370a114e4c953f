-- One row per pair of articles that share text: how much, which way it went, and for example which words.
-- param article text '' an article's id, external id or words of its title; none: all
SELECT
  coalesce(outlet.name, article.external_id) AS article,
  coalesce(other_outlet.name, other.external_id) AS shares_with,
  count(*) AS n_passages,
  sum(passage.end_char - passage.start_char) AS n_chars,
  round(100.0 * sum(passage.end_char - passage.start_char) / length(any_value(article.text)), 1) AS share_pct,
  mode(passage.direction) AS direction,
  left(arg_max(passage.text, passage.end_char - passage.start_char), 120) AS longest_begins,
  article.published_on,
  other.published_on AS other_published_on,
  article.article_id,
  other.article_id AS other_article_id
FROM passages AS passage -- each pair stands there once for each of its two articles
JOIN articles AS article ON article.article_id = passage.article_id
JOIN articles AS other ON other.article_id = passage.other_article_id
LEFT JOIN sources AS outlet ON outlet.source_id = article.outlet_id
LEFT JOIN sources AS other_outlet ON other_outlet.source_id = other.outlet_id
WHERE
  $article::VARCHAR IN ('', article.article_id, article.external_id)
  OR contains(lower(coalesce(article.title, '')), lower($article::VARCHAR))
GROUP BY ALL
ORDER BY n_chars DESC, article.article_id, other.article_id
