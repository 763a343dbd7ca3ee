-- The plan of a campaign and what belongs to it.

-- One campaign with its plan.
CREATE TABLE campaigns (
  id              TEXT NOT NULL PRIMARY KEY,
  school_id       TEXT NOT NULL,
  version         BIGINT NOT NULL,
  school_year     TEXT NOT NULL,
  term            BIGINT NOT NULL,
  title           TEXT NOT NULL,
  other_title     TEXT NOT NULL,
  theme           TEXT NOT NULL,
  purpose         TEXT NOT NULL,
  plan_text       TEXT NOT NULL,
  issued_by       TEXT NOT NULL,
  issued_on       BIGINT,
  publisher       TEXT NOT NULL,
  source          TEXT NOT NULL,
  visit_from      BIGINT NOT NULL,
  visit_to        BIGINT NOT NULL,
  tentative       BIGINT NOT NULL,
  tentative_note  TEXT NOT NULL,
  roster_due      BIGINT NOT NULL,
  upload_due      BIGINT NOT NULL,
  photos_required BIGINT NOT NULL,
  team_min        BIGINT NOT NULL,
  team_max        BIGINT NOT NULL,
  homeroom_counts BIGINT NOT NULL,
  per_class       BIGINT NOT NULL,
  code_version    TEXT NOT NULL,
  state           TEXT NOT NULL,
  announced_at    BIGINT
);
CREATE INDEX campaigns_by_school_school_year ON campaigns (school_id, school_year);

-- The documents a plan rests on.
CREATE TABLE basis_documents (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  campaign_id TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  position    BIGINT NOT NULL,
  title       TEXT NOT NULL,
  issuer      TEXT NOT NULL,
  number      TEXT NOT NULL
);
CREATE INDEX basis_documents_by_campaign ON basis_documents (campaign_id);

-- What happens from when to when.
CREATE TABLE stages (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  campaign_id TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  position    BIGINT NOT NULL,
  title       TEXT NOT NULL,
  description TEXT NOT NULL,
  starts_on   BIGINT,
  ends_on     BIGINT
);
CREATE INDEX stages_by_campaign ON stages (campaign_id);

-- A teacher has read the ten rules of one version, once.
CREATE TABLE code_acceptances (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  campaign_id  TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  teacher_id   TEXT NOT NULL,
  code_version TEXT NOT NULL,
  accepted_at  BIGINT NOT NULL,
  UNIQUE (campaign_id, teacher_id, code_version)
);
CREATE INDEX code_acceptances_by_school ON code_acceptances (school_id);

-- The list of visited pupils of one grade group (annex 2).
CREATE TABLE rosters (
  id               TEXT NOT NULL PRIMARY KEY,
  school_id        TEXT NOT NULL,
  version          BIGINT NOT NULL,
  campaign_id      TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  grade_group_id   TEXT NOT NULL,
  school_year      TEXT NOT NULL,
  state            TEXT NOT NULL,
  submitted_at     BIGINT,
  submitted_by     TEXT NOT NULL,
  decided_at       BIGINT,
  decided_by       TEXT NOT NULL,
  send_back_reason TEXT NOT NULL,
  UNIQUE (campaign_id, grade_group_id)
);
CREATE INDEX rosters_by_school ON rosters (school_id);
