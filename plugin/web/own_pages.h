// The section's own pages as an anonymous visitor gets them, without going over the network: ports/public_host for the watch.
#pragma once

#include "ports/public_host.h"
#include "web/application.h"

namespace shide::web {

class OwnPages : public ports::PublicHost {
 public:
  /// REQUIRES: `application` outlives this.
  OwnPages(const Application& application, std::string mount_prefix) : application_(application), mount_(std::move(mount_prefix)) {}

  std::string root() const override { return mount_; }
  std::vector<std::string> other_addresses() const override { return {}; }
  Result<ports::PublicAnswer> get(std::string_view address) override;

 private:
  const Application& application_;
  std::string mount_;
};

}  // namespace shide::web
