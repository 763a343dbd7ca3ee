#include "console/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/digest.h"
#include "base/json.h"

namespace shide::console {
namespace {

namespace fs = std::filesystem;

Error failed(std::string_view file, const std::string& why) {
  return {ErrorCode::kUnavailable, {"backup.file", {{"file", file}, {"why", why}}}, std::string(file) + ": " + why};
}

Error unreadable_manifest() { return {ErrorCode::kInvalid, {"backup.no_manifest"}}; }

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t put = ::write(file, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return ::fsync(file) == 0;
}

/// "shide.db" or a photo's own place; nothing else is ever read or written.
bool is_file_of_a_backup(const std::string& path) {
  if (path == kDatabaseFile) return true;
  std::string name = path.substr(path.find_last_of('/') + 1);
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos && path == photo_file(name);
}

Result<BackupFile> file_in(const nlohmann::json& line) {
  bool has_all = line.is_object() && line.contains("path") && line["path"].is_string() && line.contains("sha256") && line["sha256"].is_string() &&
                 line.contains("bytes") && line["bytes"].is_number_unsigned();
  if (!has_all || !is_file_of_a_backup(line["path"])) return unreadable_manifest();
  return BackupFile{line["path"], line["bytes"], line["sha256"]};
}

}  // namespace

std::string photo_file(const std::string& sha256) { return "photos/" + sha256.substr(0, 2) + "/" + sha256; }

Result<void> BackupFolder::make() const {
  std::error_code failure;
  fs::create_directories(directory_, failure);
  if (!failure) fs::permissions(directory_, fs::perms::owner_all, failure);
  if (failure) return failed(directory_, failure.message());
  if (!fs::is_empty(directory_, failure)) return Error{ErrorCode::kDuplicate, {"backup.not_empty", {{"directory", directory_}}}};
  return {};
}

Result<std::string> BackupFolder::read(const std::string& file) const {
  std::ifstream in(path_of(file), std::ios::binary);
  if (!in) return failed(file, std::strerror(errno));
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return failed(file, std::strerror(errno));
  return bytes;
}

Result<void> BackupFolder::write(const std::string& file, std::string_view bytes) const {
  std::string path = path_of(file);
  std::error_code failure;
  fs::create_directories(fs::path(path).parent_path(), failure);
  int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return failed(file, std::strerror(errno));
  bool written = write_all(descriptor, bytes);
  std::string why = written ? "" : std::strerror(errno);
  ::close(descriptor);
  if (!written) return failed(file, why);
  return {};
}

Result<void> BackupFolder::write_manifest(const std::vector<BackupFile>& files, Time made_at) const {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const BackupFile& one : files) list.push_back({{"path", one.path}, {"bytes", one.bytes}, {"sha256", one.sha256}});
  nlohmann::ordered_json manifest = {{"made_at", to_text(made_at)}, {"files", std::move(list)}};
  return write(std::string(kManifestFile), manifest.dump(1) + "\n");
}

Result<std::vector<BackupFile>> BackupFolder::read_manifest() const {
  Result<std::string> text = read(std::string(kManifestFile));
  if (!text) return unreadable_manifest();
  Result<nlohmann::json> manifest = parse_json(*text);
  if (!manifest || !manifest->is_object() || !manifest->contains("files") || !(*manifest)["files"].is_array()) return unreadable_manifest();
  std::vector<BackupFile> files;
  for (const nlohmann::json& line : (*manifest)["files"]) {
    SHIDE_TRY(file, file_in(line));
    files.push_back(file);
  }
  return files;
}

std::vector<std::string> BackupFolder::broken_files(const std::vector<BackupFile>& files) const {
  std::vector<std::string> broken;
  for (const BackupFile& one : files) {
    Result<std::string> bytes = read(one.path);
    if (!bytes || bytes->size() != one.bytes || sha256_hex(*bytes) != one.sha256) broken.push_back(one.path);
  }
  return broken;
}

}  // namespace shide::console
