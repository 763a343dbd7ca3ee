-- The two archives of a teacher, and the appraisal that reads them.

-- An append-only ledger: one source gives one entry of a kind, archive and teacher; sequence has no gap and no double.
CREATE TABLE archive_entries (
  id            TEXT NOT NULL PRIMARY KEY,
  school_id     TEXT NOT NULL,
  version       BIGINT NOT NULL,
  archive       TEXT NOT NULL,
  teacher_id    TEXT NOT NULL,
  staff_number  TEXT NOT NULL,
  staff_name    TEXT NOT NULL,
  school_year   TEXT NOT NULL,
  calendar_year TEXT NOT NULL,
  kind          TEXT NOT NULL,
  title         TEXT NOT NULL,
  text          TEXT NOT NULL,
  event_month   TEXT NOT NULL,
  mode          TEXT NOT NULL,
  source_id     TEXT NOT NULL,
  sequence      BIGINT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash          TEXT NOT NULL,
  filed_at      BIGINT NOT NULL,
  UNIQUE (archive, teacher_id, sequence)
);
CREATE UNIQUE INDEX archive_entries_visit ON archive_entries (archive, teacher_id, source_id, kind) WHERE source_id <> '';
CREATE INDEX archive_entries_by_school_archive_school_year ON archive_entries (school_id, archive, school_year);
CREATE INDEX archive_entries_by_teacher ON archive_entries (teacher_id);

-- One run of one version of a rule set, with its whole text.
CREATE TABLE appraisals (
  id               TEXT NOT NULL PRIMARY KEY,
  school_id        TEXT NOT NULL,
  version          BIGINT NOT NULL,
  campaign_id      TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  school_year      TEXT NOT NULL,
  title            TEXT NOT NULL,
  rule_set_key     TEXT NOT NULL,
  rule_set_version TEXT NOT NULL,
  rule_set_sha256  TEXT NOT NULL,
  rule_set_text    TEXT NOT NULL,
  state            TEXT NOT NULL,
  computed_at      BIGINT,
  computed_by      TEXT NOT NULL
);
CREATE INDEX appraisals_by_school_school_year ON appraisals (school_id, school_year);

-- What people judged: several a teacher and component.
CREATE TABLE ratings (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  appraisal_id TEXT NOT NULL REFERENCES appraisals (id) DEFERRABLE INITIALLY DEFERRED,
  teacher_id   TEXT NOT NULL,
  component    TEXT NOT NULL,
  value        TEXT NOT NULL
);
CREATE INDEX ratings_by_appraisal_teacher ON ratings (appraisal_id, teacher_id);
CREATE INDEX ratings_by_teacher ON ratings (teacher_id);

-- One a teacher and appraisal. total is in ten-thousandths.
CREATE TABLE scores (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  appraisal_id TEXT NOT NULL REFERENCES appraisals (id) DEFERRABLE INITIALLY DEFERRED,
  teacher_id   TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  staff_name   TEXT NOT NULL,
  total        BIGINT NOT NULL,
  grade        TEXT NOT NULL,
  missing      TEXT NOT NULL,
  vetoes       TEXT NOT NULL,
  barred_until TEXT NOT NULL,
  facts        TEXT NOT NULL,
  UNIQUE (appraisal_id, teacher_id)
);
CREATE INDEX scores_by_teacher ON scores (teacher_id);

-- Why the score is what it is, line by line. points is in ten-thousandths.
CREATE TABLE score_lines (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  score_id     TEXT NOT NULL REFERENCES scores (id) DEFERRABLE INITIALLY DEFERRED,
  appraisal_id TEXT NOT NULL,
  teacher_id   TEXT NOT NULL,
  position     BIGINT NOT NULL,
  criterion    TEXT NOT NULL,
  points       BIGINT NOT NULL,
  because      TEXT NOT NULL,
  state        TEXT NOT NULL,
  UNIQUE (score_id, position)
);
CREATE INDEX score_lines_by_appraisal ON score_lines (appraisal_id);
CREATE INDEX score_lines_by_teacher ON score_lines (teacher_id);
