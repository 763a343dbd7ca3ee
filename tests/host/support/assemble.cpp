// The ports of the door's tests: everything in memory, and a store that misbehaves as store.path asks:
//     "refuses" answers kUnavailable · "throws" throws an exception with a name in it · "exhausts" throws std::bad_alloc
//     "absent" makes assemble itself fail with kUnavailable · "explodes" makes assemble throw
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>

#include "base/digest.h"
#include "door/assemble.h"
#include "support/fixed_clock.h"
#include "support/memory_store.h"
#include "support/plain_documents.h"

namespace shide::testing {
namespace {

class BrokenStore : public MemoryStore {
 public:
  BrokenStore(const Clock& clock, std::string way) : MemoryStore(clock), way_(std::move(way)) {}
  Result<void> ready() override { return break_down(); }

 protected:
  Result<void> run(const model::Actor& actor, std::string_view verb, bool writes,
                   const std::function<Result<void>(ports::Unit&)>& work) override {
    SHIDE_CHECK(break_down());
    return MemoryStore::run(actor, verb, writes, work);
  }

 private:
  Result<void> break_down() const {
    if (way_ == "refuses") return Error{ErrorCode::kUnavailable, {"error.internal"}, "made to fail"};
    if (way_ == "throws") throw std::runtime_error("the row of 王小明 138****0000");
    if (way_ == "exhausts") throw std::bad_alloc();
    return {};
  }
  std::string way_;
};

class PlainCipher : public ports::Cipher {
 public:
  Result<std::string> hash_password(std::string_view password) override { return sha256_hex(password); }
  bool password_matches(std::string_view password, std::string_view hash) override { return sha256_hex(password) == hash; }
};

class NoPhotoReader : public ports::PhotoReader {
 public:
  Result<ports::CleanPhoto> read(std::string_view) override { return Error{ErrorCode::kUnavailable, {"error.internal"}, "no decoder here"}; }
};

class MemoryVault : public ports::PhotoVault {
 public:
  Result<void> put(std::string_view sha256, std::string_view bytes) override {
    std::lock_guard lock(mutex_);
    photos_[std::string(sha256)] = bytes;
    return {};
  }
  Result<std::string> get(std::string_view sha256) override {
    std::lock_guard lock(mutex_);
    auto found = photos_.find(sha256);
    if (found == photos_.end()) return not_found();
    return found->second;
  }
  Result<void> remove(std::string_view sha256) override {
    std::lock_guard lock(mutex_);
    photos_.erase(std::string(sha256));
    return {};
  }
  Result<std::vector<std::string>> list() override {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, bytes] : photos_) names.push_back(name);
    return names;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> photos_;
};

}  // namespace
}  // namespace shide::testing

namespace shide::door {

Result<std::unique_ptr<ports::Ports>> assemble(const Config& config) {
  using namespace shide::testing;
  std::string way = config.text("store.path");
  if (way == "absent") return Error{ErrorCode::kUnavailable, {"error.internal"}, "no database here"};
  if (way == "explodes") throw std::runtime_error("assemble explodes");
  auto ports = std::make_unique<ports::Ports>();
  ports->clock = std::make_unique<FixedClock>();
  ports->store = std::make_unique<BrokenStore>(*ports->clock, way);
  ports->cipher = std::make_unique<PlainCipher>();
  ports->photo_reader = std::make_unique<NoPhotoReader>();
  ports->photo_vault = std::make_unique<MemoryVault>();
  ports->publisher = std::make_unique<ports::NullPublisher>();
  ports->documents = std::make_unique<PlainDocuments>();
  return ports;
}

}  // namespace shide::door
