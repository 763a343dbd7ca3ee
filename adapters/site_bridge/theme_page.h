// The page of the site's theme that our public pages stand in, over the network.
#pragma once

#include "ports/theme.h"

namespace shide::site_bridge {

class ThemePage : public ports::Theme {
 public:
  /// `address` is the site's front page.
  explicit ThemePage(std::string address);
  bool is_wanted() const override { return true; }
  Result<ports::ThemePage> fetch() override;

 private:
  std::string address_;
};

}  // namespace shide::site_bridge
