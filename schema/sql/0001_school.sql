-- The school, its people, and who may sign in.
-- Every table has id (UUIDv7), school_id and version (saves, from 1). Moments are UTC microseconds, days are days since 1970,
-- yes and no are 1 and 0, codes are the words of the model. An empty reference is an empty text; null means not yet.

-- The school, or the schools of a district.
CREATE TABLE schools (
  id            TEXT NOT NULL PRIMARY KEY,
  school_id     TEXT NOT NULL,
  version       BIGINT NOT NULL,
  name          TEXT NOT NULL,
  short_name    TEXT NOT NULL,
  site_name     TEXT NOT NULL,
  site_url      TEXT NOT NULL,
  district_name TEXT NOT NULL,
  breadcrumb    TEXT NOT NULL,
  section_name  TEXT NOT NULL,
  demo          BIGINT NOT NULL
);

-- Year by year: a grade, or the arts and sports group.
CREATE TABLE grade_groups (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  school_year TEXT NOT NULL,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  grade       BIGINT NOT NULL,
  leader_id   TEXT NOT NULL,
  UNIQUE (school_id, school_year, name)
);

-- Year by year: a class, its grade group and its homeroom teacher.
CREATE TABLE classes (
  id                  TEXT NOT NULL PRIMARY KEY,
  school_id           TEXT NOT NULL,
  version             BIGINT NOT NULL,
  school_year         TEXT NOT NULL,
  name                TEXT NOT NULL,
  grade_group_id      TEXT NOT NULL,
  homeroom_teacher_id TEXT NOT NULL,
  pupil_count         BIGINT NOT NULL,
  UNIQUE (school_id, school_year, name)
);
CREATE INDEX classes_by_grade_group ON classes (grade_group_id);
CREATE INDEX classes_by_homeroom_teacher ON classes (homeroom_teacher_id);

-- Who teaches. A staff number, once given, is nobody else's.
CREATE TABLE teachers (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  staff_number   TEXT NOT NULL,
  name           TEXT NOT NULL,
  subject        TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  duty           TEXT NOT NULL
);
CREATE UNIQUE INDEX teachers_staff_number ON teachers (school_id, staff_number) WHERE staff_number <> '';
CREATE INDEX teachers_by_school_grade_group ON teachers (school_id, grade_group_id);

-- Who teaches which class, or leads a club with its pupils.
CREATE TABLE teaching_assignments (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  school_year TEXT NOT NULL,
  teacher_id  TEXT NOT NULL,
  class_id    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  UNIQUE (teacher_id, class_id, school_year, kind, subject)
);
CREATE INDEX teaching_assignments_by_school ON teaching_assignments (school_id);
CREATE INDEX teaching_assignments_by_class ON teaching_assignments (class_id);

-- The register: names and classes, nothing more.
CREATE TABLE students (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL,
  student_number TEXT NOT NULL,
  name           TEXT NOT NULL
);
CREATE UNIQUE INDEX students_number ON students (school_id, school_year, student_number) WHERE student_number <> '';
CREATE INDEX students_by_school_class ON students (school_id, class_id);
CREATE INDEX students_by_school_grade_group ON students (school_id, grade_group_id);

-- Who signs in. One login names one person of the school.
CREATE TABLE accounts (
  id                   TEXT NOT NULL PRIMARY KEY,
  school_id            TEXT NOT NULL,
  version              BIGINT NOT NULL,
  login                TEXT NOT NULL,
  name                 TEXT NOT NULL,
  password_hash        TEXT NOT NULL,
  roles                TEXT NOT NULL,
  teacher_id           TEXT NOT NULL,
  must_change_password BIGINT NOT NULL,
  failures             BIGINT NOT NULL,
  locked_until         BIGINT,
  disabled             BIGINT NOT NULL,
  UNIQUE (school_id, login)
);
CREATE INDEX accounts_by_login ON accounts (login);

-- Who is signed in; the cookie itself is not kept, only its hash.
CREATE TABLE sessions (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  csrf       TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  UNIQUE (token_hash)
);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- Programs that may read; the token itself is not kept, only its hash.
CREATE TABLE api_tokens (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  name       TEXT NOT NULL,
  scopes     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT,
  UNIQUE (token_hash)
);
CREATE INDEX api_tokens_by_school ON api_tokens (school_id);
