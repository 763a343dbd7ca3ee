// The log as a file that leaves the school: JSON Lines, described with examples in tests/golden/audit. Pure.
//
//     {"kind":"log","format":"shide-audit-1","school":"..."}
//     {"kind":"entry","sequence":1,"id":"...","at":1611491400000000,"actor":"...",...,"reason":""}
//     {"kind":"head","school":"...","size":1,"root":"...","at":...,"key":"...","signature":"..."}
//     {"kind":"end","entries":1,"heads":1}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/log_check.h"
#include "base/result.h"

namespace shide::audit {

std::string first_line(const std::string& school_id);
std::string line_of(const Entry& entry);
std::string line_of(const model::AuditHead& head);
std::string last_line(std::int64_t entries, std::int64_t heads);

/// A line of kind "head", as it is deposited, or nothing.
std::optional<model::AuditHead> head_in(std::string_view line);

/// Reads such a file, a line at a time, into a check.
class LogFileCheck {
 public:
  explicit LogFileCheck(const std::vector<PublicKey>& keys) : check_(keys) {}
  /// A head that was kept elsewhere: the file must agree with it.
  void kept_head(model::AuditHead head) { check_.head(std::move(head)); }
  /// 1-based.
  void line(int number, std::string_view text);
  /// Once, after the last line. What is below no head is a fault here.
  LogReport finish();

 private:
  LogCheck check_;
  std::string school_;
  std::int64_t heads_ = 0;
  bool begun_ = false, ended_ = false;
};

}  // namespace shide::audit
