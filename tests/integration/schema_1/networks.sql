BEGIN TRANSACTION;
CREATE TABLE absence ( id INTEGER NOT NULL, address VARCHAR NOT NULL, since VARCHAR NOT NULL,
until VARCHAR NOT NULL, substitute VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, CONSTRAINT
pk_absence PRIMARY KEY (id), CONSTRAINT ck_absence_period CHECK (since <= until) );
CREATE TABLE agreement ( id INTEGER NOT NULL, since VARCHAR NOT NULL, until VARCHAR NOT NULL,
recorded_at VARCHAR NOT NULL, CONSTRAINT pk_agreement PRIMARY KEY (id), CONSTRAINT
ck_agreement_period CHECK (since < until) );
INSERT INTO "agreement" VALUES(1,'2026-01-01','2027-07-01','2026-09-07T08:00:00Z');
CREATE TABLE answer_given ( address VARCHAR NOT NULL, day VARCHAR NOT NULL, number INTEGER NOT
NULL, inbox INTEGER NOT NULL, words VARCHAR NOT NULL, at VARCHAR NOT NULL, CONSTRAINT
pk_answer_given PRIMARY KEY (address, day, number), CONSTRAINT fk_answer_given_inbox FOREIGN
KEY(inbox) REFERENCES inbox (id) );
CREATE TABLE area ( id VARCHAR NOT NULL, trust VARCHAR NOT NULL, fousam VARCHAR NOT NULL, su
VARCHAR NOT NULL, CONSTRAINT pk_area PRIMARY KEY (id), CONSTRAINT fk_area_id FOREIGN KEY(id)
REFERENCES party (id), CONSTRAINT fk_area_trust FOREIGN KEY(trust) REFERENCES party (id) );
INSERT INTO "area" VALUES('helse-fonna','fonna','FOUSAM','Samhandlingsutvalet (SU)');
CREATE TABLE area_member ( area VARCHAR NOT NULL, party VARCHAR NOT NULL, CONSTRAINT
pk_area_member PRIMARY KEY (area, party), CONSTRAINT fk_area_member_area FOREIGN KEY(area)
REFERENCES area (id), CONSTRAINT fk_area_member_party FOREIGN KEY(party) REFERENCES party (id) );
INSERT INTO "area_member" VALUES('helse-fonna','1106');
INSERT INTO "area_member" VALUES('helse-fonna','1134');
INSERT INTO "area_member" VALUES('helse-fonna','1135');
INSERT INTO "area_member" VALUES('helse-fonna','1145');
INSERT INTO "area_member" VALUES('helse-fonna','1146');
INSERT INTO "area_member" VALUES('helse-fonna','1149');
INSERT INTO "area_member" VALUES('helse-fonna','1151');
INSERT INTO "area_member" VALUES('helse-fonna','1160');
INSERT INTO "area_member" VALUES('helse-fonna','4611');
INSERT INTO "area_member" VALUES('helse-fonna','4612');
INSERT INTO "area_member" VALUES('helse-fonna','4613');
INSERT INTO "area_member" VALUES('helse-fonna','4614');
INSERT INTO "area_member" VALUES('helse-fonna','4615');
INSERT INTO "area_member" VALUES('helse-fonna','4616');
INSERT INTO "area_member" VALUES('helse-fonna','4617');
INSERT INTO "area_member" VALUES('helse-fonna','4618');
CREATE TABLE arrival ( source VARCHAR NOT NULL, mailbox VARCHAR NOT NULL, inbox INTEGER NOT NULL,
CONSTRAINT pk_arrival PRIMARY KEY (source), CONSTRAINT fk_arrival_inbox FOREIGN KEY(inbox)
REFERENCES inbox (id) );
CREATE TABLE attached ( inbox INTEGER NOT NULL, place INTEGER NOT NULL, sha256 VARCHAR NOT NULL,
name VARCHAR NOT NULL, CONSTRAINT pk_attached PRIMARY KEY (inbox, place), CONSTRAINT
fk_attached_inbox FOREIGN KEY(inbox) REFERENCES inbox (id), CONSTRAINT fk_attached_sha256 FOREIGN
KEY(sha256) REFERENCES attachment (sha256) );
CREATE TABLE attachment ( sha256 VARCHAR NOT NULL, type VARCHAR NOT NULL, size INTEGER NOT NULL,
content BLOB NOT NULL, CONSTRAINT pk_attachment PRIMARY KEY (sha256) );
CREATE TABLE bounce ( letter INTEGER NOT NULL, address VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
status VARCHAR NOT NULL, reason VARCHAR NOT NULL, inbox INTEGER, at VARCHAR NOT NULL, recorded_at
VARCHAR NOT NULL, CONSTRAINT pk_bounce PRIMARY KEY (letter), CONSTRAINT ck_bounce_outcome CHECK
(outcome IN ('delayed', 'soft', 'hard')), CONSTRAINT fk_bounce_letter FOREIGN KEY(letter)
REFERENCES letter (id), CONSTRAINT fk_bounce_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) );
CREATE TABLE calendar_entry ( letter INTEGER NOT NULL, kind VARCHAR NOT NULL, day VARCHAR NOT
NULL, stands INTEGER NOT NULL, CONSTRAINT pk_calendar_entry PRIMARY KEY (letter, kind), CONSTRAINT
fk_calendar_entry_letter FOREIGN KEY(letter) REFERENCES letter (id) );
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
INSERT INTO "contact" VALUES(1,'si','elearning','elaering@si.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(2,'si','subject_experts','fag@si.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(3,'si','cooperation_unit','samhandling@si.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(4,'ahus','elearning','elaering@ahus.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(5,'ks-laering','ks_laering','kslaring@ks.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(6,'ks','coordinator','koordinator@ks.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(7,'helse-fonna','fousam','fousam@fonna.example','Testperson Alfa','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(8,'helse-fonna','su','su@fonna.example','','2016-01-01',NULL,NULL,'site');
INSERT INTO "contact" VALUES(9,'demens','network_leader','anna@karmoy.example','','2026-08-20',NULL,NULL,'site');
INSERT INTO "contact" VALUES(10,'demens','network_deputy','nest@fonna.example','','2026-08-20',NULL,NULL,'site');
INSERT INTO "contact" VALUES(11,'rehabilitering','network_leader','anna@karmoy.example','','2026-08-20',NULL,NULL,'site');
INSERT INTO "contact" VALUES(12,'rehabilitering','network_deputy','nest@fonna.example','','2026-08-20',NULL,NULL,'site');
INSERT INTO "contact" VALUES(13,'kreft','network_leader','bodil@fonna.example','','2026-08-20',NULL,NULL,'site');
INSERT INTO "contact" VALUES(14,'kreft','network_deputy','kreft@stord.example','','2026-08-20',NULL,NULL,'site');
CREATE TABLE contact_alias ( contact INTEGER NOT NULL, address VARCHAR NOT NULL, CONSTRAINT
pk_contact_alias PRIMARY KEY (contact, address), CONSTRAINT fk_contact_alias_contact FOREIGN
KEY(contact) REFERENCES contact (id) );
CREATE TABLE correspondent ( address VARCHAR NOT NULL, seen_at VARCHAR NOT NULL, asked_at VARCHAR,
confirmed_at VARCHAR, automatic_at VARCHAR, CONSTRAINT pk_correspondent PRIMARY KEY (address) );
INSERT INTO "correspondent" VALUES('anna@karmoy.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('bodil@fonna.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('elaering@ahus.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('elaering@si.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('fag@si.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('fousam@fonna.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('koordinator@ks.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('kreft@stord.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('kslaring@ks.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('nest@fonna.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('samhandling@si.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
INSERT INTO "correspondent" VALUES('su@fonna.example','2026-09-01T08:00:00Z',NULL,NULL,NULL);
CREATE TABLE counter ( year INTEGER NOT NULL, last INTEGER NOT NULL, CONSTRAINT pk_counter PRIMARY
KEY (year) );
INSERT INTO "counter" VALUES(2026,3);
INSERT INTO "counter" VALUES(2027,4);
CREATE TABLE course ( id INTEGER NOT NULL, owner VARCHAR NOT NULL, short_name VARCHAR NOT NULL,
short_name_key VARCHAR NOT NULL, platform VARCHAR, full_name VARCHAR NOT NULL, licence VARCHAR NOT
NULL, link VARCHAR NOT NULL, information VARCHAR NOT NULL, CONSTRAINT pk_course PRIMARY KEY (id),
CONSTRAINT uq_course_platform_short_name_key UNIQUE (platform, short_name_key), CONSTRAINT
ck_course_claim CHECK (platform IS NULL OR short_name_key <> ''), CONSTRAINT fk_course_owner
FOREIGN KEY(owner) REFERENCES party (id), CONSTRAINT fk_course_platform FOREIGN KEY(platform)
REFERENCES party (id) );
CREATE TABLE gathered ( letter INTEGER NOT NULL, carrier INTEGER NOT NULL, place INTEGER NOT NULL,
CONSTRAINT pk_gathered PRIMARY KEY (letter), CONSTRAINT fk_gathered_letter FOREIGN KEY(letter)
REFERENCES letter (id), CONSTRAINT fk_gathered_carrier FOREIGN KEY(carrier) REFERENCES letter (id)
);
CREATE TABLE heartbeat ( worker VARCHAR NOT NULL, at VARCHAR NOT NULL, doing VARCHAR NOT NULL,
interval_seconds INTEGER NOT NULL, CONSTRAINT pk_heartbeat PRIMARY KEY (worker) );
CREATE TABLE history ( request INTEGER NOT NULL, seq INTEGER NOT NULL, at VARCHAR NOT NULL,
recorded_at VARCHAR NOT NULL, event VARCHAR NOT NULL, from_state VARCHAR, to_state VARCHAR NOT
NULL, role VARCHAR NOT NULL, contact INTEGER, party VARCHAR, actor VARCHAR, cause_kind VARCHAR NOT
NULL, cause_ref VARCHAR NOT NULL, "key" VARCHAR NOT NULL, note VARCHAR, note_digest VARCHAR NOT
NULL, values_digest VARCHAR NOT NULL, workflow VARCHAR NOT NULL, version INTEGER NOT NULL, format
INTEGER NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL, CONSTRAINT pk_history PRIMARY
KEY (request, seq), CONSTRAINT ck_history_cause_kind CHECK (cause_kind IN ('mail', 'command',
'timer')), CONSTRAINT fk_history_request FOREIGN KEY(request) REFERENCES request (id), CONSTRAINT
fk_history_contact FOREIGN KEY(contact) REFERENCES contact (id), CONSTRAINT fk_history_party
FOREIGN KEY(party) REFERENCES party (id), CONSTRAINT uq_history_key UNIQUE ("key") ) WITHOUT ROWID
;
INSERT INTO "history" VALUES(1,1,'2026-09-01T08:00:00Z','2026-11-30T09:46:22Z','open',NULL,'not_delivered','time',NULL,NULL,'time','timer','year:2027','cycle:network_plan:demens:2027',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_plan',1,1,'','c472b59389003c92d7f30c4637e6ae0019f8dadeca9f0e14bdb6e74b597c5609');
INSERT INTO "history" VALUES(1,2,'2027-01-02T08:00:00Z','2026-11-30T09:46:23Z','deadline_passed','not_delivered','overdue','time',NULL,NULL,'time','timer','1','timer:1:1',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_plan',1,1,'c472b59389003c92d7f30c4637e6ae0019f8dadeca9f0e14bdb6e74b597c5609','24d91893a8fda02a02b3573d4e4c9039b82f62b4553ec6d3d11307ac9029bf14');
INSERT INTO "history" VALUES(2,1,'2026-09-01T08:00:00Z','2026-11-30T09:46:22Z','open',NULL,'not_delivered','time',NULL,NULL,'time','timer','year:2027','cycle:network_plan:kreft:2027',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_plan',1,1,'','0d0d1cdfc28d8613c6ba7255c60bb35b666c3aad5c910e846084358fccc17230');
INSERT INTO "history" VALUES(2,2,'2027-01-02T08:00:00Z','2026-11-30T09:46:23Z','deadline_passed','not_delivered','overdue','time',NULL,NULL,'time','timer','10','timer:10:1',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_plan',1,1,'0d0d1cdfc28d8613c6ba7255c60bb35b666c3aad5c910e846084358fccc17230','69e41d61a59bac77e36ac112beec27487ce8d5f2b00ded7a0502975150e8cdfe');
INSERT INTO "history" VALUES(3,1,'2026-09-01T08:00:00Z','2026-11-30T09:46:22Z','open',NULL,'not_delivered','time',NULL,NULL,'time','timer','year:2027','cycle:network_plan:rehabilitering:2027',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_plan',1,1,'','b8f4a45a454ccf7aaaa42567a166426beb3d24ac73362d9f158645c06379e25e');
INSERT INTO "history" VALUES(3,2,'2027-01-02T08:00:00Z','2026-11-30T09:46:23Z','deadline_passed','not_delivered','overdue','time',NULL,NULL,'time','timer','19','timer:19:1',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_plan',1,1,'b8f4a45a454ccf7aaaa42567a166426beb3d24ac73362d9f158645c06379e25e','d5d8c2f0f19c5f6c1455ea5f9df3d0fd77922eb50048e846f6fd68877c6903b2');
INSERT INTO "history" VALUES(4,1,'2027-01-02T08:00:00Z','2026-11-30T09:46:22Z','open',NULL,'not_delivered','time',NULL,NULL,'time','timer','year:2026','cycle:network_report:demens:2026',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_report',1,1,'','9e0b64e994e6cf078f5ac7d1f7470b2b24f856d2c53748dc4014317cf100c333');
INSERT INTO "history" VALUES(5,1,'2027-01-02T08:00:00Z','2026-11-30T09:46:22Z','open',NULL,'not_delivered','time',NULL,NULL,'time','timer','year:2026','cycle:network_report:kreft:2026',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_report',1,1,'','04ecf806e6e02e6ece66e5507a0bc26f0d8f4807dbcb50719f37666bc7f5a147');
INSERT INTO "history" VALUES(5,2,'2027-01-12T08:00:00Z','2026-11-30T09:46:23Z','deliver','not_delivered','delivered','leader',13,'kreft','bodil@fonna.example','mail','1','mail:1:1',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','b821bd5431471df3fe3448e908c198dde9eb251411b87727879fd0185e153a68','network_report',1,1,'04ecf806e6e02e6ece66e5507a0bc26f0d8f4807dbcb50719f37666bc7f5a147','5e778a846b9d7344ef6a650e357bb38de966ba563dbbdd521d9787652148fa11');
INSERT INTO "history" VALUES(6,1,'2027-01-02T08:00:00Z','2026-11-30T09:46:22Z','open',NULL,'not_delivered','time',NULL,NULL,'time','timer','year:2026','cycle:network_report:rehabilitering:2026',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','network_report',1,1,'','468a213bfd22b77e3df013816b658c173414af9a84bb8d6bfb02bc1be963c4b8');
INSERT INTO "history" VALUES(7,1,'2027-01-02T08:00:00Z','2026-11-30T09:46:23Z','open',NULL,'open','time',NULL,NULL,'time','timer','year:2026','cycle:su_rollup:helse-fonna:2026',NULL,'12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126','44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a','su_rollup',1,1,'','c258ab5c38ff6fcb52b304ef93c90d7e9769249156b249793dee90398d84557f');
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
INSERT INTO "inbox" VALUES(1,'639f9b1c7a0ea71f5c3af4485f76d9a34b86830a25366497ab97565879fe16be','test','{}','2027-01-12T08:00:00Z','2026-11-30T09:46:23Z','<m1@fonna.example>','fe1537ee0dd2038f1a3442491b0ac652020fe4072170a71cdcc5669ce691ed30','bodil@fonna.example','SV: None','person','fired','2026-11-30T09:46:23Z',5,'[{"event":"deliver","from":"not_delivered","to":"delivered"}]','[]',X'41757468656E7469636174696F6E2D526573756C74733A206D782E6B75727364656C696E672E6578616D706C653B20646D6172633D70617373206865616465722E66726F6D3D666F6E6E612E6578616D706C650D0A46726F6D3A203C626F64696C40666F6E6E612E6578616D706C653E0D0A546F3A203C6B75727364656C696E67406B75727364656C696E672E6578616D706C653E0D0A5375626A6563743A2053563A204E6F6E650D0A4D6573736167652D49443A203C6D3140666F6E6E612E6578616D706C653E0D0A446174653A205475652C203132204A616E20323032372030383A30303A3030202B303030300D0A496E2D5265706C792D546F3A203C32666B38707A67766374766E30366B6B746867396A623337406B75727364656C696E672E6578616D706C653E0D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D7574662D380D0A0D0A4E6574747665726B3A204B726566740A526170706F727420666F7220C3A5723A20323032360A54696C74616B20313A204B7572730A53617473696E67736F6D72C3A564653A205469646C656720696E6E736174730A526573756C7461743A20757466C3B872740A54696C74616B20323A204661676461670A53617473696E67736F6D72C3A564653A204261726E206F6720756E67650A526573756C7461743A2064656C7669730A417676696B202874616C293A20340A0D0A');
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
INSERT INTO "letter" VALUES(1,1,NULL,'timer','year:2027','leader','demens','anna@karmoy.example','network_wanted','nn','{"acted_as":"","acted_for":"","also":[],"answers":[],"borrower_name":"","course_name":"Handlingsplan frå fagleg nettverk 2027: Demens","done":[],"due":"2026-12-01","ends_on":"","event":"open","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"","deadline":"2026-11-30","delivered":"","deputy":"nest@fonna.example","faults":[],"form":[["Nettverk","Demens"],["Plan for år","2027"],["Tiltak 1",""],["Satsingsområde",""],["Ansvarleg",""],["Tiltak 2",""],["Satsingsområde",""],["Ansvarleg",""],["Tiltak 3",""],["Satsingsområde",""],["Ansvarleg",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":false,"kind":"plan","late":false,"leader":"anna@karmoy.example","mail":"","measures":0,"name":"Demens","no_activity":false,"number":"KD-2026-0001","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Ikkje levert","unread":false,"version":0,"warnings":[],"year":2027},{"chased_on":"","deadline":"2026-11-30","delivered":"","deputy":"nest@fonna.example","faults":[],"form":[["Nettverk","Rehabilitering"],["Plan for år","2027"],["Tiltak 1",""],["Satsingsområde",""],["Ansvarleg",""],["Tiltak 2",""],["Satsingsområde",""],["Ansvarleg",""],["Tiltak 3",""],["Satsingsområde",""],["Ansvarleg",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":false,"kind":"plan","late":false,"leader":"anna@karmoy.example","mail":"","measures":0,"name":"Rehabilitering","no_activity":false,"number":"KD-2026-0003","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Ikkje levert","unread":false,"version":0,"warnings":[],"year":2027}],"owed":true,"party":"Demens","rollup":{},"secretary":"Testperson Alfa","since":"2026-09-01","waiting_on":"nettverksleiaren","wanted":"","year":2027},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2026-12-01","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Demens","parts_open":[],"possible":[],"receiver_duty":"nettverksleiar","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Ikkje levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Handlingsplan frå fagleg nettverk"}','Handlingsplan 2027 frå to nettverk [KD-2026-0001.JAJA1XEN]','<ggtwpfhg2n3d9zczr7g7871d@kursdeling.example>','JAJA1XEN','',0,'sent','2026-09-01T08:00:00Z','2026-09-01T08:00:00Z','2026-11-30T09:46:22Z','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z',1,250,'','ac04d3ca5e7283efe621eb2f49b6f6bde9ad4e24ed7447f6b474b747ad1a444c',NULL,'9c7b5fe30f999b58ed851775fc5d6a9c2f1701617cd0835650d189939f32b478');
INSERT INTO "letter" VALUES(2,2,NULL,'timer','year:2027','leader','kreft','bodil@fonna.example','network_wanted','nn','{"acted_as":"","acted_for":"","also":[],"answers":[],"borrower_name":"","course_name":"Handlingsplan frå fagleg nettverk 2027: Kreft","done":[],"due":"2026-12-01","ends_on":"","event":"open","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"","deadline":"2026-11-30","delivered":"","deputy":"kreft@stord.example","faults":[],"form":[["Nettverk","Kreft"],["Plan for år","2027"],["Tiltak 1",""],["Satsingsområde",""],["Ansvarleg",""],["Tiltak 2",""],["Satsingsområde",""],["Ansvarleg",""],["Tiltak 3",""],["Satsingsområde",""],["Ansvarleg",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":false,"kind":"plan","late":false,"leader":"bodil@fonna.example","mail":"","measures":0,"name":"Kreft","no_activity":false,"number":"KD-2026-0002","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Ikkje levert","unread":false,"version":0,"warnings":[],"year":2027}],"owed":true,"party":"Kreft","rollup":{},"secretary":"Testperson Alfa","since":"2026-09-01","waiting_on":"nettverksleiaren","wanted":"","year":2027},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2026-12-01","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Kreft","parts_open":[],"possible":[],"receiver_duty":"nettverksleiar","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Ikkje levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Handlingsplan frå fagleg nettverk"}','Handlingsplan 2027 frå Kreft [KD-2026-0002.D5T6YZWM]','<20wkjfgt7yhw395b5913wes3@kursdeling.example>','D5T6YZWM','',0,'sent','2026-09-01T08:00:00Z','2026-09-01T08:00:00Z','2026-11-30T09:46:22Z','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z',1,250,'','d4143a4895765eda4339924352c3df22b9bbc2ecebb45c6f0609632afae8909d',NULL,'421be54137b31c8d82f0bb2fe10dd70c34cb06a59a20eecf10d89a2e3a4e89d0');
INSERT INTO "letter" VALUES(3,4,NULL,'timer','year:2026','leader','demens','anna@karmoy.example','network_wanted','nn','{"acted_as":"","acted_for":"","also":[],"answers":[],"borrower_name":"","course_name":"Årsrapport frå fagleg nettverk 2026: Demens","done":[],"due":"2027-02-02","ends_on":"","event":"open","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"","deadline":"2027-01-31","delivered":"","deputy":"nest@fonna.example","faults":[],"form":[["Nettverk","Demens"],["Rapport for år","2026"],["Ingen aktivitet",""],["Tiltak 1",""],["Satsingsområde",""],["Resultat",""],["Tiltak 2",""],["Satsingsområde",""],["Resultat",""],["Tiltak 3",""],["Satsingsområde",""],["Resultat",""],["Avvik (tal)",""],["Flaskehalsar",""],["Forbetringsforslag",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":false,"kind":"report","late":false,"leader":"anna@karmoy.example","mail":"","measures":0,"name":"Demens","no_activity":false,"number":"KD-2027-0001","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Ikkje levert","unread":false,"version":0,"warnings":[],"year":2026},{"chased_on":"","deadline":"2027-01-31","delivered":"","deputy":"nest@fonna.example","faults":[],"form":[["Nettverk","Rehabilitering"],["Rapport for år","2026"],["Ingen aktivitet",""],["Tiltak 1",""],["Satsingsområde",""],["Resultat",""],["Tiltak 2",""],["Satsingsområde",""],["Resultat",""],["Tiltak 3",""],["Satsingsområde",""],["Resultat",""],["Avvik (tal)",""],["Flaskehalsar",""],["Forbetringsforslag",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":false,"kind":"report","late":false,"leader":"anna@karmoy.example","mail":"","measures":0,"name":"Rehabilitering","no_activity":false,"number":"KD-2027-0003","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Ikkje levert","unread":false,"version":0,"warnings":[],"year":2026}],"owed":true,"party":"Demens","rollup":{},"secretary":"Testperson Alfa","since":"2027-01-02","waiting_on":"nettverksleiaren","wanted":"","year":2026},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2027-02-02","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Demens","parts_open":[],"possible":[],"receiver_duty":"nettverksleiar","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Ikkje levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Årsrapport frå fagleg nettverk"}','Årsrapport 2026 frå to nettverk [KD-2027-0001.MT0FP8NK]','<4x5b0hsv92t2fjp8cdcq67df@kursdeling.example>','MT0FP8NK','',0,'sent','2027-01-02T08:00:00Z','2027-01-02T08:00:00Z','2026-11-30T09:46:22Z','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z',1,250,'','a919daae06bd350e54cb1ead98cb6a25a8b3a17a1144e35fa5e6cae459213bd7',NULL,'7f05fb68164840f3526024e1a8eb7723478d5509c6770b43984e22b75eb0274f');
INSERT INTO "letter" VALUES(4,5,NULL,'timer','year:2026','leader','kreft','bodil@fonna.example','network_wanted','nn','{"acted_as":"","acted_for":"","also":[],"answers":[],"borrower_name":"","course_name":"Årsrapport frå fagleg nettverk 2026: Kreft","done":[],"due":"2027-02-02","ends_on":"","event":"open","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"","deadline":"2027-01-31","delivered":"","deputy":"kreft@stord.example","faults":[],"form":[["Nettverk","Kreft"],["Rapport for år","2026"],["Ingen aktivitet",""],["Tiltak 1",""],["Satsingsområde",""],["Resultat",""],["Tiltak 2",""],["Satsingsområde",""],["Resultat",""],["Tiltak 3",""],["Satsingsområde",""],["Resultat",""],["Avvik (tal)",""],["Flaskehalsar",""],["Forbetringsforslag",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":false,"kind":"report","late":false,"leader":"bodil@fonna.example","mail":"","measures":0,"name":"Kreft","no_activity":false,"number":"KD-2027-0002","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Ikkje levert","unread":false,"version":0,"warnings":[],"year":2026}],"owed":true,"party":"Kreft","rollup":{},"secretary":"Testperson Alfa","since":"2027-01-02","waiting_on":"nettverksleiaren","wanted":"","year":2026},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2027-02-02","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Kreft","parts_open":[],"possible":[],"receiver_duty":"nettverksleiar","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Ikkje levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Årsrapport frå fagleg nettverk"}','Årsrapport 2026 frå Kreft [KD-2027-0002.X2NJ89G0]','<2fk8pzgvctvn06kkthg9jb37@kursdeling.example>','X2NJ89G0','',0,'sent','2027-01-02T08:00:00Z','2027-01-02T08:00:00Z','2026-11-30T09:46:22Z','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z',1,250,'','b26bf61277062ec60a73654620cef9b0e17ed53fbd87c27b09cca9923eb97872',NULL,'ccc2e69dc3bb4e1ad54513a3d432035489b5c754a7efdb622c26108bfaecf424');
INSERT INTO "letter" VALUES(5,5,1,'mail','1','secretary','helse-fonna','fousam@fonna.example','network_delivered','nn','{"acted_as":"nettverksleiar","acted_for":"Kreft","also":[],"answers":[{"day":false,"event":"accept","reason":false,"word":"GODTEKE"},{"day":false,"event":"send_back","reason":true,"text":"kva som manglar","word":"MANGLAR"}],"borrower_name":"","course_name":"Årsrapport frå fagleg nettverk 2026: Kreft","done":[],"due":"2028-01-01","ends_on":"","event":"deliver","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"2027-02-02","deadline":"2027-01-31","delivered":"2027-01-12","deputy":"kreft@stord.example","faults":[],"form":[["Nettverk","Kreft"],["Rapport for år","2026"],["Ingen aktivitet",""],["Tiltak 1","Kurs"],["Satsingsområde","Tidleg innsats"],["Resultat","utført"],["Tiltak 2","Fagdag"],["Satsingsområde","Barn og unge"],["Resultat","delvis"],["Avvik (tal)","4"],["Flaskehalsar",""],["Forbetringsforslag",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":true,"kind":"report","late":false,"leader":"bodil@fonna.example","mail":"1","measures":2,"name":"Kreft","no_activity":false,"number":"KD-2027-0002","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Levert","unread":false,"version":1,"warnings":["Her står det ikkje noko om gradvis overføring, kompetanseutvikling, brukarmedverknad og rutinar og kriterium for tilvising, som mandatet òg nemner. Det hindrar ingenting."],"year":2026}],"owed":false,"party":"Helse Fonna-området","rollup":{},"secretary":"Testperson Alfa","since":"2027-01-12","waiting_on":"FOUSAM","wanted":"","year":2026},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2028-01-01","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Kreft","parts_open":[],"possible":[],"receiver_duty":"FOUSAM","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Årsrapport frå fagleg nettverk"}','Levert: Årsrapport 2026 frå Kreft [KD-2027-0002.N6CVDVFJ]','<4g6jm9xmxgfq572nne8e426r@kursdeling.example>','N6CVDVFJ','',0,'sent','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z','2026-11-30T09:46:23Z','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z',1,250,'','878349a795b29d377a48e64366e2a6e0427ed8701e72b7bde0367c2903dee916',NULL,'caa45c8cae0efe85a62657fa416a5c28cd9d844612a1f9e278e53e071bdfa318');
INSERT INTO "letter" VALUES(6,5,1,'mail','1','deputy','kreft','kreft@stord.example','network_receipt','nn','{"acted_as":"nettverksleiar","acted_for":"Kreft","also":[],"answers":[],"borrower_name":"","course_name":"Årsrapport frå fagleg nettverk 2026: Kreft","done":[],"due":"2028-01-01","ends_on":"","event":"deliver","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"","deadline":"2027-01-31","delivered":"2027-01-12","deputy":"kreft@stord.example","faults":[],"form":[["Nettverk","Kreft"],["Rapport for år","2026"],["Ingen aktivitet",""],["Tiltak 1","Kurs"],["Satsingsområde","Tidleg innsats"],["Resultat","utført"],["Tiltak 2","Fagdag"],["Satsingsområde","Barn og unge"],["Resultat","delvis"],["Avvik (tal)","4"],["Flaskehalsar",""],["Forbetringsforslag",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":true,"kind":"report","late":false,"leader":"bodil@fonna.example","mail":"1","measures":2,"name":"Kreft","no_activity":false,"number":"KD-2027-0002","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Levert","unread":false,"version":1,"warnings":["Her står det ikkje noko om gradvis overføring, kompetanseutvikling, brukarmedverknad og rutinar og kriterium for tilvising, som mandatet òg nemner. Det hindrar ingenting."],"year":2026}],"owed":false,"party":"Kreft","rollup":{},"secretary":"Testperson Alfa","since":"2027-01-12","waiting_on":"FOUSAM","wanted":"","year":2026},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2028-01-01","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Kreft","parts_open":[],"possible":[],"receiver_duty":"nestleiar i nettverket","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Årsrapport frå fagleg nettverk"}','Takk for årsrapporten for 2026 frå Kreft [KD-2027-0002.YRQ7RR9H]','<nhtxrn2z6vj8nvcdwe38xx22@kursdeling.example>','YRQ7RR9H','',0,'sending','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z','2026-11-30T09:46:23Z','2027-01-12T08:00:00Z',NULL,1,250,'','7e368bb63224e57f28fd9201912f10a42b725bc87c40d947e4b5faf5b8f91abc',X'46726F6D3A202254657374706572736F6E20416C66612C20464F5553414D22203C6B75727364656C696E67406B75727364656C696E672E6578616D706C653E0D0A546F3A206B726566744073746F72642E6578616D706C650D0A5265706C792D546F3A202254657374706572736F6E20416C66612C20464F5553414D22203C6B75727364656C696E67406B75727364656C696E672E6578616D706C653E0D0A446174653A205475652C203132204A616E20323032372030383A30303A3030202B303030300D0A4D6573736167652D49443A203C6E687478726E327A36766A386E7663647765333878783232406B75727364656C696E672E6578616D706C653E0D0A5265666572656E6365733A203C6B642D323032372D30303032406B75727364656C696E672E6578616D706C653E0D0A4175746F2D5375626D69747465643A206175746F2D67656E6572617465640D0A582D4175746F2D526573706F6E73652D53757070726573733A20416C6C0D0A782D6D732D7265616374696F6E733A20646973616C6C6F770D0A582D4B75727364656C696E672D536974653A206B75727364656C696E672E6578616D706C650D0A5375626A6563743A203D3F7574662D383F623F564746726179426D623349677736567963334A6863484276636E526C6269426D623349674D6A41794E69426D3F3D0D0A203D3F7574662D383F623F63734F6C494574795A575A304946744C524330794D4449334C5441774D44497557564A524E314A534F5568643F3D0D0A436F6E74656E742D4C616E67756167653A206E6E0D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F616C7465726E61746976653B0D0A20626F756E646172793D223D5F33356637653733396561376465653232633937326665373661220D0A0D0A2D2D3D5F333566376537333965613764656532326339373266653736610D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A2071756F7465642D7072696E7461626C650D0A0D0A486569210D0A54616B6B2E2056692068617220663D43333D41357474203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B726566742E2048616E20626C6972203D0D0A72656B6E6120736F6D206C6576657274207479736461672031322E206A616E75617220323032372C206920746964652E0D0A566920686172206C65736520736B6A656D6165743A20322074696C74616B2E0D0A0D0A4D65726B3A204865722073743D43333D4135722064657420696B6B6A65206E6F6B6F206F6D2067726164766973206F766572663D43333D423872696E672C206B6F6D706574616E736575743D0D0A76696B6C696E672C206272756B61726D65647665726B6E6164206F6720727574696E6172206F67206B726974657269756D20666F722074696C766973696E672C20736F6D206D616E6461743D0D0A6574203D43333D423267206E656D6E65722E204465742068696E6472617220696E67656E74696E672E0D0A0D0A536B616C206E6F6B6F20726574746173743F2053656E642065696E206E7920766572736A6F6E20736F6D20737661722E205469646120666F722064656E20663D43333D42387273746520733D0D0A743D43333D4135722E0D0A0D0A48656C73696E672054657374706572736F6E20416C66612C20464F5553414D0D0A0D0A53703D43333D423872736D3D43333D41356C3F205374696C6C20646569206D65642073703D43333D4238726A657465696B6E2C20733D43333D4135206C657320464F5553414D206465692C3D0D0A206F6720696E67656E74696E6720626C69722072656B6E6120736F6D206C65766572742E0D0A0D0A48656C73696E67204B75727364656C696E67203D43323D4237206175746F6D617469736B2062726576203D43323D42372073656E64742074696C3A206E6573746C656961722069206E65743D0D0A747665726B65740D0A0D0A2D2D3D5F333566376537333965613764656532326339373266653736610D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A2071756F7465642D7072696E7461626C650D0A0D0A3C21444F43545950452068746D6C3E0D0A3C68746D6C206C616E673D3344226E6E223E0D0A3C686561643E0D0A3C6D65746120636861727365743D3344227574662D38223E0D0A3C6D657461206E616D653D33442276696577706F72742220636F6E74656E743D33442277696474683D33446465766963652D77696474682C20696E697469616C2D7363616C653D334431223D0D0A3E0D0A3C6D657461206E616D653D334422636F6C6F722D736368656D652220636F6E74656E743D3344226C69676874223E0D0A3C7469746C653E54616B6B20666F72203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B72656674205B4B442D323032372D303030322E5952513D0D0A37525239485D3C2F7469746C653E0D0A3C7374796C653E0D0A626F6479207B206D617267696E3A2030206175746F3B2070616464696E673A20313670783B206D61782D77696474683A203430656D3B20666F6E743A20313670782F312E3520417269616C3D0D0A2C2048656C7665746963612C2073616E732D73657269663B20636F6C6F723A20233166316631663B206261636B67726F756E642D636F6C6F723A20236666666666663B206F766572666C6F3D0D0A772D777261703A20616E7977686572653B207D0D0A6831207B206D617267696E3A2030203020313670783B20666F6E742D73697A653A20323270783B206C696E652D6865696768743A20312E333B207D0D0A6832207B206D617267696E3A2033327078203020313270783B2070616464696E672D746F703A20313670783B20626F726465722D746F703A2031707820736F6C696420233736373637363B3D0D0A20666F6E742D73697A653A20313970783B206C696E652D6865696768743A20312E333B207D0D0A6833207B206D617267696E3A20313670782030203870783B20666F6E742D73697A653A20313670783B207D0D0A702C20756C2C206F6C2C20626C6F636B71756F7465207B206D617267696E3A2030203020313470783B207D0D0A756C2C206F6C207B2070616464696E672D6C6566743A20323870783B207D0D0A6C69207B206D617267696E2D626F74746F6D3A203470783B207D0D0A626C6F636B71756F7465207B2070616464696E673A2032707820302032707820313470783B20626F726465722D6C6566743A2034707820736F6C696420233736373637363B207D0D0A626C6F636B71756F74652070207B206D617267696E3A20302030203870783B207D0D0A2E726F77207B206D617267696E3A20302030203870783B207D0D0A2E616E73776572207B20646973706C61793A20696E6C696E652D626C6F636B3B206D617267696E3A2030203870782038707820303B2070616464696E673A2039707820313670783B20626F3D0D0A726465723A2032707820736F6C696420233062346639653B20626F726465722D7261646975733A203670783B20636F6C6F723A20233062346639653B206261636B67726F756E642D636F6C3D0D0A6F723A20236666666666663B20666F6E742D7765696768743A20626F6C643B20746578742D6465636F726174696F6E3A20756E6465726C696E653B207D0D0A2E636C6F73696E67207B20636F6C6F723A20233464346434643B206261636B67726F756E642D636F6C6F723A20236666666666663B207D0D0A3C2F7374796C653E0D0A3C2F686561643E0D0A3C626F64793E0D0A3C68313E54616B6B20666F72203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B726566743C2F68313E0D0A3C703E486569213C62723E0D0A54616B6B2E2056692068617220663D43333D41357474203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B726566742E2048616E20626C6972203D0D0A72656B6E6120736F6D206C6576657274203C74696D65206461746574696D653D334422323032372D30312D3132223E7479736461672031322E206A616E75617220323032373C2F74696D653D0D0A3E2C206920746964652E3C62723E0D0A566920686172206C65736520736B6A656D6165743A20322074696C74616B2E3C2F703E0D0A3C703E4D65726B3A204865722073743D43333D4135722064657420696B6B6A65206E6F6B6F206F6D2067726164766973206F766572663D43333D423872696E672C206B6F6D706574616E733D0D0A65757476696B6C696E672C206272756B61726D65647665726B6E6164206F6720727574696E6172206F67206B726974657269756D20666F722074696C766973696E672C20736F6D206D616E3D0D0A6461746574203D43333D423267206E656D6E65722E204465742068696E6472617220696E67656E74696E672E3C2F703E0D0A3C703E536B616C206E6F6B6F20726574746173743F2053656E642065696E206E7920766572736A6F6E20736F6D20737661722E205469646120666F722064656E20663D43333D42387273743D0D0A652073743D43333D4135722E3C2F703E0D0A3C703E48656C73696E672054657374706572736F6E20416C66612C20464F5553414D3C2F703E0D0A3C703E53703D43333D423872736D3D43333D41356C3F205374696C6C20646569206D65642073703D43333D4238726A657465696B6E2C20733D43333D4135206C657320464F5553414D20643D0D0A65692C206F6720696E67656E74696E6720626C69722072656B6E6120736F6D206C65766572742E3C2F703E0D0A3C7020636C6173733D334422636C6F73696E67223E48656C73696E67204B75727364656C696E67203D43323D4237206175746F6D617469736B2062726576203D43323D42372073656E64743D0D0A2074696C3A206E6573746C656961722069206E6574747665726B65743C2F703E0D0A3C2F626F64793E0D0A3C2F68746D6C3E0D0A0D0A2D2D3D5F333566376537333965613764656532326339373266653736612D2D0D0A','e11c882964b1c62a4508077f5fccd8fb5ca2fd64f585d003147a5b4fb7969b99');
INSERT INTO "letter" VALUES(7,5,1,'mail','1','leader','kreft','bodil@fonna.example','network_receipt','nn','{"acted_as":"nettverksleiar","acted_for":"Kreft","also":[],"answers":[],"borrower_name":"","course_name":"Årsrapport frå fagleg nettverk 2026: Kreft","done":[],"due":"2028-01-01","ends_on":"","event":"deliver","extra":{"area_name":"Helse Fonna-området","bodies":{"fousam":"FOUSAM","su":"Samhandlingsutvalet (SU)"},"held_back":{},"networks":[{"chased_on":"","deadline":"2027-01-31","delivered":"2027-01-12","deputy":"kreft@stord.example","faults":[],"form":[["Nettverk","Kreft"],["Rapport for år","2026"],["Ingen aktivitet",""],["Tiltak 1","Kurs"],["Satsingsområde","Tidleg innsats"],["Resultat","utført"],["Tiltak 2","Fagdag"],["Satsingsområde","Barn og unge"],["Resultat","delvis"],["Avvik (tal)","4"],["Flaskehalsar",""],["Forbetringsforslag",""],["Gradvis overføring",""],["Kompetanseutvikling",""],["Brukarmedverknad",""],["Rutinar og kriterium for tilvising",""],["Anna",""]],"in_time":true,"kind":"report","late":false,"leader":"bodil@fonna.example","mail":"1","measures":2,"name":"Kreft","no_activity":false,"number":"KD-2027-0002","priority_areas":["Tidleg innsats","Barn og unge"],"state":"Levert","unread":false,"version":1,"warnings":["Her står det ikkje noko om gradvis overføring, kompetanseutvikling, brukarmedverknad og rutinar og kriterium for tilvising, som mandatet òg nemner. Det hindrar ingenting."],"year":2026}],"owed":false,"party":"Kreft","rollup":{},"secretary":"Testperson Alfa","since":"2027-01-12","waiting_on":"FOUSAM","wanted":"","year":2026},"fault_labels":[],"faults":[],"fine":0,"form":[],"intended_duty":"","kept":{},"label":"","lapses_on":"2028-01-01","licence":"","link":"","not_done":[],"note":"","opinions":[],"owner_name":"Kreft","parts_open":[],"possible":[],"receiver_duty":"nettverksleiar","remark":"","requester_name":"Helse Fonna-området","short_name":"","similar":[],"state_title":"Levert","total":11,"undo":"","warned_on":"","warnings":[],"workflow_title":"Årsrapport frå fagleg nettverk"}','Takk for årsrapporten for 2026 frå Kreft [KD-2027-0002.EY71T7P6]','<wmmanggg6xhx80zpsv77914k@kursdeling.example>','EY71T7P6','<m1@fonna.example>',1,'sending','2027-01-12T08:00:00Z','2027-01-12T08:00:00Z','2026-11-30T09:46:23Z','2027-01-12T08:00:00Z',NULL,1,250,'','04b33ae27f84da2e45e09e7183c3fc07510d995d1ddd7a06a05dac3ad14237f5',X'46726F6D3A202254657374706572736F6E20416C66612C20464F5553414D22203C6B75727364656C696E67406B75727364656C696E672E6578616D706C653E0D0A546F3A20626F64696C40666F6E6E612E6578616D706C650D0A5265706C792D546F3A202254657374706572736F6E20416C66612C20464F5553414D22203C6B75727364656C696E67406B75727364656C696E672E6578616D706C653E0D0A446174653A205475652C203132204A616E20323032372030383A30303A3030202B303030300D0A4D6573736167652D49443A203C776D6D616E6767673678687838307A70737637373931346B406B75727364656C696E672E6578616D706C653E0D0A496E2D5265706C792D546F3A203C6D3140666F6E6E612E6578616D706C653E0D0A5265666572656E6365733A203C6B642D323032372D30303032406B75727364656C696E672E6578616D706C653E0D0A203C6D3140666F6E6E612E6578616D706C653E0D0A4175746F2D5375626D69747465643A206175746F2D7265706C6965640D0A582D4175746F2D526573706F6E73652D53757070726573733A20416C6C0D0A782D6D732D7265616374696F6E733A20646973616C6C6F770D0A582D4B75727364656C696E672D536974653A206B75727364656C696E672E6578616D706C650D0A5375626A6563743A203D3F7574662D383F623F564746726179426D623349677736567963334A6863484276636E526C6269426D623349674D6A41794E69426D3F3D0D0A203D3F7574662D383F623F63734F6C494574795A575A304946744C524330794D4449334C5441774D44497552566B334D56513355445A643F3D0D0A436F6E74656E742D4C616E67756167653A206E6E0D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F616C7465726E61746976653B0D0A20626F756E646172793D223D5F61363635613963373962373937303764393034373238383961220D0A0D0A2D2D3D5F613636356139633739623739373037643930343732383839610D0A436F6E74656E742D547970653A20746578742F706C61696E3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A2071756F7465642D7072696E7461626C650D0A0D0A486569210D0A54616B6B2E2056692068617220663D43333D41357474203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B726566742E2048616E20626C6972203D0D0A72656B6E6120736F6D206C6576657274207479736461672031322E206A616E75617220323032372C206920746964652E0D0A566920686172206C65736520736B6A656D6165743A20322074696C74616B2E0D0A0D0A4D65726B3A204865722073743D43333D4135722064657420696B6B6A65206E6F6B6F206F6D2067726164766973206F766572663D43333D423872696E672C206B6F6D706574616E736575743D0D0A76696B6C696E672C206272756B61726D65647665726B6E6164206F6720727574696E6172206F67206B726974657269756D20666F722074696C766973696E672C20736F6D206D616E6461743D0D0A6574203D43333D423267206E656D6E65722E204465742068696E6472617220696E67656E74696E672E0D0A0D0A536B616C206E6F6B6F20726574746173743F2053656E642065696E206E7920766572736A6F6E20736F6D20737661722E205469646120666F722064656E20663D43333D42387273746520733D0D0A743D43333D4135722E0D0A0D0A48656C73696E672054657374706572736F6E20416C66612C20464F5553414D0D0A0D0A53703D43333D423872736D3D43333D41356C3F205374696C6C20646569206D65642073703D43333D4238726A657465696B6E2C20733D43333D4135206C657320464F5553414D206465692C3D0D0A206F6720696E67656E74696E6720626C69722072656B6E6120736F6D206C65766572742E0D0A0D0A48656C73696E67204B75727364656C696E67203D43323D4237206175746F6D617469736B2062726576203D43323D42372073656E64742074696C3A206E6574747665726B736C656961720D0A0D0A2D2D3D5F613636356139633739623739373037643930343732383839610D0A436F6E74656E742D547970653A20746578742F68746D6C3B20636861727365743D227574662D38220D0A436F6E74656E742D5472616E736665722D456E636F64696E673A2071756F7465642D7072696E7461626C650D0A0D0A3C21444F43545950452068746D6C3E0D0A3C68746D6C206C616E673D3344226E6E223E0D0A3C686561643E0D0A3C6D65746120636861727365743D3344227574662D38223E0D0A3C6D657461206E616D653D33442276696577706F72742220636F6E74656E743D33442277696474683D33446465766963652D77696474682C20696E697469616C2D7363616C653D334431223D0D0A3E0D0A3C6D657461206E616D653D334422636F6C6F722D736368656D652220636F6E74656E743D3344226C69676874223E0D0A3C7469746C653E54616B6B20666F72203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B72656674205B4B442D323032372D303030322E4559373D0D0A31543750365D3C2F7469746C653E0D0A3C7374796C653E0D0A626F6479207B206D617267696E3A2030206175746F3B2070616464696E673A20313670783B206D61782D77696474683A203430656D3B20666F6E743A20313670782F312E3520417269616C3D0D0A2C2048656C7665746963612C2073616E732D73657269663B20636F6C6F723A20233166316631663B206261636B67726F756E642D636F6C6F723A20236666666666663B206F766572666C6F3D0D0A772D777261703A20616E7977686572653B207D0D0A6831207B206D617267696E3A2030203020313670783B20666F6E742D73697A653A20323270783B206C696E652D6865696768743A20312E333B207D0D0A6832207B206D617267696E3A2033327078203020313270783B2070616464696E672D746F703A20313670783B20626F726465722D746F703A2031707820736F6C696420233736373637363B3D0D0A20666F6E742D73697A653A20313970783B206C696E652D6865696768743A20312E333B207D0D0A6833207B206D617267696E3A20313670782030203870783B20666F6E742D73697A653A20313670783B207D0D0A702C20756C2C206F6C2C20626C6F636B71756F7465207B206D617267696E3A2030203020313470783B207D0D0A756C2C206F6C207B2070616464696E672D6C6566743A20323870783B207D0D0A6C69207B206D617267696E2D626F74746F6D3A203470783B207D0D0A626C6F636B71756F7465207B2070616464696E673A2032707820302032707820313470783B20626F726465722D6C6566743A2034707820736F6C696420233736373637363B207D0D0A626C6F636B71756F74652070207B206D617267696E3A20302030203870783B207D0D0A2E726F77207B206D617267696E3A20302030203870783B207D0D0A2E616E73776572207B20646973706C61793A20696E6C696E652D626C6F636B3B206D617267696E3A2030203870782038707820303B2070616464696E673A2039707820313670783B20626F3D0D0A726465723A2032707820736F6C696420233062346639653B20626F726465722D7261646975733A203670783B20636F6C6F723A20233062346639653B206261636B67726F756E642D636F6C3D0D0A6F723A20236666666666663B20666F6E742D7765696768743A20626F6C643B20746578742D6465636F726174696F6E3A20756E6465726C696E653B207D0D0A2E636C6F73696E67207B20636F6C6F723A20233464346434643B206261636B67726F756E642D636F6C6F723A20236666666666663B207D0D0A3C2F7374796C653E0D0A3C2F686561643E0D0A3C626F64793E0D0A3C68313E54616B6B20666F72203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B726566743C2F68313E0D0A3C703E486569213C62723E0D0A54616B6B2E2056692068617220663D43333D41357474203D43333D41357273726170706F7274656E20666F7220323032362066723D43333D4135204B726566742E2048616E20626C6972203D0D0A72656B6E6120736F6D206C6576657274203C74696D65206461746574696D653D334422323032372D30312D3132223E7479736461672031322E206A616E75617220323032373C2F74696D653D0D0A3E2C206920746964652E3C62723E0D0A566920686172206C65736520736B6A656D6165743A20322074696C74616B2E3C2F703E0D0A3C703E4D65726B3A204865722073743D43333D4135722064657420696B6B6A65206E6F6B6F206F6D2067726164766973206F766572663D43333D423872696E672C206B6F6D706574616E733D0D0A65757476696B6C696E672C206272756B61726D65647665726B6E6164206F6720727574696E6172206F67206B726974657269756D20666F722074696C766973696E672C20736F6D206D616E3D0D0A6461746574203D43333D423267206E656D6E65722E204465742068696E6472617220696E67656E74696E672E3C2F703E0D0A3C703E536B616C206E6F6B6F20726574746173743F2053656E642065696E206E7920766572736A6F6E20736F6D20737661722E205469646120666F722064656E20663D43333D42387273743D0D0A652073743D43333D4135722E3C2F703E0D0A3C703E48656C73696E672054657374706572736F6E20416C66612C20464F5553414D3C2F703E0D0A3C703E53703D43333D423872736D3D43333D41356C3F205374696C6C20646569206D65642073703D43333D4238726A657465696B6E2C20733D43333D4135206C657320464F5553414D20643D0D0A65692C206F6720696E67656E74696E6720626C69722072656B6E6120736F6D206C65766572742E3C2F703E0D0A3C7020636C6173733D334422636C6F73696E67223E48656C73696E67204B75727364656C696E67203D43323D4237206175746F6D617469736B2062726576203D43323D42372073656E64743D0D0A2074696C3A206E6574747665726B736C656961723C2F703E0D0A3C2F626F64793E0D0A3C2F68746D6C3E0D0A0D0A2D2D3D5F613636356139633739623739373037643930343732383839612D2D0D0A','8d577f973ca413fcf1b6fdf157b9a6d758d947bfae13522477a29c5070e8ac50');
CREATE TABLE letter_delay ( letter INTEGER NOT NULL, since VARCHAR NOT NULL, CONSTRAINT
pk_letter_delay PRIMARY KEY (letter), CONSTRAINT fk_letter_delay_letter FOREIGN KEY(letter)
REFERENCES letter (id) );
CREATE TABLE link_check ( url VARCHAR NOT NULL, state VARCHAR NOT NULL, why VARCHAR NOT NULL,
detail VARCHAR NOT NULL, checked_at VARCHAR NOT NULL, failing_since VARCHAR, broken_since VARCHAR,
CONSTRAINT pk_link_check PRIMARY KEY (url), CONSTRAINT ck_link_check_state CHECK (state IN
('alive', 'failing', 'unknown')) );
CREATE TABLE link_host ( host VARCHAR NOT NULL, free_at VARCHAR NOT NULL, CONSTRAINT pk_link_host
PRIMARY KEY (host) );
CREATE TABLE mail_claim ( message_id VARCHAR NOT NULL, digest VARCHAR NOT NULL, inbox INTEGER NOT
NULL, CONSTRAINT pk_mail_claim PRIMARY KEY (message_id), CONSTRAINT fk_mail_claim_inbox FOREIGN
KEY(inbox) REFERENCES inbox (id) );
INSERT INTO "mail_claim" VALUES('<m1@fonna.example>','fe1537ee0dd2038f1a3442491b0ac652020fe4072170a71cdcc5669ce691ed30',1);
CREATE TABLE mailbox_mark ( mailbox VARCHAR NOT NULL, validity BIGINT NOT NULL, last BIGINT NOT
NULL, at VARCHAR NOT NULL, CONSTRAINT pk_mailbox_mark PRIMARY KEY (mailbox) );
CREATE TABLE morning ( day VARCHAR NOT NULL, at VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL,
CONSTRAINT pk_morning PRIMARY KEY (day) );
INSERT INTO "morning" VALUES('2026-12-31','2027-01-02T08:00:00Z','2026-11-30T09:46:23Z');
CREATE TABLE morning_item ( letter INTEGER NOT NULL, number INTEGER NOT NULL, kind VARCHAR NOT
NULL, subject VARCHAR NOT NULL, CONSTRAINT pk_morning_item PRIMARY KEY (letter, number),
CONSTRAINT ck_morning_item_kind CHECK (kind IN ('late', 'unread', 'unclear', 'stranger', 'bounce',
'dead', 'stuck', 'link', 'held', 'chaser')), CONSTRAINT fk_morning_item_letter FOREIGN KEY(letter)
REFERENCES letter (id) );
CREATE TABLE network ( id VARCHAR NOT NULL, area VARCHAR NOT NULL, mandate VARCHAR NOT NULL,
decided_on VARCHAR NOT NULL, since VARCHAR NOT NULL, closed_on VARCHAR, CONSTRAINT pk_network
PRIMARY KEY (id), CONSTRAINT ck_network_period CHECK (closed_on IS NULL OR closed_on >= since),
CONSTRAINT ck_network_decided CHECK (decided_on <> ''), CONSTRAINT fk_network_id FOREIGN KEY(id)
REFERENCES party (id), CONSTRAINT fk_network_area FOREIGN KEY(area) REFERENCES area (id) );
INSERT INTO "network" VALUES('demens','helse-fonna','','2015-01-01','2026-08-20',NULL);
INSERT INTO "network" VALUES('rehabilitering','helse-fonna','','2015-01-01','2026-08-20',NULL);
INSERT INTO "network" VALUES('kreft','helse-fonna','','2015-01-01','2026-08-20',NULL);
CREATE TABLE network_member ( network VARCHAR NOT NULL, party VARCHAR NOT NULL, named VARCHAR NOT
NULL, CONSTRAINT pk_network_member PRIMARY KEY (network, party), CONSTRAINT
fk_network_member_network FOREIGN KEY(network) REFERENCES network (id), CONSTRAINT
fk_network_member_party FOREIGN KEY(party) REFERENCES party (id) );
INSERT INTO "network_member" VALUES('demens','fonna','');
INSERT INTO "network_member" VALUES('demens','1106','');
INSERT INTO "network_member" VALUES('demens','1134','');
INSERT INTO "network_member" VALUES('demens','1135','');
INSERT INTO "network_member" VALUES('demens','1145','');
INSERT INTO "network_member" VALUES('demens','1146','');
INSERT INTO "network_member" VALUES('demens','1149','');
INSERT INTO "network_member" VALUES('demens','1151','');
INSERT INTO "network_member" VALUES('demens','1160','');
INSERT INTO "network_member" VALUES('demens','4611','');
INSERT INTO "network_member" VALUES('demens','4612','');
INSERT INTO "network_member" VALUES('demens','4613','');
INSERT INTO "network_member" VALUES('demens','4614','');
INSERT INTO "network_member" VALUES('demens','4615','');
INSERT INTO "network_member" VALUES('demens','4616','');
INSERT INTO "network_member" VALUES('demens','4617','');
INSERT INTO "network_member" VALUES('demens','4618','');
INSERT INTO "network_member" VALUES('rehabilitering','fonna','');
INSERT INTO "network_member" VALUES('rehabilitering','1106','');
INSERT INTO "network_member" VALUES('rehabilitering','1134','');
INSERT INTO "network_member" VALUES('rehabilitering','1135','');
INSERT INTO "network_member" VALUES('rehabilitering','1145','');
INSERT INTO "network_member" VALUES('rehabilitering','1146','');
INSERT INTO "network_member" VALUES('rehabilitering','1149','');
INSERT INTO "network_member" VALUES('rehabilitering','1151','');
INSERT INTO "network_member" VALUES('rehabilitering','1160','');
INSERT INTO "network_member" VALUES('rehabilitering','4611','');
INSERT INTO "network_member" VALUES('rehabilitering','4612','');
INSERT INTO "network_member" VALUES('rehabilitering','4613','');
INSERT INTO "network_member" VALUES('rehabilitering','4614','');
INSERT INTO "network_member" VALUES('rehabilitering','4615','');
INSERT INTO "network_member" VALUES('rehabilitering','4616','');
INSERT INTO "network_member" VALUES('rehabilitering','4617','');
INSERT INTO "network_member" VALUES('rehabilitering','4618','');
INSERT INTO "network_member" VALUES('kreft','fonna','');
INSERT INTO "network_member" VALUES('kreft','1106','');
INSERT INTO "network_member" VALUES('kreft','1134','');
INSERT INTO "network_member" VALUES('kreft','1135','');
INSERT INTO "network_member" VALUES('kreft','1145','');
INSERT INTO "network_member" VALUES('kreft','1146','');
INSERT INTO "network_member" VALUES('kreft','1149','');
INSERT INTO "network_member" VALUES('kreft','1151','');
INSERT INTO "network_member" VALUES('kreft','1160','');
INSERT INTO "network_member" VALUES('kreft','4611','');
INSERT INTO "network_member" VALUES('kreft','4612','');
INSERT INTO "network_member" VALUES('kreft','4613','');
INSERT INTO "network_member" VALUES('kreft','4614','');
INSERT INTO "network_member" VALUES('kreft','4615','');
INSERT INTO "network_member" VALUES('kreft','4616','');
INSERT INTO "network_member" VALUES('kreft','4617','');
INSERT INTO "network_member" VALUES('kreft','4618','');
CREATE TABLE network_seat ( contact INTEGER NOT NULL, organisation VARCHAR NOT NULL, CONSTRAINT
pk_network_seat PRIMARY KEY (contact), CONSTRAINT fk_network_seat_contact FOREIGN KEY(contact)
REFERENCES contact (id), CONSTRAINT fk_network_seat_organisation FOREIGN KEY(organisation)
REFERENCES party (id) );
INSERT INTO "network_seat" VALUES(9,'1149');
INSERT INTO "network_seat" VALUES(10,'fonna');
INSERT INTO "network_seat" VALUES(11,'1149');
INSERT INTO "network_seat" VALUES(12,'fonna');
INSERT INTO "network_seat" VALUES(13,'fonna');
INSERT INTO "network_seat" VALUES(14,'4614');
CREATE TABLE network_task ( id INTEGER NOT NULL, network VARCHAR NOT NULL, kind VARCHAR NOT NULL,
text VARCHAR NOT NULL, since VARCHAR NOT NULL, ends_on VARCHAR NOT NULL, done_on VARCHAR,
CONSTRAINT pk_network_task PRIMARY KEY (id), CONSTRAINT ck_network_task_kind CHECK (kind IN
('assignment', 'work_group')), CONSTRAINT fk_network_task_network FOREIGN KEY(network) REFERENCES
network (id) );
CREATE TABLE party ( id VARCHAR NOT NULL, kind VARCHAR NOT NULL, side VARCHAR NOT NULL, name
VARCHAR NOT NULL, written_standard VARCHAR NOT NULL, organisation_number VARCHAR NOT NULL,
CONSTRAINT pk_party PRIMARY KEY (id), CONSTRAINT ck_party_side CHECK (side IN ('trust',
'municipal', 'joint')), CONSTRAINT ck_party_written_standard CHECK (written_standard IN ('nb',
'nn', 'neutral')) );
INSERT INTO "party" VALUES('hso','region','trust','Helse Sør-Øst RHF','neutral','991324968');
INSERT INTO "party" VALUES('ahus','trust','trust','Akershus universitetssykehus HF','nb','983971636');
INSERT INTO "party" VALUES('ous','trust','trust','Oslo universitetssykehus HF','neutral','993467049');
INSERT INTO "party" VALUES('sunnaas','trust','trust','Sunnaas sykehus HF','neutral','883971752');
INSERT INTO "party" VALUES('si','trust','trust','Sykehuset Innlandet HF','neutral','983971709');
INSERT INTO "party" VALUES('siv','trust','trust','Sykehuset i Vestfold HF','neutral','983975259');
INSERT INTO "party" VALUES('sthf','trust','trust','Sykehuset Telemark HF','neutral','983975267');
INSERT INTO "party" VALUES('so','trust','trust','Sykehuset Østfold HF','nb','983971768');
INSERT INTO "party" VALUES('sshf','trust','trust','Sørlandet sykehus HF','neutral','983975240');
INSERT INTO "party" VALUES('vv','trust','trust','Vestre Viken HF','nb','894166762');
INSERT INTO "party" VALUES('sa','trust','trust','Sykehusapotekene HF','neutral','992281618');
INSERT INTO "party" VALUES('sykehuspartner','supplier','trust','Sykehuspartner HF','neutral','914637651');
INSERT INTO "party" VALUES('ks','association','municipal','KS','neutral','');
INSERT INTO "party" VALUES('ks-laering','platform','municipal','KS Læring','neutral','');
INSERT INTO "party" VALUES('0301','municipality','municipal','Oslo kommune','neutral','958935420');
INSERT INTO "party" VALUES('1101','municipality','municipal','Eigersund kommune','nb','944496394');
INSERT INTO "party" VALUES('1103','municipality','municipal','Stavanger kommune','neutral','964965226');
INSERT INTO "party" VALUES('1106','municipality','municipal','Haugesund kommune','neutral','944073787');
INSERT INTO "party" VALUES('1108','municipality','municipal','Sandnes kommune','neutral','964965137');
INSERT INTO "party" VALUES('1111','municipality','municipal','Sokndal kommune','neutral','964965692');
INSERT INTO "party" VALUES('1112','municipality','municipal','Lund kommune','neutral','964966486');
INSERT INTO "party" VALUES('1114','municipality','municipal','Bjerkreim kommune','nn','970490361');
INSERT INTO "party" VALUES('1119','municipality','municipal','Hå kommune','neutral','964969590');
INSERT INTO "party" VALUES('1120','municipality','municipal','Klepp kommune','nn','864969682');
INSERT INTO "party" VALUES('1121','municipality','municipal','Time kommune','nn','859223672');
INSERT INTO "party" VALUES('1122','municipality','municipal','Gjesdal kommune','neutral','964978573');
INSERT INTO "party" VALUES('1124','municipality','municipal','Sola kommune','neutral','948243113');
INSERT INTO "party" VALUES('1127','municipality','municipal','Randaberg kommune','neutral','934945514');
INSERT INTO "party" VALUES('1130','municipality','municipal','Strand kommune','neutral','964978751');
INSERT INTO "party" VALUES('1133','municipality','municipal','Hjelmeland kommune','nn','864979092');
INSERT INTO "party" VALUES('1134','municipality','municipal','Suldal kommune','nn','964979189');
INSERT INTO "party" VALUES('1135','municipality','municipal','Sauda kommune','nn','964979367');
INSERT INTO "party" VALUES('1144','municipality','municipal','Kvitsøy kommune','neutral','964979634');
INSERT INTO "party" VALUES('1145','municipality','municipal','Bokn kommune','nn','964979723');
INSERT INTO "party" VALUES('1146','municipality','municipal','Tysvær kommune','neutral','964979812');
INSERT INTO "party" VALUES('1149','municipality','municipal','Karmøy kommune','neutral','940791901');
INSERT INTO "party" VALUES('1151','municipality','municipal','Utsira kommune','neutral','964979901');
INSERT INTO "party" VALUES('1160','municipality','municipal','Vindafjord kommune','nn','988893226');
INSERT INTO "party" VALUES('1505','municipality','municipal','Kristiansund kommune','neutral','991891919');
INSERT INTO "party" VALUES('1506','municipality','municipal','Molde kommune','neutral','921221967');
INSERT INTO "party" VALUES('1508','municipality','municipal','Ålesund kommune','neutral','920415288');
INSERT INTO "party" VALUES('1511','municipality','municipal','Vanylven kommune','nn','964978662');
INSERT INTO "party" VALUES('1514','municipality','municipal','Sande kommune','nn','822534422');
INSERT INTO "party" VALUES('1515','municipality','municipal','Herøy kommune','nn','964978840');
INSERT INTO "party" VALUES('1516','municipality','municipal','Ulstein kommune','nn','964979456');
INSERT INTO "party" VALUES('1517','municipality','municipal','Hareid kommune','nn','964979278');
INSERT INTO "party" VALUES('1520','municipality','municipal','Ørsta kommune','nn','939461450');
INSERT INTO "party" VALUES('1525','municipality','municipal','Stranda kommune','nn','964980098');
INSERT INTO "party" VALUES('1528','municipality','municipal','Sykkylven kommune','nn','964980365');
INSERT INTO "party" VALUES('1531','municipality','municipal','Sula kommune','nn','964980543');
INSERT INTO "party" VALUES('1532','municipality','municipal','Giske kommune','nn','964980721');
INSERT INTO "party" VALUES('1535','municipality','municipal','Vestnes kommune','neutral','939901965');
INSERT INTO "party" VALUES('1539','municipality','municipal','Rauma kommune','neutral','864980902');
INSERT INTO "party" VALUES('1547','municipality','municipal','Aukra kommune','nn','964981337');
INSERT INTO "party" VALUES('1554','municipality','municipal','Averøy kommune','neutral','962378064');
INSERT INTO "party" VALUES('1557','municipality','municipal','Gjemnes kommune','neutral','964981426');
INSERT INTO "party" VALUES('1560','municipality','municipal','Tingvoll kommune','neutral','964981515');
INSERT INTO "party" VALUES('1563','municipality','municipal','Sunndal kommune','neutral','964981604');
INSERT INTO "party" VALUES('1566','municipality','municipal','Surnadal kommune','nn','964981892');
INSERT INTO "party" VALUES('1573','municipality','municipal','Smøla kommune','neutral','945012986');
INSERT INTO "party" VALUES('1576','municipality','municipal','Aure kommune','neutral','988913898');
INSERT INTO "party" VALUES('1577','municipality','municipal','Volda kommune','nn','939760946');
INSERT INTO "party" VALUES('1578','municipality','municipal','Fjord kommune','nn','921891687');
INSERT INTO "party" VALUES('1579','municipality','municipal','Hustadvika kommune','neutral','921133642');
INSERT INTO "party" VALUES('1580','municipality','municipal','Haram kommune','nn','');
INSERT INTO "party" VALUES('1804','municipality','municipal','Bodø kommune','neutral','972418013');
INSERT INTO "party" VALUES('1806','municipality','municipal','Narvik kommune','neutral','959469059');
INSERT INTO "party" VALUES('1811','municipality','municipal','Bindal kommune','nb','964983380');
INSERT INTO "party" VALUES('1812','municipality','municipal','Sømna kommune','nb','944810277');
INSERT INTO "party" VALUES('1813','municipality','municipal','Brønnøy kommune','neutral','964983291');
INSERT INTO "party" VALUES('1815','municipality','municipal','Vega kommune','nb','941017975');
INSERT INTO "party" VALUES('1816','municipality','municipal','Vevelstad kommune','nb','940651034');
INSERT INTO "party" VALUES('1818','municipality','municipal','Herøy kommune','nb','872417982');
INSERT INTO "party" VALUES('1820','municipality','municipal','Alstahaug kommune','neutral','938712441');
INSERT INTO "party" VALUES('1822','municipality','municipal','Leirfjord kommune','neutral','945034572');
INSERT INTO "party" VALUES('1824','municipality','municipal','Vefsn kommune','neutral','844824122');
INSERT INTO "party" VALUES('1825','municipality','municipal','Grane kommune','neutral','940643112');
INSERT INTO "party" VALUES('1826','municipality','municipal','Hattfjelldal kommune','neutral','944716904');
INSERT INTO "party" VALUES('1827','municipality','municipal','Dønna kommune','nb','945114878');
INSERT INTO "party" VALUES('1828','municipality','municipal','Nesna kommune','nb','939600515');
INSERT INTO "party" VALUES('1832','municipality','municipal','Hemnes kommune','neutral','846316442');
INSERT INTO "party" VALUES('1833','municipality','municipal','Rana kommune','neutral','872418032');
INSERT INTO "party" VALUES('1834','municipality','municipal','Lurøy kommune','nb','940667852');
INSERT INTO "party" VALUES('1835','municipality','municipal','Træna kommune','nb','940192692');
INSERT INTO "party" VALUES('1836','municipality','municipal','Rødøy kommune','neutral','945717173');
INSERT INTO "party" VALUES('1837','municipality','municipal','Meløy kommune','nb','970189866');
INSERT INTO "party" VALUES('1838','municipality','municipal','Gildeskål kommune','neutral','845901422');
INSERT INTO "party" VALUES('1839','municipality','municipal','Beiarn kommune','nb','961147867');
INSERT INTO "party" VALUES('1840','municipality','municipal','Saltdal kommune','nb','972417734');
INSERT INTO "party" VALUES('1841','municipality','municipal','Fauske kommune','nb','972418021');
INSERT INTO "party" VALUES('1845','municipality','municipal','Sørfold kommune','nb','972417750');
INSERT INTO "party" VALUES('1848','municipality','municipal','Steigen kommune','nb','962299385');
INSERT INTO "party" VALUES('1851','municipality','municipal','Lødingen kommune','nb','945468661');
INSERT INTO "party" VALUES('1853','municipality','municipal','Evenes kommune','nb','940642140');
INSERT INTO "party" VALUES('1856','municipality','municipal','Røst kommune','nb','945037687');
INSERT INTO "party" VALUES('1857','municipality','municipal','Værøy kommune','nb','964994307');
INSERT INTO "party" VALUES('1859','municipality','municipal','Flakstad kommune','neutral','863320852');
INSERT INTO "party" VALUES('1860','municipality','municipal','Vestvågøy kommune','neutral','942570619');
INSERT INTO "party" VALUES('1865','municipality','municipal','Vågan kommune','neutral','938644500');
INSERT INTO "party" VALUES('1866','municipality','municipal','Hadsel kommune','nb','958501420');
INSERT INTO "party" VALUES('1867','municipality','municipal','Bø kommune','neutral','945452676');
INSERT INTO "party" VALUES('1868','municipality','municipal','Øksnes kommune','neutral','845152012');
INSERT INTO "party" VALUES('1870','municipality','municipal','Sortland kommune','neutral','847737492');
INSERT INTO "party" VALUES('1871','municipality','municipal','Andøy kommune','neutral','945624809');
INSERT INTO "party" VALUES('1874','municipality','municipal','Moskenes kommune','neutral','945962151');
INSERT INTO "party" VALUES('1875','municipality','municipal','Hamarøy kommune','neutral','970542507');
INSERT INTO "party" VALUES('3101','municipality','municipal','Halden kommune','nb','959159092');
INSERT INTO "party" VALUES('3103','municipality','municipal','Moss kommune','neutral','920817521');
INSERT INTO "party" VALUES('3105','municipality','municipal','Sarpsborg kommune','nb','938801363');
INSERT INTO "party" VALUES('3107','municipality','municipal','Fredrikstad kommune','nb','940039541');
INSERT INTO "party" VALUES('3110','municipality','municipal','Hvaler kommune','nb','964947082');
INSERT INTO "party" VALUES('3112','municipality','municipal','Råde kommune','nb','940802652');
INSERT INTO "party" VALUES('3114','municipality','municipal','Våler kommune','nb','959272581');
INSERT INTO "party" VALUES('3116','municipality','municipal','Skiptvet kommune','nb','941962726');
INSERT INTO "party" VALUES('3118','municipality','municipal','Indre Østfold kommune','nb','920123899');
INSERT INTO "party" VALUES('3120','municipality','municipal','Rakkestad kommune','nb','945372281');
INSERT INTO "party" VALUES('3122','municipality','municipal','Marker kommune','nb','964944334');
INSERT INTO "party" VALUES('3124','municipality','municipal','Aremark kommune','nb','940875560');
INSERT INTO "party" VALUES('3201','municipality','municipal','Bærum kommune','nb','935478715');
INSERT INTO "party" VALUES('3203','municipality','municipal','Asker kommune','neutral','920125298');
INSERT INTO "party" VALUES('3205','municipality','municipal','Lillestrøm kommune','neutral','820710592');
INSERT INTO "party" VALUES('3207','municipality','municipal','Nordre Follo kommune','neutral','922092648');
INSERT INTO "party" VALUES('3209','municipality','municipal','Ullensaker kommune','nb','933649768');
INSERT INTO "party" VALUES('3212','municipality','municipal','Nesodden kommune','nb','944383565');
INSERT INTO "party" VALUES('3214','municipality','municipal','Frogn kommune','nb','963999089');
INSERT INTO "party" VALUES('3216','municipality','municipal','Vestby kommune','nb','943485437');
INSERT INTO "party" VALUES('3218','municipality','municipal','Ås kommune','neutral','964948798');
INSERT INTO "party" VALUES('3220','municipality','municipal','Enebakk kommune','nb','964949581');
INSERT INTO "party" VALUES('3222','municipality','municipal','Lørenskog kommune','neutral','842566142');
INSERT INTO "party" VALUES('3224','municipality','municipal','Rælingen kommune','neutral','952540556');
INSERT INTO "party" VALUES('3226','municipality','municipal','Aurskog-Høland kommune','neutral','948164256');
INSERT INTO "party" VALUES('3228','municipality','municipal','Nes kommune','nb','938679088');
INSERT INTO "party" VALUES('3230','municipality','municipal','Gjerdrum kommune','nb','864949762');
INSERT INTO "party" VALUES('3232','municipality','municipal','Nittedal kommune','nb','971643870');
INSERT INTO "party" VALUES('3234','municipality','municipal','Lunner kommune','nb','961381452');
INSERT INTO "party" VALUES('3236','municipality','municipal','Jevnaker kommune','nb','961381363');
INSERT INTO "party" VALUES('3238','municipality','municipal','Nannestad kommune','nb','964950202');
INSERT INTO "party" VALUES('3240','municipality','municipal','Eidsvoll kommune','nb','964950113');
INSERT INTO "party" VALUES('3242','municipality','municipal','Hurdal kommune','nb','939780777');
INSERT INTO "party" VALUES('3301','municipality','municipal','Drammen kommune','neutral','921234554');
INSERT INTO "party" VALUES('3303','municipality','municipal','Kongsberg kommune','nb','942402465');
INSERT INTO "party" VALUES('3305','municipality','municipal','Ringerike kommune','nb','940100925');
INSERT INTO "party" VALUES('3310','municipality','municipal','Hole kommune','nb','960010833');
INSERT INTO "party" VALUES('3312','municipality','municipal','Lier kommune','nb','857566122');
INSERT INTO "party" VALUES('3314','municipality','municipal','Øvre Eiker kommune','nb','954597482');
INSERT INTO "party" VALUES('3316','municipality','municipal','Modum kommune','nb','970491589');
INSERT INTO "party" VALUES('3318','municipality','municipal','Krødsherad kommune','neutral','964962855');
INSERT INTO "party" VALUES('3320','municipality','municipal','Flå kommune','nb','964951462');
INSERT INTO "party" VALUES('3322','municipality','municipal','Nesbyen kommune','nb','964951640');
INSERT INTO "party" VALUES('3324','municipality','municipal','Gol kommune','nn','964952612');
INSERT INTO "party" VALUES('3326','municipality','municipal','Hemsedal kommune','nn','964952701');
INSERT INTO "party" VALUES('3328','municipality','municipal','Ål kommune','nn','864952992');
INSERT INTO "party" VALUES('3330','municipality','municipal','Hol kommune','neutral','944889116');
INSERT INTO "party" VALUES('3332','municipality','municipal','Sigdal kommune','nb','964962766');
INSERT INTO "party" VALUES('3334','municipality','municipal','Flesberg kommune','nb','940898862');
INSERT INTO "party" VALUES('3336','municipality','municipal','Rollag kommune','neutral','964963282');
INSERT INTO "party" VALUES('3338','municipality','municipal','Nore og Uvdal kommune','neutral','964950946');
INSERT INTO "party" VALUES('3401','municipality','municipal','Kongsvinger kommune','nb','944117784');
INSERT INTO "party" VALUES('3403','municipality','municipal','Hamar kommune','neutral','970540008');
INSERT INTO "party" VALUES('3405','municipality','municipal','Lillehammer kommune','nb','945578564');
INSERT INTO "party" VALUES('3407','municipality','municipal','Gjøvik kommune','nb','940155223');
INSERT INTO "party" VALUES('3411','municipality','municipal','Ringsaker kommune','nb','864950582');
INSERT INTO "party" VALUES('3412','municipality','municipal','Løten kommune','nb','964950679');
INSERT INTO "party" VALUES('3413','municipality','municipal','Stange kommune','nb','970169717');
INSERT INTO "party" VALUES('3414','municipality','municipal','Nord-Odal kommune','nb','964950768');
INSERT INTO "party" VALUES('3415','municipality','municipal','Sør-Odal kommune','nb','964947716');
INSERT INTO "party" VALUES('3416','municipality','municipal','Eidskog kommune','nb','964948054');
INSERT INTO "party" VALUES('3417','municipality','municipal','Grue kommune','nb','964948143');
INSERT INTO "party" VALUES('3418','municipality','municipal','Åsnes kommune','nb','964948232');
INSERT INTO "party" VALUES('3419','municipality','municipal','Våler kommune','nb','871034222');
INSERT INTO "party" VALUES('3420','municipality','municipal','Elverum kommune','neutral','952857991');
INSERT INTO "party" VALUES('3421','municipality','municipal','Trysil kommune','nb','864948502');
INSERT INTO "party" VALUES('3422','municipality','municipal','Åmot kommune','nb','940152496');
INSERT INTO "party" VALUES('3423','municipality','municipal','Stor-Elvdal kommune','nb','964948887');
INSERT INTO "party" VALUES('3424','municipality','municipal','Rendalen kommune','nb','940028515');
INSERT INTO "party" VALUES('3425','municipality','municipal','Engerdal kommune','nb','964948976');
INSERT INTO "party" VALUES('3426','municipality','municipal','Tolga kommune','neutral','940192404');
INSERT INTO "party" VALUES('3427','municipality','municipal','Tynset kommune','neutral','940837685');
INSERT INTO "party" VALUES('3428','municipality','municipal','Alvdal kommune','neutral','939984194');
INSERT INTO "party" VALUES('3429','municipality','municipal','Folldal kommune','neutral','939885684');
INSERT INTO "party" VALUES('3430','municipality','municipal','Os kommune','neutral','943464723');
INSERT INTO "party" VALUES('3431','municipality','municipal','Dovre kommune','neutral','939849831');
INSERT INTO "party" VALUES('3432','municipality','municipal','Lesja kommune','neutral','964949204');
INSERT INTO "party" VALUES('3433','municipality','municipal','Skjåk kommune','nn','961381096');
INSERT INTO "party" VALUES('3434','municipality','municipal','Lom kommune','nn','959377677');
INSERT INTO "party" VALUES('3435','municipality','municipal','Vågå kommune','nn','939607706');
INSERT INTO "party" VALUES('3436','municipality','municipal','Nord-Fron kommune','nn','839893132');
INSERT INTO "party" VALUES('3437','municipality','municipal','Sel kommune','neutral','939617671');
INSERT INTO "party" VALUES('3438','municipality','municipal','Sør-Fron kommune','neutral','941827195');
INSERT INTO "party" VALUES('3439','municipality','municipal','Ringebu kommune','neutral','939864970');
INSERT INTO "party" VALUES('3440','municipality','municipal','Øyer kommune','neutral','961381185');
INSERT INTO "party" VALUES('3441','municipality','municipal','Gausdal kommune','neutral','961381274');
INSERT INTO "party" VALUES('3442','municipality','municipal','Østre Toten kommune','nb','964949859');
INSERT INTO "party" VALUES('3443','municipality','municipal','Vestre Toten kommune','nb','971028300');
INSERT INTO "party" VALUES('3446','municipality','municipal','Gran kommune','nb','961381541');
INSERT INTO "party" VALUES('3447','municipality','municipal','Søndre Land kommune','nb','961381630');
INSERT INTO "party" VALUES('3448','municipality','municipal','Nordre Land kommune','nb','861381722');
INSERT INTO "party" VALUES('3449','municipality','municipal','Sør-Aurdal kommune','neutral','961381819');
INSERT INTO "party" VALUES('3450','municipality','municipal','Etnedal kommune','neutral','933038173');
INSERT INTO "party" VALUES('3451','municipality','municipal','Nord-Aurdal kommune','neutral','961381908');
INSERT INTO "party" VALUES('3452','municipality','municipal','Vestre Slidre kommune','nn','961382157');
INSERT INTO "party" VALUES('3453','municipality','municipal','Øystre Slidre kommune','nn','961382068');
INSERT INTO "party" VALUES('3454','municipality','municipal','Vang kommune','nn','961382246');
INSERT INTO "party" VALUES('3901','municipality','municipal','Horten kommune','nb','964951284');
INSERT INTO "party" VALUES('3903','municipality','municipal','Holmestrand kommune','nb','917151229');
INSERT INTO "party" VALUES('3905','municipality','municipal','Tønsberg kommune','neutral','921383681');
INSERT INTO "party" VALUES('3907','municipality','municipal','Sandefjord kommune','nb','916882807');
INSERT INTO "party" VALUES('3909','municipality','municipal','Larvik kommune','neutral','918082956');
INSERT INTO "party" VALUES('3911','municipality','municipal','Færder kommune','neutral','817263992');
INSERT INTO "party" VALUES('4001','municipality','municipal','Porsgrunn kommune','nb','939991034');
INSERT INTO "party" VALUES('4003','municipality','municipal','Skien kommune','neutral','938759839');
INSERT INTO "party" VALUES('4005','municipality','municipal','Notodden kommune','neutral','938583986');
INSERT INTO "party" VALUES('4010','municipality','municipal','Siljan kommune','nb','864953042');
INSERT INTO "party" VALUES('4012','municipality','municipal','Bamble kommune','neutral','940244145');
INSERT INTO "party" VALUES('4014','municipality','municipal','Kragerø kommune','neutral','963946902');
INSERT INTO "party" VALUES('4016','municipality','municipal','Drangedal kommune','neutral','933277461');
INSERT INTO "party" VALUES('4018','municipality','municipal','Nome kommune','neutral','964963371');
INSERT INTO "party" VALUES('4020','municipality','municipal','Midt-Telemark kommune','nn','920297293');
INSERT INTO "party" VALUES('4022','municipality','municipal','Seljord kommune','nn','964963738');
INSERT INTO "party" VALUES('4024','municipality','municipal','Hjartdal kommune','nn','964963649');
INSERT INTO "party" VALUES('4026','municipality','municipal','Tinn kommune','neutral','864963552');
INSERT INTO "party" VALUES('4028','municipality','municipal','Kviteseid kommune','nn','964963827');
INSERT INTO "party" VALUES('4030','municipality','municipal','Nissedal kommune','nn','964964343');
INSERT INTO "party" VALUES('4032','municipality','municipal','Fyresdal kommune','nn','939772766');
INSERT INTO "party" VALUES('4034','municipality','municipal','Tokke kommune','nn','964964521');
INSERT INTO "party" VALUES('4036','municipality','municipal','Vinje kommune','nn','964964610');
INSERT INTO "party" VALUES('4201','municipality','municipal','Risør kommune','neutral','964977402');
INSERT INTO "party" VALUES('4202','municipality','municipal','Grimstad kommune','nb','864964702');
INSERT INTO "party" VALUES('4203','municipality','municipal','Arendal kommune','nb','940493021');
INSERT INTO "party" VALUES('4204','municipality','municipal','Kristiansand kommune','neutral','820852982');
INSERT INTO "party" VALUES('4205','municipality','municipal','Lindesnes kommune','nb','921060440');
INSERT INTO "party" VALUES('4206','municipality','municipal','Farsund kommune','nb','964083266');
INSERT INTO "party" VALUES('4207','municipality','municipal','Flekkefjord kommune','nb','964967369');
INSERT INTO "party" VALUES('4211','municipality','municipal','Gjerstad kommune','neutral','964964998');
INSERT INTO "party" VALUES('4212','municipality','municipal','Vegårshei kommune','neutral','964965048');
INSERT INTO "party" VALUES('4213','municipality','municipal','Tvedestrand kommune','nb','964965781');
INSERT INTO "party" VALUES('4214','municipality','municipal','Froland kommune','neutral','946439045');
INSERT INTO "party" VALUES('4215','municipality','municipal','Lillesand kommune','nb','964965404');
INSERT INTO "party" VALUES('4216','municipality','municipal','Birkenes kommune','neutral','964965870');
INSERT INTO "party" VALUES('4217','municipality','municipal','Åmli kommune','nn','864965962');
INSERT INTO "party" VALUES('4218','municipality','municipal','Iveland kommune','neutral','864966012');
INSERT INTO "party" VALUES('4219','municipality','municipal','Evje og Hornnes kommune','neutral','964966109');
INSERT INTO "party" VALUES('4220','municipality','municipal','Bygland kommune','nn','964966397');
INSERT INTO "party" VALUES('4221','municipality','municipal','Valle kommune','nn','964966575');
INSERT INTO "party" VALUES('4222','municipality','municipal','Bykle kommune','nn','958814968');
INSERT INTO "party" VALUES('4223','municipality','municipal','Vennesla kommune','neutral','936846777');
INSERT INTO "party" VALUES('4224','municipality','municipal','Åseral kommune','nn','964966842');
INSERT INTO "party" VALUES('4225','municipality','municipal','Lyngdal kommune','neutral','922421498');
INSERT INTO "party" VALUES('4226','municipality','municipal','Hægebostad kommune','nn','964963916');
INSERT INTO "party" VALUES('4227','municipality','municipal','Kvinesdal kommune','neutral','964964076');
INSERT INTO "party" VALUES('4228','municipality','municipal','Sirdal kommune','neutral','964964165');
INSERT INTO "party" VALUES('4601','municipality','municipal','Bergen kommune','neutral','964338531');
INSERT INTO "party" VALUES('4602','municipality','municipal','Kinn kommune','nn','820956532');
INSERT INTO "party" VALUES('4611','municipality','municipal','Etne kommune','nn','959435375');
INSERT INTO "party" VALUES('4612','municipality','municipal','Sveio kommune','nn','864967272');
INSERT INTO "party" VALUES('4613','municipality','municipal','Bømlo kommune','nn','834210622');
INSERT INTO "party" VALUES('4614','municipality','municipal','Stord kommune','nn','939866914');
INSERT INTO "party" VALUES('4615','municipality','municipal','Fitjar kommune','nn','944073310');
INSERT INTO "party" VALUES('4616','municipality','municipal','Tysnes kommune','nn','959412340');
INSERT INTO "party" VALUES('4617','municipality','municipal','Kvinnherad kommune','nn','964967636');
INSERT INTO "party" VALUES('4618','municipality','municipal','Ullensvang kommune','nn','920500633');
INSERT INTO "party" VALUES('4619','municipality','municipal','Eidfjord kommune','nn','944227121');
INSERT INTO "party" VALUES('4620','municipality','municipal','Ulvik kommune','nn','971159928');
INSERT INTO "party" VALUES('4621','municipality','municipal','Voss kommune','nn','960510542');
INSERT INTO "party" VALUES('4622','municipality','municipal','Kvam kommune','nn','944233199');
INSERT INTO "party" VALUES('4623','municipality','municipal','Samnanger kommune','nn','964968985');
INSERT INTO "party" VALUES('4624','municipality','municipal','Bjørnafjorden kommune','nn','844458312');
INSERT INTO "party" VALUES('4625','municipality','municipal','Austevoll kommune','nn','941139787');
INSERT INTO "party" VALUES('4626','municipality','municipal','Øygarden kommune','nn','922530890');
INSERT INTO "party" VALUES('4627','municipality','municipal','Askøy kommune','neutral','964338442');
INSERT INTO "party" VALUES('4628','municipality','municipal','Vaksdal kommune','nn','961821967');
INSERT INTO "party" VALUES('4629','municipality','municipal','Modalen kommune','nn','964969302');
INSERT INTO "party" VALUES('4630','municipality','municipal','Osterøy kommune','nn','864338712');
INSERT INTO "party" VALUES('4631','municipality','municipal','Alver kommune','nn','920290922');
INSERT INTO "party" VALUES('4632','municipality','municipal','Austrheim kommune','nn','948350823');
INSERT INTO "party" VALUES('4633','municipality','municipal','Fedje kommune','nn','944041036');
INSERT INTO "party" VALUES('4634','municipality','municipal','Masfjorden kommune','nn','945627913');
INSERT INTO "party" VALUES('4635','municipality','municipal','Gulen kommune','nn','938497524');
INSERT INTO "party" VALUES('4636','municipality','municipal','Solund kommune','nn','964967458');
INSERT INTO "party" VALUES('4637','municipality','municipal','Hyllestad kommune','nn','964967547');
INSERT INTO "party" VALUES('4638','municipality','municipal','Høyanger kommune','nn','944439838');
INSERT INTO "party" VALUES('4639','municipality','municipal','Vik kommune','nn','937498764');
INSERT INTO "party" VALUES('4640','municipality','municipal','Sogndal kommune','nn','922121893');
INSERT INTO "party" VALUES('4641','municipality','municipal','Aurland kommune','nn','964968063');
INSERT INTO "party" VALUES('4642','municipality','municipal','Lærdal kommune','nn','954681890');
INSERT INTO "party" VALUES('4643','municipality','municipal','Årdal kommune','nn','954679721');
INSERT INTO "party" VALUES('4644','municipality','municipal','Luster kommune','nn','964968241');
INSERT INTO "party" VALUES('4645','municipality','municipal','Askvoll kommune','nn','964968330');
INSERT INTO "party" VALUES('4646','municipality','municipal','Fjaler kommune','nn','864968422');
INSERT INTO "party" VALUES('4647','municipality','municipal','Sunnfjord kommune','nn','921244207');
INSERT INTO "party" VALUES('4648','municipality','municipal','Bremanger kommune','nn','959318166');
INSERT INTO "party" VALUES('4649','municipality','municipal','Stad kommune','nn','921060157');
INSERT INTO "party" VALUES('4650','municipality','municipal','Gloppen kommune','nn','964969124');
INSERT INTO "party" VALUES('4651','municipality','municipal','Stryn kommune','nn','963989202');
INSERT INTO "party" VALUES('5001','municipality','municipal','Trondheim kommune','neutral','942110464');
INSERT INTO "party" VALUES('5006','municipality','municipal','Steinkjer kommune','neutral','840029212');
INSERT INTO "party" VALUES('5007','municipality','municipal','Namsos kommune','neutral','942875967');
INSERT INTO "party" VALUES('5014','municipality','municipal','Frøya kommune','nb','964982597');
INSERT INTO "party" VALUES('5020','municipality','municipal','Osen kommune','nb','944350675');
INSERT INTO "party" VALUES('5021','municipality','municipal','Oppdal kommune','neutral','964983003');
INSERT INTO "party" VALUES('5022','municipality','municipal','Rennebu kommune','neutral','940083672');
INSERT INTO "party" VALUES('5025','municipality','municipal','Røros kommune','neutral','939898743');
INSERT INTO "party" VALUES('5026','municipality','municipal','Holtålen kommune','neutral','937697767');
INSERT INTO "party" VALUES('5027','municipality','municipal','Midtre Gauldal kommune','nb','970187715');
INSERT INTO "party" VALUES('5028','municipality','municipal','Melhus kommune','neutral','938726027');
INSERT INTO "party" VALUES('5029','municipality','municipal','Skaun kommune','neutral','939865942');
INSERT INTO "party" VALUES('5031','municipality','municipal','Malvik kommune','nb','971035560');
INSERT INTO "party" VALUES('5032','municipality','municipal','Selbu kommune','neutral','971197609');
INSERT INTO "party" VALUES('5033','municipality','municipal','Tydal kommune','nb','864983472');
INSERT INTO "party" VALUES('5034','municipality','municipal','Meråker kommune','nb','835231712');
INSERT INTO "party" VALUES('5035','municipality','municipal','Stjørdal kommune','neutral','939958851');
INSERT INTO "party" VALUES('5036','municipality','municipal','Frosta kommune','neutral','944482253');
INSERT INTO "party" VALUES('5037','municipality','municipal','Levanger kommune','neutral','938587051');
INSERT INTO "party" VALUES('5038','municipality','municipal','Verdal kommune','neutral','938587418');
INSERT INTO "party" VALUES('5041','municipality','municipal','Snåsa kommune','neutral','964982031');
INSERT INTO "party" VALUES('5042','municipality','municipal','Lierne kommune','neutral','972417963');
INSERT INTO "party" VALUES('5043','municipality','municipal','Røyrvik kommune','neutral','964982120');
INSERT INTO "party" VALUES('5044','municipality','municipal','Namsskogan kommune','neutral','864982212');
INSERT INTO "party" VALUES('5045','municipality','municipal','Grong kommune','neutral','940010853');
INSERT INTO "party" VALUES('5046','municipality','municipal','Høylandet kommune','neutral','959220476');
INSERT INTO "party" VALUES('5047','municipality','municipal','Overhalla kommune','neutral','939896600');
INSERT INTO "party" VALUES('5049','municipality','municipal','Flatanger kommune','neutral','845153272');
INSERT INTO "party" VALUES('5052','municipality','municipal','Leka kommune','neutral','944484574');
INSERT INTO "party" VALUES('5053','municipality','municipal','Inderøy kommune','neutral','997391853');
INSERT INTO "party" VALUES('5054','municipality','municipal','Indre Fosen kommune','neutral','944305483');
INSERT INTO "party" VALUES('5055','municipality','municipal','Heim kommune','neutral','920920004');
INSERT INTO "party" VALUES('5056','municipality','municipal','Hitra kommune','neutral','938772924');
INSERT INTO "party" VALUES('5057','municipality','municipal','Ørland kommune','nb','921806027');
INSERT INTO "party" VALUES('5058','municipality','municipal','Åfjord kommune','neutral','921875533');
INSERT INTO "party" VALUES('5059','municipality','municipal','Orkland kommune','neutral','921233418');
INSERT INTO "party" VALUES('5060','municipality','municipal','Nærøysund kommune','neutral','921785410');
INSERT INTO "party" VALUES('5061','municipality','municipal','Rindal kommune','neutral','940138051');
INSERT INTO "party" VALUES('5501','municipality','municipal','Tromsø kommune','neutral','940101808');
INSERT INTO "party" VALUES('5503','municipality','municipal','Harstad kommune','neutral','972417971');
INSERT INTO "party" VALUES('5510','municipality','municipal','Kvæfjord kommune','neutral','972417998');
INSERT INTO "party" VALUES('5512','municipality','municipal','Tjeldsund kommune','nb','959469326');
INSERT INTO "party" VALUES('5514','municipality','municipal','Ibestad kommune','nb','959469792');
INSERT INTO "party" VALUES('5516','municipality','municipal','Gratangen kommune','neutral','959469415');
INSERT INTO "party" VALUES('5518','municipality','municipal','Lavangen kommune','neutral','959469881');
INSERT INTO "party" VALUES('5520','municipality','municipal','Bardu kommune','neutral','864993982');
INSERT INTO "party" VALUES('5522','municipality','municipal','Salangen kommune','neutral','961416388');
INSERT INTO "party" VALUES('5524','municipality','municipal','Målselv kommune','neutral','972418005');
INSERT INTO "party" VALUES('5526','municipality','municipal','Sørreisa kommune','neutral','940755603');
INSERT INTO "party" VALUES('5528','municipality','municipal','Dyrøy kommune','nb','864994032');
INSERT INTO "party" VALUES('5530','municipality','municipal','Senja kommune','neutral','921369417');
INSERT INTO "party" VALUES('5532','municipality','municipal','Balsfjord kommune','nb','940208580');
INSERT INTO "party" VALUES('5534','municipality','municipal','Karlsøy kommune','neutral','940330408');
INSERT INTO "party" VALUES('5536','municipality','municipal','Lyngen kommune','neutral','840014932');
INSERT INTO "party" VALUES('5538','municipality','municipal','Storfjord kommune','neutral','964994129');
INSERT INTO "party" VALUES('5540','municipality','municipal','Kåfjord kommune','nb','940363586');
INSERT INTO "party" VALUES('5542','municipality','municipal','Skjervøy kommune','nb','941812716');
INSERT INTO "party" VALUES('5544','municipality','municipal','Nordreisa kommune','nb','943350833');
INSERT INTO "party" VALUES('5546','municipality','municipal','Kvænangen kommune','neutral','940331102');
INSERT INTO "party" VALUES('5601','municipality','municipal','Alta kommune','nb','944588132');
INSERT INTO "party" VALUES('5603','municipality','municipal','Hammerfest kommune','neutral','921770669');
INSERT INTO "party" VALUES('5605','municipality','municipal','Sør-Varanger kommune','nb','942110286');
INSERT INTO "party" VALUES('5607','municipality','municipal','Vadsø kommune','nb','964993602');
INSERT INTO "party" VALUES('5610','municipality','municipal','Karasjok kommune','nb','963376030');
INSERT INTO "party" VALUES('5612','municipality','municipal','Kautokeino kommune','nb','945475056');
INSERT INTO "party" VALUES('5614','municipality','municipal','Loppa kommune','nb','963063237');
INSERT INTO "party" VALUES('5616','municipality','municipal','Hasvik kommune','nb','964830711');
INSERT INTO "party" VALUES('5618','municipality','municipal','Måsøy kommune','nb','941087957');
INSERT INTO "party" VALUES('5620','municipality','municipal','Nordkapp kommune','neutral','938469415');
INSERT INTO "party" VALUES('5622','municipality','municipal','Porsanger kommune','nb','959411735');
INSERT INTO "party" VALUES('5624','municipality','municipal','Lebesby kommune','nb','940400392');
INSERT INTO "party" VALUES('5626','municipality','municipal','Gamvik kommune','neutral','934266811');
INSERT INTO "party" VALUES('5628','municipality','municipal','Tana kommune','nb','943505527');
INSERT INTO "party" VALUES('5630','municipality','municipal','Berlevåg kommune','nb','962388108');
INSERT INTO "party" VALUES('5632','municipality','municipal','Båtsfjord kommune','neutral','938795592');
INSERT INTO "party" VALUES('5634','municipality','municipal','Vardø kommune','nb','972418048');
INSERT INTO "party" VALUES('5636','municipality','municipal','Nesseby kommune','nb','839953062');
INSERT INTO "party" VALUES('fonna','trust','trust','Helse Fonna HF','nn','983974694');
INSERT INTO "party" VALUES('helse-fonna','area','joint','Helse Fonna-området','nn','');
INSERT INTO "party" VALUES('demens','network','joint','Demens','nn','');
INSERT INTO "party" VALUES('rehabilitering','network','joint','Rehabilitering','nn','');
INSERT INTO "party" VALUES('kreft','network','joint','Kreft','nn','');
CREATE TABLE party_domain ( domain VARCHAR NOT NULL, party VARCHAR NOT NULL, CONSTRAINT
pk_party_domain PRIMARY KEY (domain, party), CONSTRAINT fk_party_domain_party FOREIGN KEY(party)
REFERENCES party (id) );
CREATE TABLE pause ( id INTEGER NOT NULL, reason VARCHAR NOT NULL, since VARCHAR NOT NULL,
resumed_at VARCHAR, CONSTRAINT pk_pause PRIMARY KEY (id) );
CREATE TABLE priority_area ( area VARCHAR NOT NULL, year INTEGER NOT NULL, place INTEGER NOT NULL,
name VARCHAR NOT NULL, CONSTRAINT pk_priority_area PRIMARY KEY (area, year, place), CONSTRAINT
fk_priority_area_area FOREIGN KEY(area) REFERENCES area (id) );
INSERT INTO "priority_area" VALUES('helse-fonna',2026,1,'Tidleg innsats');
INSERT INTO "priority_area" VALUES('helse-fonna',2026,2,'Barn og unge');
INSERT INTO "priority_area" VALUES('helse-fonna',2027,1,'Tidleg innsats');
INSERT INTO "priority_area" VALUES('helse-fonna',2027,2,'Barn og unge');
INSERT INTO "priority_area" VALUES('helse-fonna',2028,1,'Tidleg innsats');
INSERT INTO "priority_area" VALUES('helse-fonna',2028,2,'Barn og unge');
CREATE TABLE register_revision ( id INTEGER NOT NULL, revision INTEGER NOT NULL, CONSTRAINT
pk_register_revision PRIMARY KEY (id), CONSTRAINT ck_register_revision_one_row CHECK (id = 1) );
INSERT INTO "register_revision" VALUES(1,34);
CREATE TABLE request ( id INTEGER NOT NULL, number VARCHAR, workflow VARCHAR NOT NULL, version
INTEGER NOT NULL, state VARCHAR NOT NULL, since VARCHAR NOT NULL, owner VARCHAR, borrower VARCHAR,
requester VARCHAR, course INTEGER, opened_at VARCHAR NOT NULL, changed_at VARCHAR NOT NULL, due_at
VARCHAR, escalated_at VARCHAR, form VARCHAR NOT NULL, kept VARCHAR NOT NULL, done VARCHAR NOT
NULL, seq INTEGER NOT NULL, head VARCHAR NOT NULL, last_act VARCHAR, CONSTRAINT pk_request PRIMARY
KEY (id), CONSTRAINT uq_request_number UNIQUE (number), CONSTRAINT fk_request_owner FOREIGN
KEY(owner) REFERENCES party (id), CONSTRAINT fk_request_borrower FOREIGN KEY(borrower) REFERENCES
party (id), CONSTRAINT fk_request_requester FOREIGN KEY(requester) REFERENCES party (id),
CONSTRAINT fk_request_course FOREIGN KEY(course) REFERENCES course (id) );
INSERT INTO "request" VALUES(1,'KD-2026-0001','network_plan',1,'overdue','2027-01-02T08:00:00Z','demens',NULL,'helse-fonna',NULL,'2026-09-01T08:00:00Z','2027-01-02T08:00:00Z','2027-12-31T23:00:00Z',NULL,'{}','{"deadline":"2026-11-30","first_reminder":"2026-10-31","late_after":"2026-11-30","second_reminder":"2026-11-23","year":2027,"year_ends":"2027-12-31"}','[]',2,'24d91893a8fda02a02b3573d4e4c9039b82f62b4553ec6d3d11307ac9029bf14',NULL);
INSERT INTO "request" VALUES(2,'KD-2026-0002','network_plan',1,'overdue','2027-01-02T08:00:00Z','kreft',NULL,'helse-fonna',NULL,'2026-09-01T08:00:00Z','2027-01-02T08:00:00Z','2027-12-31T23:00:00Z',NULL,'{}','{"deadline":"2026-11-30","first_reminder":"2026-10-31","late_after":"2026-11-30","second_reminder":"2026-11-23","year":2027,"year_ends":"2027-12-31"}','[]',2,'69e41d61a59bac77e36ac112beec27487ce8d5f2b00ded7a0502975150e8cdfe',NULL);
INSERT INTO "request" VALUES(3,'KD-2026-0003','network_plan',1,'overdue','2027-01-02T08:00:00Z','rehabilitering',NULL,'helse-fonna',NULL,'2026-09-01T08:00:00Z','2027-01-02T08:00:00Z','2027-12-31T23:00:00Z',NULL,'{}','{"deadline":"2026-11-30","first_reminder":"2026-10-31","late_after":"2026-11-30","second_reminder":"2026-11-23","year":2027,"year_ends":"2027-12-31"}','[]',2,'d5d8c2f0f19c5f6c1455ea5f9df3d0fd77922eb50048e846f6fd68877c6903b2',NULL);
INSERT INTO "request" VALUES(4,'KD-2027-0001','network_report',1,'not_delivered','2027-01-02T08:00:00Z','demens',NULL,'helse-fonna',NULL,'2027-01-02T08:00:00Z','2027-01-02T08:00:00Z','2027-02-01T23:00:00Z',NULL,'{}','{"deadline":"2027-01-31","first_reminder":"2027-01-17","late_after":"2027-02-01","year":2026,"year_ends":"2027-12-31"}','[]',1,'9e0b64e994e6cf078f5ac7d1f7470b2b24f856d2c53748dc4014317cf100c333',NULL);
INSERT INTO "request" VALUES(5,'KD-2027-0002','network_report',1,'delivered','2027-01-12T08:00:00Z','kreft',NULL,'helse-fonna',NULL,'2027-01-02T08:00:00Z','2027-01-12T08:00:00Z','2027-12-31T23:00:00Z',NULL,'{}','{"deadline":"2027-01-31","deliveries":[{"at":"2027-01-12T08:00:00+00:00","by":"bodil@fonna.example","contents":{"bottlenecks":"","deviation_count":4,"deviation_text":"","free_text":"","improvements":[],"kind":"report","measures":[{"outcome":"done","priority_area":"Tidleg innsats","responsible":"","text":"Kurs"},{"outcome":"partly","priority_area":"Barn og unge","responsible":"","text":"Fagdag"}],"network":"Kreft","no_activity":false,"sections":{},"stated_total":null,"year":2026},"source":"mail:1","version":1}],"first_reminder":"2027-01-17","late_after":"2027-02-01","year":2026,"year_ends":"2027-12-31"}','[]',2,'5e778a846b9d7344ef6a650e357bb38de966ba563dbbdd521d9787652148fa11','{"borrower":null,"cause":["mail","1"],"contacts":[13],"done":[],"due_at":"2027-02-01T23:00:00Z","form":{},"kept":{"deadline":"2027-01-31","first_reminder":"2027-01-17","late_after":"2027-02-01","year":2026,"year_ends":"2027-12-31"},"owner":"kreft","requester":"helse-fonna","since":"2027-01-02T08:00:00Z","state":"not_delivered"}');
INSERT INTO "request" VALUES(6,'KD-2027-0003','network_report',1,'not_delivered','2027-01-02T08:00:00Z','rehabilitering',NULL,'helse-fonna',NULL,'2027-01-02T08:00:00Z','2027-01-02T08:00:00Z','2027-02-01T23:00:00Z',NULL,'{}','{"deadline":"2027-01-31","first_reminder":"2027-01-17","late_after":"2027-02-01","year":2026,"year_ends":"2027-12-31"}','[]',1,'468a213bfd22b77e3df013816b658c173414af9a84bb8d6bfb02bc1be963c4b8',NULL);
INSERT INTO "request" VALUES(7,'KD-2027-0004','su_rollup',1,'open','2027-01-02T08:00:00Z','helse-fonna',NULL,NULL,NULL,'2027-01-02T08:00:00Z','2027-01-02T08:00:00Z','2027-02-01T07:00:00Z',NULL,'{}','{"built":"2027-02-01","deadline":"2027-02-28","late_after":"2027-03-01","year":2026}','[]',1,'c258ab5c38ff6fcb52b304ef93c90d7e9769249156b249793dee90398d84557f',NULL);
CREATE TABLE schema_version ( version_num VARCHAR(32) NOT NULL, CONSTRAINT schema_version_pkc
PRIMARY KEY (version_num) );
INSERT INTO "schema_version" VALUES('0001');
CREATE TABLE share ( id INTEGER NOT NULL, course INTEGER NOT NULL, direction VARCHAR NOT NULL,
lender VARCHAR NOT NULL, borrower VARCHAR NOT NULL, since VARCHAR NOT NULL, ended_at VARCHAR,
request INTEGER NOT NULL, CONSTRAINT pk_share PRIMARY KEY (id), CONSTRAINT ck_share_direction
CHECK (direction IN ('to_ks', 'from_ks')), CONSTRAINT fk_share_course FOREIGN KEY(course)
REFERENCES course (id), CONSTRAINT fk_share_lender FOREIGN KEY(lender) REFERENCES party (id),
CONSTRAINT fk_share_borrower FOREIGN KEY(borrower) REFERENCES party (id), CONSTRAINT
fk_share_request FOREIGN KEY(request) REFERENCES request (id) );
CREATE TABLE signature_check ( inbox INTEGER NOT NULL, domain VARCHAR NOT NULL, signed INTEGER NOT
NULL, at VARCHAR NOT NULL, CONSTRAINT pk_signature_check PRIMARY KEY (inbox), CONSTRAINT
fk_signature_check_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) );
CREATE TABLE sorting ( id INTEGER NOT NULL, inbox INTEGER NOT NULL, action VARCHAR NOT NULL,
verdict VARCHAR, note VARCHAR NOT NULL, at VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL,
CONSTRAINT pk_sorting PRIMARY KEY (id), CONSTRAINT ck_sorting_action CHECK (action IN ('retry',
'attach', 'discard')), CONSTRAINT fk_sorting_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) );
CREATE TABLE suspension ( address VARCHAR NOT NULL, since VARCHAR NOT NULL, letter INTEGER NOT
NULL, lifted_at VARCHAR, CONSTRAINT pk_suspension PRIMARY KEY (address), CONSTRAINT
fk_suspension_letter FOREIGN KEY(letter) REFERENCES letter (id) );
CREATE TABLE timer ( id INTEGER NOT NULL, request INTEGER NOT NULL, state VARCHAR NOT NULL,
position INTEGER NOT NULL, action VARCHAR NOT NULL, target VARCHAR NOT NULL, roles VARCHAR NOT
NULL, due_at VARCHAR NOT NULL, every VARCHAR NOT NULL, at_most INTEGER NOT NULL, occurrence
INTEGER NOT NULL, rule VARCHAR NOT NULL, calendar VARCHAR NOT NULL, status VARCHAR NOT NULL,
CONSTRAINT pk_timer PRIMARY KEY (id), CONSTRAINT ck_timer_action CHECK (action IN ('remind',
'send', 'escalate', 'fire')), CONSTRAINT ck_timer_status CHECK (status IN ('armed', 'done',
'void')), CONSTRAINT fk_timer_request FOREIGN KEY(request) REFERENCES request (id) );
INSERT INTO "timer" VALUES(1,1,'not_delivered',0,'fire','deadline_passed','[]','2026-11-30T23:00:00Z','',1,1,'at end of late_after','no 7c539648','done');
INSERT INTO "timer" VALUES(2,1,'not_delivered',1,'send','network_batch','["secretary"]','2026-10-30T07:00:00Z','',1,0,'morning of 1 working day before first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(3,1,'not_delivered',2,'send','network_reminder','["leader"]','2026-10-31T07:00:00Z','',1,0,'morning of first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(4,1,'not_delivered',3,'send','network_batch','["secretary"]','2026-11-20T07:00:00Z','',1,0,'morning of 1 working day before second_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(5,1,'not_delivered',4,'send','network_reminder','["leader"]','2026-11-23T07:00:00Z','',1,0,'morning of second_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(6,1,'not_delivered',5,'send','network_batch','["secretary"]','2026-11-26T07:00:00Z','',1,0,'morning of 2 working days before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(7,1,'not_delivered',6,'send','network_reminder','["leader"]','2026-11-27T07:00:00Z','',1,0,'morning of 1 working day before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(8,1,'not_delivered',7,'send','network_batch','["secretary"]','2026-11-30T07:00:00Z','',1,0,'morning of late_after','no 7c539648','void');
INSERT INTO "timer" VALUES(9,1,'not_delivered',8,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','void');
INSERT INTO "timer" VALUES(10,2,'not_delivered',0,'fire','deadline_passed','[]','2026-11-30T23:00:00Z','',1,1,'at end of late_after','no 7c539648','done');
INSERT INTO "timer" VALUES(11,2,'not_delivered',1,'send','network_batch','["secretary"]','2026-10-30T07:00:00Z','',1,0,'morning of 1 working day before first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(12,2,'not_delivered',2,'send','network_reminder','["leader"]','2026-10-31T07:00:00Z','',1,0,'morning of first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(13,2,'not_delivered',3,'send','network_batch','["secretary"]','2026-11-20T07:00:00Z','',1,0,'morning of 1 working day before second_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(14,2,'not_delivered',4,'send','network_reminder','["leader"]','2026-11-23T07:00:00Z','',1,0,'morning of second_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(15,2,'not_delivered',5,'send','network_batch','["secretary"]','2026-11-26T07:00:00Z','',1,0,'morning of 2 working days before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(16,2,'not_delivered',6,'send','network_reminder','["leader"]','2026-11-27T07:00:00Z','',1,0,'morning of 1 working day before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(17,2,'not_delivered',7,'send','network_batch','["secretary"]','2026-11-30T07:00:00Z','',1,0,'morning of late_after','no 7c539648','void');
INSERT INTO "timer" VALUES(18,2,'not_delivered',8,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','void');
INSERT INTO "timer" VALUES(19,3,'not_delivered',0,'fire','deadline_passed','[]','2026-11-30T23:00:00Z','',1,1,'at end of late_after','no 7c539648','done');
INSERT INTO "timer" VALUES(20,3,'not_delivered',1,'send','network_batch','["secretary"]','2026-10-30T07:00:00Z','',1,0,'morning of 1 working day before first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(21,3,'not_delivered',2,'send','network_reminder','["leader"]','2026-10-31T07:00:00Z','',1,0,'morning of first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(22,3,'not_delivered',3,'send','network_batch','["secretary"]','2026-11-20T07:00:00Z','',1,0,'morning of 1 working day before second_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(23,3,'not_delivered',4,'send','network_reminder','["leader"]','2026-11-23T07:00:00Z','',1,0,'morning of second_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(24,3,'not_delivered',5,'send','network_batch','["secretary"]','2026-11-26T07:00:00Z','',1,0,'morning of 2 working days before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(25,3,'not_delivered',6,'send','network_reminder','["leader"]','2026-11-27T07:00:00Z','',1,0,'morning of 1 working day before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(26,3,'not_delivered',7,'send','network_batch','["secretary"]','2026-11-30T07:00:00Z','',1,0,'morning of late_after','no 7c539648','void');
INSERT INTO "timer" VALUES(27,3,'not_delivered',8,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','void');
INSERT INTO "timer" VALUES(28,4,'not_delivered',0,'fire','deadline_passed','[]','2027-02-01T23:00:00Z','',1,0,'at end of late_after','no 7c539648','armed');
INSERT INTO "timer" VALUES(29,4,'not_delivered',1,'send','network_batch','["secretary"]','2027-01-15T07:00:00Z','',1,0,'morning of 1 working day before first_reminder','no 7c539648','armed');
INSERT INTO "timer" VALUES(30,4,'not_delivered',2,'send','network_reminder','["leader"]','2027-01-17T07:00:00Z','',1,0,'morning of first_reminder','no 7c539648','armed');
INSERT INTO "timer" VALUES(31,4,'not_delivered',3,'send','network_batch','["secretary"]','2027-01-28T07:00:00Z','',1,0,'morning of 2 working days before deadline','no 7c539648','armed');
INSERT INTO "timer" VALUES(32,4,'not_delivered',4,'send','network_reminder','["leader"]','2027-01-29T07:00:00Z','',1,0,'morning of 1 working day before deadline','no 7c539648','armed');
INSERT INTO "timer" VALUES(33,4,'not_delivered',5,'send','network_batch','["secretary"]','2027-02-01T07:00:00Z','',1,0,'morning of late_after','no 7c539648','armed');
INSERT INTO "timer" VALUES(34,4,'not_delivered',6,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','armed');
INSERT INTO "timer" VALUES(35,5,'not_delivered',0,'fire','deadline_passed','[]','2027-02-01T23:00:00Z','',1,0,'at end of late_after','no 7c539648','void');
INSERT INTO "timer" VALUES(36,5,'not_delivered',1,'send','network_batch','["secretary"]','2027-01-15T07:00:00Z','',1,0,'morning of 1 working day before first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(37,5,'not_delivered',2,'send','network_reminder','["leader"]','2027-01-17T07:00:00Z','',1,0,'morning of first_reminder','no 7c539648','void');
INSERT INTO "timer" VALUES(38,5,'not_delivered',3,'send','network_batch','["secretary"]','2027-01-28T07:00:00Z','',1,0,'morning of 2 working days before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(39,5,'not_delivered',4,'send','network_reminder','["leader"]','2027-01-29T07:00:00Z','',1,0,'morning of 1 working day before deadline','no 7c539648','void');
INSERT INTO "timer" VALUES(40,5,'not_delivered',5,'send','network_batch','["secretary"]','2027-02-01T07:00:00Z','',1,0,'morning of late_after','no 7c539648','void');
INSERT INTO "timer" VALUES(41,5,'not_delivered',6,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','void');
INSERT INTO "timer" VALUES(42,6,'not_delivered',0,'fire','deadline_passed','[]','2027-02-01T23:00:00Z','',1,0,'at end of late_after','no 7c539648','armed');
INSERT INTO "timer" VALUES(43,6,'not_delivered',1,'send','network_batch','["secretary"]','2027-01-15T07:00:00Z','',1,0,'morning of 1 working day before first_reminder','no 7c539648','armed');
INSERT INTO "timer" VALUES(44,6,'not_delivered',2,'send','network_reminder','["leader"]','2027-01-17T07:00:00Z','',1,0,'morning of first_reminder','no 7c539648','armed');
INSERT INTO "timer" VALUES(45,6,'not_delivered',3,'send','network_batch','["secretary"]','2027-01-28T07:00:00Z','',1,0,'morning of 2 working days before deadline','no 7c539648','armed');
INSERT INTO "timer" VALUES(46,6,'not_delivered',4,'send','network_reminder','["leader"]','2027-01-29T07:00:00Z','',1,0,'morning of 1 working day before deadline','no 7c539648','armed');
INSERT INTO "timer" VALUES(47,6,'not_delivered',5,'send','network_batch','["secretary"]','2027-02-01T07:00:00Z','',1,0,'morning of late_after','no 7c539648','armed');
INSERT INTO "timer" VALUES(48,6,'not_delivered',6,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','armed');
INSERT INTO "timer" VALUES(49,7,'open',0,'fire','build','[]','2027-02-01T07:00:00Z','',1,0,'morning of built','no 7c539648','armed');
INSERT INTO "timer" VALUES(50,1,'overdue',3,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','armed');
INSERT INTO "timer" VALUES(51,2,'overdue',3,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','armed');
INSERT INTO "timer" VALUES(52,3,'overdue',3,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','armed');
INSERT INTO "timer" VALUES(53,5,'delivered',0,'send','network_waits','["fousam"]','2027-01-19T08:00:00Z','5 working days',3,0,'after 5 working days','no 7c539648','armed');
INSERT INTO "timer" VALUES(54,5,'delivered',1,'fire','year_over','[]','2027-12-31T23:00:00Z','',1,0,'at end of year_ends','no 7c539648','armed');
CREATE TABLE workflow_version ( name VARCHAR NOT NULL, version INTEGER NOT NULL, text VARCHAR NOT
NULL, sha256 VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, CONSTRAINT pk_workflow_version
PRIMARY KEY (name, version) );
INSERT INTO "workflow_version" VALUES('hf_shares_from_ks',1,'# A hospital trust takes a course from KS Læring, from the first mail to the end of the share.
# No copy is made: a link to the course is laid in Læringsportalen, and the course stays its owner''s.
# Days and spans under `timers` are local rules, not the agreement''s, and each letter says so.
workflow: hf_shares_from_ks
version: 1
title:
  nb: Helseforetak deler kurs fra KS Læring
  nn: Helseføretak deler kurs frå KS Læring
  en: A hospital trust shares a course from KS Læring
source: Samarbeidsrutinen, «Når HSØ-foretak vil dele kurs fra KS læring»     # R31–R33

opens_with:
  by: borrower
  proof: aligned
  subject:
    nb: [Deling fra KS Læring, Kurs fra KS Læring]
    nn: [Deling frå KS Læring, Kurs frå KS Læring]
    en: [Share from KS Læring, Sharing from KS Læring, Course from KS Læring]
  form: link                     # the course, who owns it, and where it is in KS Læring
  state: draft
  parties: {borrower: sender, owner: form}
  when: [not_shared_already]
on_open: [submit, resubmit, consult]   # the first that is possible happens at once; also after every correction and opinion

roles:                           # experts and cooperation unit are the borrowing trust''s own
  borrower: {side: trust, duty: elearning, of: borrower}
  experts:  {side: trust, duty: subject_experts, of: borrower}
  liaison:  {side: trust, duty: cooperation_unit, of: borrower}
  platform: {side: municipal, duty: ks_laering, party: ks-laering}
  owner:    {side: municipal, duty: [municipality, ks_laering], of: owner}

states:
  draft:      {waits_for: borrower, title: {nb: Utkast, nn: Utkast, en: Draft}}
  consulting: {waits_for: [experts, liaison], owes: give_opinion, title: {nb: Til uttalelse, nn: Til fråsegn, en: Opinions asked}}
  submitted:  {waits_for: platform, title: {nb: Sendt, nn: Sendt, en: Submitted}}
  received:   {waits_for: platform, title: {nb: Mottatt, nn: Motteken, en: Received}}
  incomplete: {waits_for: borrower, title: {nb: Mangler opplysninger, nn: Manglar opplysningar, en: Incomplete}}
  accepted:   {waits_for: borrower, title: {nb: Godtatt, nn: Godteken, en: Accepted}}
  linked:     {waits_for: borrower, title: {nb: Lenke lagt inn, nn: Lenkje lagd inn, en: Linked}}
  shared:     {waits_for: nobody, label: delt fra KS, title: {nb: Delt, nn: Delt, en: Shared}}
  ending:     {waits_for: [owner, borrower], owes: confirm_ending, label: delt fra KS, title: {nb: Avsluttes, nn: Blir avslutta, en: Ending}}
  ended:      {final: true, title: {nb: Avsluttet, nn: Avslutta, en: Ended}}
  rejected:   {final: true, title: {nb: Avslått, nn: Avslått, en: Rejected}}
  withdrawn:  {final: true, title: {nb: Trukket, nn: Trekt, en: Withdrawn}}

events:
  fill_in:
    from: [draft, consulting, incomplete]
    to: same
    by: borrower
    keeps: link
  consult:                       # here demanded (R31)
    from: draft
    to: consulting
    by: borrower
    when: [link_information_complete, owner_is_municipal, agreement_in_force, opinions_wanted]
    letters: [{to: experts, send: opinion_wanted}, {to: liaison, send: opinion_wanted}]
  give_opinion:
    from: consulting
    to: consulting
    by: [experts, liaison]
    asks: {nb: teksten deres, nn: teksten dykkar, en: your text}
    says: {nb: [UTTALELSE, INGEN MERKNADER], nn: [FRÅSEGN, INGEN MERKNADER], en: [OPINION, NO REMARKS]}
    phrases:
      nb: [ingen merknader, ingen innvendinger, ingen kommentarer, ikke noe å utsette, ikke noe å bemerke,
           ikke noe å innvende, ikke noe imot, intet å bemerke, ingenting å utsette, ingenting å bemerke,
           uten merknader, støtter, anbefaler, vil anbefale, går god for, stiller oss bak, er positive, er positiv,
           stiller oss positive, ser bra ut, ser fint ut, ser greit ut, ser godt ut, greit for oss, fint for oss, ok for oss, i orden,
           kan deles, klart for deling, klart til deling, klart til å deles, faglig godt, faglig forsvarlig,
           faglig oppdatert, godt kurs, et godt kurs, egnet for deling, tilslutter oss]
      nn: [ingen merknader, ingen merknadar, ingen innvendingar, ingen kommentarar, ikkje noko å utsetje,
           ikkje noko å utsette, ikkje noko å merke, ikkje noko å innvende, ikkje noko imot, inkje å merke,
           ingenting å utsetje, utan merknader, utan merknadar, støttar, tilrår, vil tilrå, anbefaler, går god for,
           stiller oss bak, er positive, er positiv, stiller oss positive, ser bra ut, ser fint ut, ser greitt ut, ser godt ut,
           greitt for oss, fint for oss, ok for oss, i orden, kan delast, klart for deling, klart til deling,
           klart til å delast, fagleg godt, fagleg forsvarleg, fagleg oppdatert, godt kurs, eit godt kurs,
           eigna for deling, sluttar oss til]
      en: [no remarks, no comments, no objections, support, recommend, looks good, looks fine, fine with us,
           can be shared, ready to be shared]
    keeps: opinion
    letters: [{to: borrower, send: opinion_given}]
  submit:                        # both opinions, or a reason once go_on_without_opinions was due
    from: [draft, consulting]
    to: submitted
    by: borrower
    when: [link_information_complete, owner_is_municipal, agreement_in_force, opinions_or_late_reason]
    says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    letters: [{to: platform, send: borrowing_submitted}, {to: borrower, send: sent_receipt}]
  acknowledge:
    from: submitted
    to: received
    by: platform
    says: {nb: [MOTTATT], nn: [MOTTEKE, MOTTEKEN], en: [RECEIVED]}
    phrases:
      nb: [mottatt, har fått, har vi fått, fått kurset, er registrert, har registrert, kommet fram, kommet frem, kommet inn,
           tatt imot, kvitterer, kvitterer for mottak, bekrefter mottak, bekrefter mottaket, kan bekrefte mottak,
           er notert, har notert]
      nn: [motteke, motteken, mottatt, har fått, har vi fått, fått kurset, er registrert, har registrert, har me fått,
           kome inn, kome fram,
           kome fint fram, teke imot, teke i mot, kvitterer, kvitterer for mottak, stadfestar mottak, stadfester mottak,
           stadfestar mottaket, stadfester mottaket, kan stadfeste mottak, er notert, har notert]
      en: [received, got it, acknowledge receipt, confirm receipt, have registered]
    letters: [{to: borrower, send: request_received}]
  state_licence:                 # R7: by those who know it
    from: [submitted, received]
    to: same
    by: [platform, owner]
    keeps: {licence: text}
    asks: {nb: hvilken, nn: kva for ein, en: which one}
    says: {nb: [LISENS], nn: [LISENS], en: [LICENCE]}
  request_changes:
    from: [submitted, received]
    to: incomplete
    by: platform
    needs: reason
    keeps: {wanted: text}        # what a reminder repeats
    asks: {nb: hva som mangler, nn: kva som manglar, en: what is missing}
    says: {nb: [MANGLER], nn: [MANGLAR], en: [CHANGES]}
    letters: [{to: borrower, send: changes_wanted}]
  resubmit:
    from: incomplete
    to: submitted
    by: borrower
    when: [link_information_complete, owner_is_municipal]
    says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    phrases:
      nb: [rettet, rettet opp, oppdatert, fylt ut, fylt inn, ordnet, på plass, ferdig utfylt, sender inn på nytt]
      nn: [retta, retta opp, oppdatert, fylt ut, fylt inn, ordna, på plass, ferdig utfylt, sender inn på nytt]
      en: [corrected, updated, filled in, in place, taken care of]
    letters: [{to: platform, send: borrowing_submitted}, {to: borrower, send: sent_receipt}]
  accept:                        # a licence, or GODTATT: samtykke fra kurseier
    from: [submitted, received]
    to: accepted
    by: platform
    when: [licence_or_consent]
    keeps: {consent: text if any}
    asks: {nb: samtykke fra kurseier, nn: samtykke frå kurseigar, en: consent of the owner}
    says: {nb: [GODTATT, GODKJENT], nn: [GODTEKE, GODTEKEN, GODKJEND, GODKJENT], en: [ACCEPTED, APPROVED]}
    phrases:
      nb: [godkjenner, godkjent, godkjennes, godtar, godtatt, godtas, aksepterer, akseptert, aksepteres, kan godta,
           kan godkjenne, kan godkjennes, kan godtas, i orden, sier ja,
           ser bra ut for oss, ser fint ut for oss, ser greit ut for oss, klart for publisering, klart til publisering,
           legger ut, legger kurset ut, legger det ut, gir grønt lys, grønt lys, tommel opp]
      nn: [godkjenner, godkjend, godkjent, godtek, godteke, godteken, godtar, aksepterer, akseptert, kan godta,
           kan godkjenne, kan godkjennast, i orden, seier ja, ser bra ut for oss,
           ser fint ut for oss, ser greitt ut for oss, klart for publisering, klart til publisering, vi legg ut,
           vi legg kurset ut, gir grønt lys, gjev grønt lys, grønt lys, tommel opp]
      en: [approve, approved, accept, accepted, in order, good to go, green light]
    letters: [{to: borrower, send: link_wanted}]
  reject:
    from: [submitted, received]
    to: rejected
    by: platform
    needs: reason
    says: {nb: [AVSLÅTT, AVSLAG], nn: [AVSLÅTT, AVSLAG], en: [REJECTED]}
    letters: [{to: borrower, send: request_rejected}]
  lay_link:                      # R32; the word alone means the link of the form
    from: [accepted, linked]
    to: linked
    by: borrower
    keeps: {link: link}
    asks: {nb: adressen til kurset, nn: adressa til kurset, en: the address of the course}
    says: {nb: [LENKE], nn: [LENKJE], en: [LINK]}
    letters: [{to: borrower, send: link_label_wanted}]
  confirm_label:                 # R33
    from: linked
    to: shared
    by: borrower
    says: {nb: [MERKET], nn: [MERKT], en: [LABELLED]}
    phrases:
      nb: [merket, merka, merking er gjort, merkingen er gjort, merkingen er utført, merkelappen er på,
           merkelappen er satt på, merkelappen er lagt på, merkelappen er på plass, merkelappen på plass,
           satt på merket, lagt på merket, lagt til merket,
           lagt inn merket, lagt merket på, satt merket på, satt på merkelappen]
      nn: [merkt, merka, merking er gjord, merkinga er gjord, merkinga er gjort, merkelappen er på,
           merkelappen er sett på, merkelappen er lagt på, merkelappen er på plass, merkelappen på plass,
           sett på merket, lagt på merket, lagt til merket,
           lagt inn merket, lagt merket på, sett merket på, sett på merkelappen, merket er på, merket er på plass]
      en: [labelled, labeled, the label is on, added the label, put the label on]
    letters: [{to: owner, send: borrowed_from_you}, {to: platform, send: now_shared, if: owner_is_elsewhere}, {to: experts, send: now_shared}, {to: liaison, send: now_shared}]
  withdraw:
    from: [draft, consulting, submitted, received, incomplete, accepted, linked]
    to: withdrawn
    by: borrower
    says: {nb: [TREKK, TRUKKET], nn: [TREKK, TREKT], en: [WITHDRAW]}
    letters: [{to: platform, send: request_withdrawn, if: was_submitted}]
  end_share:                     # R8: only the owner ends a share; the borrower can only stop using it
    from: shared
    to: ending
    by: owner
    proof: aligned
    keeps: {ends_on: {within: 1 year}}
    says: {nb: [AVSLUTT], nn: [AVSLUTT], en: [END]}
    letters: [{to: borrower, send: share_ends}, {to: liaison, send: share_ends}]
  stop_borrowing:
    from: shared
    to: ending
    by: borrower
    keeps: {ends_on: {within: 1 year}}
    says: {nb: [IKKE I BRUK], nn: [IKKJE I BRUK], en: [NOT IN USE]}
    letters: [{to: owner, send: link_no_longer_used}]
  undo_ending:                   # by the one who ended it, until the day has passed
    from: ending
    to: shared
    by: [owner, borrower]
    when: [same_as_who_ended, end_date_ahead]
    says: {nb: [ANGRE], nn: [ANGRE], en: [UNDO]}
    letters: [{to: owner, send: ending_undone}, {to: borrower, send: ending_undone}]
  confirm_ending:                # by the other one; it stops the reminders, the day stands
    from: ending
    to: ending
    by: [owner, borrower]
    when: [not_who_ended]
    keeps: confirmed
    says: {nb: [BEKREFT], nn: [STADFEST], en: [CONFIRM]}
    phrases:
      nb: [bekrefter, kan bekrefte, bekreftes herved, greit for oss, ok for oss, fint for oss, i orden, notert,
           tar det til etterretning, tar dette til etterretning, tatt til etterretning]
      nn: [stadfestar, stadfester, kan stadfeste, greitt for oss, ok for oss, fint for oss, i orden, notert,
           tek det til etterretning, tek dette til etterretning, teke til etterretning]
      en: [confirm, can confirm, fine with us, noted]
    letters: [{to: owner, send: ending_confirmed}, {to: borrower, send: ending_confirmed}]
  end_date_reached:              # at the end of the day, confirmed or not
    from: ending
    to: ended
    by: time
    letters: [{to: owner, send: link_share_ended}, {to: borrower, send: link_share_ended}]
  give_up:
    from: [draft, incomplete]
    to: withdrawn
    by: time
    letters: [{to: borrower, send: request_lapsed}, {to: platform, send: request_withdrawn, if: was_submitted}]

timers:
  draft:
    - {after: 10 working days, remind: borrower}
    - {after: 60 days, fire: give_up, warn: [{before: 10 days, to: borrower}]}
  consulting:
    - {after: 5 working days, remind: [experts, liaison], every: 5 working days, at_most: 3}
    - {after: 10 working days, send: go_on_without_opinions, to: borrower}
    - {after: 2 months, escalate: true}
  submitted:
    - {after: 5 working days, remind: platform, every: 5 working days, at_most: 3}
    - {after: 1 month, send: preliminary_answer, to: borrower}
    - {after: 3 months, escalate: true}
  received:
    - {after: 10 working days, remind: platform, every: 10 working days, at_most: 3}
    - {after: 1 month, send: preliminary_answer, to: borrower}
    - {after: 3 months, escalate: true}
  incomplete:
    - {after: 10 working days, remind: borrower}
    - {after: 60 days, fire: give_up, warn: [{before: 10 days, to: borrower}]}
  accepted:
    - {after: 5 working days, remind: borrower, every: 5 working days, at_most: 4}
    - {after: 2 months, escalate: true}
  linked:
    - {after: 5 working days, remind: borrower, every: 5 working days, at_most: 4}
    - {after: 2 months, escalate: true}
  shared:
    - {after: 1 year, send: still_correct, to: owner, every: 1 year}
  ending:
    - {at: end of ends_on, fire: end_date_reached}
    - {after: 5 working days, remind: [owner, borrower]}
    - {before: 14 days, of: ends_on, remind: [owner, borrower]}
    - {before: 3 days, of: ends_on, remind: [owner, borrower]}
','013b882f8dcd47d010a37002cffde33d835251e54d4de17aa1a255effb13396f','2026-11-30T09:46:20Z');
INSERT INTO "workflow_version" VALUES('hf_to_ks',1,'# A hospital trust puts a course of its own into KS Læring, from the first mail to the end of the share.
# It is meant to be read aloud. `kursdeling workflow check` proves what is claimed in it.
# Days and spans under `timers` are local rules, not the agreement''s, and each letter says so.
workflow: hf_to_ks
version: 1
title:
  nb: Helseforetak legger kurs ut i KS Læring
  nn: Helseføretak legg kurs ut i KS Læring
  en: A hospital trust puts a course into KS Læring
source: Samarbeidsrutinen, «Når HSØ-foretak vil legge kurs ut i KS læring»     # R25, R26; letters may quote it

opens_with:                      # what a mail or a command needs to open a request
  by: owner
  proof: aligned                 # seen by our own mail server; without it, one confirmation letter first
  subject:
    nb: [Deling til KS Læring, Kurs til KS Læring]
    nn: [Deling til KS Læring, Kurs til KS Læring]
    en: [Share to KS Læring, Sharing to KS Læring, Course to KS Læring]
  form: course_information       # the 11 points (R34–R44)
  state: draft
  parties: {owner: sender, borrower: ks-laering}
on_open: [submit, resubmit, consult]   # the first that is possible happens at once; also after every correction and opinion

roles:                           # who takes part, and how each is found in the register
  owner:    {side: trust, duty: elearning, of: owner}
  experts:  {side: trust, duty: subject_experts, of: owner}
  liaison:  {side: trust, duty: cooperation_unit, of: owner}
  platform: {side: municipal, duty: ks_laering, party: ks-laering}
  borrower: {side: municipal, duty: ks_laering, of: borrower}

states:
  draft:      {waits_for: owner, title: {nb: Utkast, nn: Utkast, en: Draft}}
  consulting: {waits_for: [experts, liaison], owes: give_opinion, title: {nb: Til uttalelse, nn: Til fråsegn, en: Opinions asked}}
  submitted:  {waits_for: platform, title: {nb: Sendt, nn: Sendt, en: Submitted}}
  received:   {waits_for: platform, title: {nb: Mottatt, nn: Motteken, en: Received}}
  incomplete: {waits_for: owner, title: {nb: Mangler opplysninger, nn: Manglar opplysningar, en: Incomplete}}
  accepted:   {waits_for: owner, title: {nb: Godtatt, nn: Godteken, en: Accepted}}
  shared:     {waits_for: nobody, label: delt til KS Læring, title: {nb: Delt, nn: Delt, en: Shared}}
  ending:     {waits_for: [owner, borrower], owes: confirm_ending, label: delt til KS Læring, title: {nb: Avsluttes, nn: Blir avslutta, en: Ending}}
  ended:      {final: true, title: {nb: Avsluttet, nn: Avslutta, en: Ended}}
  rejected:   {final: true, title: {nb: Avslått, nn: Avslått, en: Rejected}}
  withdrawn:  {final: true, title: {nb: Trukket, nn: Trekt, en: Withdrawn}}

events:
  fill_in:                       # a correction: fields, not a word, make it happen
    from: [draft, consulting, incomplete]
    to: same
    by: owner
    keeps: course_information
  consult:                       # recommended, not demanded (R25): only when nothing but the opinions is missing
    from: draft
    to: consulting
    by: owner
    when: [course_information_complete, only_opinions_missing]
    letters: [{to: experts, send: opinion_wanted}, {to: liaison, send: opinion_wanted}]
  give_opinion:
    from: consulting
    to: consulting
    by: [experts, liaison]
    asks: {nb: teksten deres, nn: teksten dykkar, en: your text}
    says: {nb: [UTTALELSE, INGEN MERKNADER], nn: [FRÅSEGN, INGEN MERKNADER], en: [OPINION, NO REMARKS]}
    phrases:                     # own words move nothing: we ask «Svar JA», and the JA moves it
      nb: [ingen merknader, ingen innvendinger, ingen kommentarer, ikke noe å utsette, ikke noe å bemerke,
           ikke noe å innvende, ikke noe imot, intet å bemerke, ingenting å utsette, ingenting å bemerke,
           uten merknader, støtter, anbefaler, vil anbefale, går god for, stiller oss bak, er positive, er positiv,
           stiller oss positive, ser bra ut, ser fint ut, ser greit ut, ser godt ut, greit for oss, fint for oss, ok for oss, i orden,
           kan deles, klart for deling, klart til deling, klart til å deles, faglig godt, faglig forsvarlig,
           faglig oppdatert, godt kurs, et godt kurs, egnet for deling, tilslutter oss]
      nn: [ingen merknader, ingen merknadar, ingen innvendingar, ingen kommentarar, ikkje noko å utsetje,
           ikkje noko å utsette, ikkje noko å merke, ikkje noko å innvende, ikkje noko imot, inkje å merke,
           ingenting å utsetje, utan merknader, utan merknadar, støttar, tilrår, vil tilrå, anbefaler, går god for,
           stiller oss bak, er positive, er positiv, stiller oss positive, ser bra ut, ser fint ut, ser greitt ut, ser godt ut,
           greitt for oss, fint for oss, ok for oss, i orden, kan delast, klart for deling, klart til deling,
           klart til å delast, fagleg godt, fagleg forsvarleg, fagleg oppdatert, godt kurs, eit godt kurs,
           eigna for deling, sluttar oss til]
      en: [no remarks, no comments, no objections, support, recommend, looks good, looks fine, fine with us,
           can be shared, ready to be shared]
    keeps: opinion               # the text after the word is kept as this role''s opinion
    letters: [{to: owner, send: opinion_given}]
  submit:
    from: [draft, consulting]
    to: submitted
    by: owner
    when: [course_information_complete, owner_owns_course, agreement_in_force, opinions_or_reason]
    says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    letters: [{to: platform, send: request_submitted}, {to: owner, send: receipt}]
  acknowledge:
    from: submitted
    to: received
    by: platform
    says: {nb: [MOTTATT], nn: [MOTTEKE, MOTTEKEN], en: [RECEIVED]}
    phrases:
      nb: [mottatt, har fått, har vi fått, fått kurset, er registrert, har registrert, kommet fram, kommet frem, kommet inn,
           tatt imot, kvitterer, kvitterer for mottak, bekrefter mottak, bekrefter mottaket, kan bekrefte mottak,
           er notert, har notert]
      nn: [motteke, motteken, mottatt, har fått, har vi fått, fått kurset, er registrert, har registrert, har me fått,
           kome inn, kome fram,
           kome fint fram, teke imot, teke i mot, kvitterer, kvitterer for mottak, stadfestar mottak, stadfester mottak,
           stadfestar mottaket, stadfester mottaket, kan stadfeste mottak, er notert, har notert]
      en: [received, got it, acknowledge receipt, confirm receipt, have registered]
    letters: [{to: owner, send: request_received}]
  request_changes:
    from: [submitted, received]
    to: incomplete
    by: platform
    needs: reason
    keeps: {wanted: text}        # what a reminder repeats
    asks: {nb: hva som mangler, nn: kva som manglar, en: what is missing}
    says: {nb: [MANGLER], nn: [MANGLAR], en: [CHANGES]}
    letters: [{to: owner, send: changes_wanted}]
  resubmit:
    from: incomplete
    to: submitted
    by: owner
    when: [course_information_complete]
    says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    phrases:
      nb: [rettet, rettet opp, oppdatert, fylt ut, fylt inn, ordnet, på plass, ferdig utfylt, sender inn på nytt]
      nn: [retta, retta opp, oppdatert, fylt ut, fylt inn, ordna, på plass, ferdig utfylt, sender inn på nytt]
      en: [corrected, updated, filled in, in place, taken care of]
    letters: [{to: platform, send: request_submitted}, {to: owner, send: receipt}]
  accept:
    from: [submitted, received]
    to: accepted
    by: platform
    says: {nb: [GODTATT, GODKJENT], nn: [GODTEKE, GODTEKEN, GODKJEND, GODKJENT], en: [ACCEPTED, APPROVED]}
    phrases:
      nb: [godkjenner, godkjent, godkjennes, godtar, godtatt, godtas, aksepterer, akseptert, aksepteres, kan godta,
           kan godkjenne, kan godkjennes, kan godtas, i orden, sier ja,
           ser bra ut for oss, ser fint ut for oss, ser greit ut for oss, klart for publisering, klart til publisering,
           legger ut, legger kurset ut, legger det ut, gir grønt lys, grønt lys, tommel opp]
      nn: [godkjenner, godkjend, godkjent, godtek, godteke, godteken, godtar, aksepterer, akseptert, kan godta,
           kan godkjenne, kan godkjennast, i orden, seier ja, ser bra ut for oss,
           ser fint ut for oss, ser greitt ut for oss, klart for publisering, klart til publisering, vi legg ut,
           vi legg kurset ut, gir grønt lys, gjev grønt lys, grønt lys, tommel opp]
      en: [approve, approved, accept, accepted, in order, good to go, green light]
    letters: [{to: owner, send: label_wanted}]           # the labelling step: asks for «delt til KS Læring»
  reject:
    from: [submitted, received]
    to: rejected
    by: platform
    needs: reason
    says: {nb: [AVSLÅTT, AVSLAG], nn: [AVSLÅTT, AVSLAG], en: [REJECTED]}
    letters: [{to: owner, send: request_rejected}]
  confirm_label:
    from: accepted
    to: shared
    by: owner
    says: {nb: [MERKET], nn: [MERKT], en: [LABELLED]}
    phrases:
      nb: [merket, merka, merking er gjort, merkingen er gjort, merkingen er utført, merkelappen er på,
           merkelappen er satt på, merkelappen er lagt på, merkelappen er på plass, merkelappen på plass,
           satt på merket, lagt på merket, lagt til merket,
           lagt inn merket, lagt merket på, satt merket på, satt på merkelappen]
      nn: [merkt, merka, merking er gjord, merkinga er gjord, merkinga er gjort, merkelappen er på,
           merkelappen er sett på, merkelappen er lagt på, merkelappen er på plass, merkelappen på plass,
           sett på merket, lagt på merket, lagt til merket,
           lagt inn merket, lagt merket på, sett merket på, sett på merkelappen, merket er på, merket er på plass]
      en: [labelled, labeled, the label is on, added the label, put the label on]
    letters: [{to: platform, send: now_shared}, {to: liaison, send: now_shared}]
  withdraw:
    from: [draft, consulting, submitted, received, incomplete, accepted]
    to: withdrawn
    by: owner
    says: {nb: [TREKK, TRUKKET], nn: [TREKK, TREKT], en: [WITHDRAW]}
    letters: [{to: platform, send: request_withdrawn, if: was_submitted}]
  end_share:                     # R8: only the owner ends a share; the borrower can only stop using it
    from: shared
    to: ending
    by: owner
    proof: aligned
    keeps: {ends_on: {within: 1 year}}   # a date in the mail, else today
    says: {nb: [AVSLUTT], nn: [AVSLUTT], en: [END]}
    letters: [{to: borrower, send: share_ends}, {to: liaison, send: share_ends}]
  stop_borrowing:
    from: shared
    to: ending
    by: borrower
    keeps: {ends_on: {within: 1 year}}
    says: {nb: [IKKE I BRUK], nn: [IKKJE I BRUK], en: [NOT IN USE]}
    letters: [{to: owner, send: borrower_stops}]
  undo_ending:                   # by the one who ended it, until the day has passed
    from: ending
    to: shared
    by: [owner, borrower]
    when: [same_as_who_ended, end_date_ahead]
    says: {nb: [ANGRE], nn: [ANGRE], en: [UNDO]}
    letters: [{to: owner, send: ending_undone}, {to: borrower, send: ending_undone}]
  confirm_ending:                # by the other one; it stops the reminders, the day stands
    from: ending
    to: ending
    by: [owner, borrower]
    when: [not_who_ended]
    keeps: confirmed
    says: {nb: [BEKREFT], nn: [STADFEST], en: [CONFIRM]}
    phrases:
      nb: [bekrefter, kan bekrefte, bekreftes herved, greit for oss, ok for oss, fint for oss, i orden, notert,
           tar det til etterretning, tar dette til etterretning, tatt til etterretning]
      nn: [stadfestar, stadfester, kan stadfeste, greitt for oss, ok for oss, fint for oss, i orden, notert,
           tek det til etterretning, tek dette til etterretning, teke til etterretning]
      en: [confirm, can confirm, fine with us, noted]
    letters: [{to: owner, send: ending_confirmed}, {to: borrower, send: ending_confirmed}]
  end_date_reached:              # at the end of the day, confirmed or not
    from: ending
    to: ended
    by: time
    letters: [{to: owner, send: share_ended}, {to: borrower, send: share_ended}]
  give_up:
    from: [draft, incomplete]
    to: withdrawn
    by: time
    letters: [{to: owner, send: request_lapsed}, {to: platform, send: request_withdrawn, if: was_submitted}]

timers:
  draft:
    - {after: 10 working days, remind: owner}
    - {after: 60 days, fire: give_up, warn: [{before: 10 days, to: owner}]}
  consulting:
    - {after: 5 working days, remind: [experts, liaison], every: 5 working days, at_most: 3}
    - {after: 10 working days, send: go_on_without_opinions, to: owner}
    - {after: 2 months, escalate: true}
  submitted:
    - {after: 5 working days, remind: platform, every: 5 working days, at_most: 3}
    - {after: 1 month, send: preliminary_answer, to: owner}
    - {after: 3 months, escalate: true}
  received:
    - {after: 10 working days, remind: platform, every: 10 working days, at_most: 3}
    - {after: 1 month, send: preliminary_answer, to: owner}
    - {after: 3 months, escalate: true}
  incomplete:
    - {after: 10 working days, remind: owner}
    - {after: 60 days, fire: give_up, warn: [{before: 10 days, to: owner}]}
  accepted:
    - {after: 5 working days, remind: owner, every: 5 working days, at_most: 4}
    - {after: 2 months, escalate: true}
  shared:
    - {after: 1 year, send: still_correct, to: owner, every: 1 year}
  ending:
    - {at: end of ends_on, fire: end_date_reached}
    - {after: 5 working days, remind: [owner, borrower]}
    - {before: 14 days, of: ends_on, remind: [owner, borrower]}
    - {before: 3 days, of: ends_on, remind: [owner, borrower]}
','31138f2a8f065b35434c137305a4f65305290efbeebc4bacb5290c8be70ce51a','2026-11-30T09:46:20Z');
INSERT INTO "workflow_version" VALUES('ks_orders_from_hf',1,'# A municipality, or KS, orders a course from a hospital trust, from the order to the end of the share.
# The trust puts the course into KS Læring, and whoever ordered it is told where it is.
# Days and spans under `timers` are local rules, not the agreement''s, and each letter says so.
workflow: ks_orders_from_hf
version: 1
title:
  nb: KS eller en kommune bestiller kurs fra et helseforetak
  nn: KS eller ein kommune tingar kurs frå eit helseføretak
  en: KS or a municipality orders a course from a hospital trust
source: Samarbeidsrutinen, «Når KS vil bestille kurs fra HSØ-foretak»     # R27–R30

opens_with:
  by: requester
  proof: aligned
  subject:
    nb: [Bestilling av kurs, Kursbestilling]
    nn: [Tinging av kurs, Bestilling av kurs, Kurstinging]
    en: [Order of a course, Order of course, Course order]
  form: order                    # only the course must be named
  state: ordered
  parties: {requester: sender, owner: form, borrower: ks-laering}
  when: [not_shared_already]     # else the answer is where the course is, and nothing is opened
  letters: [{to: requester, send: order_waits, if: owner_not_asked_for}, {to: platform, send: owner_wanted, if: owner_to_be_named}]
on_open: [register, permit, submit, resubmit]   # also after every correction, permission and naming of the owner

roles:
  requester: {side: municipal, duty: [municipality, ks_laering], of: requester}
  owner:     {side: trust, duty: elearning, of: owner}
  experts:   {side: trust, duty: subject_experts, of: owner}
  platform:  {side: municipal, duty: ks_laering, party: ks-laering}
  borrower:  {side: municipal, duty: ks_laering, of: borrower}

states:
  ordered:            {waits_for: platform, owes: name_owner, title: {nb: Bestilt, nn: Tinga, en: Ordered}}
  received:           {waits_for: owner, title: {nb: Mottatt, nn: Motteken, en: Received}}
  seeking_permission: {waits_for: owner, title: {nb: Tillatelse innhentes, nn: Løyve blir henta inn, en: Seeking permission}}
  permitted:          {waits_for: owner, title: {nb: Tillatelse gitt, nn: Løyve gitt, en: Permitted}}
  sent_to_ks:         {waits_for: platform, title: {nb: Sendt til KS Læring, nn: Send til KS Læring, en: Sent to KS Læring}}
  incomplete:         {waits_for: owner, title: {nb: Mangler opplysninger, nn: Manglar opplysningar, en: Incomplete}}
  accepted:           {waits_for: owner, title: {nb: Godtatt, nn: Godteken, en: Accepted}}
  shared:             {waits_for: nobody, label: delt til KS Læring, title: {nb: Delt, nn: Delt, en: Shared}}
  ending:             {waits_for: [owner, borrower], owes: confirm_ending, label: delt til KS Læring, title: {nb: Avsluttes, nn: Blir avslutta, en: Ending}}
  ended:              {final: true, title: {nb: Avsluttet, nn: Avslutta, en: Ended}}
  refused:            {final: true, title: {nb: Avslått, nn: Avslått, en: Refused}}
  withdrawn:          {final: true, title: {nb: Trukket, nn: Trekt, en: Withdrawn}}

events:
  correct_order:                 # the course''s name, or who owns it, as fields
    from: ordered
    to: same
    by: requester
    keeps: order
  name_owner:                    # by KS Læring, or a coordinator on its behalf, or whoever ordered
    from: ordered
    to: ordered
    by: [platform, requester]
    when: [owner_unknown]
    keeps: {owner: party}
    asks: {nb: foretaket som eier kurset, nn: føretaket som eig kurset, en: the trust that owns the course}
    says: {nb: [EIER], nn: [EIGAR], en: [OWNER]}
  register:                      # by itself as soon as the owner is known (R27)
    from: ordered
    to: received
    by: owner
    when: [order_complete, owner_named, agreement_in_force]
    says: {nb: [MOTTATT], nn: [MOTTEKE, MOTTEKEN], en: [RECEIVED]}
    letters: [{to: requester, send: order_received, if: owner_unchanged}, {to: owner, send: order_wanted}, {to: platform, send: order_copy, if: ordered_by_others}]
  wrong_owner:                   # the same number moves on to the right trust, or back to KS Læring
    from: [ordered, received]
    to: ordered
    by: owner
    keeps: {owner: party if any}
    asks: {nb: riktig foretak, nn: rett føretak, en: the right trust}
    says: {nb: [FEIL FORETAK], nn: [FEIL FØRETAK], en: [WRONG TRUST]}
    letters: [{to: requester, send: order_moved}, {to: platform, send: owner_wanted, if: owner_to_be_named}]
  fill_in:                       # the 11 points (R34–R44), whenever the trust has them
    from: [received, seeking_permission, permitted, incomplete]
    to: same
    by: owner
    keeps: course_information
  seek_permission:               # R28: as the trust''s own routines say
    from: received
    to: seeking_permission
    by: owner
    says: {nb: [MOTTATT], nn: [MOTTEKE, MOTTEKEN], en: [RECEIVED]}
    phrases:
      nb: [mottatt, har fått, har vi fått, fått kurset, er registrert, har registrert, kommet fram, kommet frem, kommet inn,
           tatt imot, kvitterer, kvitterer for mottak, bekrefter mottak, bekrefter mottaket, kan bekrefte mottak,
           er notert, har notert]
      nn: [motteke, motteken, mottatt, har fått, har vi fått, fått kurset, er registrert, har registrert, har me fått,
           kome inn, kome fram,
           kome fint fram, teke imot, teke i mot, kvitterer, kvitterer for mottak, stadfestar mottak, stadfester mottak,
           stadfestar mottaket, stadfester mottaket, kan stadfeste mottak, er notert, har notert]
      en: [received, got it, acknowledge receipt, confirm receipt, have registered]
    letters: [{to: experts, send: permission_wanted}, {to: owner, send: permissions_open}]
  grant:                         # the word alone means all of them
    from: [received, seeking_permission]
    to: seeking_permission
    by: owner
    says: {nb: [TILLATT], nn: [TILLATE, TILLATEN, TILLATT], en: [PERMITTED]}
    keeps:
      permissions:
        parts:
          department:    {nb: [fagavdeling, fagavdelingen, avdeling, avdelingen], nn: [fagavdeling, fagavdelinga, avdeling, avdelinga], en: [department, the department]}
          author:        {nb: [forfatter, forfatteren, forfattere], nn: [forfattar, forfattaren, forfattarar], en: [author, the author, authors]}
          third_parties: {nb: [tredjeparter, tredjepart, rettighetshavere], nn: [tredjepartar, tredjepart, rettshavarar], en: [third parties, third party]}
    letters: [{to: owner, send: permissions_open, if: permissions_open}]
  permit:                        # by itself when every permission is there
    from: seeking_permission
    to: permitted
    by: owner
    when: [permissions_given]
    letters: [{to: owner, send: information_wanted, if: information_wanted}]
  refuse:
    from: [received, seeking_permission]
    to: refused
    by: owner
    needs: reason
    says: {nb: [AVSLÅTT, AVSLAG], nn: [AVSLÅTT, AVSLAG], en: [REFUSED, REJECTED]}
    letters: [{to: requester, send: order_refused}, {to: platform, send: order_refused}]
  submit:                        # R29, R34–R44
    from: permitted
    to: sent_to_ks
    by: owner
    when: [course_information_complete]
    says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    letters: [{to: platform, send: ordered_course_sent}, {to: owner, send: sent_receipt}]
  request_changes:
    from: sent_to_ks
    to: incomplete
    by: platform
    needs: reason
    keeps: {wanted: text}        # what a reminder repeats
    asks: {nb: hva som mangler, nn: kva som manglar, en: what is missing}
    says: {nb: [MANGLER], nn: [MANGLAR], en: [CHANGES]}
    letters: [{to: owner, send: changes_wanted}]
  resubmit:
    from: incomplete
    to: sent_to_ks
    by: owner
    when: [course_information_complete]
    says: {nb: [SEND], nn: [SEND], en: [SUBMIT]}
    phrases:
      nb: [rettet, rettet opp, oppdatert, fylt ut, fylt inn, ordnet, på plass, ferdig utfylt, sender inn på nytt]
      nn: [retta, retta opp, oppdatert, fylt ut, fylt inn, ordna, på plass, ferdig utfylt, sender inn på nytt]
      en: [corrected, updated, filled in, in place, taken care of]
    letters: [{to: platform, send: ordered_course_sent}, {to: owner, send: sent_receipt}]
  accept:                        # the course is published; a link may follow the word
    from: sent_to_ks
    to: accepted
    by: platform
    keeps: {link: link if any}
    says: {nb: [GODTATT, GODKJENT], nn: [GODTEKE, GODTEKEN, GODKJEND, GODKJENT], en: [ACCEPTED, APPROVED]}
    phrases:
      nb: [godkjenner, godkjent, godkjennes, godtar, godtatt, godtas, aksepterer, akseptert, aksepteres, kan godta,
           kan godkjenne, kan godkjennes, kan godtas, i orden, sier ja,
           ser bra ut for oss, ser fint ut for oss, ser greit ut for oss, klart for publisering, klart til publisering,
           legger ut, legger kurset ut, legger det ut, gir grønt lys, grønt lys, tommel opp]
      nn: [godkjenner, godkjend, godkjent, godtek, godteke, godteken, godtar, aksepterer, akseptert, kan godta,
           kan godkjenne, kan godkjennast, i orden, seier ja, ser bra ut for oss,
           ser fint ut for oss, ser greitt ut for oss, klart for publisering, klart til publisering, vi legg ut,
           vi legg kurset ut, gir grønt lys, gjev grønt lys, grønt lys, tommel opp]
      en: [approve, approved, accept, accepted, in order, good to go, green light]
    letters: [{to: owner, send: label_wanted}]
  give_link:                     # where the course is; before it is shared or after
    from: [sent_to_ks, accepted]
    to: same
    by: platform
    keeps: {link: link}
    asks: {nb: adressen til kurset, nn: adressa til kurset, en: the address of the course}
    says: {nb: [LENKE], nn: [LENKJE], en: [LINK]}
  correct_link:
    from: shared
    to: shared
    by: platform
    keeps: {link: link}
    asks: {nb: adressen til kurset, nn: adressa til kurset, en: the address of the course}
    says: {nb: [LENKE], nn: [LENKJE], en: [LINK]}
    letters: [{to: requester, send: course_ready, if: ordered_by_others}]
  confirm_label:                 # R30
    from: accepted
    to: shared
    by: owner
    says: {nb: [MERKET], nn: [MERKT], en: [LABELLED]}
    phrases:
      nb: [merket, merka, merking er gjort, merkingen er gjort, merkingen er utført, merkelappen er på,
           merkelappen er satt på, merkelappen er lagt på, merkelappen er på plass, merkelappen på plass,
           satt på merket, lagt på merket, lagt til merket,
           lagt inn merket, lagt merket på, satt merket på, satt på merkelappen]
      nn: [merkt, merka, merking er gjord, merkinga er gjord, merkinga er gjort, merkelappen er på,
           merkelappen er sett på, merkelappen er lagt på, merkelappen er på plass, merkelappen på plass,
           sett på merket, lagt på merket, lagt til merket,
           lagt inn merket, lagt merket på, sett merket på, sett på merkelappen, merket er på, merket er på plass]
      en: [labelled, labeled, the label is on, added the label, put the label on]
    letters: [{to: requester, send: course_ready}, {to: platform, send: now_shared, if: ordered_by_others}, {to: platform, send: course_link_wanted, if: link_missing}]
  withdraw:
    from: [ordered, received, seeking_permission, permitted, sent_to_ks, incomplete, accepted]
    to: withdrawn
    by: requester
    says: {nb: [TREKK, TRUKKET], nn: [TREKK, TREKT], en: [WITHDRAW]}
    letters: [{to: owner, send: request_withdrawn, if: owner_named}, {to: platform, send: request_withdrawn, if: ordered_by_others}]
  end_share:                     # R8: only the owner ends a share; the borrower can only stop using it
    from: shared
    to: ending
    by: owner
    proof: aligned
    keeps: {ends_on: {within: 1 year}}
    says: {nb: [AVSLUTT], nn: [AVSLUTT], en: [END]}
    letters: [{to: borrower, send: share_ends}, {to: requester, send: ordered_share_ends, if: ordered_by_others}]
  stop_borrowing:
    from: shared
    to: ending
    by: borrower
    keeps: {ends_on: {within: 1 year}}
    says: {nb: [IKKE I BRUK], nn: [IKKJE I BRUK], en: [NOT IN USE]}
    letters: [{to: owner, send: borrower_stops}, {to: requester, send: ordered_share_ends, if: ordered_by_others}]
  undo_ending:                   # by the one who ended it, until the day has passed
    from: ending
    to: shared
    by: [owner, borrower]
    when: [same_as_who_ended, end_date_ahead]
    says: {nb: [ANGRE], nn: [ANGRE], en: [UNDO]}
    letters: [{to: owner, send: ending_undone}, {to: borrower, send: ending_undone}, {to: requester, send: ending_undone}]
  confirm_ending:                # by the other one; it stops the reminders, the day stands
    from: ending
    to: ending
    by: [owner, borrower]
    when: [not_who_ended]
    keeps: confirmed
    says: {nb: [BEKREFT], nn: [STADFEST], en: [CONFIRM]}
    phrases:
      nb: [bekrefter, kan bekrefte, bekreftes herved, greit for oss, ok for oss, fint for oss, i orden, notert,
           tar det til etterretning, tar dette til etterretning, tatt til etterretning]
      nn: [stadfestar, stadfester, kan stadfeste, greitt for oss, ok for oss, fint for oss, i orden, notert,
           tek det til etterretning, tek dette til etterretning, teke til etterretning]
      en: [confirm, can confirm, fine with us, noted]
    letters: [{to: owner, send: ending_confirmed}, {to: borrower, send: ending_confirmed}]
  end_date_reached:              # at the end of the day, confirmed or not
    from: ending
    to: ended
    by: time
    letters: [{to: owner, send: share_ended}, {to: borrower, send: share_ended}, {to: requester, send: share_ended}]

timers:
  ordered:
    - {after: 5 working days, remind: platform, every: 5 working days, at_most: 3}
    - {after: 1 month, send: order_preliminary, to: requester}
    - {after: 1 month, escalate: true}
  received:
    - {after: 5 working days, remind: owner, every: 5 working days, at_most: 3}
    - {after: 1 month, send: order_preliminary, to: requester}
    - {after: 3 months, escalate: true}
  seeking_permission:
    - {after: 10 working days, remind: owner, every: 10 working days, at_most: 3}
    - {after: 1 month, send: order_preliminary, to: requester}
    - {after: 3 months, escalate: true}
  permitted:
    - {after: 10 working days, remind: owner, every: 10 working days, at_most: 3}
    - {after: 1 month, send: order_preliminary, to: requester}
    - {after: 3 months, escalate: true}
  sent_to_ks:
    - {after: 5 working days, remind: platform, every: 5 working days, at_most: 3}
    - {after: 1 month, send: order_preliminary, to: requester}
    - {after: 3 months, escalate: true}
  incomplete:
    - {after: 10 working days, remind: owner, every: 10 working days, at_most: 3}
    - {after: 1 month, send: order_preliminary, to: requester}
    - {after: 2 months, escalate: true}
  accepted:
    - {after: 5 working days, remind: owner, every: 5 working days, at_most: 4}
    - {after: 2 months, escalate: true}
  shared:
    - {after: 1 year, send: still_correct, to: owner, every: 1 year}
  ending:
    - {at: end of ends_on, fire: end_date_reached}
    - {after: 5 working days, remind: [owner, borrower]}
    - {before: 14 days, of: ends_on, remind: [owner, borrower]}
    - {before: 3 days, of: ends_on, remind: [owner, borrower]}
','816ff17741cc6121b213e7773460541ae72eb4cff8eead6eb6be3eac76592a72','2026-11-30T09:46:20Z');
INSERT INTO "workflow_version" VALUES('network_plan',1,'# A network''s action plan for the coming year: due to FOUSAM by 30 November (R78), within SU''s priority areas (R79).
# The 30th of November is the mandate''s. The other days and spans are local rules, and each letter says so.
workflow: network_plan
version: 1
title:
  nb: Handlingsplan fra faglig nettverk
  nn: Handlingsplan frå fagleg nettverk
  en: Action plan of a professional network
source: Mandat for faglege nettverk, «handlingsplan for kvart år … innan 30. november»     # R78

opens_with:                      # no mail opens it: one for each network and each year
  by: time
  each: network
  day: 1 September of the year before
  days:
    deadline: 30 November of the year before
    late_after: working day from deadline    # a weekend is not held against anybody
    first_reminder: 31 October of the year before      # 30 days before the deadline
    second_reminder: 23 November of the year before    # 7 days before it
    year_ends: 31 December
  state: not_delivered
  parties: {owner: network, requester: area}
  letters: [{to: leader, send: network_wanted}]

roles:
  leader:    {side: joint, duty: network_leader, of: owner, instead: [deputy, fousam, secretary]}
  deputy:    {side: joint, duty: network_deputy, of: owner, instead: nobody}
  fousam:    {side: joint, duty: fousam, of: owner, instead: secretary}      # the network''s contact there (R73)
  secretary: {side: joint, duty: fousam, of: requester}
  su:        {side: joint, duty: su, of: requester}

states:
  not_delivered: {waits_for: leader, title: {nb: Ikke levert, nn: Ikkje levert, en: Not delivered}}
  overdue:       {waits_for: leader, title: {nb: Forsinket, nn: Forseinka, en: Overdue}}
  delivered:     {waits_for: fousam, title: {nb: Levert, nn: Levert, en: Delivered}}
  returned:      {waits_for: leader, title: {nb: Sendt tilbake, nn: Send tilbake, en: Returned}}
  approved:      {waits_for: nobody, title: {nb: Godkjent, nn: Godkjend, en: Approved}}
  closed:        {final: true, title: {nb: Lukket, nn: Lukka, en: Closed}}

events:
  deliver:                       # whatever comes counts, at its time; a correction is a new version, the first time stands
    from: [not_delivered, overdue, returned, delivered, approved]
    to: delivered
    by: [leader, deputy]
    when: [delivery_filled_in, delivery_of_this_year]
    keeps: delivery
    letters: [{to: fousam, send: network_delivered}, {to: leader, send: network_receipt}, {to: deputy, send: network_receipt}]
  read_in:                       # a PDF or a free text, once somebody at FOUSAM has said what stands in it
    from: delivered
    to: same
    by: [fousam, secretary]
    when: [something_to_read, delivery_filled_in, delivery_of_this_year]
    keeps: reading
  approve:
    from: delivered
    to: approved
    by: [fousam, secretary]
    when: [delivery_read, within_priority_areas, totals_agree]
    says: {nb: [GODKJENT], nn: [GODKJEND, GODKJENT], en: [APPROVED]}
    letters: [{to: leader, send: network_approved}, {to: deputy, send: network_approved}]
  send_back:                     # nobody but FOUSAM, and never without a reason
    from: delivered
    to: returned
    by: [fousam, secretary]
    needs: reason
    says: {nb: [MANGLER], nn: [MANGLAR], en: [CHANGES]}
    asks: {nb: hva som mangler, nn: kva som manglar, en: what is missing}
    letters: [{to: leader, send: network_returned}, {to: deputy, send: network_returned}]
  deadline_passed:
    from: not_delivered
    to: overdue
    by: time
  year_over:
    from: [not_delivered, overdue, delivered, returned, approved]
    to: closed
    by: time
  close_with_network:
    from: [not_delivered, overdue, delivered, returned, approved]
    to: closed
    by: time
    follows: network closed

timers:
  not_delivered:                 # the secretary sees each batch the working day before it goes
    - {at: end of late_after, fire: deadline_passed}
    - {day: 1 working day before first_reminder, send: network_batch, to: secretary}
    - {day: first_reminder, send: network_reminder, to: leader}
    - {day: 1 working day before second_reminder, send: network_batch, to: secretary}
    - {day: second_reminder, send: network_reminder, to: leader}
    - {day: 2 working days before deadline, send: network_batch, to: secretary}
    - {day: 1 working day before deadline, send: network_reminder, to: leader}
    - {day: late_after, send: network_batch, to: secretary}
    - {at: end of year_ends, fire: year_over}
  overdue:
    - {day: 1 day after late_after, send: network_overdue, to: [leader, deputy], every: 1 week, at_most: 3}
    - {day: 7 days after late_after, send: network_batch, to: secretary, every: 1 week, at_most: 2}
    - {day: 22 days after late_after, send: network_escalated, to: [fousam, su]}
    - {at: end of year_ends, fire: year_over}
  delivered:
    - {after: 10 working days, send: network_waits, to: fousam, every: 10 working days, at_most: 3}
    - {at: end of year_ends, fire: year_over}
  returned:
    - {after: 10 working days, send: network_overdue, to: [leader, deputy], every: 10 working days, at_most: 3}
    - {at: end of year_ends, fire: year_over}
  approved:
    - {at: end of year_ends, fire: year_over}
','86ed8da254cc5efe0e8f14cb4181355356fdb5597cd54ff6f55cacea73388298','2026-11-30T09:46:20Z');
INSERT INTO "workflow_version" VALUES('network_report',1,'# A network''s annual report on the year that is over: due to FOUSAM by 31 January (R81).
# The 31st of January is the mandate''s. The other days and spans are local rules, and each letter says so.
workflow: network_report
version: 1
title:
  nb: Årsrapport fra faglig nettverk
  nn: Årsrapport frå fagleg nettverk
  en: Annual report of a professional network
source: Mandat for faglege nettverk, «rapportere årleg utført aktivitet til FOUSAM, innan 31. januar»     # R81

opens_with:
  by: time
  each: network
  day: 2 January of the year after
  days:
    deadline: 31 January of the year after
    late_after: working day from deadline
    first_reminder: 17 January of the year after      # 14 days before the deadline
    year_ends: 31 December of the year after
  state: not_delivered
  parties: {owner: network, requester: area}
  letters: [{to: leader, send: network_wanted}]

roles:
  leader:    {side: joint, duty: network_leader, of: owner, instead: [deputy, fousam, secretary]}
  deputy:    {side: joint, duty: network_deputy, of: owner, instead: nobody}
  fousam:    {side: joint, duty: fousam, of: owner, instead: secretary}
  secretary: {side: joint, duty: fousam, of: requester}
  su:        {side: joint, duty: su, of: requester}

states:
  not_delivered:     {waits_for: leader, title: {nb: Ikke levert, nn: Ikkje levert, en: Not delivered}}
  overdue:           {waits_for: leader, title: {nb: Forsinket, nn: Forseinka, en: Overdue}}
  delivered:         {waits_for: fousam, title: {nb: Levert, nn: Levert, en: Delivered}}
  returned:          {waits_for: leader, title: {nb: Sendt tilbake, nn: Send tilbake, en: Returned}}
  missing_in_rollup: {waits_for: nobody, title: {nb: Mangler i samlerapporten, nn: Manglar i samlerapporten, en: Missing in the roll-up}}
  received:          {final: true, title: {nb: Mottatt, nn: Motteken, en: Received}}
  closed:            {final: true, title: {nb: Lukket, nn: Lukka, en: Closed}}

events:
  deliver_late:                  # after the roll-up: a numbered supplement, never a change (R82)
    from: missing_in_rollup
    to: received
    by: [leader, deputy]
    when: [delivery_filled_in, delivery_of_this_year, delivery_comes_read]
    keeps: delivery
    letters: [{to: fousam, send: network_delivered_late}, {to: su, send: network_delivered_late}, {to: leader, send: network_receipt}, {to: deputy, send: network_receipt}]
  deliver:                       # whatever comes counts, at its time; a correction is a new version, the first time stands
    from: [not_delivered, overdue, returned, delivered, missing_in_rollup]
    to: delivered
    by: [leader, deputy]
    when: [delivery_filled_in, delivery_of_this_year]
    keeps: delivery
    letters: [{to: fousam, send: network_delivered}, {to: leader, send: network_receipt}, {to: deputy, send: network_receipt}]
  read_in:
    from: delivered
    to: same
    by: [fousam, secretary]
    when: [something_to_read, delivery_filled_in, delivery_of_this_year]
    keeps: reading
  accept:
    from: delivered
    to: received
    by: [fousam, secretary]
    when: [delivery_read, totals_agree]
    says: {nb: [GODTATT, MOTTATT], nn: [GODTEKE, MOTTEKEN], en: [ACCEPTED, RECEIVED]}
    letters: [{to: leader, send: network_approved}, {to: deputy, send: network_approved}]
  send_back:
    from: delivered
    to: returned
    by: [fousam, secretary]
    needs: reason
    says: {nb: [MANGLER], nn: [MANGLAR], en: [CHANGES]}
    asks: {nb: hva som mangler, nn: kva som manglar, en: what is missing}
    letters: [{to: leader, send: network_returned}, {to: deputy, send: network_returned}]
  deadline_passed:
    from: not_delivered
    to: overdue
    by: time
  miss_rollup:                   # the roll-up names it as missing; what is missing is never 0
    from: [not_delivered, overdue, returned]
    to: missing_in_rollup
    by: time
    follows: su_rollup sent
    letters: [{to: leader, send: network_missing}, {to: deputy, send: network_missing}]
  close_after_next_rollup:
    from: missing_in_rollup
    to: closed
    by: time
    follows: su_rollup sent of the year after
  year_over:
    from: [not_delivered, overdue, delivered, returned]
    to: closed
    by: time
  close_with_network:            # only if it was closed before the year was over
    from: [not_delivered, overdue, delivered, returned, missing_in_rollup]
    to: closed
    by: time
    follows: network closed

timers:
  not_delivered:
    - {at: end of late_after, fire: deadline_passed}
    - {day: 1 working day before first_reminder, send: network_batch, to: secretary}
    - {day: first_reminder, send: network_reminder, to: leader}
    - {day: 2 working days before deadline, send: network_batch, to: secretary}
    - {day: 1 working day before deadline, send: network_reminder, to: leader}
    - {day: late_after, send: network_batch, to: secretary}
    - {at: end of year_ends, fire: year_over}
  overdue:
    - {day: 1 day after late_after, send: network_overdue, to: [leader, deputy], every: 1 week, at_most: 3}
    - {day: 7 days after late_after, send: network_batch, to: secretary, every: 1 week, at_most: 2}
    - {at: end of year_ends, fire: year_over}
  delivered:
    - {after: 5 working days, send: network_waits, to: fousam, every: 5 working days, at_most: 3}
    - {at: end of year_ends, fire: year_over}
  returned:
    - {after: 5 working days, send: network_overdue, to: [leader, deputy], every: 5 working days, at_most: 3}
    - {at: end of year_ends, fire: year_over}
','b367c7f2fa9fd07eb97dbbf14f448b0df7689c9665d5aeafa48c771bb5ee1dc2','2026-11-30T09:46:20Z');
INSERT INTO "workflow_version" VALUES('su_rollup',1,'# FOUSAM''s roll-up of all networks'' reports on the year that is over: due to SU by 28 February, also in leap years (R82).
# The 28th of February is the mandate''s. The other days and spans are local rules, and each letter says so.
workflow: su_rollup
version: 1
title:
  nb: Samlerapport til samhandlingsutvalget
  nn: Samlerapport til samhandlingsutvalet
  en: Roll-up report to the cooperation committee
source: Mandat for faglege nettverk, «rapporterer vidare til SU innan 28. februar kvart år»     # R82

opens_with:
  by: time
  each: area
  day: 2 January of the year after
  days:
    built: 1 February of the year after
    deadline: 28 February of the year after
    late_after: working day from deadline
  state: open
  parties: {owner: area}

roles:
  secretary: {side: joint, duty: fousam, of: owner}
  su:        {side: joint, duty: su, of: owner, instead: secretary}

states:
  open:    {waits_for: nobody, title: {nb: Åpen, nn: Open, en: Open}}
  draft:   {waits_for: secretary, title: {nb: Utkast, nn: Utkast, en: Draft}}
  overdue: {waits_for: secretary, title: {nb: Forsinket, nn: Forseinka, en: Overdue}}
  locked:  {waits_for: secretary, title: {nb: Låst, nn: Låst, en: Locked}}
  sent:    {final: true, title: {nb: Sendt, nn: Send, en: Sent}}

events:
  build:
    from: open
    to: draft
    by: time
    letters: [{to: secretary, send: rollup_draft}]
  deadline_passed:
    from: draft
    to: overdue
    by: time
  lock:
    from: [draft, overdue]
    to: locked
    by: secretary
    when: sums_add_up
    says: {nb: [LÅS], nn: [LÅS], en: [LOCK]}
    keeps: rollup                # what is sent is what was locked, word for word
  send:                          # what comes later is a supplement, and moves nothing
    from: locked
    to: sent
    by: secretary
    says: {nb: [SEND], nn: [SEND], en: [SEND]}
    letters: [{to: su, send: rollup_sent}]

timers:
  open:
    - {day: built, fire: build}
  draft:
    - {at: end of late_after, fire: deadline_passed}
    - {day: 7 days before deadline, send: rollup_waits, to: secretary}
    - {day: 1 working day before deadline, send: rollup_waits, to: secretary}
  overdue:
    - {day: 1 day after late_after, send: rollup_waits, to: [secretary, su], every: 1 week, at_most: 3}
    - {after: 1 month, escalate: true}
  locked:
    - {after: 5 working days, send: rollup_waits, to: secretary, every: 5 working days, at_most: 3}
    - {after: 1 month, escalate: true}
','c1d0d0c3aa5c6663eec5344b23b35b4aa90e7b1b4a9eb22a93a5193ac313e1ad','2026-11-30T09:46:20Z');
CREATE INDEX ix_absence_address ON absence (address)
;
CREATE INDEX ix_pause_open ON pause (id) WHERE resumed_at IS NULL
;
CREATE INDEX ix_contact_duty ON contact (duty)
;
CREATE INDEX ix_contact_email ON contact (email)
;
CREATE INDEX ix_contact_party ON contact (party)
;
CREATE UNIQUE INDEX uq_contact_point ON contact (party) WHERE duty = 'contact_point' AND
valid_until IS NULL
;
CREATE INDEX ix_contact_alias_address ON contact_alias (address)
;
CREATE INDEX ix_network_area ON network (area)
;
CREATE INDEX ix_request_course ON request (course)
;
CREATE INDEX ix_request_escalated ON request (id) WHERE escalated_at IS NOT NULL
;
CREATE INDEX ix_request_workflow ON request (workflow)
;
CREATE INDEX ix_history_cause ON history (cause_kind, cause_ref)
;
CREATE INDEX ix_inbox_message ON inbox (message_id) WHERE message_id <> ''
;
CREATE INDEX ix_inbox_people ON inbox (id) WHERE (verdict IN ('unclear', 'remark', 'unreadable',
'oversize', 'newcomer', 'unknown_sender', 'unproved_sender', 'bounce') OR reasons LIKE
'%"answers_used_up"%' OR reasons LIKE '%"answers_in_circles"%')
;
CREATE INDEX ix_inbox_received_at ON inbox (received_at)
;
CREATE INDEX ix_inbox_request ON inbox (request)
;
CREATE INDEX ix_inbox_sender ON inbox (sender, received_at)
;
CREATE INDEX ix_inbox_sha256 ON inbox (sha256)
;
CREATE INDEX ix_inbox_undecided ON inbox (id) WHERE verdict IS NULL
;
CREATE INDEX ix_network_task_network ON network_task (network)
;
CREATE INDEX ix_share_request ON share (request)
;
CREATE UNIQUE INDEX uq_share_active ON share (course, direction, borrower) WHERE ended_at IS NULL
;
CREATE INDEX ix_timer_due ON timer (due_at) WHERE status = 'armed'
;
CREATE INDEX ix_timer_request ON timer (request) WHERE status = 'armed'
;
CREATE INDEX ix_answer_given_inbox ON answer_given (inbox)
;
CREATE INDEX ix_arrival_inbox ON arrival (inbox)
;
CREATE INDEX ix_attached_sha256 ON attached (sha256)
;
CREATE INDEX ix_letter_chasers ON letter (id) WHERE template = 'remind' AND state IN ('waiting',
'held')
;
CREATE INDEX ix_letter_claimed ON letter (claimed_at) WHERE claimed_at IS NOT NULL
;
CREATE INDEX ix_letter_due ON letter (not_before) WHERE state IN ('waiting', 'retry')
;
CREATE INDEX ix_letter_inbox ON letter (inbox)
;
CREATE INDEX ix_letter_receiver ON letter (receiver, written_at)
;
CREATE INDEX ix_letter_request ON letter (request)
;
CREATE INDEX ix_letter_sending ON letter (claimed_at) WHERE state = 'sending'
;
CREATE INDEX ix_letter_stopped ON letter (id) WHERE state IN ('dead', 'held')
;
CREATE INDEX ix_mail_claim_inbox ON mail_claim (inbox)
;
CREATE INDEX ix_sorting_inbox ON sorting (inbox)
;
CREATE INDEX ix_bounce_address ON bounce (address)
;
CREATE INDEX ix_gathered_carrier ON gathered (carrier)
;
CREATE INDEX ix_suspension_open ON suspension (address) WHERE lifted_at IS NULL
;
COMMIT;
