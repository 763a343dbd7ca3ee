-- The versions of an announced plan, and who has been told of each.

CREATE TABLE plan_revisions (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  campaign_id  TEXT NOT NULL REFERENCES campaigns (id) DEFERRABLE INITIALLY DEFERRED,
  number       BIGINT NOT NULL,
  step         TEXT NOT NULL,
  reason       TEXT NOT NULL,
  document     TEXT NOT NULL,
  state_before TEXT NOT NULL,
  plan         TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  made_by      TEXT NOT NULL,
  made_by_name TEXT NOT NULL,
  UNIQUE (campaign_id, number)
);

-- Once a version and person.
CREATE TABLE revision_readings (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  revision_id TEXT NOT NULL REFERENCES plan_revisions (id) DEFERRABLE INITIALLY DEFERRED,
  account_id  TEXT NOT NULL,
  read_at     BIGINT NOT NULL,
  UNIQUE (revision_id, account_id)
);
CREATE INDEX revision_readings_by_account ON revision_readings (account_id);
