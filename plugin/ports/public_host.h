// What an anonymous visitor gets from a place where posts stand: the section's own pages, or the school's site around them.
//
//     auto answer = host.get("/posts/018f...");      answer->bytes  ->  "<!doctype html>..."
//
// May be called from any thread; bounded in time and size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide::ports {

inline constexpr std::size_t kMaximumPublicBytes = 2u << 20;

/// How the watch names itself as User-Agent: its reading is no view (S9).
inline constexpr std::string_view kWatcher = "shide-watch";

struct PublicAnswer {
  int status = 0;
  std::string content_type;  // "text/html; charset=utf-8"
  std::string bytes;         // at most kMaximumPublicBytes; what is longer is cut
};

class PublicHost {
 public:
  virtual ~PublicHost() = default;

  /// Where the section begins there, as its links write it: "/shide", "https://www.example.edu.cn/shide"; no slash at the end.
  virtual std::string root() const = 0;
  /// Other addresses of that host that may show posts: its search, its interface for programs, its front page.
  virtual std::vector<std::string> other_addresses() const = 0;

  /// `address` begins with "/" and lies below root(), or is one of other_addresses(). Follows no redirection.
  virtual Result<PublicAnswer> get(std::string_view address) = 0;
};

}  // namespace shide::ports
