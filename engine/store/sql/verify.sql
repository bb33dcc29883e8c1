-- Reads everything once, for `db verify`, to see whether it hangs together.

-- name: verify_shares
-- Every share, by request.
SELECT id, course, direction, lender, borrower, since, ended_at, request
FROM share
ORDER BY request, id;

-- name: verify_timers
-- Every timer, by request.
SELECT {timer_columns}
FROM timer
ORDER BY request, id;

-- name: verify_letters
-- Every letter, and whether its bytes are there.
SELECT {letter_columns}, request.number, letter.raw IS NULL AS no_raw
FROM letter
LEFT JOIN request ON request.id = letter.request
ORDER BY letter.id;

-- name: verify_letter_bytes
-- The bytes of letters, and what their hash should be.
SELECT letter.id, letter.raw, letter.raw_sha256, request.number
FROM letter
LEFT JOIN request ON request.id = letter.request
WHERE letter.raw IS NOT NULL
ORDER BY letter.id;

-- name: verify_mail_bytes
-- The bytes of messages, and what their hash should be.
SELECT inbox.id, inbox.raw, inbox.sha256, request.number
FROM inbox
LEFT JOIN request ON request.id = inbox.request
WHERE inbox.raw IS NOT NULL
ORDER BY inbox.id;

-- name: recorded_span
-- When the first and the last event were recorded.
SELECT min(recorded_at) AS first, max(recorded_at) AS last
FROM history;

-- name: verify_attachments
-- The contents of attachments, and what their hash should be.
SELECT sha256, content
FROM attachment
ORDER BY sha256;

-- name: grounds_all
-- What every event was decided on.
SELECT request, seq, salt, said, facts, outcome
FROM grounds
ORDER BY request, seq;

-- name: mail_seals
-- The seal of every message.
SELECT inbox, seal, attached, sorted
FROM mail_seal
ORDER BY inbox;

-- name: tallies
-- How many rows were written to each table that is counted.
SELECT kind, CAST(sum(written) AS INTEGER) AS written
FROM tally
GROUP BY kind
ORDER BY kind;

-- name: count_history
-- How many events stand.
SELECT count(*) AS number
FROM history;

-- name: count_timer
-- How many timers stand.
SELECT count(*) AS number
FROM timer;

-- name: count_letter
-- How many letters stand.
SELECT count(*) AS number
FROM letter;

-- name: verify_courses
-- Every course.
SELECT id, owner, short_name, short_name_key, platform, full_name, licence, link, information
FROM course
ORDER BY id;

-- name: verify_mails
-- Every message, and whether its bytes are there.
SELECT {inbox_columns}, raw IS NULL AS no_raw
FROM inbox
ORDER BY id;

-- name: verify_tokens
-- Every letter of each request.
SELECT request, token
FROM letter
WHERE request IS NOT NULL
ORDER BY request, id;

-- name: verify_attached
-- The attachments of every message.
SELECT inbox, place, sha256, name
FROM attached
ORDER BY inbox, place;

-- name: verify_sorted
-- What coordinators have done with every message.
SELECT id, inbox, action, verdict, note, at, recorded_at
FROM sorting
ORDER BY inbox, id;
