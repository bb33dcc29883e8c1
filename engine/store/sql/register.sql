-- Who is who: parties, their contacts and domains, absences, agreements, and what proves these
-- tables.

-- part: contact_rows
-- Contacts, a row for each of their other addresses.
SELECT contact.id, contact.party, contact.duty, contact.email, contact.name, contact.valid_from,
    contact.valid_until, contact.language, contact.proof, contact.main, contact.at_once,
    contact_alias.address
FROM contact
LEFT JOIN contact_alias ON contact_alias.contact = contact.id;

-- part: contacts_writing_from
-- Those whose own or other address it is.
SELECT contact.id
FROM contact
WHERE contact.email = :address
UNION
SELECT contact_alias.contact
FROM contact_alias
WHERE contact_alias.address = :address;

-- name: party_upsert
-- Writes a party, or what has changed about it.
INSERT INTO party (id, kind, side, name, written_standard, organisation_number)
VALUES (:id, :kind, :side, :name, :written_standard, :organisation_number)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, side = excluded.side, name = excluded.name,
    written_standard = excluded.written_standard,
    organisation_number = excluded.organisation_number;

-- name: register_revision
-- How often the register has changed, so that what is known of it may be kept until then.
SELECT revision
FROM register_revision;

-- name: register_changed
-- Counts one more change of the register.
INSERT INTO register_revision (id, revision)
VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET revision = register_revision.revision + 1;

-- name: parties
-- Every party.
SELECT id, kind, side, name, written_standard, organisation_number
FROM party
ORDER BY id;

-- name: parties_by_ids
-- The parties with these ids.
SELECT id, kind, side, name, written_standard, organisation_number
FROM party
WHERE id IN (:ids::text[])
ORDER BY id;

-- name: contact_insert
-- A person gets a duty at a party.
INSERT INTO contact (party, duty, email, name, valid_from, valid_until, language, proof, main,
    at_once)
VALUES (:party, :duty, :email::varchar, :name, :valid_from, :valid_until, :language, :proof,
    :main, coalesce((
        SELECT max(contact.at_once)
        FROM contact
        WHERE contact.email = :email::varchar
    ), 0))
RETURNING id;

-- name: contacts
-- Every contact there ever was; a row for each of its other addresses.
{contact_rows}
ORDER BY contact.id, contact_alias.address;

-- name: contacts_on_day
-- The contacts who have their duty on a day.
{contact_rows}
WHERE contact.valid_from <= :day
  AND (contact.valid_until IS NULL OR contact.valid_until >= :day)
ORDER BY contact.id, contact_alias.address;

-- name: contacts_for_facts
-- Those of a day at some parties, and the coordinators: what a decision asks for.
{contact_rows}
WHERE contact.valid_from <= :day
  AND (contact.valid_until IS NULL OR contact.valid_until >= :day)
  AND (contact.party IN (:parties::text[]) OR contact.duty = 'coordinator')
ORDER BY contact.id, contact_alias.address;

-- name: contacts_of_address
-- The duties that somebody who writes from an address has on a day.
{contact_rows}
WHERE contact.valid_from <= :day
  AND (contact.valid_until IS NULL OR contact.valid_until >= :day)
  AND contact.id IN ({contacts_writing_from})
ORDER BY contact.id, contact_alias.address;

-- name: contacts_ever_of_address
-- The duties that somebody who writes from an address has or has had.
{contact_rows}
WHERE contact.id IN ({contacts_writing_from})
ORDER BY contact.id, contact_alias.address;

-- name: contact_same
-- Whether a person has the duty already, or will have it.
SELECT id
FROM contact
WHERE party = :party
  AND duty = :duty
  AND email = :email
  AND (valid_until IS NULL OR valid_until >= :day);

-- name: contact_end
-- A duty ends with a day.
UPDATE contact
SET valid_until = :last_day
WHERE id = :of_contact;

-- name: contact_language
-- A person asks for letters in another language.
UPDATE contact
SET language = :language
WHERE email = :address;

-- name: contact_at_once
-- A person asks for letters one by one, or gathered again.
UPDATE contact
SET at_once = :at_once
WHERE email = :address;

-- name: contact_main
-- A duty's letters go to one address alone.
UPDATE contact
SET main = CASE WHEN id = :of_contact THEN 1 ELSE 0 END
WHERE party = :party
  AND duty = :duty;

-- name: alias_insert
-- A person writes from one more address.
INSERT INTO contact_alias (contact, address)
VALUES (:contact, :address)
ON CONFLICT (contact, address) DO NOTHING;

-- name: agreement_insert
-- The agreement holds for a period.
INSERT INTO agreement (since, until, recorded_at)
VALUES (:since, :until, :recorded_at)
RETURNING id;

-- name: agreements
-- Every period of the agreement.
SELECT id, since, until, recorded_at
FROM agreement
ORDER BY id;

-- name: agreement_on_day
-- The period of the agreement that a day falls in.
SELECT id, since, until, recorded_at
FROM agreement
WHERE since <= :day
  AND until > :day
ORDER BY since DESC
LIMIT 1;

-- name: contacts_provisional
-- Contacts of a day that were entered for the time being, and whom nobody stands by yet.
SELECT id
FROM contact
WHERE valid_from <= :day
  AND (valid_until IS NULL OR valid_until >= :day)
  AND valid_until IS NULL
  AND proof = 'provisional'
ORDER BY id;

-- name: contact_settled
-- A coordinator stands by a contact that was entered for the time being.
UPDATE contact
SET proof = 'site'
WHERE id = :of_contact
  AND proof = 'provisional';

-- name: domain_insert
-- Mail from a domain is from that party's people.
INSERT INTO party_domain (domain, party)
VALUES (:domain, :party)
ON CONFLICT (domain, party) DO NOTHING;

-- name: domain_delete
-- Mail from a domain is no longer known as a party's.
DELETE FROM party_domain
WHERE domain = :domain
  AND party = :party;

-- name: domains
-- The domains of one party, or of all.
SELECT domain, party
FROM party_domain
WHERE :of_party = ''
  OR party = :of_party
ORDER BY party, domain;

-- name: domain_parties
-- The parties whose people write from a domain.
SELECT party
FROM party_domain
WHERE domain = :domain
ORDER BY party;

-- name: absence_insert
-- Somebody is away, and perhaps another one acts meanwhile.
INSERT INTO absence (address, since, until, substitute, recorded_at)
VALUES (:address, :since, :until, :substitute, :recorded_at)
RETURNING id;

-- name: absence_end
-- Somebody is away until another day than was said.
UPDATE absence
SET until = :until
WHERE id = :of_absence;

-- name: absence_delete
-- An absence that never came to be goes again.
DELETE FROM absence
WHERE id = :of_absence;

-- name: contact_delete
-- A contact that never came to be goes again.
DELETE FROM contact
WHERE id = :of_contact;

-- name: absences
-- Every absence.
SELECT id, address, since, until, substitute, recorded_at
FROM absence
ORDER BY id;

-- name: away_on_day
-- Addresses of people who are away, or of late have answered automatically: nobody has said
-- until when.
SELECT absence.address
FROM absence
WHERE absence.since <= :day
  AND absence.until >= :day
UNION
SELECT correspondent.address
FROM correspondent
WHERE correspondent.automatic_at >= :lately;

-- name: register_proof_insert
-- The digests of the register's tables as the program leaves them.
INSERT INTO register_proof (revision, digests, found, previous, hash)
VALUES (:revision, :digests, :found, :previous, :hash);

-- name: register_proof_last
-- The digests of the register's tables as the program left them last.
SELECT revision, digests, found, previous, hash
FROM register_proof
ORDER BY revision DESC
LIMIT 1;

-- name: register_proofs
-- All such digests in their order, each chained to the one before.
SELECT revision, digests, found, previous, hash
FROM register_proof
ORDER BY revision;
