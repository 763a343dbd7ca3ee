-- Where a post stands on the public face and outside it, who looks after what must go, and whose consent it was.

ALTER TABLE posts ADD COLUMN shelf TEXT NOT NULL DEFAULT 'digests';
ALTER TABLE posts ADD COLUMN copy_address TEXT NOT NULL DEFAULT '';
UPDATE posts SET shelf = CASE kind WHEN 'plan' THEN 'plan' WHEN 'single_note' THEN 'notes' WHEN 'thanks' THEN 'thanks' WHEN 'answer' THEN 'voices' ELSE 'digests' END;

ALTER TABLE consents ADD COLUMN guardian_id TEXT NOT NULL DEFAULT '';
ALTER TABLE consents ADD COLUMN wording TEXT NOT NULL DEFAULT '';

CREATE TABLE public_tasks (
  id             TEXT NOT NULL PRIMARY KEY,
  school_id      TEXT NOT NULL,
  version        BIGINT NOT NULL,
  kind           TEXT NOT NULL,
  post_id        TEXT NOT NULL,
  address        TEXT NOT NULL,
  found          TEXT NOT NULL,
  opened_at      BIGINT NOT NULL,
  due_at         BIGINT NOT NULL,
  outcome        TEXT NOT NULL,
  closed_by      TEXT NOT NULL,
  closed_by_name TEXT NOT NULL,
  closed_at      BIGINT
);
CREATE INDEX public_tasks_by_school_closed ON public_tasks (school_id, closed_at);
