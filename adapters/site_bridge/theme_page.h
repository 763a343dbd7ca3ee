// The page of the site's theme that our public pages stand in, over the network.
#pragma once

#include "ports/theme.h"

namespace shide::site_bridge {

class ThemePage : public ports::Theme {
 public:
  /// `address` is the site's front page; `ca_file` is trusted besides the system's authorities, "" is none.
  explicit ThemePage(std::string address, std::string ca_file = {});
  bool is_wanted() const override { return true; }
  Result<ports::ThemePage> fetch() override;

 private:
  std::string address_;
  std::string ca_file_;
};

}  // namespace shide::site_bridge
