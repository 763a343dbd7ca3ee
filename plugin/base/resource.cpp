#include "base/resource.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <list>
#include <map>
#include <mutex>

namespace shide {

/// Written by the build from the repository's own files: see cmake at the top level.
struct EmbeddedFile {
  const char* path;
  const char* begin;
  const char* end;
};
extern const EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;

namespace {

std::mutex mutex;
std::string directory;                                  // guarded by mutex
std::map<std::string, std::string, std::less<>> read;   // guarded by mutex; nodes never move

std::optional<std::string_view> overridden(std::string_view path) {
  std::lock_guard lock(mutex);
  if (directory.empty() || !path.starts_with("schema/")) return std::nullopt;
  if (auto found = read.find(path); found != read.end()) return found->second;
  std::ifstream file(directory + "/" + std::string(path.substr(7)), std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return read.emplace(std::string(path), std::move(bytes)).first->second;
}

}  // namespace

std::optional<std::string_view> resource(std::string_view path) {
  if (auto bytes = overridden(path)) return bytes;
  for (std::size_t i = 0; i < kEmbeddedFileCount; ++i) {
    const EmbeddedFile& file = kEmbeddedFiles[i];
    if (path == file.path) return std::string_view(file.begin, static_cast<std::size_t>(file.end - file.begin));
  }
  return std::nullopt;
}

std::vector<std::string_view> resources(std::string_view prefix) {
  std::vector<std::string_view> paths;
  for (std::size_t i = 0; i < kEmbeddedFileCount; ++i) {
    if (std::string_view(kEmbeddedFiles[i].path).starts_with(prefix)) paths.emplace_back(kEmbeddedFiles[i].path);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void override_resources(std::string new_directory) {
  std::lock_guard lock(mutex);
  directory = std::move(new_directory);
}

}  // namespace shide
