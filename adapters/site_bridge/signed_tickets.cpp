#include "site_bridge/signed_tickets.h"

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "base/web_address.h"

namespace shide::site_bridge {
namespace {

using ports::SiteTicket;
using ports::SiteVisitor;

constexpr std::size_t kFieldLimit = 300;

/// A field that held a line break could be read as two.
bool fits(std::string_view field) {
  return field.size() <= kFieldLimit && std::none_of(field.begin(), field.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 15 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
}

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '-' || c == '_'); });
}

std::string canonical(std::string_view kind, const SiteTicket& ticket) {
  return std::string(kind) + "\n" + ticket.user + "\n" + ticket.session + "\n" + ticket.issued + "\n" + ticket.nonce + "\n" + ticket.return_path;
}

Error forged() { return {ErrorCode::kForged, {"site.forged"}}; }
Error expired() { return {ErrorCode::kUnauthenticated, {"site.expired"}}; }

}  // namespace

std::string bridge_address(std::string_view site, std::string_view what) {
  std::string address(site.substr(0, site.find('#')));
  if (address.find('/', address.find("://") + 3) == std::string::npos) address += '/';
  return address + (address.find('?') == std::string::npos ? "?" : "&") + "shide_bridge=" + std::string(what);
}

SignedTickets::SignedTickets(std::string address, std::string key, std::unique_ptr<Clock> clock)
    : address_(std::move(address)), key_(std::move(key)), clock_(std::move(clock)) {}

std::string SignedTickets::sign_in_address(std::string_view nonce, std::string_view return_path) const {
  return bridge_address(address_, "sign-in") + "&nonce=" + encode_component(nonce) + "&return=" + encode_component(return_path);
}

std::string SignedTickets::sign_out_address(std::string_view session, std::string_view nonce) const {
  std::string issued = std::to_string(clock_->now().microseconds / kSecond);
  SiteTicket words{"", std::string(session), issued, std::string(nonce), "", ""};
  return bridge_address(address_, "sign-out") + "&session=" + encode_component(session) + "&issued=" + issued + "&nonce=" + encode_component(nonce) +
         "&mac=" + hmac_sha256_hex(key_, canonical("shide leave 1", words));
}

Result<SiteVisitor> SignedTickets::read_ticket(const SiteTicket& ticket) const {
  if (ticket.session.empty()) return forged();
  return read("shide ticket 1", ticket);
}

Result<SiteVisitor> SignedTickets::read_sign_out(const SiteTicket& notice) const { return read("shide sign-out 1", notice); }

// The signature first: of what nobody signed nothing is told, not even its age.
Result<SiteVisitor> SignedTickets::read(std::string_view kind, const SiteTicket& ticket) const {
  for (const std::string* field : {&ticket.user, &ticket.session, &ticket.issued, &ticket.nonce, &ticket.return_path}) {
    if (!fits(*field)) return forged();
  }
  if (!equal_in_constant_time(ticket.mac, hmac_sha256_hex(key_, canonical(kind, ticket)))) return forged();
  if (!is_number(ticket.user) || !is_number(ticket.issued) || !is_word(ticket.session) || !is_word(ticket.nonce) || ticket.nonce.size() < 16) return forged();
  std::int64_t seconds = 0;
  std::from_chars(ticket.issued.data(), ticket.issued.data() + ticket.issued.size(), seconds);
  std::int64_t age = clock_->now().microseconds - seconds * kSecond;
  if (age > kTicketAge || age < -kClockAhead) return expired();
  return SiteVisitor{ticket.user, ticket.session, ticket.nonce, ticket.return_path};
}

}  // namespace shide::site_bridge
