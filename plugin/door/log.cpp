#include "door/log.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/time.h"

namespace shide::door {

void Log::write(LogLevel level, std::string_view event, std::string_view request_id, std::string_view detail) const {
  static constexpr const char* kNames[] = {"error", "warning", "notice", "debug"};
  if (level > level_) return;
  nlohmann::ordered_json line = {{"time", to_text(SystemClock().now())}, {"level", kNames[static_cast<int>(level)]}, {"event", event}};
  if (!request_id.empty()) line["request_id"] = request_id;
  if (!detail.empty()) line["detail"] = detail;
  std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  // Opened for each line: log rotation needs no signal, and these lines are rare.
  int file = path_.empty() ? STDERR_FILENO : open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) return;
  [[maybe_unused]] ssize_t written = ::write(file, text.data(), text.size());
  if (file != STDERR_FILENO) close(file);
}

LogLevel log_level_of(std::string_view word) {
  if (word == "error") return LogLevel::kError;
  if (word == "warning") return LogLevel::kWarning;
  if (word == "debug") return LogLevel::kDebug;
  return LogLevel::kNotice;
}

std::string exception_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (!type) return "unknown";
  int status = 0;
  char* name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
  std::string text = status == 0 && name ? name : type->name();
  std::free(name);
  return text;
}

}  // namespace shide::door
