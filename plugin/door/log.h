// The door's log: one line of JSON an event, {"time","level","event","request_id",...}. No personal data: an exception is
// told by its type, never by its words, which may quote a row.
#pragma once

#include <string>
#include <string_view>

namespace shide::door {

enum class LogLevel { kError, kWarning, kNotice, kDebug };

/// Thread-safe; each line is one write. Opened late, so that nothing is held across a fork.
class Log {
 public:
  /// An empty path is standard error.
  Log(std::string path, LogLevel level) : path_(std::move(path)), level_(level) {}
  void write(LogLevel level, std::string_view event, std::string_view request_id, std::string_view detail) const;

 private:
  std::string path_;
  LogLevel level_;
};

LogLevel log_level_of(std::string_view word);

/// The C++ type of the exception in flight, "std::bad_alloc".
std::string exception_type();

}  // namespace shide::door
