// One sign-in with the school's own site: from its ticket to a session of ours, and back out.
//
//     arrive(ports, ticket, nonce)           -> signed in, when the site's user is linked to an account
//                                            -> nobody yet, when not: the page asks once for login and password here, then
//     link_site_user(ports, login, password, nonce)  -> linked for good, and signed in; where a code of the phone is due, only with it
//     link_after_code(ports, token)
//
// A ticket is taken once: its nonce is committed before a session is made. It counts only in the browser that asked for it, or a
// colleague's link could sign somebody in as somebody else. What the account may do is decided here, anew with every request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/ports.h"
#include "workflow/sign_in.h"

namespace shide::workflow {

/// How long a visitor of the site may take to link an account.
inline constexpr std::int64_t kLinkWithin = 10 * kMinute;

struct SiteArrival {
  std::optional<SignedIn> signed_in;  // none: the site's user is nobody here yet
  std::string return_path;
};

/// `nonce`: what this browser was sent to the site with. kForged for a ticket that is not ours, not this browser's or was taken
/// already; kUnauthenticated for one too old, or an account that was closed.
Result<SiteArrival> arrive(ports::Ports& ports, const ports::SiteTicket& ticket, std::string_view nonce);

/// The holder of the account says who the site's user is here, within kLinkWithin of arriving. Errors as sign_in gives them;
/// kUnauthenticated when nobody arrived with that nonce.
Result<SignedIn> link_site_user(ports::Ports& ports, std::string_view login, std::string_view password, std::string_view nonce);

/// The session of `token` is whole now: what link_site_user left for the code is done. Nothing to do for any other session.
Result<void> link_after_code(ports::Ports& ports, std::string_view token);

/// The site says that a user has signed out there: the sessions that came from that session, or from any of the user's, end.
/// Answers how many.
Result<int> end_site_sessions(ports::Ports& ports, const ports::SiteTicket& notice);

/// Whether a user of the site is this account; kForbidden for who does not keep the accounts.
Result<bool> is_linked_to_site(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& account);

/// Takes the link away, and ends the sessions that came by it; answers how many links there were.
Result<int> unlink_site(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& account);

}  // namespace shide::workflow
