// Keeps clean photos under the SHA-256 of their bytes, outside the database. The order is the caller's duty: put first, commit
// the reference after; a put without a reference is an orphan that the worker finds by list() and removes.
//
//     vault.put(photo.sha256, photo.jpeg)      twice is as good as once
//     vault.get(photo.sha256)  ->  the same bytes, or an error: never others
//
// A name that is not 64 lower-case hexadecimal digits names nothing: get answers not_found, put refuses it.
// May be called from any thread, and by several processes on the same vault.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide::ports {

class PhotoVault {
 public:
  virtual ~PhotoVault() = default;
  /// Returns only when the bytes are durable. Refuses bytes whose hash is not `sha256`.
  virtual Result<void> put(std::string_view sha256, std::string_view bytes) = 0;
  /// The bytes, checked against their name. Errors: not_found; kInternal when what is stored has changed.
  virtual Result<std::string> get(std::string_view sha256) = 0;
  /// Removing what is not there is no error.
  virtual Result<void> remove(std::string_view sha256) = 0;
  /// The names of all that is kept, sorted.
  virtual Result<std::vector<std::string>> list() = 0;
};

}  // namespace shide::ports
