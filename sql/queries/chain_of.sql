-- One row per hop of a claim's way to the page: the speaker first, then whoever relayed it, the page last.
-- param claim text required the claim's id, or words of its content
SELECT
  claim.claim_id,
  claim.content,
  hop.hop,
  hop.role,
  hop.name,
  hop.basis,
  hop.text AS words,
  hop.derivation,
  shown.shown_by_article_id
FROM claims AS claim
JOIN attributions AS hop USING (claim_id)
LEFT JOIN revealed_hops AS shown ON shown.claim_id = hop.claim_id AND shown.hop = hop.hop
WHERE claim.claim_id = $claim::VARCHAR OR contains(lower(claim.content), lower($claim::VARCHAR))
ORDER BY claim.article_id, claim.start_char, claim.claim_id, hop.hop
