// The door's log: one line of JSON an event, {"time","level","event","request_id",...}. No personal data: an exception is
// told by its type, and words that may quote a row are stripped of names and numbers first.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace shide::door {

enum class LogLevel { kError, kWarning, kNotice, kDebug };

/// The log of the host around us, which chooses by level itself; shide_settings.write_log.
using HostLog = std::function<void(LogLevel, std::string_view event, std::string_view request_id, std::string_view detail)>;

/// Thread-safe; each line is one write. Opened late, so that nothing is held across a fork.
class Log {
 public:
  /// With an empty path everything goes to the host, and to standard error where there is none.
  Log(std::string path, LogLevel level, HostLog host = {}) : path_(std::move(path)), level_(level), host_(std::move(host)) {}
  void write(LogLevel level, std::string_view event, std::string_view request_id, std::string_view detail) const;

 private:
  std::string path_;
  LogLevel level_;
  HostLog host_;
};

LogLevel log_level_of(std::string_view word);

/// Words of unknown origin as they may be logged: runs of four digits and more, and whatever is not ASCII, become "*".
std::string without_people(std::string_view words);

/// The C++ type of the exception in flight, "std::bad_alloc".
std::string exception_type();

}  // namespace shide::door
