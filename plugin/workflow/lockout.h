// Five wrong passwords in a row lock a login for 15 minutes (domain 9), a login that nobody has like one that somebody has: a lock
// must not tell which logins exist.
//
//     int left = count_failure(account, now);    // 4, 3, 2, 1, 0: locked
//     is_locked(account, now + 15 * kMinute)     // false
//
// Accounts count for themselves; of logins that nobody has the newest kUnknownLoginsKept are remembered, by a keyed hash.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

constexpr std::int64_t kLock = 15 * kMinute;
constexpr int kFailuresAllowed = 5;
constexpr std::int64_t kUnknownLoginsKept = 4096;

template <class Row>
bool is_locked(const Row& row, Time now) { return row.locked_until && *row.locked_until > now; }

/// One more wrong password; answers how many are left, 0 when this one locked. A lock that is over counts from the start.
template <class Row>
int count_failure(Row& row, Time now) {
  if (row.locked_until && !is_locked(row, now)) row.failures = 0;
  ++row.failures;
  row.locked_until.reset();
  if (row.failures >= kFailuresAllowed) row.locked_until = now + kLock;
  return kFailuresAllowed - static_cast<int>(row.failures);
}

Result<bool> unknown_login_is_locked(ports::Ports& ports, const Id<model::School>& school, std::string_view login);
Result<int> note_unknown_login(ports::Ports& ports, const Id<model::School>& school, std::string_view login);

}  // namespace shide::workflow
