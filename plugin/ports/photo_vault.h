// Keeps clean photos by the hash of their bytes. Put before the reference to it is committed: durable when `put` answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide::ports {

class PhotoVault {
 public:
  virtual ~PhotoVault() = default;
  /// `sha256` is the lower-case hexadecimal hash of `bytes`; the same photo twice is one.
  virtual Result<void> put(std::string_view sha256, std::string_view bytes) = 0;
  /// The bytes, their hash verified; kNotFound when there are none.
  virtual Result<std::string> get(std::string_view sha256) = 0;
  virtual Result<void> remove(std::string_view sha256) = 0;
  virtual Result<std::vector<std::string>> list() = 0;
};

}  // namespace shide::ports
