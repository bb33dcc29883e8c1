-- Areas, their professional networks, and what these have promised.

-- name: area_upsert
-- Writes an area's parties.
INSERT INTO area (id, trust, fousam, su)
VALUES (:id, :trust, :fousam, :su)
ON CONFLICT (id) DO UPDATE SET trust = excluded.trust, fousam = excluded.fousam, su = excluded.su;

-- name: areas
-- Every area with its name.
SELECT area.id, area.trust, area.fousam, area.su, party.name, party.written_standard
FROM area
JOIN party ON party.id = area.id
ORDER BY area.id;

-- name: area_member_insert
-- A party belongs to an area.
INSERT INTO area_member (area, party)
VALUES (:area, :party)
ON CONFLICT DO NOTHING;

-- name: area_members
-- Which parties belong to which area.
SELECT area_member.area, area_member.party, party.side
FROM area_member
JOIN party ON party.id = area_member.party
ORDER BY area_member.area, area_member.party;

-- name: area_members_clear
-- Forgets who belongs to an area, before it is written anew.
DELETE FROM area_member
WHERE area = :of_area;

-- name: priority_areas
-- What an area gives priority in a year, in order.
SELECT name
FROM priority_area
WHERE area = :of_area
  AND year = :of_year
ORDER BY place;

-- name: priority_areas_clear
-- Forgets what an area gave priority in a year, before it is written anew.
DELETE FROM priority_area
WHERE area = :of_area
  AND year = :of_year;

-- name: priority_area_insert
-- Something that an area gives priority in a year.
INSERT INTO priority_area (area, year, place, name)
VALUES (:area, :year, :place, :name);

-- name: network_insert
-- A network begins.
INSERT INTO network (id, area, mandate, decided_on, since, closed_on)
VALUES (:id, :area, :mandate, :decided_on, :since, :closed_on);

-- name: networks
-- The networks of one area, or of all, with their names.
SELECT network.id, network.area, network.mandate, network.decided_on, network.since,
    network.closed_on, party.name
FROM network
JOIN party ON party.id = network.id
WHERE :of_area = ''
  OR network.area = :of_area
ORDER BY party.name, network.id;

-- name: network_close
-- A network ends.
UPDATE network
SET closed_on = :day
WHERE id = :of_network
  AND closed_on IS NULL;

-- name: network_member_upsert
-- A party is asked to take part in a network; whom it has named.
INSERT INTO network_member (network, party, named)
VALUES (:network, :party, :named)
ON CONFLICT (network, party) DO UPDATE SET named = excluded.named;

-- name: network_members
-- The parties that take part in a network.
SELECT network, party, named
FROM network_member
WHERE network = :of_network
ORDER BY party;

-- name: network_seat_upsert
-- For which organisation a member sits in a network.
INSERT INTO network_seat (contact, organisation)
VALUES (:contact, :organisation)
ON CONFLICT (contact) DO UPDATE SET organisation = excluded.organisation;

-- name: network_seats
-- Who sits in networks on a day, and for which organisation.
SELECT network_seat.organisation, contact.id, contact.party, contact.duty
FROM network_seat
JOIN contact ON contact.id = network_seat.contact
WHERE contact.valid_from <= :day
  AND (contact.valid_until IS NULL OR contact.valid_until >= :day)
ORDER BY contact.id;

-- name: network_task_insert
-- A network takes up a task.
INSERT INTO network_task (network, kind, text, since, ends_on, done_on)
VALUES (:network, :kind, :text, :since, :ends_on, :done_on)
RETURNING id;

-- name: network_tasks
-- The tasks of one network, or of all.
SELECT id, network, kind, text, since, ends_on, done_on
FROM network_task
WHERE :of_network = ''
  OR network = :of_network
ORDER BY id;

-- name: network_task_done
-- A task is done.
UPDATE network_task
SET done_on = :day
WHERE id = :of_task
  AND done_on IS NULL;
