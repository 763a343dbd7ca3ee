-- The slip that lets a colleague in once, and who was what from when to when.

-- A sign-in slip; its code is not kept, only the hash.
CREATE TABLE sign_in_slips (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  code_hash  TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED,
  made_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  UNIQUE (code_hash)
);
CREATE INDEX sign_in_slips_by_account ON sign_in_slips (account_id);

-- In which class a pupil was. A pupil is one row of students through all years: this is where the years stand.
CREATE TABLE class_memberships (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL,
  student_id     TEXT NOT NULL,
  starts_on      BIGINT NOT NULL,
  ends_on        BIGINT
);
CREATE INDEX class_memberships_by_student ON class_memberships (student_id);
CREATE INDEX class_memberships_by_class ON class_memberships (class_id);

-- Who belonged to a grade group, led it, or was the homeroom teacher of a class.
CREATE TABLE teacher_posts (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  teacher_id     TEXT NOT NULL,
  kind           TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  starts_on      BIGINT NOT NULL,
  ends_on        BIGINT
);
CREATE INDEX teacher_posts_by_teacher ON teacher_posts (teacher_id);
CREATE INDEX teacher_posts_by_school_year ON teacher_posts (school_id, school_year);
