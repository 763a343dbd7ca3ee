-- What the section shows to the staff and to everybody.

-- An accepted record as the staff may read it.
CREATE TABLE redacted_records (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  month          TEXT NOT NULL,
  grade_name     TEXT NOT NULL,
  teachers       TEXT NOT NULL,
  narrative      TEXT NOT NULL,
  reflection     TEXT NOT NULL,
  doubts         BIGINT NOT NULL,
  doubt_list     TEXT NOT NULL,
  cut_list       TEXT NOT NULL,
  source_sha256  TEXT NOT NULL,
  filed_at       BIGINT NOT NULL,
  UNIQUE (visit_id)
);
CREATE INDEX redacted_records_by_school_school_year_month ON redacted_records (school_id, school_year, month);
CREATE INDEX redacted_records_by_school_class ON redacted_records (school_id, class_id);
CREATE INDEX redacted_records_by_school_grade_group ON redacted_records (school_id, grade_group_id);

-- A piece of the public face. views is null until somebody counts.
CREATE TABLE posts (
  id               TEXT NOT NULL PRIMARY KEY,
  school_id        TEXT NOT NULL,
  version          BIGINT NOT NULL,
  kind             TEXT NOT NULL,
  state            TEXT NOT NULL,
  school_year      TEXT NOT NULL,
  title            TEXT NOT NULL,
  body             TEXT NOT NULL,
  source           TEXT NOT NULL,
  publisher        TEXT NOT NULL,
  author_id        TEXT NOT NULL,
  grade_name       TEXT NOT NULL,
  visit_ids        TEXT NOT NULL,
  visit_count      BIGINT NOT NULL,
  quote            TEXT NOT NULL,
  published_at     BIGINT,
  views            BIGINT,
  withdrawn_reason TEXT NOT NULL,
  review_reason    TEXT NOT NULL
);
CREATE INDEX posts_by_school_state ON posts (school_id, state);

-- The second person's yes to one exact text.
CREATE TABLE approvals (
  id              TEXT NOT NULL PRIMARY KEY,
  school_id       TEXT NOT NULL,
  version         BIGINT NOT NULL,
  post_id         TEXT NOT NULL REFERENCES posts (id) DEFERRABLE INITIALLY DEFERRED,
  text_sha256     TEXT NOT NULL,
  approved_by     TEXT NOT NULL,
  approved_at     BIGINT NOT NULL,
  consent_id      TEXT NOT NULL,
  school_decision TEXT NOT NULL
);
CREATE INDEX approvals_by_post ON approvals (post_id);
