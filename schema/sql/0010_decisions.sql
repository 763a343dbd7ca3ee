-- What a run decided, kept as it was decided.

-- Empty until the run is computed again.
ALTER TABLE scores ADD COLUMN grade_after_quota TEXT NOT NULL DEFAULT '';
ALTER TABLE scores ADD COLUMN quota_because TEXT NOT NULL DEFAULT '';

-- Who may be nominated for the award, condition by condition.
CREATE TABLE award_checks (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  score_id     TEXT NOT NULL REFERENCES scores (id) DEFERRABLE INITIALLY DEFERRED,
  appraisal_id TEXT NOT NULL,
  teacher_id   TEXT NOT NULL,
  position     BIGINT NOT NULL,
  passed       BIGINT NOT NULL,
  because      TEXT NOT NULL,
  UNIQUE (score_id, position)
);
CREATE INDEX award_checks_by_appraisal ON award_checks (appraisal_id);
CREATE INDEX award_checks_by_teacher ON award_checks (teacher_id);
