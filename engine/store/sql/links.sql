-- Links of shared courses, and when each was last looked at.

-- name: links_shared
-- The links of all courses that are shared now.
SELECT request.number, request.kept, course.full_name, course.link
FROM share
JOIN request ON request.id = share.request
JOIN course ON course.id = share.course
WHERE share.ended_at IS NULL
ORDER BY share.id;

-- name: links_checked
-- Every link that was looked at.
SELECT url, state, why, detail, checked_at, failing_since, broken_since
FROM link_check
ORDER BY url;

-- name: link_checked
-- What was found when a link was last looked at.
SELECT url, state, why, detail, checked_at, failing_since, broken_since
FROM link_check
WHERE url = :of_url;

-- name: link_keep
-- What is found when a link is looked at.
INSERT INTO link_check (url, state, why, detail, checked_at, failing_since, broken_since)
VALUES (:url, :state, :why, :detail, :checked_at, :failing_since, :broken_since)
ON CONFLICT (url) DO UPDATE SET state = excluded.state, why = excluded.why,
    detail = excluded.detail, checked_at = excluded.checked_at,
    failing_since = excluded.failing_since, broken_since = excluded.broken_since;

-- name: link_forget
-- A link that nothing refers to any more.
DELETE FROM link_check
WHERE url = :of_url;

-- name: link_host_add
-- A machine that links lead to.
INSERT INTO link_host (host, free_at)
VALUES (:host, :free_at)
ON CONFLICT DO NOTHING;

-- name: link_host_claim
-- Takes a machine's turn, so that no two workers ask it at once.
UPDATE link_host
SET free_at = :free_at
WHERE host = :of_host
  AND free_at <= :now;

-- name: link_host_free
-- Says from when on a machine may be asked again.
UPDATE link_host
SET free_at = :free_at
WHERE host = :of_host;
