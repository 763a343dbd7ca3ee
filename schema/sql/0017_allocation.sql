-- What a grade leader respects when making teams, who would like to come along, who takes somebody's place, and which visit came
-- for another.

ALTER TABLE visits ADD COLUMN replaces_id TEXT NOT NULL DEFAULT '';
ALTER TABLE rosters ADD COLUMN seat_asked_at BIGINT;
ALTER TABLE rosters ADD COLUMN seats_granted BIGINT NOT NULL DEFAULT 0;

CREATE TABLE team_rules (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  campaign_id    TEXT NOT NULL,
  grade_group_id TEXT NOT NULL,
  kind           TEXT NOT NULL,
  teacher_id     TEXT NOT NULL,
  other_id       TEXT NOT NULL,
  from_day       BIGINT,
  to_day         BIGINT
);
CREATE INDEX team_rules_by_campaign_group ON team_rules (campaign_id, grade_group_id);

CREATE TABLE team_wishes (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  campaign_id TEXT NOT NULL,
  class_id    TEXT NOT NULL,
  teacher_id  TEXT NOT NULL,
  state       TEXT NOT NULL,
  asked_at    BIGINT NOT NULL,
  answered_at BIGINT,
  UNIQUE (campaign_id, class_id, teacher_id)
);

CREATE TABLE hand_overs (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  campaign_id TEXT NOT NULL,
  visit_id    TEXT NOT NULL,
  class_id    TEXT NOT NULL,
  from_id     TEXT NOT NULL,
  to_id       TEXT NOT NULL,
  state       TEXT NOT NULL,
  asked_at    BIGINT NOT NULL,
  answered_at BIGINT
);
CREATE INDEX hand_overs_by_campaign ON hand_overs (campaign_id);
