#include "seal_files/seal_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>

#include "base/digest.h"
#include "base/ed25519.h"
#include "base/key_text.h"
#include "base/text.h"

namespace shide::seal_files {

using ports::SealKey;

namespace {

constexpr std::size_t kLargestFile = 4096;
constexpr std::string_view kPrivate = ".key", kPublic = ".pub";

Error refused(const char* code, const std::string& file) { return {ErrorCode::kConfiguration, {code, {{"file", file}}}, "seal: " + file}; }

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

/// What the file holds. One that signs must be its owner's alone.
Result<std::string> read_file(const std::string& path, bool is_private) {
  Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0 || !S_ISREG(status.st_mode)) return refused("seal.not_read", path);
  if (is_private && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) return refused("seal.open_to_others", path);
  std::string text(kLargestFile + 1, '\0');
  ssize_t size = ::read(file.number, text.data(), text.size());
  if (size < 0 || static_cast<std::size_t>(size) > kLargestFile) return refused("seal.no_key_file", path);
  text.resize(static_cast<std::size_t>(size));
  return text;
}

/// Written whole or not at all: first under a name nobody reads, then linked to its own, which must be free.
Result<void> write_once(const std::string& path, std::string_view text, mode_t mode) {
  auto failed = [&] { return Error{ErrorCode::kConfiguration, {"seal.not_written", {{"file", path}}}, "seal: " + path + ": " + std::strerror(errno)}; };
  std::string draft = path + "." + random_token(9);
  Descriptor file{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
  if (file.number < 0) return failed();
  bool is_written = ::write(file.number, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file.number) == 0;
  bool is_linked = is_written && ::link(draft.c_str(), path.c_str()) == 0;
  Result<void> outcome;
  if (!is_linked) outcome = errno == EEXIST ? Error{ErrorCode::kDuplicate, {"seal.taken", {{"file", path}}}} : failed();
  ::unlink(draft.c_str());
  return outcome;
}

struct Known {
  KeyText key;
  std::string file;
};
using Keys = std::map<std::string, Known>;

/// Two files of one id are one key only when one is the public half of the other.
Result<void> add(Keys& keys, KeyText key, const std::string& file) {
  auto [place, is_new] = keys.try_emplace(key.id, Known{key, file});
  if (is_new) return {};
  KeyText& other = place->second.key;
  bool are_halves = other.public_key == key.public_key && other.private_key.empty() != key.private_key.empty();
  if (!are_halves) {
    return Error{ErrorCode::kConfiguration, {"seal.same_id", {{"id", key.id}, {"file", file}, {"other", place->second.file}}}, "seal: two keys of one id"};
  }
  if (other.private_key.empty()) place->second = {std::move(key), file};
  return {};
}

Result<Keys> read_keys(const std::string& directory) {
  Keys keys;
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator at(directory, failed), end; !failed && at != end; at.increment(failed)) files.push_back(at->path());
  if (failed && failed != std::errc::no_such_file_or_directory) return refused("seal.not_read", directory);
  std::sort(files.begin(), files.end());  // so that a refusal names the same file each time
  for (const auto& path : files) {
    bool is_private = path.extension() == kPrivate;
    if (!is_private && path.extension() != kPublic) continue;
    SHIDE_TRY(text, read_file(path.string(), is_private));
    auto key = key_in(text);
    if (!key || key->private_key.empty() == is_private) return refused("seal.no_key_file", path.string());
    SHIDE_CHECK(add(keys, std::move(*key), path.string()));
  }
  return keys;
}

SealKey as_port(const KeyText& key) { return {key.id, key.public_key, key.until, !key.private_key.empty()}; }

}  // namespace

Result<std::vector<SealKey>> SealFiles::keys() {
  SHIDE_TRY(known, read_keys(directory_));
  std::vector<SealKey> list;
  for (const auto& [id, one] : known) list.push_back(as_port(one.key));
  return list;
}

Result<SealKey> SealFiles::key_for(Date today) {
  SHIDE_TRY(list, keys());
  std::optional<SealKey> best;
  for (const SealKey& one : list) {
    if (one.can_sign && (!best || one.until > best->until)) best = one;
  }
  if (!best) return Error{ErrorCode::kConfiguration, {"seal.no_key"}, "seal: no key that signs"};
  if (best->until < today) return Error{ErrorCode::kConfiguration, {"seal.key_over", {{"id", best->id}, {"until", to_text(best->until)}}}, "seal: every key is over"};
  return *best;
}

Result<std::string> SealFiles::sign(const std::string& key_id, std::string_view bytes) {
  SHIDE_TRY(known, read_keys(directory_));
  auto found = known.find(key_id);
  std::string signature = found == known.end() ? "" : ed25519_sign(found->second.key.private_key, bytes);
  if (signature.empty()) return Error{ErrorCode::kConfiguration, {"seal.no_key"}, "seal: no such key that signs"};
  return signature;
}

Result<SealKey> SealFiles::make_key(const std::string& id, Date until) {
  SHIDE_TRY(known, read_keys(directory_));
  if (known.count(id)) return Error{ErrorCode::kDuplicate, {"seal.taken", {{"file", known[id].file}}}};
  Ed25519Pair pair = new_ed25519_pair();
  KeyText key{id, until, pair.public_key, pair.private_key};
  if (!key_in(to_text(key))) return Error{ErrorCode::kInvalid, {"seal.id_plain"}};
  if (::mkdir(directory_.c_str(), 0700) != 0 && errno != EEXIST) return refused("seal.not_written", directory_);
  SHIDE_CHECK(write_once(directory_ + "/" + id + std::string(kPrivate), to_text(key), 0600));
  return as_port(key);
}

Result<void> DepositFolder::put(const std::string& name, std::string_view text) {
  std::string path = directory_ + "/" + name;
  Result<void> written = write_once(path, text, 0644);
  if (written || written.error().code != ErrorCode::kDuplicate) return written;
  SHIDE_TRY(there, read_file(path, false));
  return there == text ? Result<void>{} : written;
}

}  // namespace shide::seal_files
