-- What has happened to requests; rows are only ever added.

-- part: event_rows
-- Events, as far as a repeat is told of them.
SELECT history.request, request.number, history.seq, history.hash, history.event,
    history.from_state, history.to_state
FROM history
JOIN request ON request.id = history.request;

-- part: history_columns
-- An event.
history.request, history.seq, history.at, history.recorded_at, history.event, history.from_state,
    history.to_state, history.role, history.contact, history.party, history.actor,
    history.cause_kind, history.cause_ref, history.key, history.note, history.note_digest,
    history.values_digest, history.workflow, history.version, history.format, history.previous,
    history.hash;

-- name: history_insert
-- One event.
INSERT INTO history (request, seq, at, recorded_at, event, from_state, to_state, role, contact,
    party, actor, cause_kind, cause_ref, key, note, note_digest, values_digest, workflow, version,
    format, previous, hash)
VALUES (:request, :seq, :at, :recorded_at, :event, :from_state, :to_state, :role, :contact,
    :party, :actor, :cause_kind, :cause_ref, :key, :note, :note_digest, :values_digest, :workflow,
    :version, :format, :previous, :hash);

-- name: history_by_key
-- The event with an idempotency key, which makes a repeat harmless.
{event_rows}
WHERE history.key = :key;

-- name: history_by_keys
-- The events with these idempotency keys.
SELECT history.request, request.number, history.seq, history.hash, history.event,
    history.from_state, history.to_state, history.key
FROM history
JOIN request ON request.id = history.request
WHERE history.key IN (:keys::text[]);

-- name: history_by_cause
-- The events that a mail, a command or a deadline brought about.
{event_rows}
WHERE history.cause_kind = :cause_kind
  AND history.cause_ref = :cause_ref
ORDER BY history.request, history.seq;

-- name: history_moves
-- The moves of a request, oldest first.
SELECT event, from_state, to_state, cause_kind, cause_ref
FROM history
WHERE request = :of_request
ORDER BY seq;

-- name: history_moves_together
-- The moves of several requests, oldest first.
SELECT request, event, from_state, to_state, cause_kind, cause_ref
FROM history
WHERE request IN (:requests::int[])
ORDER BY request, seq;

-- name: history_of_request
-- Everything that has happened to a request, oldest first.
SELECT {history_columns}, grounds.outcome
FROM history
JOIN request ON request.id = history.request
LEFT JOIN grounds
  ON grounds.request = history.request
  AND grounds.seq = history.seq
WHERE request.number = :number
ORDER BY history.seq;

-- name: history_all
-- Everything that has happened.
SELECT {history_columns}
FROM history
ORDER BY request, seq;

-- name: last_event
-- When a request was last changed.
SELECT max(changed_at) AS at
FROM request;

-- name: grounds_insert
-- What an event was decided on, and what it left.
INSERT INTO grounds (request, seq, salt, said, facts, outcome)
VALUES (:request, :seq, :salt, :said, :facts, :outcome);
