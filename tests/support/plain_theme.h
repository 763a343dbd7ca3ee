// The theme of the tests: a page that a test sets, and how often it was asked for.
#pragma once

#include "ports/theme.h"

namespace shide::testing {

class PlainTheme : public ports::Theme {
 public:
  static ports::ThemePage good_page() {
    return {"https://site.example/?shide_bridge=shell",
            "<html><head><link rel=stylesheet href=/theme.css><style>.x{color:red}</style><script>steal()</script></head>"
            "<body class=\"page\"><header>site</header><div id=\"shide-section\"></div><footer>foot</footer></body></html>"};
  }
  bool is_wanted() const override { return true; }
  Result<ports::ThemePage> fetch() override { return ++fetched, page; }

  Result<ports::ThemePage> page = good_page();
  int fetched = 0;
};

}  // namespace shide::testing
