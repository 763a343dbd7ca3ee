// Who the school's own site says is asking: a teacher signed in there is signed in here, without a second password.
//
//     GET /site/sign-in        we note a nonce in the browser and send it to directory.sign_in_address(nonce, "/my")
//     the site's bridge        knows its own user, signs a ticket about that nonce and sends the browser back to /site/enter
//     directory.read_ticket    -> SiteVisitor{"7", ...}: who that is here is workflow/site_sign_in's to say
//
// A site tells who somebody is there, never what they may do here. Any thread; calls nobody, so a request may wait for it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace shide::ports {

/// What came from the site, as it came. Signed are all fields but `mac`, in this order.
struct SiteTicket {
  std::string user;         // the site's number of its user
  std::string session;      // a hash of the user's session there; in a notice of signing out empty: every session
  std::string issued;       // seconds since 1970
  std::string nonce;        // given by us for a ticket, made by the site for a notice: each is taken once
  std::string return_path;  // a page of ours; empty in a notice
  std::string mac;
};

/// The same, believed.
struct SiteVisitor {
  std::string user;
  std::string session;
  std::string nonce;
  std::string return_path;
};

class Directory {
 public:
  virtual ~Directory() = default;
  virtual bool offers_sign_in() const = 0;
  /// Where the site signs in and gives a ticket for `nonce`; without a sign-in "".
  virtual std::string sign_in_address(std::string_view nonce, std::string_view return_path) const = 0;
  /// Where the site ends the session that a ticket named, and only that one.
  virtual std::string sign_out_address(std::string_view session, std::string_view nonce) const = 0;
  /// kForged for what the site did not sign, or not so; kUnauthenticated for a ticket older than a minute.
  virtual Result<SiteVisitor> read_ticket(const SiteTicket& ticket) const = 0;
  /// A notice that a user has signed out there. Errors as above.
  virtual Result<SiteVisitor> read_sign_out(const SiteTicket& notice) const = 0;
};

/// No other site: people sign in with the section's own password.
class NullDirectory : public Directory {
 public:
  bool offers_sign_in() const override { return false; }
  std::string sign_in_address(std::string_view, std::string_view) const override { return {}; }
  std::string sign_out_address(std::string_view, std::string_view) const override { return {}; }
  Result<SiteVisitor> read_ticket(const SiteTicket&) const override { return not_found(); }
  Result<SiteVisitor> read_sign_out(const SiteTicket&) const override { return not_found(); }
};

}  // namespace shide::ports
