#include "console/lines.h"

#include <string>

#include "base/text.h"

namespace shide::console {
namespace {
constexpr std::size_t kLineLimit = 4 * 1024 * 1024;
}

int for_each_line(Streams& streams, const std::function<bool(int, std::string_view)>& line) {
  std::string held;
  bool overlong = false;
  int number = 0;
  bool all_fine = true;
  auto finish = [&] {
    ++number;
    if (overlong) {
      all_fine = line(number, {}) && all_fine;
    } else if (!trim(held).empty()) {
      all_fine = line(number, trim(held)) && all_fine;
    }
    held.clear();
    overlong = false;
  };
  std::string buffer(64 * 1024, '\0');
  for (long count; (count = streams.read(buffer.data(), buffer.size())) > 0;) {
    std::string_view chunk(buffer.data(), static_cast<std::size_t>(count));
    for (std::size_t end; (end = chunk.find('\n')) != std::string_view::npos; chunk.remove_prefix(end + 1)) {
      if (held.size() + end <= kLineLimit) held += chunk.substr(0, end);
      else overlong = true;
      finish();
    }
    if (held.size() + chunk.size() <= kLineLimit) held += chunk;
    else overlong = true;
  }
  if (!held.empty() || overlong) finish();
  return all_fine ? kFine : kFoundWrong;
}

}  // namespace shide::console
