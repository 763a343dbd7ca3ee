// The door's log: one line of JSON an event, {"time","level","event","request_id",...}. No personal data: an exception is
// told by its type, and words that may quote a row are stripped of names and numbers first.
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

/// Words of unknown origin as they may be logged: runs of four digits and more, and whatever is not ASCII, become "*".
std::string without_people(std::string_view words);

/// The C++ type of the exception in flight, "std::bad_alloc".
std::string exception_type();

}  // namespace shide::door
