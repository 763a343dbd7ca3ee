-- One sign-in with the school's own site, and its theme around the public pages.

ALTER TABLE sessions ADD COLUMN site_session TEXT NOT NULL DEFAULT '';

CREATE TABLE site_links (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  site_user  TEXT NOT NULL,
  account_id TEXT NOT NULL,
  linked_at  BIGINT NOT NULL,
  UNIQUE (school_id, site_user)
);

-- Kept a day: a ticket is refused for its age long before.
CREATE TABLE used_tickets (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  nonce        TEXT NOT NULL,
  site_user    TEXT NOT NULL,
  site_session TEXT NOT NULL,
  used_at      BIGINT NOT NULL,
  UNIQUE (school_id, nonce)
);
CREATE INDEX used_tickets_by_school_used_at ON used_tickets (school_id, used_at);

-- One row a school, from the job that fetches it to every process that shows it.
CREATE TABLE theme_shells (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  stylesheets TEXT NOT NULL,
  style       TEXT NOT NULL,
  top         TEXT NOT NULL,
  bottom      TEXT NOT NULL,
  body_class  TEXT NOT NULL,
  problem     TEXT NOT NULL,
  fetched_at  BIGINT,
  tried_at    BIGINT NOT NULL,
  UNIQUE (school_id)
);
