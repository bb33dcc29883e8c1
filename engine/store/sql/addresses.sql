-- How mail reaches people: who was told of the program, bounces, and addresses that nothing goes
-- to.

-- part: bounce_rows
-- What mail servers have said of letters.
SELECT bounce.letter, bounce.address, bounce.outcome, bounce.status, bounce.reason, bounce.inbox,
    bounce.at, bounce.recorded_at, request.number
FROM bounce
JOIN letter ON letter.id = bounce.letter
LEFT JOIN request ON request.id = letter.request;

-- name: correspondents_insert
-- Remembers the addresses that are new in the register; another worker may see the same ones.
INSERT INTO correspondent (address, seen_at, asked_at, confirmed_at, automatic_at)
SELECT DISTINCT contact.email, :at, NULL, NULL, NULL
FROM contact
WHERE contact.valid_from <= :day
  AND (contact.valid_until IS NULL OR contact.valid_until >= :day)
  AND NOT EXISTS (
      SELECT correspondent.address
      FROM correspondent
      WHERE correspondent.address = contact.email
  )
ON CONFLICT (address) DO NOTHING;

-- name: correspondents_to_ask
-- Addresses in use that nothing was heard from for so long that they are asked again.
SELECT correspondent.address
FROM correspondent
WHERE correspondent.seen_at <= :before
  AND coalesce(correspondent.asked_at, '') <= :before
  AND coalesce(correspondent.confirmed_at, '') <= :before
  AND correspondent.address IN (
      SELECT contact.email
      FROM contact
      WHERE contact.valid_from <= :day
        AND (contact.valid_until IS NULL OR contact.valid_until >= :day)
  )
ORDER BY correspondent.seen_at, correspondent.address
LIMIT :at_most_rows;

-- name: correspondent_asked
-- An address was asked whether it still is its owner's.
UPDATE correspondent
SET asked_at = :at
WHERE address = :of_address;

-- name: correspondent_confirmed
-- Somebody has shown that an address is in use.
UPDATE correspondent
SET confirmed_at = :at
WHERE address = :of_address;

-- name: correspondent_automatic
-- An address has answered by itself: its owner is away.
INSERT INTO correspondent (address, seen_at, automatic_at)
VALUES (:of_address, :at, :at)
ON CONFLICT (address) DO UPDATE SET automatic_at = :at;

-- name: correspondent_wrote
-- The owner of an address has written, so is not away.
UPDATE correspondent
SET automatic_at = NULL
WHERE address = :of_address
  AND automatic_at IS NOT NULL;

-- name: bounce_keep
-- What a mail server said of a letter; the last word counts.
INSERT INTO bounce (letter, address, outcome, status, reason, inbox, at, recorded_at)
VALUES (:letter, :address, :outcome, :status, :reason, :inbox, :at, :recorded_at)
ON CONFLICT (letter) DO UPDATE SET address = excluded.address, outcome = excluded.outcome,
    status = excluded.status, reason = excluded.reason, inbox = excluded.inbox, at = excluded.at,
    recorded_at = excluded.recorded_at;

-- name: bounce_of_letter
-- What was said of a letter, with its request.
{bounce_rows}
WHERE bounce.letter = :of_letter;

-- name: bounces
-- What was said of letters since a moment, of one request or of all.
{bounce_rows}
WHERE (:of_request = '' OR request.number = :of_request)
  AND bounce.at >= :since
ORDER BY bounce.at, bounce.letter;

-- name: bounces_counted
-- How often an address failed; what was said before it was last found to work counts no more.
SELECT count(*) AS number
FROM bounce
LEFT JOIN suspension ON suspension.address = bounce.address
WHERE bounce.address = :of_address
  AND bounce.outcome != 'delayed'
  AND bounce.at >= :since
  AND bounce.at > coalesce(suspension.lifted_at, '');

-- name: suspension_keep
-- Nothing more goes to an address.
INSERT INTO suspension (address, since, letter, lifted_at)
VALUES (:address, :since, :letter, :lifted_at)
ON CONFLICT (address) DO UPDATE SET since = excluded.since, letter = excluded.letter,
    lifted_at = excluded.lifted_at;

-- name: suspension_lift
-- An address is written to again.
UPDATE suspension
SET lifted_at = :at
WHERE address = :of_address
  AND lifted_at IS NULL;

-- name: suspensions
-- The addresses that nothing goes to, and why.
SELECT suspension.address, suspension.since, suspension.letter, bounce.reason, bounce.status
FROM suspension
JOIN bounce ON bounce.letter = suspension.letter
WHERE suspension.lifted_at IS NULL
ORDER BY suspension.since, suspension.address;

-- name: heard_from_since
-- Whether anything that counts has come from an address since a moment.
SELECT id
FROM inbox
WHERE sender = :of_address
  AND received_at > :since
  AND verdict IN ('opened', 'fired', 'already_done', 'answered', 'suggested')
LIMIT 1;
