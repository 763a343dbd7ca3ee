#include "cipher_openssl/key_folder.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/base64.h"
#include "base/digest.h"
#include "base/info_file.h"

namespace shide::cipher_openssl {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".shidekey";
constexpr std::size_t kKey = 32, kLargest = 4096, kLongestId = 40;
constexpr int kDaysOfUse = 731;

Error refused(const char* code, const std::string& file) {
  return {ErrorCode::kConfiguration, {code, {{"file", file}}}, std::string(code) + ": " + file};
}

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= kLongestId && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

Result<KeyFile> parse(const std::string& text, const std::string& file) {
  Result<InfoEntry> entry = parse_info(text, file);
  if (!entry) return refused("keys.broken", file);
  auto made = parse_time(entry->text("made"));
  auto expires = parse_date(entry->text("expires"));
  auto bytes = from_base64(entry->text("key"));
  KeyFile key{{entry->text("id"), made.value_or(Time{}), expires.value_or(Date{})}, bytes.value_or("")};
  if (!made || !expires || !is_id(key.key.id) || key.bytes.size() != kKey) return refused("keys.broken", file);
  return key;
}

/// What is looked at is what is read: the file is opened once.
Result<KeyFile> read_key(const std::string& file) {
  int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return refused("keys.unreadable", file);
  struct stat status {};
  std::string text(kLargest + 1, '\0');
  bool known = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  ssize_t size = known ? ::read(descriptor, text.data(), text.size()) : -1;
  ::close(descriptor);
  if (size < 0) return refused("keys.unreadable", file);
  if ((status.st_mode & (S_IWGRP | S_IRWXO)) != 0) return refused("keys.open_to_others", file);
  text.resize(static_cast<std::size_t>(size));
  if (text.size() > kLargest) return refused("keys.broken", file);
  return parse(text, file);
}

bool is_newer(const KeyFile& a, const KeyFile& b) {
  return a.key.made != b.key.made ? b.key.made < a.key.made : b.key.id < a.key.id;
}

bool write_new(const std::string& file, const std::string& text, const struct stat& folder) {
  int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return false;
  bool done = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (done && ::geteuid() == 0 && folder.st_uid != 0) done = ::fchown(descriptor, folder.st_uid, folder.st_gid) == 0;
  done = done && ::fsync(descriptor) == 0;
  ::close(descriptor);
  return done;
}

bool flush_folder(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  return done;
}

}  // namespace

KeyFolder::KeyFolder(std::string path, std::unique_ptr<Clock> clock) : path_(std::move(path)), clock_(std::move(clock)) {}

Result<std::vector<KeyFile>> KeyFolder::read() const {
  std::vector<KeyFile> keys;
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0) {
    if (errno == ENOENT) return keys;
    return refused("keys.unreadable", path_);
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return refused("keys.open_to_others", path_);
  std::error_code failure;
  for (const auto& one : fs::directory_iterator(path_, failure)) {
    std::string file = one.path().string();
    if (!file.ends_with(kSuffix)) continue;
    SHIDE_TRY(key, read_key(file));
    for (const KeyFile& other : keys) {
      if (other.key.id == key.key.id) return Error{ErrorCode::kConfiguration, {"keys.twice", {{"key", key.key.id}, {"folder", path_}}}, "two key files of one id"};
    }
    keys.push_back(std::move(key));
  }
  if (failure) return refused("keys.unreadable", path_);
  std::sort(keys.begin(), keys.end(), is_newer);
  std::lock_guard lock(known_->mutex);
  known_->keys = keys;
  return keys;
}

Result<KeyFile> KeyFolder::newest() const {
  SHIDE_TRY(keys, read());
  if (keys.empty()) return Error{ErrorCode::kConfiguration, {"keys.none", {{"folder", path_}}}, "no key file"};
  const KeyFile& key = keys.front();
  if (key.key.expires < date_of(clock_->now())) {
    return Error{ErrorCode::kConfiguration, {"keys.expired", {{"key", key.key.id}, {"day", to_text(key.key.expires)}}}, "the newest key file has expired"};
  }
  return key;
}

Result<KeyFile> KeyFolder::find(std::string_view id) const {
  {
    std::lock_guard lock(known_->mutex);
    for (const KeyFile& key : known_->keys) {
      if (key.key.id == id) return key;
    }
  }
  SHIDE_TRY(keys, read());
  for (const KeyFile& key : keys) {
    if (key.key.id == id) return key;
  }
  return Error{ErrorCode::kConfiguration, {"keys.missing", {{"key", id}, {"folder", path_}}}, "a key file is missing"};
}

Result<ports::SchoolKey> KeyFolder::make() const {
  SHIDE_TRY(keys, read());
  std::error_code failure;
  if (fs::create_directories(path_, failure)) fs::permissions(path_, fs::perms::owner_all, failure);
  struct stat folder {};
  if (failure || ::stat(path_.c_str(), &folder) != 0) return refused("keys.not_made", path_);
  Time now = clock_->now();
  if (!keys.empty()) now = std::max(now, keys.front().key.made + kSecond);  // the newest, even if the clock was set back
  std::string id = to_text(date_of(now));
  std::erase(id, '-');
  id += "-" + sha256_hex(random_token(kKey)).substr(0, 6);
  KeyFile key{{id, now, Date{date_of(now).days + kDaysOfUse}}, std::string(kKey, '\0')};
  if (RAND_bytes(reinterpret_cast<unsigned char*>(key.bytes.data()), kKey) != 1) return internal_error("no random bytes");
  std::string text = "; A key of the fields of children. Without it nobody reads them, shide neither: keep a copy apart from the backups.\nid \"" + key.key.id +
                     "\"\nmade \"" + to_text(key.key.made) + "\"\nexpires \"" + to_text(key.key.expires) + "\"\nkey \"" + base64(key.bytes) + "\"\n";
  // Under another name until it is whole, so that nobody reads half a key.
  std::string file = path_ + "/" + key.key.id + std::string(kSuffix), growing = file + ".new";
  bool done = write_new(growing, text, folder) && ::link(growing.c_str(), file.c_str()) == 0;
  ::unlink(growing.c_str());
  if (!done || !flush_folder(path_)) return refused("keys.not_made", file);
  return key.key;
}

}  // namespace shide::cipher_openssl
