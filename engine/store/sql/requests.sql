-- Requests as they stand, one by one and in lists.

-- part: request_columns
-- A request.
request.id, request.number, request.workflow, request.version, request.state, request.since,
    request.owner, request.borrower, request.requester, request.course, request.opened_at,
    request.changed_at, request.due_at, request.escalated_at, request.form, request.kept,
    request.done, request.seq, request.head, request.last_act;

-- part: case_rows
-- Requests with their courses.
SELECT {request_columns}, course.owner AS course_owner, course.short_name AS course_short_name,
    course.full_name AS course_full_name, course.platform AS course_platform,
    course.licence AS course_licence, course.link AS course_link,
    course.information AS course_information
FROM request
LEFT JOIN course ON course.id = request.course;

-- name: request_insert
-- A request is opened; its number comes last of all.
INSERT INTO request (number, workflow, version, state, since, owner, borrower, requester, course,
    opened_at, changed_at, due_at, escalated_at, form, kept, done, seq, head, last_act)
VALUES (:number, :workflow, :version, :state, :since, :owner, :borrower, :requester, :course,
    :opened_at, :changed_at, :due_at, :escalated_at, :form, :kept, :done, :seq, :head, :last_act)
RETURNING id;

-- name: request_update
-- A request moves, unless somebody else has moved it meanwhile.
UPDATE request
SET version = :version, state = :state, since = :since, owner = :owner, borrower = :borrower,
    requester = :requester, course = :course, changed_at = :changed_at, due_at = :due_at,
    escalated_at = :escalated_at, form = :form, kept = :kept, done = :done, seq = :seq,
    head = :head, last_act = :last_act
WHERE id = :of_request
  AND seq = :of_seq;

-- name: request_by_number
-- One request.
SELECT {request_columns}
FROM request
WHERE number = :number;

-- name: request_by_number_locked
-- One request, which nobody else changes until this transaction ends.
{request_by_number}
FOR UPDATE;

-- name: requests_by_numbers
-- Several requests; whoever locks them takes them in the same order, so that no two wait for
-- each other.
SELECT {request_columns}
FROM request
WHERE number IN (:numbers::text[])
ORDER BY id;

-- name: requests_by_numbers_locked
-- Several requests, which nobody else changes until this transaction ends.
{requests_by_numbers}
FOR UPDATE;

-- name: request_escalated
-- A coordinator has been told that a request stands still.
UPDATE request
SET escalated_at = :at
WHERE id = :of_request;

-- name: request_number
-- An opened request gets its number.
UPDATE request
SET number = :number
WHERE id = :of_request;

-- name: request_number_of
-- The number of a request.
SELECT number
FROM request
WHERE id = :of_request;

-- name: counter_next
-- The next number of a year.
INSERT INTO counter (year, last)
VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last = counter.last + 1
RETURNING last;

-- name: counters
-- How many numbers each year has given.
SELECT year, last
FROM counter
ORDER BY year;

-- name: requests_all
-- Every request.
SELECT {request_columns}
FROM request
ORDER BY id;

-- name: request_cases
-- Requests with their courses: of one routine or all, in one state or any.
{case_rows}
WHERE (:of_workflow = '' OR request.workflow = :of_workflow)
  AND (:of_state = '' OR request.state = :of_state)
ORDER BY request.id;

-- name: request_lines
-- As `request_cases`, but only what a list shows.
SELECT request.id, request.number, request.workflow, request.version, request.state,
    request.owner, request.borrower, request.requester, request.since, request.due_at,
    request.escalated_at, request.opened_at, request.changed_at, request.form, request.kept,
    course.owner AS course_owner, course.short_name AS course_short_name,
    course.full_name AS course_full_name, course.licence AS course_licence,
    course.link AS course_link, course.information AS course_information
FROM request
LEFT JOIN course ON course.id = request.course
WHERE (:of_workflow = '' OR request.workflow = :of_workflow)
  AND (:of_state = '' OR request.state = :of_state)
ORDER BY request.id;

-- name: request_numbers
-- The numbers of all requests.
SELECT number
FROM request
ORDER BY id;

-- name: requests_of_parties
-- The requests to which one of some parties is a side, oldest first.
SELECT {request_columns}
FROM request
WHERE request.owner IN (:parties::text[]) OR request.borrower IN (:parties::text[])
    OR request.requester IN (:parties::text[])
ORDER BY request.id;

-- name: request_lines_brief
-- As `request_lines`, without the form where the course's name is known.
SELECT request.id, request.number, request.workflow, request.version, request.state,
    request.owner, request.borrower, request.requester, request.since, request.due_at,
    request.escalated_at, request.opened_at, request.changed_at,
    CASE WHEN course.full_name != '' THEN NULL ELSE request.form END AS form,
    course.owner AS course_owner, course.short_name AS course_short_name,
    course.full_name AS course_full_name, course.licence AS course_licence,
    course.link AS course_link,
    CASE WHEN course.full_name != '' THEN NULL ELSE course.information END AS course_information
FROM request
LEFT JOIN course ON course.id = request.course
WHERE (:of_workflow = '' OR request.workflow = :of_workflow)
  AND (:of_state = '' OR request.state = :of_state)
ORDER BY request.id;

-- name: request_case
-- One request with its course.
{case_rows}
WHERE request.number = :number;

-- name: request_counts
-- How many requests of each routine are in each state.
SELECT workflow, state, count(*) AS number
FROM request
GROUP BY workflow, state
ORDER BY workflow, state;

-- name: requests_standing
-- Requests that wait for somebody: each has a deadline or has let it pass, as every routine is
-- proved.
SELECT request.number, request.workflow, request.version, request.state, request.owner,
    request.borrower, request.requester, request.since, request.escalated_at
FROM request
WHERE request.id IN (
    SELECT timer.request
    FROM timer
    WHERE timer.status = 'armed'
      AND timer.action != 'send'
    UNION
    SELECT request.id
    FROM request
    WHERE request.escalated_at IS NOT NULL
)
ORDER BY request.id;

-- name: requests_of_party
-- A party's requests of one routine.
SELECT {request_columns}
FROM request
WHERE workflow = :of_workflow
  AND owner = :of_party
ORDER BY id;

-- name: requests_of_routine
-- All requests of one routine.
SELECT {request_columns}
FROM request
WHERE workflow = :of_workflow
ORDER BY id;
