// Keys of the audit log as files in a folder, and its heads as files in another one: see README.md.
#pragma once

#include "ports/seal.h"

namespace shide::seal_files {

/// Reads the folder at each call, so that a new key needs no restart. A folder that is not there holds no key.
class SealFiles : public ports::Seal {
 public:
  explicit SealFiles(std::string directory) : directory_(std::move(directory)) {}
  Result<std::vector<ports::SealKey>> keys() override;
  Result<ports::SealKey> key_for(Date today) override;
  Result<std::string> sign(const std::string& key_id, std::string_view bytes) override;
  Result<ports::SealKey> make_key(const std::string& id, Date until) override;

 private:
  std::string directory_;
};

class DepositFolder : public ports::Deposit {
 public:
  /// "" for none.
  explicit DepositFolder(std::string directory) : directory_(std::move(directory)) {}
  bool is_wanted() const override { return !directory_.empty(); }
  Result<void> put(const std::string& name, std::string_view text) override;

 private:
  std::string directory_;
};

}  // namespace shide::seal_files
