-- Mail in: the messages themselves, what was decided on each, and what came along.

-- part: inbox_columns
-- A message without its bytes.
inbox.id, inbox.sha256, inbox.source, inbox.envelope, inbox.received_at, inbox.recorded_at,
    inbox.message_id, inbox.digest, inbox.sender, inbox.subject, inbox.kind, inbox.verdict,
    inbox.decided_at, inbox.request, inbox.events, inbox.reasons;

-- part: inbox_rows
-- Messages without their bytes, with the requests that they belong to.
SELECT {inbox_columns}, request.number
FROM inbox
LEFT JOIN request ON request.id = inbox.request;

-- name: inbox_insert
-- A message has come: it is kept before anything else.
INSERT INTO inbox (sha256, source, envelope, received_at, recorded_at, message_id, digest, sender,
    subject, kind, verdict, decided_at, request, events, reasons, raw)
VALUES (:sha256, :source, :envelope, :received_at, :recorded_at, :message_id, :digest, :sender,
    :subject, :kind, :verdict, :decided_at, :request, :events, :reasons, :raw)
RETURNING id;

-- name: inbox_by_id
-- One message, without its bytes.
{inbox_rows}
WHERE inbox.id = :of_mail;

-- name: inbox_locked
-- A message, which nobody else judges until this transaction ends.
SELECT id, verdict
FROM inbox
WHERE id = :of_mail
FOR UPDATE;

-- name: inbox_free
-- A message that nobody has judged and nobody else is judging.
SELECT id, verdict
FROM inbox
WHERE id = :of_mail
  AND verdict IS NULL
FOR UPDATE SKIP LOCKED;

-- name: inbox_raw
-- The bytes of a message.
SELECT raw
FROM inbox
WHERE id = :of_mail;

-- name: inbox_list
-- Messages with one verdict, or all.
{inbox_rows}
WHERE :of_verdict = ''
  OR inbox.verdict = :of_verdict
ORDER BY inbox.id;

-- name: inbox_undecided
-- Messages that were not judged yet.
{inbox_rows}
WHERE inbox.verdict IS NULL
ORDER BY inbox.id;

-- name: inbox_same
-- Earlier messages with the same Message-ID.
SELECT id, digest, verdict
FROM inbox
WHERE message_id = :message_id
  AND message_id != ''
  AND id < :of_mail
ORDER BY id;

-- name: inbox_read
-- What was read in a message.
UPDATE inbox
SET message_id = :message_id, digest = :digest, sender = :sender, subject = :subject, kind = :kind
WHERE id = :of_mail;

-- name: inbox_decide
-- What was decided on a message.
UPDATE inbox
SET verdict = :verdict, decided_at = :decided_at, request = :request, events = :events,
    reasons = :reasons
WHERE id = :of_mail;

-- name: inbox_judge
-- What was read in a message, and decided on it.
UPDATE inbox
SET message_id = :message_id, digest = :digest, sender = :sender, subject = :subject,
    kind = :kind, verdict = :verdict, decided_at = :decided_at, request = :request,
    events = :events, reasons = :reasons
WHERE id = :of_mail;

-- name: inbox_forget
-- Removes what personal data a message holds; what became of it stays.
UPDATE inbox
SET envelope = '{}', message_id = '', sender = '', subject = '', raw = NULL
WHERE id = :of_mail;

-- name: inbox_newest_heads
-- The beginning of the newest messages.
SELECT substr(raw, 1, 32768) AS head
FROM inbox
WHERE raw IS NOT NULL
ORDER BY id DESC
LIMIT :at_most_rows;

-- name: inbox_reasons_since
-- Why somebody's messages of late were judged as they were.
SELECT id, reasons
FROM inbox
WHERE sender = :sender
  AND received_at >= :since
  AND reasons LIKE :about;

-- name: inbox_opened_since
-- How many requests somebody has opened of late, by mail that had waited too.
SELECT count(*) AS number
FROM inbox
WHERE sender = :sender
  AND verdict = 'opened'
  AND (received_at >= :since
    OR EXISTS (
      SELECT 1
      FROM sorting
      WHERE sorting.inbox = inbox.id
        AND sorting.action = 'retry'
        AND sorting.at >= :since));

-- name: inbox_waiting_senders
-- Whose messages wait for one reason, since a person has not taken them in hand. By the index of
-- senders SQLite would read the whole table, so it is not asked for a bare sender.
SELECT DISTINCT sender || '' AS sender
FROM inbox
WHERE {waits_for_people}
  AND verdict = 'unclear'
  AND reasons LIKE :about
  AND NOT EXISTS (
      SELECT 1
      FROM sorting
      WHERE sorting.inbox = inbox.id
  )
ORDER BY sender;

-- name: inbox_waiting_of
-- The messages of one sender that have waited longest for one reason.
SELECT id
FROM inbox
WHERE sender = :sender
  AND verdict = 'unclear'
  AND reasons LIKE :about
  AND NOT EXISTS (
      SELECT 1
      FROM sorting
      WHERE sorting.inbox = inbox.id
  )
ORDER BY id
LIMIT :at_most_rows;

-- name: inbox_counts
-- How many messages have each verdict.
SELECT coalesce(verdict, '') AS verdict, count(*) AS number
FROM inbox
GROUP BY verdict;

-- name: sorting_insert
-- A coordinator does something with a message.
INSERT INTO sorting (inbox, action, verdict, note, at, recorded_at)
VALUES (:inbox, :action, :verdict, :note, :at, :recorded_at)
RETURNING id;

-- name: sorting_of_mail
-- What coordinators have done with a message.
SELECT id, inbox, action, verdict, note, at, recorded_at
FROM sorting
WHERE inbox = :of_mail
ORDER BY id;

-- name: sorting_settled
-- Messages that nobody needs to look at any more.
SELECT DISTINCT inbox
FROM sorting
WHERE action IN ('attach', 'discard');

-- name: arrival_insert
-- From where a message came, so that it is fetched once.
INSERT INTO arrival (source, mailbox, inbox)
VALUES (:source, :mailbox, :inbox);

-- name: arrival_by_source
-- The message that came from a place in a mailbox.
SELECT inbox
FROM arrival
WHERE source = :source;

-- name: arrival_by_hash
-- The messages with the same bytes from the same mailbox.
SELECT arrival.inbox
FROM arrival
JOIN inbox ON inbox.id = arrival.inbox
WHERE arrival.mailbox = :mailbox
  AND inbox.sha256 = :sha256
ORDER BY arrival.inbox;

-- name: mail_claim_insert
-- A Message-ID is this message's.
INSERT INTO mail_claim (message_id, digest, inbox)
VALUES (:message_id, :digest, :inbox);

-- name: mail_claim
-- The message that a Message-ID belongs to.
SELECT mail_claim.inbox, mail_claim.digest, inbox.verdict
FROM mail_claim
JOIN inbox ON inbox.id = mail_claim.inbox
WHERE mail_claim.message_id = :message_id;

-- name: mail_claim_move
-- A Message-ID goes to another message, unless somebody has moved it meanwhile.
UPDATE mail_claim
SET digest = :digest, inbox = :inbox
WHERE message_id = :message_id
  AND inbox = :before;

-- name: signature_check
-- What a message's signature was found to be.
SELECT inbox, domain, signed, at
FROM signature_check
WHERE inbox = :of_mail;

-- name: signature_check_insert
-- What a message's signature is found to be.
INSERT INTO signature_check (inbox, domain, signed, at)
VALUES (:inbox, :domain, :signed, :at);

-- name: mail_attempt
-- How often the judging of a message has begun.
SELECT inbox, begun
FROM mail_attempt
WHERE inbox = :of_mail;

-- name: mail_attempt_insert
-- The judging of a message begins.
INSERT INTO mail_attempt (inbox, begun)
VALUES (:inbox, :begun);

-- name: mail_attempt_again
-- The judging of a message begins once more.
UPDATE mail_attempt
SET begun = begun + 1
WHERE inbox = :of_mail;

-- name: mail_attempt_end
-- A message has been judged.
DELETE FROM mail_attempt
WHERE inbox = :of_mail;

-- name: answer_insert
-- An address gets an answer: one of so many a day.
INSERT INTO answer_given (address, day, number, inbox, words, at)
VALUES (:address, :day, :number, :inbox, :words, :at);

-- name: answers_lately
-- The last answers that an address got in some days, newest first.
SELECT address, day, number, inbox, words, at
FROM answer_given
WHERE address = :address
  AND day >= :since
  AND day <= :until
ORDER BY day DESC, number DESC
LIMIT :at_most_rows;

-- name: answers_forget
-- Forgets what answers an address got before a day.
DELETE FROM answer_given
WHERE address = :address
  AND day < :before;

-- name: mailbox_mark
-- How far a mailbox has been read.
SELECT mailbox, validity, last, at
FROM mailbox_mark
WHERE mailbox = :mailbox;

-- name: mailbox_mark_set
-- A mailbox has been read so far.
INSERT INTO mailbox_mark (mailbox, validity, last, at)
VALUES (:mailbox, :validity, :last, :at)
ON CONFLICT (mailbox) DO UPDATE SET validity = excluded.validity, last = excluded.last,
    at = excluded.at;

-- name: attachment_insert
-- The content of an attachment; the same content is kept once.
INSERT INTO attachment (sha256, type, size, content)
VALUES (:sha256, :type, :size, :content)
ON CONFLICT DO NOTHING;

-- name: attached_insert
-- An attachment of a message.
INSERT INTO attached (inbox, place, sha256, name)
VALUES (:inbox, :place, :sha256, :name);

-- name: attached_of_mail
-- The attachments of a message, in order.
SELECT attached.name, attachment.sha256, attachment.type, attachment.size
FROM attached
JOIN attachment ON attachment.sha256 = attached.sha256
WHERE attached.inbox = :of_mail
ORDER BY attached.place;

-- name: attachment_content
-- The content of an attachment.
SELECT content
FROM attachment
WHERE sha256 = :sha256;

-- name: attached_forget
-- Removes the attachments of a message.
DELETE FROM attached
WHERE inbox = :of_mail;

-- name: attachments_forget
-- Removes contents that no message refers to.
DELETE FROM attachment
WHERE attachment.sha256 NOT IN (SELECT attached.sha256 FROM attached);

-- name: mail_seal_row
-- Seals a message's row as it stands; one whose bytes were removed says so.
INSERT INTO mail_seal (inbox, seal, attached, sorted)
SELECT inbox.id,
    seal(inbox.decided_at, inbox.digest, inbox.envelope, inbox.events, inbox.kind,
        inbox.message_id, inbox.reasons, inbox.received_at, inbox.recorded_at, inbox.request,
        inbox.sender, inbox.sha256, inbox.source, inbox.subject, inbox.verdict,
        CASE WHEN inbox.raw IS NULL THEN 1 ELSE 0 END),
    '', ''
FROM inbox
WHERE inbox.id = :of_mail
ON CONFLICT (inbox) DO UPDATE SET seal = excluded.seal;

-- name: mail_seal_attached
-- The digest of what came along with a message.
UPDATE mail_seal
SET attached = :digest
WHERE inbox = :of_mail;

-- name: mail_seal_sorted
-- The digest of what coordinators have done with a message.
UPDATE mail_seal
SET sorted = :digest
WHERE inbox = :of_mail;

-- name: inbox_sha256
-- The hash of a message's bytes.
SELECT sha256
FROM inbox
WHERE id = :of_mail;

-- name: sorted_of_mail
-- What coordinators have done with a message, for its digest.
SELECT id, inbox, action, verdict, note, at, recorded_at
FROM sorting
WHERE inbox = :of_mail
ORDER BY id;
