CREATE TABLE absence ( id INTEGER NOT NULL, address VARCHAR NOT NULL, since VARCHAR NOT NULL,
until VARCHAR NOT NULL, substitute VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, CONSTRAINT
pk_absence PRIMARY KEY (id), CONSTRAINT ck_absence_period CHECK (since <= until) );

CREATE INDEX ix_absence_address ON absence (address);

CREATE TABLE agreement ( id INTEGER NOT NULL, since VARCHAR NOT NULL, until VARCHAR NOT NULL,
recorded_at VARCHAR NOT NULL, CONSTRAINT pk_agreement PRIMARY KEY (id), CONSTRAINT
ck_agreement_period CHECK (since < until) );

CREATE TABLE attachment ( sha256 VARCHAR NOT NULL, type VARCHAR NOT NULL, size INTEGER NOT NULL,
content BLOB NOT NULL, CONSTRAINT pk_attachment PRIMARY KEY (sha256) );

CREATE TABLE correspondent ( address VARCHAR NOT NULL, seen_at VARCHAR NOT NULL, asked_at VARCHAR,
confirmed_at VARCHAR, automatic_at VARCHAR, CONSTRAINT pk_correspondent PRIMARY KEY (address) );

CREATE TABLE counter ( year INTEGER NOT NULL, last INTEGER NOT NULL, CONSTRAINT pk_counter PRIMARY
KEY (year) );

CREATE TABLE heartbeat ( worker VARCHAR NOT NULL, at VARCHAR NOT NULL, doing VARCHAR NOT NULL,
interval_seconds INTEGER NOT NULL, CONSTRAINT pk_heartbeat PRIMARY KEY (worker) );

CREATE TABLE link_check ( url VARCHAR NOT NULL, state VARCHAR NOT NULL, why VARCHAR NOT NULL,
detail VARCHAR NOT NULL, checked_at VARCHAR NOT NULL, failing_since VARCHAR, broken_since VARCHAR,
CONSTRAINT pk_link_check PRIMARY KEY (url), CONSTRAINT ck_link_check_state CHECK (state IN
('alive', 'failing', 'unknown')) );

CREATE TABLE link_host ( host VARCHAR NOT NULL, free_at VARCHAR NOT NULL, CONSTRAINT pk_link_host
PRIMARY KEY (host) );

CREATE TABLE mailbox_mark ( mailbox VARCHAR NOT NULL, validity BIGINT NOT NULL, last BIGINT NOT
NULL, at VARCHAR NOT NULL, CONSTRAINT pk_mailbox_mark PRIMARY KEY (mailbox) );

CREATE TABLE morning ( day VARCHAR NOT NULL, at VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL,
CONSTRAINT pk_morning PRIMARY KEY (day) );

CREATE TABLE party ( id VARCHAR NOT NULL, kind VARCHAR NOT NULL, side VARCHAR NOT NULL, name
VARCHAR NOT NULL, written_standard VARCHAR NOT NULL, organisation_number VARCHAR NOT NULL,
CONSTRAINT pk_party PRIMARY KEY (id), CONSTRAINT ck_party_side CHECK (side IN ('trust',
'municipal', 'joint')), CONSTRAINT ck_party_written_standard CHECK (written_standard IN ('nb',
'nn', 'neutral')) );

CREATE TABLE pause ( id INTEGER NOT NULL, reason VARCHAR NOT NULL, since VARCHAR NOT NULL,
resumed_at VARCHAR, CONSTRAINT pk_pause PRIMARY KEY (id) );

CREATE INDEX ix_pause_open ON pause (id) WHERE resumed_at IS NULL;

CREATE TABLE register_revision ( id INTEGER NOT NULL, revision INTEGER NOT NULL, CONSTRAINT
pk_register_revision PRIMARY KEY (id), CONSTRAINT ck_register_revision_one_row CHECK (id = 1) );

CREATE TABLE workflow_version ( name VARCHAR NOT NULL, version INTEGER NOT NULL, text VARCHAR NOT
NULL, sha256 VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, CONSTRAINT pk_workflow_version
PRIMARY KEY (name, version) );

CREATE TABLE area ( id VARCHAR NOT NULL, trust VARCHAR NOT NULL, fousam VARCHAR NOT NULL, su
VARCHAR NOT NULL, CONSTRAINT pk_area PRIMARY KEY (id), CONSTRAINT fk_area_id FOREIGN KEY(id)
REFERENCES party (id), CONSTRAINT fk_area_trust FOREIGN KEY(trust) REFERENCES party (id) );

CREATE TABLE contact ( id INTEGER NOT NULL, party VARCHAR NOT NULL, duty VARCHAR NOT NULL, email
VARCHAR NOT NULL, name VARCHAR NOT NULL, valid_from VARCHAR NOT NULL, valid_until VARCHAR,
language VARCHAR, proof VARCHAR NOT NULL, CONSTRAINT pk_contact PRIMARY KEY (id), CONSTRAINT
ck_contact_duty CHECK (duty IN ('elearning', 'subject_experts', 'cooperation_unit', 'ks_laering',
'municipality', 'contact_point', 'coordinator', 'network_leader', 'network_deputy', 'fousam',
'su')), CONSTRAINT ck_contact_language CHECK (language IN ('nb', 'nn', 'en')), CONSTRAINT
ck_contact_proof CHECK (proof IN ('site', 'mail', 'provisional')), CONSTRAINT ck_contact_period
CHECK (valid_until IS NULL OR valid_until >= valid_from), CONSTRAINT
uq_contact_party_duty_email_valid_from UNIQUE (party, duty, email, valid_from), CONSTRAINT
fk_contact_party FOREIGN KEY(party) REFERENCES party (id) );

CREATE INDEX ix_contact_duty ON contact (duty);

CREATE INDEX ix_contact_email ON contact (email);

CREATE INDEX ix_contact_party ON contact (party);

CREATE UNIQUE INDEX uq_contact_point ON contact (party) WHERE duty = 'contact_point' AND
valid_until IS NULL;

CREATE TABLE course ( id INTEGER NOT NULL, owner VARCHAR NOT NULL, short_name VARCHAR NOT NULL,
short_name_key VARCHAR NOT NULL, platform VARCHAR, full_name VARCHAR NOT NULL, licence VARCHAR NOT
NULL, link VARCHAR NOT NULL, information VARCHAR NOT NULL, CONSTRAINT pk_course PRIMARY KEY (id),
CONSTRAINT uq_course_platform_short_name_key UNIQUE (platform, short_name_key), CONSTRAINT
ck_course_claim CHECK (platform IS NULL OR short_name_key <> ''), CONSTRAINT fk_course_owner
FOREIGN KEY(owner) REFERENCES party (id), CONSTRAINT fk_course_platform FOREIGN KEY(platform)
REFERENCES party (id) );

CREATE TABLE party_domain ( domain VARCHAR NOT NULL, party VARCHAR NOT NULL, CONSTRAINT
pk_party_domain PRIMARY KEY (domain, party), CONSTRAINT fk_party_domain_party FOREIGN KEY(party)
REFERENCES party (id) );

CREATE TABLE area_member ( area VARCHAR NOT NULL, party VARCHAR NOT NULL, CONSTRAINT
pk_area_member PRIMARY KEY (area, party), CONSTRAINT fk_area_member_area FOREIGN KEY(area)
REFERENCES area (id), CONSTRAINT fk_area_member_party FOREIGN KEY(party) REFERENCES party (id) );

CREATE TABLE contact_alias ( contact INTEGER NOT NULL, address VARCHAR NOT NULL, CONSTRAINT
pk_contact_alias PRIMARY KEY (contact, address), CONSTRAINT fk_contact_alias_contact FOREIGN
KEY(contact) REFERENCES contact (id) );

CREATE INDEX ix_contact_alias_address ON contact_alias (address);

CREATE TABLE network ( id VARCHAR NOT NULL, area VARCHAR NOT NULL, mandate VARCHAR NOT NULL,
decided_on VARCHAR NOT NULL, since VARCHAR NOT NULL, closed_on VARCHAR, CONSTRAINT pk_network
PRIMARY KEY (id), CONSTRAINT ck_network_period CHECK (closed_on IS NULL OR closed_on >= since),
CONSTRAINT ck_network_decided CHECK (decided_on <> ''), CONSTRAINT fk_network_id FOREIGN KEY(id)
REFERENCES party (id), CONSTRAINT fk_network_area FOREIGN KEY(area) REFERENCES area (id) );

CREATE INDEX ix_network_area ON network (area);

CREATE TABLE network_seat ( contact INTEGER NOT NULL, organisation VARCHAR NOT NULL, CONSTRAINT
pk_network_seat PRIMARY KEY (contact), CONSTRAINT fk_network_seat_contact FOREIGN KEY(contact)
REFERENCES contact (id), CONSTRAINT fk_network_seat_organisation FOREIGN KEY(organisation)
REFERENCES party (id) );

CREATE TABLE priority_area ( area VARCHAR NOT NULL, year INTEGER NOT NULL, place INTEGER NOT NULL,
name VARCHAR NOT NULL, CONSTRAINT pk_priority_area PRIMARY KEY (area, year, place), CONSTRAINT
fk_priority_area_area FOREIGN KEY(area) REFERENCES area (id) );

CREATE TABLE request ( id INTEGER NOT NULL, number VARCHAR, workflow VARCHAR NOT NULL, version
INTEGER NOT NULL, state VARCHAR NOT NULL, since VARCHAR NOT NULL, owner VARCHAR, borrower VARCHAR,
requester VARCHAR, course INTEGER, opened_at VARCHAR NOT NULL, changed_at VARCHAR NOT NULL, due_at
VARCHAR, escalated_at VARCHAR, form VARCHAR NOT NULL, kept VARCHAR NOT NULL, done VARCHAR NOT
NULL, seq INTEGER NOT NULL, head VARCHAR NOT NULL, last_act VARCHAR, CONSTRAINT pk_request PRIMARY
KEY (id), CONSTRAINT uq_request_number UNIQUE (number), CONSTRAINT fk_request_owner FOREIGN
KEY(owner) REFERENCES party (id), CONSTRAINT fk_request_borrower FOREIGN KEY(borrower) REFERENCES
party (id), CONSTRAINT fk_request_requester FOREIGN KEY(requester) REFERENCES party (id),
CONSTRAINT fk_request_course FOREIGN KEY(course) REFERENCES course (id) );

CREATE INDEX ix_request_course ON request (course);

CREATE INDEX ix_request_escalated ON request (id) WHERE escalated_at IS NOT NULL;

CREATE INDEX ix_request_workflow ON request (workflow);

CREATE TABLE history ( request INTEGER NOT NULL, seq INTEGER NOT NULL, at VARCHAR NOT NULL,
recorded_at VARCHAR NOT NULL, event VARCHAR NOT NULL, from_state VARCHAR, to_state VARCHAR NOT
NULL, role VARCHAR NOT NULL, contact INTEGER, party VARCHAR, actor VARCHAR, cause_kind VARCHAR NOT
NULL, cause_ref VARCHAR NOT NULL, "key" VARCHAR NOT NULL, note VARCHAR, note_digest VARCHAR NOT
NULL, values_digest VARCHAR NOT NULL, workflow VARCHAR NOT NULL, version INTEGER NOT NULL, format
INTEGER NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL, CONSTRAINT pk_history PRIMARY
KEY (request, seq), CONSTRAINT ck_history_cause_kind CHECK (cause_kind IN ('mail', 'command',
'timer')), CONSTRAINT fk_history_request FOREIGN KEY(request) REFERENCES request (id), CONSTRAINT
fk_history_contact FOREIGN KEY(contact) REFERENCES contact (id), CONSTRAINT fk_history_party
FOREIGN KEY(party) REFERENCES party (id), CONSTRAINT uq_history_key UNIQUE ("key") ) WITHOUT ROWID;

CREATE INDEX ix_history_cause ON history (cause_kind, cause_ref);

CREATE TABLE inbox ( id INTEGER NOT NULL, sha256 VARCHAR NOT NULL, source VARCHAR NOT NULL,
envelope VARCHAR NOT NULL, received_at VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, message_id
VARCHAR NOT NULL, digest VARCHAR NOT NULL, sender VARCHAR NOT NULL, subject VARCHAR NOT NULL, kind
VARCHAR NOT NULL, verdict VARCHAR, decided_at VARCHAR, request INTEGER, events VARCHAR NOT NULL,
reasons VARCHAR NOT NULL, raw BLOB, CONSTRAINT pk_inbox PRIMARY KEY (id), CONSTRAINT
ck_inbox_verdict CHECK (verdict IN ('opened', 'fired', 'already_done', 'answered', 'refused',
'suggested', 'delegate', 'remark', 'repeated', 'unclear', 'unconfirmed', 'newcomer',
'unknown_sender', 'unproved_sender', 'not_ours', 'automatic', 'bounce', 'bulk', 'loop',
'unreadable', 'oversize')), CONSTRAINT fk_inbox_request FOREIGN KEY(request) REFERENCES request
(id) );

CREATE INDEX ix_inbox_message ON inbox (message_id) WHERE message_id <> '';

CREATE INDEX ix_inbox_people ON inbox (id) WHERE (verdict IN ('unclear', 'remark', 'unreadable',
'oversize', 'newcomer', 'unknown_sender', 'unproved_sender', 'bounce') OR reasons LIKE
'%"answers_used_up"%' OR reasons LIKE '%"answers_in_circles"%');

CREATE INDEX ix_inbox_received_at ON inbox (received_at);

CREATE INDEX ix_inbox_request ON inbox (request);

CREATE INDEX ix_inbox_sender ON inbox (sender, received_at);

CREATE INDEX ix_inbox_sha256 ON inbox (sha256);

CREATE INDEX ix_inbox_undecided ON inbox (id) WHERE verdict IS NULL;

CREATE TABLE network_member ( network VARCHAR NOT NULL, party VARCHAR NOT NULL, named VARCHAR NOT
NULL, CONSTRAINT pk_network_member PRIMARY KEY (network, party), CONSTRAINT
fk_network_member_network FOREIGN KEY(network) REFERENCES network (id), CONSTRAINT
fk_network_member_party FOREIGN KEY(party) REFERENCES party (id) );

CREATE TABLE network_task ( id INTEGER NOT NULL, network VARCHAR NOT NULL, kind VARCHAR NOT NULL,
text VARCHAR NOT NULL, since VARCHAR NOT NULL, ends_on VARCHAR NOT NULL, done_on VARCHAR,
CONSTRAINT pk_network_task PRIMARY KEY (id), CONSTRAINT ck_network_task_kind CHECK (kind IN
('assignment', 'work_group')), CONSTRAINT fk_network_task_network FOREIGN KEY(network) REFERENCES
network (id) );

CREATE INDEX ix_network_task_network ON network_task (network);

CREATE TABLE share ( id INTEGER NOT NULL, course INTEGER NOT NULL, direction VARCHAR NOT NULL,
lender VARCHAR NOT NULL, borrower VARCHAR NOT NULL, since VARCHAR NOT NULL, ended_at VARCHAR,
request INTEGER NOT NULL, CONSTRAINT pk_share PRIMARY KEY (id), CONSTRAINT ck_share_direction
CHECK (direction IN ('to_ks', 'from_ks')), CONSTRAINT fk_share_course FOREIGN KEY(course)
REFERENCES course (id), CONSTRAINT fk_share_lender FOREIGN KEY(lender) REFERENCES party (id),
CONSTRAINT fk_share_borrower FOREIGN KEY(borrower) REFERENCES party (id), CONSTRAINT
fk_share_request FOREIGN KEY(request) REFERENCES request (id) );

CREATE INDEX ix_share_request ON share (request);

CREATE UNIQUE INDEX uq_share_active ON share (course, direction, borrower) WHERE ended_at IS NULL;

CREATE TABLE timer ( id INTEGER NOT NULL, request INTEGER NOT NULL, state VARCHAR NOT NULL,
position INTEGER NOT NULL, action VARCHAR NOT NULL, target VARCHAR NOT NULL, roles VARCHAR NOT
NULL, due_at VARCHAR NOT NULL, every VARCHAR NOT NULL, at_most INTEGER NOT NULL, occurrence
INTEGER NOT NULL, rule VARCHAR NOT NULL, calendar VARCHAR NOT NULL, status VARCHAR NOT NULL,
CONSTRAINT pk_timer PRIMARY KEY (id), CONSTRAINT ck_timer_action CHECK (action IN ('remind',
'send', 'escalate', 'fire')), CONSTRAINT ck_timer_status CHECK (status IN ('armed', 'done',
'void')), CONSTRAINT fk_timer_request FOREIGN KEY(request) REFERENCES request (id) );

CREATE INDEX ix_timer_due ON timer (due_at) WHERE status = 'armed';

CREATE INDEX ix_timer_request ON timer (request) WHERE status = 'armed';

CREATE TABLE answer_given ( address VARCHAR NOT NULL, day VARCHAR NOT NULL, number INTEGER NOT
NULL, inbox INTEGER NOT NULL, words VARCHAR NOT NULL, at VARCHAR NOT NULL, CONSTRAINT
pk_answer_given PRIMARY KEY (address, day, number), CONSTRAINT fk_answer_given_inbox FOREIGN
KEY(inbox) REFERENCES inbox (id) );

CREATE INDEX ix_answer_given_inbox ON answer_given (inbox);

CREATE TABLE arrival ( source VARCHAR NOT NULL, mailbox VARCHAR NOT NULL, inbox INTEGER NOT NULL,
CONSTRAINT pk_arrival PRIMARY KEY (source), CONSTRAINT fk_arrival_inbox FOREIGN KEY(inbox)
REFERENCES inbox (id) );

CREATE INDEX ix_arrival_inbox ON arrival (inbox);

CREATE TABLE attached ( inbox INTEGER NOT NULL, place INTEGER NOT NULL, sha256 VARCHAR NOT NULL,
name VARCHAR NOT NULL, CONSTRAINT pk_attached PRIMARY KEY (inbox, place), CONSTRAINT
fk_attached_inbox FOREIGN KEY(inbox) REFERENCES inbox (id), CONSTRAINT fk_attached_sha256 FOREIGN
KEY(sha256) REFERENCES attachment (sha256) );

CREATE INDEX ix_attached_sha256 ON attached (sha256);

CREATE TABLE letter ( id INTEGER NOT NULL, request INTEGER, inbox INTEGER, cause_kind VARCHAR NOT
NULL, cause_ref VARCHAR NOT NULL, role VARCHAR NOT NULL, party VARCHAR, receiver VARCHAR NOT NULL,
template VARCHAR NOT NULL, language VARCHAR NOT NULL, variables VARCHAR NOT NULL, subject VARCHAR,
message_id VARCHAR NOT NULL, token VARCHAR NOT NULL, in_reply_to VARCHAR NOT NULL, at_once INTEGER
NOT NULL, state VARCHAR NOT NULL, not_before VARCHAR NOT NULL, written_at VARCHAR NOT NULL,
recorded_at VARCHAR NOT NULL, claimed_at VARCHAR, sent_at VARCHAR, tries INTEGER NOT NULL, code
INTEGER, error VARCHAR NOT NULL, seal VARCHAR NOT NULL, raw BLOB, raw_sha256 VARCHAR, CONSTRAINT
pk_letter PRIMARY KEY (id), CONSTRAINT ck_letter_state CHECK (state IN ('waiting', 'held',
'shadow', 'sending', 'sent', 'retry', 'dead', 'cancelled')), CONSTRAINT ck_letter_language CHECK
(language IN ('nb', 'nn', 'en')), CONSTRAINT ck_letter_cause_kind CHECK (cause_kind IN ('mail',
'command', 'timer')), CONSTRAINT uq_letter_token_request UNIQUE (token, request), CONSTRAINT
fk_letter_request FOREIGN KEY(request) REFERENCES request (id), CONSTRAINT fk_letter_inbox FOREIGN
KEY(inbox) REFERENCES inbox (id), CONSTRAINT fk_letter_party FOREIGN KEY(party) REFERENCES party
(id), CONSTRAINT uq_letter_message_id UNIQUE (message_id) );

CREATE INDEX ix_letter_chasers ON letter (id) WHERE template = 'remind' AND state IN ('waiting',
'held');

CREATE INDEX ix_letter_claimed ON letter (claimed_at) WHERE claimed_at IS NOT NULL;

CREATE INDEX ix_letter_due ON letter (not_before) WHERE state IN ('waiting', 'retry');

CREATE INDEX ix_letter_inbox ON letter (inbox);

CREATE INDEX ix_letter_receiver ON letter (receiver, written_at);

CREATE INDEX ix_letter_request ON letter (request);

CREATE INDEX ix_letter_sending ON letter (claimed_at) WHERE state = 'sending';

CREATE INDEX ix_letter_stopped ON letter (id) WHERE state IN ('dead', 'held');

CREATE TABLE mail_claim ( message_id VARCHAR NOT NULL, digest VARCHAR NOT NULL, inbox INTEGER NOT
NULL, CONSTRAINT pk_mail_claim PRIMARY KEY (message_id), CONSTRAINT fk_mail_claim_inbox FOREIGN
KEY(inbox) REFERENCES inbox (id) );

CREATE INDEX ix_mail_claim_inbox ON mail_claim (inbox);

CREATE TABLE signature_check ( inbox INTEGER NOT NULL, domain VARCHAR NOT NULL, signed INTEGER NOT
NULL, at VARCHAR NOT NULL, CONSTRAINT pk_signature_check PRIMARY KEY (inbox), CONSTRAINT
fk_signature_check_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) );

CREATE TABLE sorting ( id INTEGER NOT NULL, inbox INTEGER NOT NULL, action VARCHAR NOT NULL,
verdict VARCHAR, note VARCHAR NOT NULL, at VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL,
CONSTRAINT pk_sorting PRIMARY KEY (id), CONSTRAINT ck_sorting_action CHECK (action IN ('retry',
'attach', 'discard')), CONSTRAINT fk_sorting_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) );

CREATE INDEX ix_sorting_inbox ON sorting (inbox);

CREATE TABLE bounce ( letter INTEGER NOT NULL, address VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
status VARCHAR NOT NULL, reason VARCHAR NOT NULL, inbox INTEGER, at VARCHAR NOT NULL, recorded_at
VARCHAR NOT NULL, CONSTRAINT pk_bounce PRIMARY KEY (letter), CONSTRAINT ck_bounce_outcome CHECK
(outcome IN ('delayed', 'soft', 'hard')), CONSTRAINT fk_bounce_letter FOREIGN KEY(letter)
REFERENCES letter (id), CONSTRAINT fk_bounce_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) );

CREATE INDEX ix_bounce_address ON bounce (address);

CREATE TABLE calendar_entry ( letter INTEGER NOT NULL, kind VARCHAR NOT NULL, day VARCHAR NOT
NULL, stands INTEGER NOT NULL, CONSTRAINT pk_calendar_entry PRIMARY KEY (letter, kind), CONSTRAINT
fk_calendar_entry_letter FOREIGN KEY(letter) REFERENCES letter (id) );

CREATE TABLE gathered ( letter INTEGER NOT NULL, carrier INTEGER NOT NULL, place INTEGER NOT NULL,
CONSTRAINT pk_gathered PRIMARY KEY (letter), CONSTRAINT fk_gathered_letter FOREIGN KEY(letter)
REFERENCES letter (id), CONSTRAINT fk_gathered_carrier FOREIGN KEY(carrier) REFERENCES letter (id)
);

CREATE INDEX ix_gathered_carrier ON gathered (carrier);

CREATE TABLE letter_delay ( letter INTEGER NOT NULL, since VARCHAR NOT NULL, CONSTRAINT
pk_letter_delay PRIMARY KEY (letter), CONSTRAINT fk_letter_delay_letter FOREIGN KEY(letter)
REFERENCES letter (id) );

CREATE TABLE morning_item ( letter INTEGER NOT NULL, number INTEGER NOT NULL, kind VARCHAR NOT
NULL, subject VARCHAR NOT NULL, CONSTRAINT pk_morning_item PRIMARY KEY (letter, number),
CONSTRAINT ck_morning_item_kind CHECK (kind IN ('late', 'unread', 'unclear', 'stranger', 'bounce',
'dead', 'stuck', 'link', 'held', 'chaser')), CONSTRAINT fk_morning_item_letter FOREIGN KEY(letter)
REFERENCES letter (id) );

CREATE TABLE suspension ( address VARCHAR NOT NULL, since VARCHAR NOT NULL, letter INTEGER NOT
NULL, lifted_at VARCHAR, CONSTRAINT pk_suspension PRIMARY KEY (address), CONSTRAINT
fk_suspension_letter FOREIGN KEY(letter) REFERENCES letter (id) );

CREATE INDEX ix_suspension_open ON suspension (address) WHERE lifted_at IS NULL
