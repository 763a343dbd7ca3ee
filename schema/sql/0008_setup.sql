-- The way into an installation that nobody administers yet.

-- The one-time link for the first administrator, before there is a school: school_id is empty, and there is at most one row.
-- The token itself is not kept, only its hash.
CREATE TABLE setup_links (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  UNIQUE (token_hash)
);
