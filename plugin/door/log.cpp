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
  if (path_.empty() && host_) return host_(level, event, request_id, detail);
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

std::string without_people(std::string_view words) {
  std::string out;
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < words.size() && out.size() < 500;) {
    std::size_t end = at;
    while (end < words.size() && is_digit(words[end])) ++end;
    if (end - at >= 4) {
      out += '*';
      at = end;
      continue;
    }
    end = at;
    while (end < words.size() && static_cast<unsigned char>(words[end]) >= 0x80) ++end;
    if (end > at) {
      out += '*';
      at = end;
      continue;
    }
    do out += words[at++];
    while (at < words.size() && is_digit(words[at - 1]) && is_digit(words[at]));
  }
  return out;
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
