-- Fields of children stand sealed: which columns are, and the keys, wrapped by a key that is not in the database.

-- subject_id is a pupil, or empty for the school itself. Destroying a key empties `wrapped`; the row stays, so that nobody is given
-- a new one by mistake.
CREATE TABLE data_keys (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  subject_id   TEXT NOT NULL,
  school_key   TEXT NOT NULL,
  wrapped      TEXT NOT NULL,
  made_at      BIGINT NOT NULL,
  retired_at   BIGINT,
  destroyed_at BIGINT
);
CREATE UNIQUE INDEX data_keys_by_subject ON data_keys (school_id, subject_id) WHERE retired_at IS NULL;
CREATE INDEX data_keys_destroyed ON data_keys (destroyed_at) WHERE destroyed_at IS NOT NULL;
CREATE INDEX data_keys_by_school_key ON data_keys (school_key);

-- Filled by `migrate`, which seals what it finds; a column that the software seals and this table lacks is a missing step.
CREATE TABLE sealed_columns (
  table_name  TEXT NOT NULL,
  column_name TEXT NOT NULL,
  sealed_at   BIGINT NOT NULL,
  PRIMARY KEY (table_name, column_name)
);
