// A PhotoVault in memory for unit tests; it passes tests/contract/photo_vault_contract.h like the real one.
#pragma once

#include <map>
#include <mutex>

#include "base/digest.h"
#include "ports/photo_vault.h"

namespace shide::testing {

class MemoryPhotoVault : public ports::PhotoVault {
 public:
  Result<void> put(std::string_view sha256, std::string_view bytes) override {
    if (sha256_hex(bytes) != sha256) return internal_error("photo vault: the bytes are not those of their name");
    std::lock_guard lock(mutex_);
    photos_[std::string(sha256)] = bytes;
    return {};
  }

  Result<std::string> get(std::string_view sha256) override {
    std::lock_guard lock(mutex_);
    auto found = photos_.find(sha256);
    if (found == photos_.end()) return not_found();
    if (sha256_hex(found->second) != sha256) return Error{ErrorCode::kInternal, {"photo.changed"}, "photo vault: a stored photo has changed"};
    return found->second;
  }

  Result<void> remove(std::string_view sha256) override {
    std::lock_guard lock(mutex_);
    if (auto found = photos_.find(sha256); found != photos_.end()) photos_.erase(found);
    return {};
  }

  Result<std::vector<std::string>> list() override {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, bytes] : photos_) names.push_back(name);
    return names;
  }

  /// Plays a disk that changed a photo behind our back.
  void spoil(std::string_view sha256) { photos_.find(sha256)->second += '!'; }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> photos_;
};

}  // namespace shide::testing
