-- Deadlines: what is to happen by itself, and when.

-- part: timer_columns
-- A timer.
timer.id, timer.request, timer.state, timer.position, timer.action, timer.target, timer.roles,
    timer.due_at, timer.every, timer.at_most, timer.occurrence, timer.rule, timer.calendar,
    timer.status, timer.seal;

-- part: timer_rows
-- Timers with their requests.
SELECT {timer_columns}, request.number, request.workflow
FROM timer
JOIN request ON request.id = timer.request;

-- name: timer_insert
-- Arms a timer.
INSERT INTO timer (request, state, position, action, target, roles, due_at, every, at_most,
    occurrence, rule, calendar, status, seal)
VALUES (:request, :state, :position, :action, :target, :roles, :due_at, :every, :at_most,
    :occurrence, :rule, :calendar, :status, :seal);

-- name: timers_void
-- A move makes the timers of a request void.
UPDATE timer
SET status = 'void', seal = {seal}
WHERE request = :of_request
  AND status = 'armed';

-- name: timers_replaced
-- Another version of the routine makes the timers of a request void; what they have done, its own
-- timers know.
UPDATE timer
SET status = 'void', seal = {seal}
WHERE request = :of_request
  AND status IN ('armed', 'done');

-- name: timers_due
-- What is due, oldest first, but for some requests; a clock that was set back must not act on
-- what has happened after it.
{timer_rows}
WHERE timer.status = 'armed'
  AND timer.due_at <= :at
  AND request.changed_at <= :at
  AND NOT timer.request IN (:but::int[])
ORDER BY timer.due_at, timer.id
LIMIT :at_most_rows;

-- name: timers_due_locked
-- As `timers_due`, without what others work on. Whoever changes a request locks its row first;
-- the timer is locked too, so that it is read as another worker has just left it.
{timers_due}
FOR UPDATE OF request, timer SKIP LOCKED;

-- name: timers_of_request
-- The armed timers of a request.
{timer_rows}
WHERE timer.status = 'armed'
  AND timer.request = :of_request
ORDER BY timer.due_at, timer.id;

-- name: timers_of_requests
-- The armed timers of several requests.
{timer_rows}
WHERE timer.status = 'armed'
  AND timer.request IN (:requests::int[])
ORDER BY timer.due_at, timer.id;

-- name: timers_of_stays
-- What is armed for requests, and what of their present states is done: a deadline acts before the
-- state is left.
{timer_rows}
WHERE timer.request IN (:requests::int[])
  AND timer.state = request.state
  AND (timer.status = 'armed' OR (timer.status = 'done' AND timer.due_at > request.since))
ORDER BY timer.due_at, timer.id;

-- name: timers_next
-- When the next timer is due.
SELECT min(due_at) AS at
FROM timer
WHERE status = 'armed';

-- name: timers_armed
-- The armed timers of one request, or of all.
{timer_rows}
WHERE timer.status = 'armed'
  AND (:number = '' OR request.number = :number)
ORDER BY timer.due_at, timer.id;

-- name: timer_finish
-- A timer has acted for the last time.
UPDATE timer
SET occurrence = occurrence + 1, status = 'done', seal = {seal}
WHERE id = :of_timer
  AND status = 'armed';

-- name: timer_rearm
-- A timer has acted, and will act again.
UPDATE timer
SET due_at = :at::varchar, occurrence = occurrence + 1, seal = {seal}
WHERE id = :of_timer
  AND status = 'armed';

-- name: chasers_between
-- The reminders that fall due in a period.
SELECT timer.id, timer.occurrence, timer.due_at, request.number AS request
FROM timer
JOIN request
  ON request.id = timer.request
WHERE timer.status = 'armed'
  AND timer.action = 'remind'
  AND timer.due_at > :after
  AND timer.due_at <= :until
ORDER BY timer.due_at, timer.id;
