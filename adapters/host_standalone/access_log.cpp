#include "host_standalone/access_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>

namespace shide::host_standalone {
namespace {

bool is_plain_word(std::string_view part) {
  return part.size() <= 16 && std::all_of(part.begin(), part.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.'; });
}

std::string quoted(std::string_view text) {
  static const char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\', out += c;
    else if (byte < 0x20 || byte == 0x7f) out += "\\u00", out += kHex[byte >> 4], out += kHex[byte & 15];
    else out += c;
  }
  return out + "\"";
}

std::string now() { return Poco::DateTimeFormatter::format(Poco::Timestamp(), "%Y-%m-%dT%H:%M:%S.%iZ"); }

}  // namespace

std::string told_path(std::string_view path) {
  std::string told;
  for (std::size_t at = 0; at < path.size() && told.size() < 200;) {
    std::size_t end = std::min(path.find('/', at), path.size());
    std::string_view part = path.substr(at, end - at);
    bool is_version = part == "v1";
    told += is_plain_word(part) || is_version ? std::string(part) : "*";
    if (end < path.size()) told += '/';
    at = end + 1;
  }
  return told;
}

void AccessLog::write(const Entry& entry) const {
  append("{\"time\":" + quoted(now()) + ",\"event\":\"request\",\"request_id\":" + quoted(entry.request_id) + ",\"method\":" +
         quoted(std::string_view(entry.method).substr(0, 16)) + ",\"path\":" + quoted(told_path(entry.path)) + ",\"status\":" +
         std::to_string(entry.status) + ",\"bytes\":" + std::to_string(entry.bytes) + ",\"microseconds\":" +
         std::to_string(entry.microseconds) + "}\n");
}

void AccessLog::event(std::string_view name, std::string_view detail) const {
  append("{\"time\":" + quoted(now()) + ",\"event\":" + quoted(name) + ",\"detail\":" + quoted(detail) + "}\n");
}

void AccessLog::append(const std::string& line) const {
  int file = path_.empty() ? STDERR_FILENO : open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (file < 0) return;
  [[maybe_unused]] ssize_t written = ::write(file, line.data(), line.size());
  if (file != STDERR_FILENO) close(file);
}

}  // namespace shide::host_standalone
