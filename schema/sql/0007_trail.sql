-- What the software remembers about itself.

-- Who did what. Holds no name, contact or text of anybody.
CREATE TABLE audit_events (
  id          TEXT NOT NULL PRIMARY KEY,
  school_id   TEXT NOT NULL,
  version     BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  actor       TEXT NOT NULL,
  roles       TEXT NOT NULL,
  verb        TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id   TEXT NOT NULL,
  fields      TEXT NOT NULL,
  reason      TEXT NOT NULL
);
CREATE INDEX audit_events_by_school_at ON audit_events (school_id, at);
CREATE INDEX audit_events_by_school_object ON audit_events (school_id, object_id);

-- What is to be done after a commit.
CREATE TABLE outbox_events (
  id              TEXT NOT NULL PRIMARY KEY,
  school_id       TEXT NOT NULL,
  version         BIGINT NOT NULL,
  topic           TEXT NOT NULL,
  object_id       TEXT NOT NULL,
  state           TEXT NOT NULL,
  created_at      BIGINT NOT NULL,
  attempts        BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  done_at         BIGINT,
  last_error      TEXT NOT NULL
);
CREATE INDEX outbox_events_by_state_next_attempt_at ON outbox_events (state, next_attempt_at);
CREATE INDEX outbox_events_by_school_topic_object ON outbox_events (school_id, topic, object_id);

-- The one holder of a job, by name.
CREATE TABLE leases (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  name       TEXT NOT NULL,
  holder     TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  UNIQUE (name)
);
