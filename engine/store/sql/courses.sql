-- Courses, and who shares which with whom.

-- name: course_insert
-- A course is named for the first time.
INSERT INTO course (owner, short_name, short_name_key, platform, full_name, licence, link,
    information)
VALUES (:owner, :short_name, :short_name_key, :platform, :full_name, :licence, :link,
    :information)
RETURNING id;

-- name: course_update
-- What is known of a course changes.
UPDATE course
SET owner = :owner, short_name = :short_name, short_name_key = :short_name_key,
    platform = :platform, full_name = :full_name, licence = :licence, link = :link,
    information = :information
WHERE id = :of_course;

-- name: course_by_id
-- One course.
SELECT id, owner, short_name, short_name_key, platform, full_name, licence, link, information
FROM course
WHERE id = :of_course;

-- name: courses_by_ids
-- Several courses.
SELECT id, owner, short_name, short_name_key, platform, full_name, licence, link, information
FROM course
WHERE id IN (:ids::int[]);

-- name: known_courses
-- Every course with the last request about it, and since when it is shared.
SELECT request.number, course.full_name, course.short_name, course.owner,
    (
        SELECT min(share.since)
        FROM share
        WHERE share.course = course.id
          AND share.ended_at IS NULL
    ) AS since
FROM course
JOIN request ON request.id = (
    SELECT max(later.id)
    FROM request AS later
    WHERE later.course = course.id
)
ORDER BY course.id;

-- name: short_name_holder
-- The last request about another course with the same short name on the platform.
SELECT request.number
FROM course
JOIN request ON request.course = course.id
WHERE course.platform = 'ks-laering'
  AND course.short_name_key = :short_name_key
  AND course.id != :of_course
  AND request.id != :of_request
ORDER BY request.id DESC
LIMIT 1;

-- name: share_insert
-- A course is shared.
INSERT INTO share (course, direction, lender, borrower, since, ended_at, request)
VALUES (:course, :direction, :lender, :borrower, :since, :ended_at, :request)
RETURNING id;

-- name: share_end
-- A request's share ends.
UPDATE share
SET ended_at = :at
WHERE request = :of_request
  AND ended_at IS NULL;

-- name: shares_of_course
-- Who shares a course now.
SELECT share.id, share.course, share.direction, share.lender, share.borrower, share.since,
    share.ended_at, share.request, request.number
FROM share
JOIN request ON request.id = share.request
WHERE share.course = :of_course
  AND share.ended_at IS NULL
ORDER BY share.id;

-- name: catalogue
-- Every course that is shared now.
SELECT request.number, course.full_name, course.short_name, course.licence, course.link,
    share.direction, share.lender, share.borrower, share.since, request.kept
FROM share
JOIN request ON request.id = share.request
JOIN course ON course.id = share.course
WHERE share.ended_at IS NULL
ORDER BY share.id;

-- name: shares_by_name
-- Shared courses with that short name, or that name in full.
SELECT request.number, course.full_name, course.short_name, course.link, share.lender,
    share.borrower
FROM share
JOIN request ON request.id = share.request
JOIN course ON course.id = share.course
WHERE share.ended_at IS NULL
  AND (
      course.short_name_key = :short_name_key AND :short_name_key != ''
      OR lower(course.full_name) = lower(:full_name)
  )
ORDER BY share.id;

-- name: active_shares
-- Who shares which course with whom now.
SELECT request, course, direction, lender, borrower
FROM share
WHERE ended_at IS NULL
ORDER BY id;

-- name: shares_of_request
-- What a request shares now.
SELECT request, course, direction, lender, borrower
FROM share
WHERE ended_at IS NULL
  AND request = :of_request
ORDER BY id;
