#include "photo_files/photo_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>

#include "base/digest.h"

namespace shide::photo_files {
namespace {

constexpr const char* kIncoming = "incoming";
constexpr std::size_t kLargestFile = 64u << 20;   // a clean photo is below 2 MiB; more is not ours
constexpr std::time_t kForgottenAfter = 60 * 60;  // seconds

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

using Listing = std::unique_ptr<DIR, int (*)(DIR*)>;

bool is_hash(std::string_view name) {
  return name.size() == 64 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Error failed(std::string_view what, const char* code = "photo.not_stored") {
  return {ErrorCode::kUnavailable, {code}, "photo files: " + std::string(what) + ": " + std::strerror(errno)};
}
Error not_read(std::string_view what) { return failed(what, "photo.not_read"); }

int open_directory(const std::string& path) { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

bool sync_directory(const std::string& path) {
  Descriptor directory(open_directory(path));
  return directory && ::fsync(directory.number()) == 0;
}

// Makes `path` and remembers it durably in `parent`; another process may be doing the same.
bool make_directory(const std::string& path, const std::string& parent) {
  if (::mkdir(path.c_str(), 0700) == 0) return sync_directory(parent);
  return errno == EEXIST;
}

std::string parent_of(const std::string& path) {
  auto slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

bool write_file(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (!file || ::fchmod(file.number(), 0640) != 0) return false;
  while (!bytes.empty()) {
    ssize_t put = ::write(file.number(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return ::fsync(file.number()) == 0;
}

// Nothing for a directory that is not there; an error for one that cannot be read, so that a list is never silently short.
Result<std::vector<std::string>> names_in(const std::string& path) {
  std::vector<std::string> names;
  Listing listing(::opendir(path.c_str()), ::closedir);
  if (!listing) return errno == ENOENT ? Result<std::vector<std::string>>(std::move(names)) : not_read("list");
  while (dirent* entry = ::readdir(listing.get())) names.emplace_back(entry->d_name);
  return names;
}

Result<void> clear_forgotten(const std::string& incoming) {
  SHIDE_TRY(names, names_in(incoming));
  for (const std::string& name : names) {
    struct stat status{};
    std::string path = incoming + "/" + name;
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (status.st_mtime < std::time(nullptr) - kForgottenAfter) ::unlink(path.c_str());
  }
  return {};
}

}  // namespace

Result<void> PhotoFiles::put(std::string_view sha256, std::string_view bytes) {
  if (!is_hash(sha256) || sha256_hex(bytes) != sha256) return internal_error("photo files: the bytes are not those of their name");
  std::string incoming = directory_ + "/" + kIncoming, shard = directory_ + "/" + std::string(sha256.substr(0, 2));
  if (!make_directory(directory_, parent_of(directory_)) || !make_directory(incoming, directory_) || !make_directory(shard, directory_)) return failed("mkdir");
  std::string temporary = incoming + "/" + random_token(18), final = shard + "/" + std::string(sha256);
  if (!write_file(temporary, bytes) || ::rename(temporary.c_str(), final.c_str()) != 0) {
    Error error = failed("write");
    ::unlink(temporary.c_str());
    return error;
  }
  // The shard's own entry may still be on its way to the disk when another process made it a moment ago.
  if (!sync_directory(shard) || !sync_directory(directory_)) return failed("fsync");
  return {};
}

Result<std::string> PhotoFiles::get(std::string_view sha256) {
  if (!is_hash(sha256)) return not_found();
  std::string path = directory_ + "/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file && errno == ENOENT) return not_found();
  struct stat status{};
  if (!file || ::fstat(file.number(), &status) != 0) return not_read("open");
  auto changed = [&] { return Error{ErrorCode::kInternal, {"photo.changed"}, "photo files: " + std::string(sha256) + " has changed on the disk"}; };
  if (!S_ISREG(status.st_mode) || static_cast<std::size_t>(status.st_size) > kLargestFile) return changed();
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    ssize_t got = ::read(file.number(), bytes.data() + at, bytes.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return not_read("read");
    if (got == 0) return changed();
    at += static_cast<std::size_t>(got);
  }
  if (sha256_hex(bytes) != sha256) return changed();
  return bytes;
}

Result<void> PhotoFiles::remove(std::string_view sha256) {
  if (!is_hash(sha256)) return {};
  std::string shard = directory_ + "/" + std::string(sha256.substr(0, 2));
  if (::unlink((shard + "/" + std::string(sha256)).c_str()) != 0) return errno == ENOENT ? Result<void>{} : failed("unlink");
  if (!sync_directory(shard)) return failed("fsync");
  return {};
}

Result<std::vector<std::string>> PhotoFiles::list() {
  SHIDE_CHECK(clear_forgotten(directory_ + "/" + kIncoming));
  SHIDE_TRY(shards, names_in(directory_));
  std::vector<std::string> found;
  for (const std::string& shard : shards) {
    if (shard.size() != 2 || shard == "..") continue;
    SHIDE_TRY(names, names_in(directory_ + "/" + shard));
    for (std::string& name : names) {
      if (is_hash(name) && name.starts_with(shard)) found.push_back(std::move(name));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace shide::photo_files
