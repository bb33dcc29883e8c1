-- The site itself: routines as they were first used, the schema, its workers, and how far time
-- has come.

-- name: workflow_version_insert
-- A routine's text is kept when it is first used.
INSERT INTO workflow_version (name, version, text, sha256, recorded_at)
VALUES (:name, :version, :text, :sha256, :recorded_at);

-- name: workflow_version
-- The text of a routine in one version.
SELECT name, version, text, sha256, recorded_at
FROM workflow_version
WHERE name = :of_workflow
  AND version = :of_version;

-- name: workflow_hashes
-- Which texts of routines are kept.
SELECT sha256
FROM workflow_version;

-- name: workflow_versions
-- Every routine in every version.
SELECT name, version, text, sha256, recorded_at
FROM workflow_version
ORDER BY name, version;

-- name: schema_version_insert
-- Which schema the tables have.
INSERT INTO schema_version (version_num)
VALUES (:version_num);

-- name: schema_version
-- The schema that the tables have.
SELECT version_num
FROM schema_version;

-- name: heartbeat_beat
-- A worker is alive, and what it does.
INSERT INTO heartbeat (worker, at, doing, interval_seconds, settings)
VALUES (:worker, :at, :doing, :interval_seconds, :settings)
ON CONFLICT (worker) DO UPDATE SET at = excluded.at, doing = excluded.doing,
    interval_seconds = excluded.interval_seconds, settings = excluded.settings;

-- name: heartbeat_stop
-- A worker has stopped.
DELETE FROM heartbeat
WHERE worker = :of_worker;

-- name: heartbeats
-- Every worker that has not said that it stopped.
SELECT worker, at, doing, interval_seconds, settings
FROM heartbeat
ORDER BY worker;

-- name: pass_record
-- A pass was made at that time; its one row.
INSERT INTO pass (id, at)
VALUES (:id, :at)
ON CONFLICT (id) DO UPDATE SET at = excluded.at;

-- name: pass_last
-- When the last pass was made.
SELECT at
FROM pass;

-- name: reached
-- The highest number that a mail and a letter have.
SELECT (SELECT max(inbox.id) FROM inbox) AS mail, (SELECT max(letter.id) FROM letter) AS letter;

-- name: newest_instants
-- The newest instants of business, so that a clock that leaps ahead is noticed.
SELECT (SELECT max(request.changed_at) FROM request) AS request,
    (SELECT max(letter.written_at) FROM letter) AS letter,
    (SELECT max(inbox.received_at) FROM inbox) AS mail;

-- name: tally_add
-- Counts rows that were written, in one of several stripes so that few workers wait for each
-- other.
INSERT INTO tally (kind, stripe, written)
VALUES (:kind, :stripe, :more)
ON CONFLICT (kind, stripe) DO UPDATE SET written = tally.written + excluded.written;
