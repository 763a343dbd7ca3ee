// The school's own site of the tests: signs by a hash anybody can compute, and is held to the rules of ports/directory by the
// contract suite (tests/contract/directory_test.cpp).
//
//     auto ticket = PlainDirectory::ticket(now, "7", nonce, "/my");      directory.read_ticket(ticket)->user  ->  "7"
#pragma once

#include "base/digest.h"
#include "base/time.h"
#include "ports/directory.h"

namespace shide::testing {

class PlainDirectory : public ports::Directory {
 public:
  explicit PlainDirectory(const Clock& clock) : clock_(clock) {}

  static std::string mac_of(const std::string& kind, const ports::SiteTicket& one) {
    return sha256_hex(kind + "\n" + one.user + "\n" + one.session + "\n" + one.issued + "\n" + one.nonce + "\n" + one.return_path);
  }
  static ports::SiteTicket signed_word(const std::string& kind, ports::SiteTicket one) {
    one.mac = mac_of(kind, one);
    return one;
  }
  static std::string seconds(Time time) { return std::to_string(time.microseconds / kSecond); }
  static ports::SiteTicket ticket(Time now, const std::string& user, const std::string& nonce, const std::string& return_path = "") {
    return signed_word("ticket", {user, "session-of-" + user, seconds(now), nonce, return_path, ""});
  }
  static ports::SiteTicket notice(Time now, const std::string& user, const std::string& nonce, const std::string& session = "") {
    return signed_word("sign-out", {user, session, seconds(now), nonce, "", ""});
  }

  bool offers_sign_in() const override { return true; }
  std::string sign_in_address(std::string_view nonce, std::string_view return_path) const override {
    return "https://site.example/in?nonce=" + std::string(nonce) + "&return=" + std::string(return_path);
  }
  std::string sign_out_address(std::string_view session, std::string_view) const override { return "https://site.example/out?session=" + std::string(session); }
  Result<ports::SiteVisitor> read_ticket(const ports::SiteTicket& ticket) const override {
    if (ticket.session.empty()) return Error{ErrorCode::kForged, {"site.forged"}};
    return read("ticket", ticket);
  }
  Result<ports::SiteVisitor> read_sign_out(const ports::SiteTicket& notice) const override { return read("sign-out", notice); }

 private:
  Result<ports::SiteVisitor> read(const std::string& kind, const ports::SiteTicket& one) const {
    if (one.mac != mac_of(kind, one) || one.nonce.size() < 16 || one.user.find_first_not_of("0123456789") != std::string::npos) return Error{ErrorCode::kForged, {"site.forged"}};
    if (one.return_path.size() > 300 || one.return_path.find('\n') != std::string::npos) return Error{ErrorCode::kForged, {"site.forged"}};
    std::int64_t age = clock_.now().microseconds - std::stoll(one.issued) * kSecond;
    if (age > kMinute || age < -30 * kSecond) return Error{ErrorCode::kUnauthenticated, {"site.expired"}};
    return ports::SiteVisitor{one.user, one.session, one.nonce, one.return_path};
  }
  const Clock& clock_;
};

}  // namespace shide::testing
