-- One change by hand a line; what it counts for is its last statement.
UPDATE history SET note = 'En annen' WHERE note IS NOT NULL
UPDATE history SET note = NULL WHERE note IS NOT NULL
UPDATE history SET actor = 'someone.else@example.net' WHERE request = 1 AND seq = 1
UPDATE history SET actor = NULL WHERE request = 1 AND seq = 1
UPDATE history SET at = '2026-09-01T00:00:00Z' WHERE request = 1 AND seq = 1
DELETE FROM history WHERE request = 1 AND seq = 1
DELETE FROM grounds WHERE request = 1 AND seq = 1
UPDATE grounds SET said = '{}' WHERE request = 1 AND seq = 1
UPDATE grounds SET facts = '{"a":1}' WHERE request = 1 AND seq = 1
UPDATE request SET state = 'ended' WHERE id = 1
UPDATE request SET form = replace(form, 'Fallforebygging', 'Noe') WHERE id = 1
UPDATE request SET kept = '{"a":"b"}' WHERE id = 1
UPDATE request SET done = '["owner:submit"]' WHERE id = 1
UPDATE request SET owner = 'ahus' WHERE id = 2
UPDATE request SET requester = '0301' WHERE id = 1
UPDATE request SET due_at = NULL WHERE id = 2
UPDATE request SET escalated_at = '2026-09-09T00:00:00Z' WHERE id = 1
UPDATE request SET since = '2020-01-01T00:00:00Z' WHERE id = 1
UPDATE request SET last_act = NULL WHERE id = 1 AND last_act IS NOT NULL
UPDATE request SET number = 'KD-2026-0009' WHERE id = 1; UPDATE request SET number = 'KD-2026-0001' WHERE number = 'KD-2026-0002'; UPDATE request SET number = 'KD-2026-0002' WHERE number = 'KD-2026-0009'
UPDATE course SET licence = 'CC0' WHERE id = 1
UPDATE course SET full_name = 'Noe annet', link = 'https://x.example/' WHERE id = 1
UPDATE course SET owner = 'ahus' WHERE id = 1
UPDATE course SET information = '{}' WHERE id = 1
UPDATE share SET ended_at = '2026-09-09T00:00:00Z'
UPDATE share SET lender = 'ahus'
DELETE FROM share
DELETE FROM calendar_entry WHERE letter = (SELECT max(id) FROM letter WHERE state = 'sent'); DELETE FROM letter WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET state = 'cancelled', sent_at = NULL WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET state = 'dead', sent_at = NULL WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET variables = '{}' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET receiver = 'someone.else@example.net' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET receiver = '' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET token = 'AAAAAAAA' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET raw = NULL WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET raw = x'41' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET raw = x'41', raw_sha256 = '559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET subject = 'Noe helt annet' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
UPDATE letter SET sent_at = '2026-09-01T00:00:00Z' WHERE id = (SELECT max(id) FROM letter WHERE state = 'sent')
DELETE FROM mail_seal WHERE inbox = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
DELETE FROM mail_claim WHERE inbox = (SELECT max(id) FROM inbox WHERE verdict = 'fired'); UPDATE letter SET inbox = NULL WHERE inbox = (SELECT max(id) FROM inbox WHERE verdict = 'fired'); DELETE FROM inbox WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
UPDATE inbox SET verdict = 'not_ours' WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
UPDATE inbox SET sender = 'someone.else@example.net' WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
UPDATE inbox SET events = '[]' WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
UPDATE inbox SET request = NULL WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
UPDATE inbox SET raw = NULL WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
UPDATE inbox SET raw = x'41', sha256 = '559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd' WHERE id = (SELECT max(id) FROM inbox WHERE verdict = 'fired')
DELETE FROM attached
UPDATE attached SET name = 'b.txt'
DELETE FROM sorting
UPDATE sorting SET note = 'Noe annet'
UPDATE timer SET due_at = '2030-01-01T00:00:00Z' WHERE status = 'armed' AND request = 2
UPDATE timer SET status = 'void' WHERE status = 'armed' AND request = 2
UPDATE timer SET status = 'done', occurrence = 1 WHERE status = 'armed' AND request = 2
DELETE FROM timer WHERE status = 'armed' AND request = 2
DELETE FROM timer WHERE id = (SELECT min(id) FROM timer WHERE status <> 'armed')
UPDATE contact SET email = 'someone.else@example.net' WHERE party = 'ahus'
INSERT INTO contact (party, duty, email, name, valid_from, proof, main, at_once) VALUES ('ahus', 'elearning', 'someone.else@example.net', '', '2026-01-01', 'site', 0, 0)
UPDATE party SET written_standard = 'nn' WHERE id = 'si'
DELETE FROM agreement
UPDATE agreement SET until = '2099-01-01'
INSERT INTO suspension VALUES ('someone.else@example.net', '2026-09-08T00:00:00Z', 1, NULL)
DELETE FROM suspension
DELETE FROM suspension; DELETE FROM bounce
UPDATE absence SET until = '2027-01-01'
DELETE FROM absence
UPDATE inbox SET request = NULL WHERE request = 2; DELETE FROM history WHERE request = 2; DELETE FROM timer WHERE request = 2; DELETE FROM calendar_entry WHERE letter IN (SELECT id FROM letter WHERE request = 2); DELETE FROM letter WHERE request = 2; DELETE FROM grounds WHERE request = 2; DELETE FROM request WHERE number = 'KD-2026-0002'; UPDATE counter SET last = 1
