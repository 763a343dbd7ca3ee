-- What follows from visits.

-- A question of form, asked of one team.
CREATE TABLE formalism_signals (
  id               TEXT NOT NULL PRIMARY KEY,
  school_id        TEXT NOT NULL,
  version          BIGINT NOT NULL,
  school_year      TEXT NOT NULL,
  grade_group_id   TEXT NOT NULL,
  class_id         TEXT NOT NULL,
  visit_id         TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  kind             TEXT NOT NULL,
  other_visit_id   TEXT NOT NULL,
  evidence         TEXT NOT NULL,
  state            TEXT NOT NULL,
  asked_teacher_id TEXT NOT NULL,
  asked_at         BIGINT NOT NULL,
  reply            TEXT NOT NULL,
  replied_at       BIGINT,
  decision         TEXT NOT NULL,
  decision_reason  TEXT NOT NULL,
  document         TEXT NOT NULL,
  decided_by       TEXT NOT NULL,
  decided_by_name  TEXT NOT NULL,
  decided_at       BIGINT
);
CREATE INDEX formalism_signals_by_visit ON formalism_signals (visit_id);
CREATE INDEX formalism_signals_by_school_state ON formalism_signals (school_id, state);
CREATE INDEX formalism_signals_by_school_class ON formalism_signals (school_id, class_id);
CREATE INDEX formalism_signals_by_school_grade_group ON formalism_signals (school_id, grade_group_id);

-- What is put right, by whom, until when; signed off by another.
CREATE TABLE rectifications (
  id               TEXT NOT NULL PRIMARY KEY,
  school_id        TEXT NOT NULL,
  version          BIGINT NOT NULL,
  school_year      TEXT NOT NULL,
  grade_group_id   TEXT NOT NULL,
  demand_id        TEXT NOT NULL,
  problem          TEXT NOT NULL,
  measure          TEXT NOT NULL,
  standard         TEXT NOT NULL,
  owner_id         TEXT NOT NULL,
  owner_name       TEXT NOT NULL,
  opened_by        TEXT NOT NULL,
  opened_at        BIGINT NOT NULL,
  due_on           BIGINT NOT NULL,
  state            TEXT NOT NULL,
  outcome          TEXT NOT NULL,
  submitted_at     BIGINT,
  verified_by      TEXT NOT NULL,
  verified_by_name TEXT NOT NULL,
  verified_at      BIGINT
);
CREATE INDEX rectifications_by_school_school_year ON rectifications (school_id, school_year);
CREATE INDEX rectifications_by_owner ON rectifications (owner_id);
