// Somebody else's page, cut open at a marker so that a page of ours can stand in it, with all that could act taken out: scripts,
// handlers, frames, forms that take a password. What is left are words, pictures, links and looks.
//
//     cut_shell("<body class=home><header onclick=x()>A</header><main><div id=here></div></main><script>y()</script></body>", "https://a.cn/?x", "here")
//       ->  top "<header>A</header><div>"     bottom "</div>"     body_class "home"
//
// Addresses become whole ones. Styles that stood in the page are collected, to be served as a file: nothing inline is left. An
// ancestor of the marker that says it is the main part becomes a plain one; our page has its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide {

struct PageShell {
  struct Stylesheet {
    std::string media;  // "all", "print"
    std::string address;
    bool operator==(const Stylesheet&) const = default;
  };
  std::vector<Stylesheet> stylesheets;
  std::string style;
  std::string top, bottom;  // well-formed together, around what stands between
  std::string body_class;
};

/// Most bytes of a shell: what comes with every page.
inline constexpr std::size_t kMostShellBytes = 512u << 10;

/// Any bytes, broken markup too. kInvalid {"theme.no_marker"} when no element has the id, kTooLarge when too much is left.
/// Pure and thread-safe. The caller limits the size of the page.
Result<PageShell> cut_shell(std::string_view page, std::string_view address, std::string_view marker_id);

}  // namespace shide
