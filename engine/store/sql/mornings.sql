-- The coordinators' morning letter.

-- part: waits_for_people
-- Messages that a person should look at; written as in their own index, so that it serves.
(
    verdict IN (
        'unclear', 'remark', 'unreadable', 'oversize', 'newcomer', 'unknown_sender',
        'unproved_sender', 'bounce'
    )
    OR reasons LIKE '%"answers_used_up"%'
    OR reasons LIKE '%"answers_in_circles"%'
);

-- name: morning_insert
-- The morning letter of a day is written.
INSERT INTO morning (day, at, recorded_at)
VALUES (:day, :at, :recorded_at);

-- name: morning_last
-- The last day with a morning letter.
SELECT day, at
FROM morning
ORDER BY day DESC
LIMIT 1;

-- name: morning_item_insert
-- A numbered line of a morning letter, which its answer may name.
INSERT INTO morning_item (letter, number, kind, subject)
VALUES (:letter, :number, :kind, :subject);

-- name: morning_items
-- The numbered lines of a morning letter.
SELECT letter, number, kind, subject
FROM morning_item
WHERE letter = :of_letter
ORDER BY number;

-- name: mail_counted_since
-- How many messages of each verdict have come since a moment.
SELECT coalesce(verdict, '') AS verdict, count(*) AS number
FROM inbox
WHERE received_at >= :since
GROUP BY verdict;

-- name: mail_for_people
-- Messages that wait for a person, however old.
SELECT inbox.id, inbox.verdict,
    CASE WHEN inbox.reasons LIKE '%"refuted_sender"%' THEN 1 ELSE 0 END AS refuted
FROM inbox
WHERE {waits_for_people}
  AND inbox.id NOT IN (
      SELECT sorting.inbox
      FROM sorting
      WHERE sorting.action IN ('attach', 'discard')
  )
ORDER BY inbox.id;

-- name: life_begins_mail
-- When the first message came.
SELECT received_at AS at
FROM inbox
ORDER BY id
LIMIT 1;

-- name: life_begins_letter
-- When the first letter was written.
SELECT written_at AS at
FROM letter
ORDER BY id
LIMIT 1;
