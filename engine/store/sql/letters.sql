-- Mail out: letters, what became of each, and pauses of everything that leaves.

-- part: letter_columns
-- A letter without its bytes.
letter.id, letter.request, letter.inbox, letter.cause_kind, letter.cause_ref, letter.role,
    letter.party, letter.receiver, letter.template, letter.language, letter.variables,
    letter.subject, letter.message_id, letter.token, letter.in_reply_to, letter.at_once,
    letter.told, letter.state, letter.not_before, letter.written_at, letter.recorded_at,
    letter.claimed_at, letter.sent_at, letter.tries, letter.code, letter.error, letter.seal,
    letter.raw_sha256;

-- part: letter_rows
-- Letters without their bytes, with their requests.
SELECT {letter_columns}, request.number, request.workflow
FROM letter
LEFT JOIN request ON request.id = letter.request;

-- name: letter_insert
-- A letter, when its id is asked for.
{letters_insert}
RETURNING id;

-- name: letters_insert
-- Letters that are written together, whose ids nobody asks for.
INSERT INTO letter (request, inbox, cause_kind, cause_ref, role, party, receiver, template,
    language, variables, subject, message_id, token, in_reply_to, at_once, told, state, not_before,
    written_at, recorded_at, claimed_at, sent_at, tries, code, error, seal, raw, raw_sha256)
VALUES (:request, :inbox, :cause_kind, :cause_ref, :role, :party, :receiver, :template, :language,
    :variables, :subject, :message_id, :token, :in_reply_to, :at_once, :told, :state,
    :not_before,
    :written_at, :recorded_at, :claimed_at, :sent_at, :tries, :code, :error, :seal, :raw,
    :raw_sha256);

-- name: letter_by_id
-- One letter.
{letter_rows}
WHERE letter.id = :of_letter;

-- name: letter_raw
-- The bytes of a letter as it is sent.
SELECT raw
FROM letter
WHERE id = :of_letter;

-- name: letter_list
-- Letters in one state, or all.
{letter_rows}
WHERE :of_state = ''
  OR letter.state = :of_state
ORDER BY letter.id;

-- name: letters_of_request
-- The letters of a request.
{letter_rows}
WHERE request.number = :number
ORDER BY letter.id;

-- name: letters_of_mail
-- The letters that a mail has caused.
{letter_rows}
WHERE letter.inbox = :of_mail
ORDER BY letter.id;

-- name: letters_by_message_ids
-- The letters that a mail may answer, by their Message-IDs.
{letter_rows}
WHERE letter.message_id IN (:message_ids::text[])
ORDER BY letter.id;

-- name: letters_by_token
-- The letters that a mail may answer, by the token in its subject.
{letter_rows}
WHERE letter.token = :token
ORDER BY letter.id;

-- name: letter_written_since
-- Whether somebody was written such a letter since a moment.
SELECT id
FROM letter
WHERE receiver = :receiver
  AND template = :template
  AND written_at >= :since
LIMIT 1;

-- name: letters_claim
-- Takes letters that are due to be sent; no other worker takes the same.
UPDATE letter
SET state = 'sending', claimed_at = :claimed_at::varchar, tries = tries + 1,
    seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id IN (
    SELECT id
    FROM letter
    WHERE state IN ('waiting', 'retry')
      AND told = 0
      AND not_before <= :at
    ORDER BY not_before, id
    LIMIT :at_most_rows
    FOR UPDATE SKIP LOCKED
)
RETURNING id;

-- name: letters_reclaim
-- Takes letters over from a worker that is thought dead.
UPDATE letter
SET claimed_at = :claimed_at::varchar, seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id IN (
    SELECT id
    FROM letter
    WHERE state = 'sending'
      AND claimed_at < :lost_before
    ORDER BY claimed_at, id
    LIMIT :at_most_rows
    FOR UPDATE SKIP LOCKED
)
RETURNING id;

-- name: letters_give_back
-- Gives letters back that were claimed and could not be tried.
UPDATE letter
SET state = CASE WHEN tries > 1 THEN 'retry' ELSE 'waiting' END, claimed_at = NULL,
    tries = tries - 1, seal = substr(seal, 1, 64) || ':' || {seal}
WHERE state = 'sending'
  AND id IN (:ids::int[]);

-- name: letters_by_ids
-- Several letters.
{letter_rows}
WHERE letter.id IN (:ids::int[])
ORDER BY letter.id;

-- name: letter_mark
-- What became of a letter that was tried. A worker that was thought dead tells the truth of one
-- that has left; anything else is for whoever has taken it over.
UPDATE letter
SET state = :state::varchar, not_before = coalesce(:next_try::varchar, not_before),
    sent_at = :sent_at::varchar, code = :code::int, error = :error::varchar,
    seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id = :of_letter
  AND state = 'sending'
  AND (:state = 'sent' OR :claimed_at = '' OR claimed_at = :claimed_at);

-- name: letter_store
-- Keeps a letter's bytes before it is first sent, so that it is always sent alike.
UPDATE letter
SET subject = :subject::varchar, raw = :raw, raw_sha256 = :raw_sha256::varchar,
    seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id = :of_letter
  AND raw IS NULL;

-- name: letter_move
-- A coordinator lets a letter go, holds it back or tries it again.
UPDATE letter
SET state = :state::varchar, not_before = :not_before::varchar, sent_at = NULL,
    error = :error::varchar,
    seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id = :of_letter
  AND state IN (:from_states::text[]);

-- name: letter_stop
-- A letter that has not left never will.
UPDATE letter
SET state = 'cancelled', seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id = :of_letter
  AND state IN (:from_states::text[]);

-- name: letter_counts
-- How many letters are in each state.
SELECT state, count(*) AS number
FROM letter
GROUP BY state
ORDER BY state;

-- name: letter_newest_id
-- The Message-ID of the newest letter.
SELECT message_id
FROM letter
ORDER BY id DESC
LIMIT 1;

-- name: pause_insert
-- Nothing leaves from now on.
INSERT INTO pause (reason, since, resumed_at)
VALUES (:reason, :since, :resumed_at)
RETURNING id;

-- name: pauses_open
-- The pause that stands, if any.
SELECT id, reason, since, resumed_at
FROM pause
WHERE resumed_at IS NULL
ORDER BY id;

-- name: pauses_end
-- Letters leave again.
UPDATE pause
SET resumed_at = :at
WHERE resumed_at IS NULL;

-- name: gathered_insert
-- Which letter another one leaves inside.
INSERT INTO gathered (letter, carrier, place)
VALUES (:letter, :carrier, :place);

-- name: gathered_in
-- The letters that leave inside a letter, in order.
SELECT letter, carrier, place
FROM gathered
WHERE carrier = :of_letter
ORDER BY place;

-- name: letters_to_gather
-- Chasers that nobody has tried to send; the conditions stand as in their own index.
SELECT id
FROM letter
WHERE template = 'remind'
  AND state IN ('waiting', 'held')
  AND tries = 0
  AND receiver != ''
  AND not_before >= :at
ORDER BY id;

-- name: letters_told
-- What only tells and is to leave, gathered; the conditions stand as in their own index.
SELECT id
FROM letter
WHERE told = 1
  AND state IN ('waiting', 'held')
  AND receiver != ''
  AND not_before <= :at
ORDER BY not_before, id;

-- name: letters_told_alone
-- What has nothing to be gathered with leaves as any other letter.
UPDATE letter
SET told = 0, seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id IN (:ids::int[])
  AND told = 1
  AND state IN ('waiting', 'held');

-- name: letters_stopped
-- Letters that a coordinator should look at; the conditions stand as in their own index. What could
-- not be sent and is about a step that is past needs nobody any more.
SELECT letter.id, letter.state, letter.written_at, letter.party, request.number AS request
FROM letter
LEFT JOIN request
  ON request.id = letter.request
WHERE letter.state IN ('dead', 'held')
  AND letter.receiver != ''
  AND (letter.state = 'held' OR request.since IS NULL OR request.since <= letter.written_at)
ORDER BY letter.id;

-- name: letter_gathered
-- A chaser leaves inside another letter, so never by itself.
UPDATE letter
SET state = 'cancelled', error = :error::varchar, seal = substr(seal, 1, 64) || ':' || {seal}
WHERE id = :of_letter
  AND state IN ('waiting', 'held')
  AND tries = 0;

-- name: letters_turn
-- Waits until no other worker counts letters, by the lock of a number that nothing else takes;
-- SQLite's writers take turns anyway.
SELECT CAST(pg_advisory_xact_lock(5321) IS NULL AS INTEGER) AS turn -- postgresql
SELECT 1 AS turn -- sqlite
;

-- name: letters_left
-- How many letters have left since a moment.
SELECT count(*) AS number
FROM letter
WHERE claimed_at IS NOT NULL
  AND claimed_at > :since;

-- name: letters_left_fresh
-- How many of them count against the limit: not those written before a pause ended, nor those
-- that could not be handed over before that moment, nor what whoever writes to us causes, in any
-- name.
SELECT count(*) AS number
FROM letter
WHERE letter.claimed_at IS NOT NULL
  AND letter.claimed_at > :since
  AND letter.written_at > coalesce((SELECT max(pause.resumed_at) FROM pause), '')
  AND letter.template NOT IN (
      'newcomer', 'delegate_receipt', 'confirm_opening', 'confirm_answer', 'not_acted'
  )
  AND NOT EXISTS (
      SELECT letter_delay.letter
      FROM letter_delay
      WHERE letter_delay.letter = letter.id
        AND letter_delay.since <= :since
  );

-- name: letters_due_fresh
-- How many letters that count against the limit are due until a moment.
SELECT count(*) AS number
FROM letter
WHERE letter.state IN ('waiting', 'retry')
  AND letter.told = 0
  AND letter.not_before <= :until
  AND letter.tries = 0
  AND letter.written_at > coalesce((SELECT max(pause.resumed_at) FROM pause), '')
  AND letter.template NOT IN (
      'newcomer', 'delegate_receipt', 'confirm_opening', 'confirm_answer', 'not_acted'
  );

-- name: letters_raw
-- The bytes of several letters.
SELECT id, raw
FROM letter
WHERE id IN (:ids::int[])
  AND raw IS NOT NULL;

-- name: letter_delay_insert
-- A letter could not be handed over: its five days begin.
INSERT INTO letter_delay (letter, since)
VALUES (:of_letter, :since)
ON CONFLICT DO NOTHING;

-- name: letter_delay_since
-- When a letter could first not be handed over.
SELECT since
FROM letter_delay
WHERE letter = :of_letter;

-- name: calendar_entry_insert
-- A letter carries a day into its receiver's calendar, or takes it away.
INSERT INTO calendar_entry (letter, kind, day, stands)
VALUES (:letter, :kind, :day, :stands)
ON CONFLICT DO NOTHING;

-- name: calendar_entries
-- The days that letters about requests have carried; the newest word about each comes last.
SELECT letter.request, letter.role, letter.receiver, calendar_entry.kind, calendar_entry.day,
    calendar_entry.stands
FROM calendar_entry
JOIN letter ON letter.id = calendar_entry.letter
WHERE letter.request IN (:requests::int[])
ORDER BY calendar_entry.letter, calendar_entry.kind;

-- name: letter_delay_forget
-- A letter's five days are over, or begin anew.
DELETE FROM letter_delay
WHERE letter = :of_letter;

-- name: letter_taking
-- The letter that may take up more: nobody has tried to send it.
SELECT {letter_columns}
FROM letter
WHERE receiver = :receiver
  AND template = :template
  AND written_at = :at
  AND raw IS NULL
  AND state IN ('held', 'shadow', 'waiting')
ORDER BY id;

-- name: letter_take
-- A letter takes up more.
UPDATE letter
SET variables = :variables::varchar, seal = substr(:seal::varchar, 1, 64) || ':' || {seal}
WHERE id = :of_letter
  AND raw IS NULL
  AND state IN ('held', 'shadow', 'waiting');
