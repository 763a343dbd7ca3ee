// The school's own site as a page to stand in: its header, a marker where our page goes, its footer.
//
//     auto page = theme.fetch();      page->bytes  ->  "<!doctype html>...<div id=\"shide-section\"></div>..."
//
// Any thread; bounded in time and size, but slow: for jobs, never in a request that a visitor waits for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shide::ports {

inline constexpr std::size_t kMaximumThemeBytes = 5u << 20;

/// The id of the element where our page goes.
inline constexpr std::string_view kThemeMarker = "shide-section";

struct ThemePage {
  std::string address;  // what links of the page are relative to
  std::string bytes;    // at most kMaximumThemeBytes
};

class Theme {
 public:
  virtual ~Theme() = default;
  /// False: the pages have our own look, and nobody needs to fetch anything.
  virtual bool is_wanted() const = 0;
  /// kUnavailable when the site does not answer with a page; kTooLarge for one beyond the limit.
  virtual Result<ThemePage> fetch() = 0;
};

class NullTheme : public Theme {
 public:
  bool is_wanted() const override { return false; }
  Result<ThemePage> fetch() override { return not_found(); }
};

}  // namespace shide::ports
