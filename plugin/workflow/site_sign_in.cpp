#include "workflow/site_sign_in.h"

#include "base/digest.h"
#include "privacy/reach.h"
#include "workflow/job.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::DataKind;
using model::Session;
using model::SiteLink;
using model::UsedTicket;
using ports::Query;
using ports::SiteVisitor;
using ports::Unit;

namespace {

constexpr std::int64_t kUsedTicketsKept = kDay;
constexpr std::int64_t kMostSwept = 200;

Error used_already() { return {ErrorCode::kForged, {"site.used"}}; }
Error start_again() { return {ErrorCode::kUnauthenticated, {"site.start_again"}}; }

model::Reach reach(const Id<model::School>& school) { return privacy::reach_for_job(school, DataKind::kAccount, "site_sign_in"); }

Actor doorkeeper(const Id<model::School>& school) { return job_actor(school, "site_sign_in"); }

Result<void> sweep(Unit& unit, const Id<model::School>& school, Time now) {
  SHIDE_TRY(old, unit.of<UsedTicket>().list(Query<UsedTicket>{}.where_less(&UsedTicket::used_at, Time{now.microseconds - kUsedTicketsKept}).limit(kMostSwept), reach(school)));
  for (const UsedTicket& one : old) SHIDE_CHECK(unit.of<UsedTicket>().erase(one));
  return {};
}

/// Committed on its own, before anything is done on the word of the site: whoever comes second finds it.
Result<void> take_once(ports::Ports& ports, const Id<model::School>& school, const SiteVisitor& visitor) {
  Time now = ports.clock->now();
  UsedTicket used;
  used.id = new_id<UsedTicket>(now);
  used.school_id = school;
  used.nonce = visitor.nonce;
  used.site_user = visitor.user;
  used.site_session = visitor.session;
  used.used_at = now;
  Result<void> taken = ports.store->transact(doorkeeper(school), "take_ticket", [&](Unit& unit) -> Result<void> {
    UsedTicket fresh = used;
    SHIDE_CHECK(unit.of<UsedTicket>().save(fresh));
    SHIDE_CHECK(sweep(unit, school, now));
    return unit.audit(fresh, "nonce");
  });
  if (auto* error = taken.if_error(); error && error->code == ErrorCode::kDuplicate) return used_already();
  return taken;
}

Result<std::optional<Id<Account>>> account_of(ports::Ports& ports, const Id<model::School>& school, const std::string& site_user) {
  auto link = ports.store->read(doorkeeper(school), [&](Unit& unit) {
    return unit.of<SiteLink>().first(Query<SiteLink>{}.where(&SiteLink::site_user, site_user), reach(school));
  });
  if (link) return std::optional(link->account_id);
  if (link.error().code == ErrorCode::kNotFound) return std::optional<Id<Account>>{};
  return link.error();
}

/// Who came with that nonce a moment ago and is still nobody here.
Result<UsedTicket> arrived_with(ports::Ports& ports, const Id<model::School>& school, std::string_view nonce) {
  auto ticket = ports.store->read(doorkeeper(school), [&](Unit& unit) {
    return unit.of<UsedTicket>().first(Query<UsedTicket>{}.where(&UsedTicket::nonce, std::string(nonce)), reach(school));
  });
  if (auto* error = ticket.if_error()) return error->code == ErrorCode::kNotFound ? start_again() : std::move(*error);
  if (ports.clock->now() - ticket->used_at > kLinkWithin) return start_again();
  return ticket;
}

Result<void> add_link(Unit& unit, const Id<SiteLink>& id, const Id<model::School>& school, const std::string& site_user, const Id<Account>& account, Time now) {
  SiteLink link;
  link.id = id;
  link.school_id = school;
  link.site_user = site_user;
  link.account_id = account;
  link.linked_at = now;
  SHIDE_CHECK(unit.of<SiteLink>().save(link));
  return unit.audit(link, "site_user account_id");
}

Result<int> end_sessions(Unit& unit, const std::vector<Session>& sessions) {
  for (const Session& session : sessions) {
    SHIDE_CHECK(unit.of<Session>().erase(session));
    SHIDE_CHECK(unit.audit(session, ""));
  }
  return static_cast<int>(sessions.size());
}

}  // namespace

Result<SiteArrival> arrive(ports::Ports& ports, const ports::SiteTicket& ticket, std::string_view nonce) {
  SHIDE_TRY(visitor, ports.directory->read_ticket(ticket));
  if (nonce.empty() || !equal_in_constant_time(visitor.nonce, nonce)) return Error{ErrorCode::kForged, {"site.other_browser"}};
  SHIDE_TRY(stranger, public_actor(ports));
  SHIDE_CHECK(take_once(ports, stranger.school, visitor));
  SHIDE_TRY(account, account_of(ports, stranger.school, visitor.user));
  SiteArrival arrival{{}, visitor.return_path};
  if (!account) return arrival;
  SHIDE_TRY(signed_in, sign_in_from_site(ports, *account, visitor.session));
  arrival.signed_in = std::move(signed_in);
  return arrival;
}

Result<SignedIn> link_site_user(ports::Ports& ports, std::string_view login, std::string_view password, std::string_view nonce) {
  SHIDE_TRY(stranger, public_actor(ports));
  SHIDE_TRY(arrived, arrived_with(ports, stranger.school, nonce));
  SHIDE_TRY(signed_in, sign_in(ports, login, password));
  Time now = ports.clock->now();
  Id<SiteLink> id = new_id<SiteLink>(now);
  Result<void> linked = ports.store->transact(signed_in.actor, "link_site", [&](Unit& unit) -> Result<void> {
    // A password alone links nobody to an account that is opened by a code as well.
    if (signed_in.due != SecondFactorDue::kCode) SHIDE_CHECK(add_link(unit, id, stranger.school, arrived.site_user, signed_in.actor.account, now));
    SHIDE_TRY(session, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, sha256_hex(signed_in.token)), reach(stranger.school)));
    session.site_session = arrived.site_session;
    SHIDE_CHECK(unit.of<Session>().save(session));
    return unit.audit(session, "site_session");
  });
  // Sent twice: linked is linked, and never anew to somebody else.
  if (auto* error = linked.if_error(); error && error->code == ErrorCode::kDuplicate) return start_again();
  if (auto* error = linked.if_error()) return std::move(*error);
  return std::move(signed_in);
}

Result<void> link_after_code(ports::Ports& ports, std::string_view token) {
  SHIDE_TRY(stranger, public_actor(ports));
  Time now = ports.clock->now();
  Id<SiteLink> id = new_id<SiteLink>(now);
  return ports.store->transact(doorkeeper(stranger.school), "link_site", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(session, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, sha256_hex(token)), reach(stranger.school)));
    if (session.site_session.empty()) return {};
    SHIDE_TRY(tickets, unit.of<UsedTicket>().list(Query<UsedTicket>{}.where(&UsedTicket::site_session, session.site_session).newest_first().limit(1), reach(stranger.school)));
    if (tickets.empty() || now - tickets.front().used_at > kLinkWithin) return {};
    const std::string& user = tickets.front().site_user;
    SHIDE_TRY(links, unit.of<SiteLink>().count(Query<SiteLink>{}.where(&SiteLink::site_user, user), reach(stranger.school)));
    return links > 0 ? Result<void>() : add_link(unit, id, stranger.school, user, session.account_id, now);
  });
}

Result<int> end_site_sessions(ports::Ports& ports, const ports::SiteTicket& notice) {
  SHIDE_TRY(visitor, ports.directory->read_sign_out(notice));
  SHIDE_TRY(stranger, public_actor(ports));
  SHIDE_CHECK(take_once(ports, stranger.school, visitor));
  SHIDE_TRY(account, account_of(ports, stranger.school, visitor.user));
  if (!account) return 0;
  return ports.store->transact(doorkeeper(stranger.school), "end_site_sessions", [&](Unit& unit) -> Result<int> {
    auto query = Query<Session>{}.where(&Session::account_id, *account).where_not(&Session::site_session, "");
    if (!visitor.session.empty()) query.where(&Session::site_session, visitor.session);
    SHIDE_TRY(sessions, unit.of<Session>().list(query, reach(stranger.school)));
    return end_sessions(unit, sessions);
  });
}

Result<bool> is_linked_to_site(ports::Ports& ports, const Actor& actor, const Id<Account>& account) {
  if (!actor.has(model::Role::kItAdmin)) return not_for_this_role();
  SHIDE_TRY(count, ports.store->read(actor, [&](Unit& unit) { return unit.of<SiteLink>().count(Query<SiteLink>{}.where(&SiteLink::account_id, account), reach(actor.school)); }));
  return count > 0;
}

Result<int> unlink_site(ports::Ports& ports, const Actor& actor, const Id<Account>& account) {
  if (!actor.has(model::Role::kItAdmin)) return not_for_this_role();
  return ports.store->transact(actor, "unlink_site", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(links, unit.of<SiteLink>().list(Query<SiteLink>{}.where(&SiteLink::account_id, account), reach(actor.school)));
    for (const SiteLink& link : links) {
      SHIDE_CHECK(unit.of<SiteLink>().erase(link));
      SHIDE_CHECK(unit.audit(link, "account_id"));
    }
    SHIDE_TRY(sessions, unit.of<Session>().list(Query<Session>{}.where(&Session::account_id, account).where_not(&Session::site_session, ""), reach(actor.school)));
    SHIDE_TRY(ended, end_sessions(unit, sessions));
    (void)ended;
    return static_cast<int>(links.size());
  });
}

}  // namespace shide::workflow
