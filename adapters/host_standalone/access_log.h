// One line of JSON a request. No personal data: no address of the client, no query, and of the path only plain words, since a
// family link or an id of a visit is one of its parts: "/shide/f/Zk3..." is told as "/shide/f/*".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace shide::host_standalone {

/// The path as it may be told.
std::string told_path(std::string_view path);

class AccessLog {
 public:
  /// An empty path is standard error.
  explicit AccessLog(std::string path) : path_(std::move(path)) {}
  struct Entry {
    std::string method;
    std::string path;  // as asked for; told_path is applied here
    std::string request_id;
    int status = 0;
    std::int64_t bytes = 0;
    std::int64_t microseconds = 0;
  };
  void write(const Entry& entry) const;
  /// A line about the server itself: "started", "stopped". `detail` is written as given.
  void event(std::string_view name, std::string_view detail) const;

 private:
  void append(const std::string& line) const;
  std::string path_;
};

}  // namespace shide::host_standalone
