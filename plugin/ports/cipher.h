// Passwords, and the keys of children's fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace shide::ports {

/// Slow on purpose: call it outside transactions.
class Cipher {
 public:
  virtual ~Cipher() = default;
  /// A self-describing hash (Argon2id, RFC 9106) for the database.
  virtual Result<std::string> hash_password(std::string_view password) = 0;
  /// True if the password gives this hash. A malformed hash is no match.
  virtual bool password_matches(std::string_view password, std::string_view hash) = 0;
};

/// A key from a file outside the database. It wraps data keys, one school's apart from another's.
struct SchoolKey {
  std::string id;
  Time made;
  Date expires;  // the last day on which it wraps a new data key; it opens what it wrapped for as long as it is there
};

/// A key of one pupil's fields, as it stands in the database: wrapped.
struct WrappedKey {
  std::string school_key;  // id of the key that wraps it
  std::string bytes;
};

/// Envelopes: text that says which algorithm and which data key closed it, and opens only in its own place. Quick; safe from any
/// thread. `place` is bound to what is closed, so that nothing opens in another row, column or school. kConfiguration when a key
/// file is missing, open to others, expired, there twice or not the right one; kInternal for an envelope that was tampered with.
class FieldCipher {
 public:
  virtual ~FieldCipher() = default;

  /// Every key there is, newest first. kConfiguration for a folder that cannot be trusted.
  virtual Result<std::vector<SchoolKey>> school_keys() = 0;
  /// Makes a key file; it is the newest from now on. Durable when it returns.
  virtual Result<SchoolKey> make_school_key() = 0;

  /// The newest key is there and has not expired.
  virtual Result<void> can_wrap() = 0;
  /// 32 random bytes.
  virtual std::string make_data_key() = 0;
  /// By the newest key, which must not have expired.
  virtual Result<WrappedKey> wrap(std::string_view school, std::string_view data_key, std::string_view place) = 0;
  virtual Result<std::string> unwrap(std::string_view school, const WrappedKey& wrapped, std::string_view place) = 0;

  virtual std::string seal(std::string_view key_id, std::string_view data_key, std::string_view text, std::string_view place) = 0;
  virtual Result<std::string> open(std::string_view data_key, std::string_view envelope, std::string_view place) = 0;
  /// Id of the data key an envelope names; empty for what is no envelope.
  virtual std::string_view key_of(std::string_view envelope) const = 0;
};

}  // namespace shide::ports
