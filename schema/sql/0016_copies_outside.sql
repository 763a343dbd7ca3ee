-- Copies of posts on other sites: what stands there, what is still to be done, and how the site itself is.

CREATE TABLE post_copies (
  id        TEXT NOT NULL PRIMARY KEY,
  school_id TEXT NOT NULL,
  version   BIGINT NOT NULL,
  post_id   TEXT NOT NULL,
  host      TEXT NOT NULL,
  reference TEXT NOT NULL,
  address   TEXT NOT NULL,
  state     TEXT NOT NULL,
  digest    TEXT NOT NULL,
  seen_at   BIGINT,
  views     BIGINT,
  look_at   BIGINT,
  UNIQUE (post_id, host)
);
CREATE INDEX post_copies_by_look_at ON post_copies (look_at);

CREATE TABLE deliveries (
  id              TEXT NOT NULL PRIMARY KEY,
  school_id       TEXT NOT NULL,
  version         BIGINT NOT NULL,
  copy_id         TEXT NOT NULL REFERENCES post_copies (id) DEFERRABLE INITIALLY DEFERRED,
  kind            TEXT NOT NULL,
  state           TEXT NOT NULL,
  created_at      BIGINT NOT NULL,
  attempts        BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  under_way_until BIGINT,
  done_at         BIGINT,
  problem         TEXT NOT NULL
);
CREATE INDEX deliveries_by_state_next_attempt ON deliveries (state, next_attempt_at);
CREATE INDEX deliveries_by_copy ON deliveries (copy_id);

CREATE TABLE copy_hosts (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  host         TEXT NOT NULL,
  silences     BIGINT NOT NULL,
  silent_since BIGINT,
  rests_until  BIGINT,
  problem      TEXT NOT NULL,
  UNIQUE (school_id, host)
);
