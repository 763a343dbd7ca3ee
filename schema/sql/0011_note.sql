-- What the staff view tells of a note beside its text, kept with the note so that nobody need look into the record for it.

ALTER TABLE redacted_records ADD COLUMN mode TEXT;
ALTER TABLE redacted_records ADD COLUMN reviewer TEXT NOT NULL DEFAULT '';
