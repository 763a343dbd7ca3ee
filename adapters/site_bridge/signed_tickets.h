// Tickets of the school's own site, believed for a minute when the key we share has signed them.
#pragma once

#include <memory>

#include "base/time.h"
#include "ports/directory.h"

namespace shide::site_bridge {

inline constexpr std::int64_t kTicketAge = kMinute;
/// How far the site's clock may be ahead of ours.
inline constexpr std::int64_t kClockAhead = 30 * kSecond;

class SignedTickets : public ports::Directory {
 public:
  /// `address` is the site's front page; `clock` the real one.
  SignedTickets(std::string address, std::string key, std::unique_ptr<Clock> clock);

  bool offers_sign_in() const override { return true; }
  std::string sign_in_address(std::string_view nonce, std::string_view return_path) const override;
  std::string sign_out_address(std::string_view session, std::string_view nonce) const override;
  Result<ports::SiteVisitor> read_ticket(const ports::SiteTicket& ticket) const override;
  Result<ports::SiteVisitor> read_sign_out(const ports::SiteTicket& notice) const override;

 private:
  Result<ports::SiteVisitor> read(std::string_view kind, const ports::SiteTicket& ticket) const;
  std::string address_;
  std::string key_;
  std::unique_ptr<Clock> clock_;
};

/// "https://www.example.edu.cn/" and "sign-in" -> "https://www.example.edu.cn/?shide_bridge=sign-in"
std::string bridge_address(std::string_view site, std::string_view what);

}  // namespace shide::site_bridge
