// The public face as the school's site serves it, fetched as an anonymous visitor.
#pragma once

#include "ports/public_host.h"

namespace shide::public_http {

class PublicHttp : public ports::PublicHost {
 public:
  /// `base_url` as configured, such as https://www.example.edu.cn/shide; `others` are whole addresses; `ca_file` is trusted
  /// besides the system's authorities, "" is none.
  PublicHttp(std::string base_url, std::vector<std::string> others, std::string ca_file = {});

  std::string root() const override { return base_url_; }
  std::vector<std::string> other_addresses() const override { return others_; }
  Result<ports::PublicAnswer> get(std::string_view address) override;

 private:
  std::string base_url_;
  std::vector<std::string> others_;
  std::string ca_file_;
};

}  // namespace shide::public_http
