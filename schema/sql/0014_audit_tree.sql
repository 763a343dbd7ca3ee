-- The log as a tree: entries numbered without a gap and never changed, and the signed heads that stand for it.

ALTER TABLE audit_events ADD COLUMN reason_salt TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_events ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;
UPDATE audit_events SET sequence = numbered.place FROM (SELECT id AS entry, row_number() OVER (PARTITION BY school_id ORDER BY at, id) AS place FROM audit_events) AS numbered WHERE numbered.entry = audit_events.id;
CREATE UNIQUE INDEX audit_events_by_school_sequence ON audit_events (school_id, sequence);
CREATE INDEX audit_events_by_school_actor ON audit_events (school_id, actor, sequence);
CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events BEGIN SELECT RAISE(ABORT, 'audit_events is never changed'); END;
CREATE TRIGGER audit_events_remain BEFORE DELETE ON audit_events BEGIN SELECT RAISE(ABORT, 'audit_events is never changed'); END;

CREATE TABLE audit_heads (
  id           TEXT NOT NULL PRIMARY KEY,
  school_id    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  size         BIGINT NOT NULL,
  root         TEXT NOT NULL,
  signed_at    BIGINT NOT NULL,
  key_id       TEXT NOT NULL,
  signature    TEXT NOT NULL,
  deposited_at BIGINT,
  UNIQUE (school_id, size)
);
