// How far a reader may see one kind of protected data: a predicate as data, so that the store can put it into its query
// and a test can walk it row by row (D9, domain 5).
//
//     grade leader, record text  ->  {own grade: masked} or {own visits: full}
//
// Only privacy::reach can make one. A row is visible at the highest level of the grants that match it; without a matching
// grant it does not exist for this reader. A value type: copy freely, any thread.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/code.h"
#include "model/row.h"

namespace shide::privacy {
class ReachMaker;
}

namespace shide::model {

/// The rows of domain 5. Every protected table belongs to exactly one kind.
enum class DataKind {
  kNone,            // not protected beyond the school: campaigns, teachers' names, published posts
  kStudentName,     // who is visited
  kGuardianContact,
  kCareCategory,
  kVisit,           // that a visit is planned or done: class, day, team
  kRecordText,      // preparation, narrative, reflection
  kPhoto,
  kConsent,
  kRedactedRecord,  // the staff view
  kDemand,
  kSignal,          // formalism signals
  kScore,           // score lines and their inputs
  kArchive,
  kRectification,
  kAudit,
  kAccount,
  kRegister,        // names and classes of all pupils
  kGiftReport,
  kTeamRule         // who is away, who does not go with whom
};
constexpr auto codes(DataKind) {
  return std::to_array<std::string_view>({"none", "student_name", "guardian_contact", "care_category", "visit", "record_text", "photo",
                                          "consent", "redacted_record", "demand", "signal", "score", "archive", "rectification",
                                          "audit", "account", "register", "gift_report", "team_rule"});
}

/// Which rows of the actor's school a grant covers.
enum class Scope { kSchool, kGradeGroup, kClass, kOwnVisits, kOwnSelf };

struct Grant {
  Scope scope = Scope::kSchool;
  std::string key;  // grade group, class, teacher or owner id; empty for kSchool
  Level level = Level::kNone;
  bool operator==(const Grant&) const = default;
};

class Reach {
 public:
  DataKind kind() const { return kind_; }
  const std::string& school() const { return school_; }
  const std::vector<Grant>& grants() const { return grants_; }
  const std::string& reason() const { return reason_; }  // for the audit: a job's name, or the reason a person gave
  /// Nothing at all may be seen.
  bool empty() const { return grants_.empty(); }
  /// The most any row can give: kCounts alone allows only `count`.
  Level highest() const {
    Level level = Level::kNone;
    for (const Grant& grant : grants_) level = level < grant.level ? grant.level : level;
    return level;
  }

 private:
  friend class privacy::ReachMaker;
  Reach() = default;
  DataKind kind_ = DataKind::kNone;
  std::string school_;
  std::vector<Grant> grants_;
  std::string reason_;
};

}  // namespace shide::model
