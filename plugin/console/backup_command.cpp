#include "console/backup_command.h"

#include <set>

#include "base/digest.h"
#include "console/backup.h"
#include "console/refusal.h"

namespace shide::console {
namespace {

/// Photos that are not in the folder yet.
Result<void> copy_photos(ports::PhotoVault& vault, const BackupFolder& folder, std::set<std::string>& copied, std::vector<BackupFile>& files) {
  SHIDE_TRY(names, vault.list());
  for (const std::string& sha256 : names) {
    if (copied.count(sha256)) continue;
    Result<std::string> bytes = vault.get(sha256);
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) continue;  // taken away meanwhile
    if (auto* error = bytes.if_error()) return std::move(*error);
    SHIDE_CHECK(folder.write(photo_file(sha256), *bytes));
    files.push_back({photo_file(sha256), bytes->size(), sha256});
    copied.insert(sha256);
  }
  return {};
}

Result<void> copy_database(ports::Store& store, const BackupFolder& folder, std::vector<BackupFile>& files) {
  std::string name(kDatabaseFile);
  SHIDE_CHECK(store.copy_to(folder.path_of(name)));
  SHIDE_TRY(bytes, folder.read(name));
  files.push_back({name, bytes.size(), sha256_hex(bytes)});
  return {};
}

// A photo taken away while this runs may still stand in the copy of the database, one added may stand in it only then: hence
// photos before it and again after it.
Result<std::size_t> back_up(ports::Ports& ports, const BackupFolder& folder) {
  SHIDE_CHECK(ports.store->ready());
  SHIDE_CHECK(folder.make());
  std::vector<BackupFile> files;
  std::set<std::string> copied;
  SHIDE_CHECK(copy_photos(*ports.photo_vault, folder, copied, files));
  SHIDE_CHECK(copy_database(*ports.store, folder, files));
  SHIDE_CHECK(copy_photos(*ports.photo_vault, folder, copied, files));
  SHIDE_CHECK(folder.write_manifest(files, ports.clock->now()));
  return copied.size();
}

Result<void> check_backup(const BackupFolder& folder, const std::vector<BackupFile>& files) {
  Error error{ErrorCode::kInvalid, {"backup.broken"}};
  for (const std::string& name : folder.broken_files(files)) error.problems.push_back({name, {"backup.broken_file"}});
  bool has_database = false;
  for (const BackupFile& one : files) has_database = has_database || one.path == kDatabaseFile;
  if (!has_database) error.problems.push_back({std::string(kDatabaseFile), {"backup.broken_file"}});
  if (!error.problems.empty()) return error;
  return {};
}

// The database comes last: a restore that was cut off has none, and can be begun again.
Result<std::size_t> restore(ports::Ports& ports, const BackupFolder& folder) {
  SHIDE_TRY(files, folder.read_manifest());
  SHIDE_CHECK(check_backup(folder, files));
  SHIDE_TRY(standing, ports.photo_vault->list());
  std::set<std::string> known(standing.begin(), standing.end());
  for (const BackupFile& one : files) known.erase(one.sha256);
  if (!known.empty()) return Error{ErrorCode::kDuplicate, {"backup.photos_there"}};
  std::size_t photos = 0;
  for (const BackupFile& one : files) {
    if (one.path == kDatabaseFile) continue;
    SHIDE_TRY(bytes, folder.read(one.path));
    SHIDE_CHECK(ports.photo_vault->put(one.sha256, bytes));
    ++photos;
  }
  SHIDE_CHECK(ports.store->take_copy(folder.path_of(kDatabaseFile)));
  return photos;
}

int finish(const Result<std::size_t>& photos, std::string_view code, Streams& streams) {
  if (auto* error = photos.if_error()) return refuse(*error, streams);
  streams.out(render({std::string(code), {{"photos", *photos}}}, streams.language) + "\n");
  return kFine;
}

int wrong_usage(std::string_view command, Streams& streams) {
  streams.err(render({"console.usage." + std::string(command)}, streams.language) + "\n");
  return kWrongUsage;
}

}  // namespace

int backup_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (arguments.size() != 1) return wrong_usage("backup", streams);
  return finish(back_up(environment.ports(), BackupFolder(arguments[0])), "backup.made", streams);
}

int restore_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (arguments.size() != 1) return wrong_usage("restore", streams);
  return finish(restore(environment.ports(), BackupFolder(arguments[0])), "backup.restored", streams);
}

}  // namespace shide::console
