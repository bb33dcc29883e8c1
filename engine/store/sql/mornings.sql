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
    OR reasons LIKE '%"must_not_wait"%'
    OR reasons LIKE '%"words_%'
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

-- name: morning_letter_last
-- When somebody was last written a morning letter.
SELECT written_at AS at
FROM letter
WHERE receiver = :of_receiver
  AND template = 'morning'
ORDER BY written_at DESC
LIMIT 1;

-- name: morning_item_insert
-- Something that waits gets a number.
INSERT INTO morning_item (number, since, kind, subject, settled_at, said_by, said)
VALUES (:number, :since, :kind, :subject, NULL, '', '');

-- name: morning_items_standing
-- What has a number and is not settled.
SELECT number, since, kind, subject, settled_at, said_by, said
FROM morning_item
WHERE settled_at IS NULL
ORDER BY number;

-- name: morning_numbers_since
-- The numbers that a letter of late may hold, although what they stood for is settled.
SELECT number
FROM morning_item
WHERE settled_at > :since;

-- name: morning_item_at
-- What a number stood for at a moment.
SELECT number, since, kind, subject, settled_at, said_by, said
FROM morning_item
WHERE number = :number
  AND since <= :at
ORDER BY since DESC
LIMIT 1;

-- name: morning_item_said
-- Somebody has written of a line, and may have settled it by that.
UPDATE morning_item
SET said_by = :said_by, said = :said, settled_at = :settled_at::varchar
WHERE number = :number
  AND since = :since;

-- name: morning_item_gone
-- Nothing waits any more.
UPDATE morning_item
SET settled_at = :at
WHERE number = :number
  AND since = :since;

-- name: mail_counted_since
-- How many messages of each verdict have come since a moment.
SELECT coalesce(verdict, '') AS verdict, count(*) AS number
FROM inbox
WHERE received_at >= :since
GROUP BY verdict;

-- name: mail_for_people
-- Messages that wait for a person, however old: not those that somebody has sorted, that their
-- case has left behind, or that their own writer has mended by acting since. What opened a case and
-- waits even so says something else than that case, and what must not wait waits for its sorting.
SELECT inbox.id, inbox.verdict, inbox.received_at, inbox.sender, request.number AS request,
    CASE WHEN inbox.reasons LIKE '%"refuted_sender"%' THEN 1 ELSE 0 END AS refuted,
    CASE WHEN inbox.reasons LIKE '%"must_not_wait"%' THEN 1 ELSE 0 END AS urgent
FROM inbox
LEFT JOIN request
  ON request.id = inbox.request
WHERE {waits_for_people}
  AND inbox.id NOT IN (
      SELECT sorting.inbox
      FROM sorting
      WHERE sorting.action IN ('attach', 'discard')
  )
  AND (
      inbox.reasons LIKE '%"words_beside_opening"%'
      OR inbox.reasons LIKE '%"must_not_wait"%'
      OR request.since IS NULL
      OR request.since <= inbox.received_at
  )
  AND (
      inbox.reasons LIKE '%"words_beside_opening"%'
      OR inbox.reasons LIKE '%"must_not_wait"%'
      OR NOT EXISTS (
          SELECT 1
          FROM inbox AS later
          WHERE later.sender = inbox.sender
            AND later.received_at > inbox.received_at
            AND later.verdict IN ('opened', 'fired')
            AND (inbox.request IS NULL OR later.request = inbox.request)
      )
  )
  AND (
      inbox.reasons LIKE '%"answers_%'
      OR (
          inbox.reasons NOT LIKE '%"words_told"%'
          AND inbox.reasons NOT LIKE '%"words_kept"%'
          AND (
              inbox.reasons NOT LIKE '%"words_asked"%'
              OR (
                  inbox.received_at < :asked_before
                  AND NOT EXISTS (
                      SELECT 1
                      FROM letter
                      INNER JOIN inbox AS later
                          ON later.request = letter.request
                      WHERE letter.inbox = inbox.id
                        AND letter.template IN ('words', 'who_reads')
                        AND later.sender = letter.receiver
                        AND later.received_at > inbox.received_at
                        AND (letter.template = 'words' OR later.verdict = 'remark')
                  )
              )
          )
      )
  )
ORDER BY inbox.id;

-- name: mail_last
-- When the last message came.
SELECT received_at AS at
FROM inbox
ORDER BY id DESC
LIMIT 1;

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
