-- One visit. What has different readers stands in different tables; all carry the place of that day.

-- A line of the roster and the visit that follows: one a pupil and campaign. visit_id is the id itself.
CREATE TABLE visits (
  id                  TEXT NOT NULL PRIMARY KEY,
  school_id           TEXT NOT NULL,
  version             BIGINT NOT NULL,
  school_year         TEXT NOT NULL,
  grade_group_id      TEXT NOT NULL,
  class_id            TEXT NOT NULL,
  visit_id            TEXT NOT NULL,
  campaign_id         TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  student_id          TEXT NOT NULL,
  homeroom_teacher_id TEXT NOT NULL,
  state               TEXT NOT NULL,
  appointment_at      BIGINT,
  mode_planned        TEXT,
  visited_at          BIGINT,
  UNIQUE (campaign_id, student_id)
);
CREATE INDEX visits_by_school_class ON visits (school_id, class_id);
CREATE INDEX visits_by_school_grade_group ON visits (school_id, grade_group_id);

-- Who is visited, as the register said on that day.
CREATE TABLE visited_students (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  student_id     TEXT NOT NULL,
  name           TEXT NOT NULL,
  gender         TEXT NOT NULL,
  UNIQUE (visit_id)
);
CREATE INDEX visited_students_by_school_class ON visited_students (school_id, class_id);
CREATE INDEX visited_students_by_school_grade_group ON visited_students (school_id, grade_group_id);

-- Guardians and carers of chosen pupils.
CREATE TABLE guardians (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  student_id     TEXT NOT NULL,
  name           TEXT NOT NULL,
  relation       TEXT NOT NULL,
  is_guardian    BIGINT NOT NULL,
  phone          TEXT NOT NULL,
  address        TEXT NOT NULL
);
CREATE INDEX guardians_by_visit ON guardians (visit_id);
CREATE INDEX guardians_by_school_class ON guardians (school_id, class_id);
CREATE INDEX guardians_by_school_grade_group ON guardians (school_id, grade_group_id);

-- Which of the six categories, if any.
CREATE TABLE care_notes (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  student_id     TEXT NOT NULL,
  categories     TEXT NOT NULL,
  UNIQUE (visit_id)
);
CREATE INDEX care_notes_by_school_class ON care_notes (school_id, class_id);
CREATE INDEX care_notes_by_school_grade_group ON care_notes (school_id, grade_group_id);

-- The team, each teacher once. Decides whose visit it is.
CREATE TABLE co_visitors (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  teacher_id     TEXT NOT NULL,
  is_homeroom    BIGINT NOT NULL,
  attendance     TEXT NOT NULL,
  confirmed_at   BIGINT,
  UNIQUE (visit_id, teacher_id)
);
CREATE INDEX co_visitors_by_teacher ON co_visitors (teacher_id);
CREATE INDEX co_visitors_by_school_class ON co_visitors (school_id, class_id);
CREATE INDEX co_visitors_by_school_grade_group ON co_visitors (school_id, grade_group_id);

-- What was prepared before the visit.
CREATE TABLE preparations (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  text           TEXT NOT NULL,
  sealed_at      BIGINT,
  sealed_by      TEXT NOT NULL,
  UNIQUE (visit_id)
);
CREATE INDEX preparations_by_school_class ON preparations (school_id, class_id);
CREATE INDEX preparations_by_school_grade_group ON preparations (school_id, grade_group_id);

-- The record of the visit (annex 3), shared by the team.
CREATE TABLE visit_records (
  id                      TEXT NOT NULL PRIMARY KEY,
  school_id               TEXT NOT NULL,
  version                 BIGINT NOT NULL,
  school_year             TEXT NOT NULL,
  grade_group_id          TEXT NOT NULL,
  class_id                TEXT NOT NULL,
  visit_id                TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  state                   TEXT NOT NULL,
  visited_at              BIGINT,
  mode                    TEXT,
  narrative               TEXT NOT NULL,
  reflection              TEXT NOT NULL,
  topics                  TEXT NOT NULL,
  alone_reason            TEXT NOT NULL,
  outside_window_reason   TEXT NOT NULL,
  late_preparation_reason TEXT NOT NULL,
  photo_waiver            TEXT NOT NULL,
  no_demand               TEXT NOT NULL,
  saved_at                BIGINT,
  saved_by                TEXT NOT NULL,
  submitted_at            BIGINT,
  submitted_by            TEXT NOT NULL,
  reviewed_at             BIGINT,
  reviewed_by             TEXT NOT NULL,
  review_reason           TEXT NOT NULL,
  preparation_mark        BIGINT NOT NULL,
  quality_marks           TEXT NOT NULL,
  UNIQUE (visit_id)
);
CREATE INDEX visit_records_by_school_state ON visit_records (school_id, state);
CREATE INDEX visit_records_by_school_class ON visit_records (school_id, class_id);
CREATE INDEX visit_records_by_school_grade_group ON visit_records (school_id, grade_group_id);

-- References to clean photos in the vault, one a slot.
CREATE TABLE visit_photos (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  slot           BIGINT NOT NULL,
  sha256         TEXT NOT NULL,
  source_sha256  TEXT NOT NULL,
  luma_grid      TEXT NOT NULL,
  width          BIGINT NOT NULL,
  height         BIGINT NOT NULL,
  added_by       TEXT NOT NULL,
  added_at       BIGINT NOT NULL,
  UNIQUE (visit_id, slot)
);
CREATE INDEX visit_photos_by_school_sha256 ON visit_photos (school_id, sha256);
CREATE INDEX visit_photos_by_school_class ON visit_photos (school_id, class_id);
CREATE INDEX visit_photos_by_school_grade_group ON visit_photos (school_id, grade_group_id);

-- What a family asked for, and the way back to it.
CREATE TABLE demands (
  id                 TEXT NOT NULL PRIMARY KEY,
  school_id          TEXT NOT NULL,
  version            BIGINT NOT NULL,
  school_year        TEXT NOT NULL,
  grade_group_id     TEXT NOT NULL,
  class_id           TEXT NOT NULL,
  visit_id           TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  topic              TEXT NOT NULL,
  urgency            TEXT NOT NULL,
  text               TEXT NOT NULL,
  state              TEXT NOT NULL,
  heard_at           BIGINT NOT NULL,
  heard_early_reason TEXT NOT NULL,
  recorded_at        BIGINT NOT NULL,
  passed_on_at       BIGINT,
  owner_name         TEXT NOT NULL,
  owner_id           TEXT NOT NULL,
  due_on             BIGINT,
  answer             TEXT NOT NULL,
  answered_at        BIGINT,
  carried_back_at    BIGINT,
  reply              TEXT NOT NULL
);
CREATE INDEX demands_by_visit ON demands (visit_id);
CREATE INDEX demands_by_school_state ON demands (school_id, state);
CREATE INDEX demands_by_school_class ON demands (school_id, class_id);
CREATE INDEX demands_by_school_grade_group ON demands (school_id, grade_group_id);

-- A guardian's word, one row a scope.
CREATE TABLE consents (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  student_id     TEXT NOT NULL,
  scope          TEXT NOT NULL,
  answer         TEXT NOT NULL,
  means          TEXT NOT NULL,
  given_at       BIGINT NOT NULL,
  noted_by       TEXT NOT NULL,
  withdrawn_at   BIGINT,
  UNIQUE (visit_id, scope)
);
CREATE INDEX consents_by_school_class ON consents (school_id, class_id);
CREATE INDEX consents_by_school_grade_group ON consents (school_id, grade_group_id);

-- A meal or present offered, told by the teacher.
CREATE TABLE gift_reports (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  school_year    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  class_id       TEXT NOT NULL,
  visit_id       TEXT NOT NULL REFERENCES visits (id) DEFERRABLE INITIALLY DEFERRED,
  reported_by    TEXT NOT NULL,
  text           TEXT NOT NULL,
  reported_at    BIGINT NOT NULL,
  state          TEXT NOT NULL,
  outcome        TEXT NOT NULL,
  handled_by     TEXT NOT NULL,
  handled_at     BIGINT
);
CREATE INDEX gift_reports_by_visit ON gift_reports (visit_id);
CREATE INDEX gift_reports_by_school_class ON gift_reports (school_id, class_id);
CREATE INDEX gift_reports_by_school_grade_group ON gift_reports (school_id, grade_group_id);
