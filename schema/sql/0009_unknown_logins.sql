-- What keeps a lock from telling which logins exist.

-- A login that nobody has and that was tried with some password. The newest few thousand are kept, by their hash alone.
CREATE TABLE unknown_logins (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  login_hash   TEXT NOT NULL,
  failures     BIGINT NOT NULL,
  locked_until BIGINT,
  refused_at   BIGINT NOT NULL,
  UNIQUE (school_id, login_hash)
);
CREATE INDEX unknown_logins_by_school_refused_at ON unknown_logins (school_id, refused_at);
