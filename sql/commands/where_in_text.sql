-- The words of a fact, with up to 160 characters of the article on each side.
SELECT
  substring(text, greatest($start_char - 160, 0) + 1, least($start_char, 160)) AS before,
  substring(text, $start_char + 1, $end_char - $start_char) AS words,
  substring(text, $end_char + 1, 160) AS after
FROM articles
WHERE article_id = $id
