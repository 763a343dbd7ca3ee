// A backup as a folder of plain files: shide.db, photos/3f/3fa9..., and manifest.json with the SHA-256 of each, so that it can be
// checked without shide, by `sha256sum`.
//
//     {"made_at":"2021-01-24T20:30:00+08:00","files":[{"path":"shide.db","bytes":163840,"sha256":"..."}, ...]}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace shide::console {

inline constexpr std::string_view kDatabaseFile = "shide.db";
inline constexpr std::string_view kManifestFile = "manifest.json";

/// "photos/3f/3fa9..."
std::string photo_file(const std::string& sha256);

struct BackupFile {
  std::string path;  // below the folder
  std::uintmax_t bytes = 0;
  std::string sha256;
};

/// Files of one backup. Errors name the path below the folder and what was tried.
class BackupFolder {
 public:
  explicit BackupFolder(std::string directory) : directory_(std::move(directory)) {}

  std::string path_of(std::string_view file) const { return directory_ + "/" + std::string(file); }
  /// Makes the folder, closed to others. kDuplicate when something stands in it already.
  Result<void> make() const;
  Result<std::string> read(const std::string& file) const;
  /// Durable when it returns.
  Result<void> write(const std::string& file, std::string_view bytes) const;

  Result<void> write_manifest(const std::vector<BackupFile>& files, Time made_at) const;
  /// kInvalid when there is none, it cannot be read, or it names a path that leads out of the folder.
  Result<std::vector<BackupFile>> read_manifest() const;
  /// The names of files that are missing or not those of the manifest.
  std::vector<std::string> broken_files(const std::vector<BackupFile>& files) const;

 private:
  std::string directory_;
};

}  // namespace shide::console
