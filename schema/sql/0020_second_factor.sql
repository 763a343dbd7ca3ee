-- The code of a phone after the password.

ALTER TABLE accounts ADD COLUMN second_factor_at BIGINT;
ALTER TABLE sessions ADD COLUMN second_factor_at BIGINT;

-- One an account. The secret stands sealed.
CREATE TABLE second_factors (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED,
  secret     TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  last_step  BIGINT NOT NULL,
  UNIQUE (account_id)
);

-- What does in place of a code when the phone is lost; not kept themselves, only hashes, and not after use.
CREATE TABLE recovery_codes (
  id         TEXT NOT NULL PRIMARY KEY,
  school_id  TEXT NOT NULL,
  version    BIGINT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id) DEFERRABLE INITIALLY DEFERRED,
  code_hash  TEXT NOT NULL,
  UNIQUE (account_id, code_hash)
);
