// ports/photo_vault on a directory: DIR/3f/3fa9... holds the photo of that hash, so that a backup is a copy and a check is
// `sha256sum`. Directories are 0700, files 0640 whatever the umask.
//
// A photo is written under a random name in DIR/incoming, synced, renamed into its place, and the directories are synced: after
// a power cut it is there whole or not at all. The directory is made by the first put; nothing is opened before.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ports/photo_vault.h"

namespace shide::photo_files {

class PhotoFiles : public ports::PhotoVault {
 public:
  explicit PhotoFiles(std::string directory) : directory_(std::move(directory)) {}

  /// Writes again what is already there, which also mends a damaged file. Errors: kUnavailable, photo.not_stored.
  Result<void> put(std::string_view sha256, std::string_view bytes) override;
  Result<std::string> get(std::string_view sha256) override;
  Result<void> remove(std::string_view sha256) override;
  /// Clears on its way what a put interrupted more than an hour ago left in DIR/incoming.
  Result<std::vector<std::string>> list() override;

 private:
  std::string directory_;
};

}  // namespace shide::photo_files
