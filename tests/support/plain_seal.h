// Keys of the audit log in memory; none until a test makes one. And a deposit that remembers.
#pragma once

#include <map>

#include "base/ed25519.h"
#include "ports/seal.h"

namespace shide::testing {

class PlainSeal : public ports::Seal {
 public:
  Result<std::vector<ports::SealKey>> keys() override {
    std::vector<ports::SealKey> list;
    for (const auto& [id, one] : keys_) list.push_back(one.key);
    return list;
  }
  Result<ports::SealKey> key_for(Date today) override {
    for (const auto& [id, one] : keys_) {
      if (one.key.until >= today) return one.key;
    }
    return Error{ErrorCode::kConfiguration, {"seal.no_key"}};
  }
  Result<std::string> sign(const std::string& key_id, std::string_view bytes) override { return ed25519_sign(keys_[key_id].private_key, bytes); }
  Result<ports::SealKey> make_key(const std::string& id, Date until) override {
    if (keys_.count(id)) return Error{ErrorCode::kDuplicate, {"seal.taken", {{"file", id}}}};
    Ed25519Pair pair = new_ed25519_pair();
    keys_[id] = {{id, pair.public_key, until, true}, pair.private_key};
    return keys_[id].key;
  }

 private:
  struct Kept {
    ports::SealKey key;
    std::string private_key;
  };
  std::map<std::string, Kept> keys_;
};

class PlainDeposit : public ports::Deposit {
 public:
  bool is_wanted() const override { return true; }
  Result<void> put(const std::string& name, std::string_view text) override {
    if (broken) return Error{ErrorCode::kUnavailable, {"store.unavailable"}};
    kept[name] = std::string(text);
    return {};
  }
  std::map<std::string, std::string> kept;
  bool broken = false;
};

}  // namespace shide::testing
