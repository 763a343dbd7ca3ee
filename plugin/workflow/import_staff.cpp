// The list of colleagues: a teacher and an account that waits for its slip, by staff number (import.h).
#include <algorithm>

#include "base/nearest.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/class_name.h"
#include "workflow/import_planner.h"
#include "workflow/login.h"

namespace shide::workflow {
namespace {

using model::Account;
using model::GradeGroup;
using model::Teacher;
using ports::Query;

constexpr std::size_t kNamesShown = 12;

class StaffPlanner : public ImportPlanner {
 public:
  using ImportPlanner::ImportPlanner;

  Result<void> load() override {
    SHIDE_CHECK(load_order());
    SHIDE_TRY(accounts, task_.unit.of<Account>().list({}, privacy::reach(task_.actor, model::DataKind::kAccount)));
    for (const Account& one : accounts) {
      logins_.insert(one.login);
      if (!one.teacher_id.empty()) account_of_[one.teacher_id.value] = one;
    }
    return {};
  }

  void plan(const ImportLine& line) override {
    std::string name = checked(line, "name", 40), number = checked(line, "staff_number", 20), subject = checked(line, "subject", 40), group = checked(line, "grade_group", 20);
    if (name.empty() && !is_blocked()) block("name", {"field.empty"}, {"import.name_advice"});
    if (is_shortened(line, "staff_number")) return;
    bool plain = std::all_of(number.begin(), number.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; });
    if (!plain) block("staff_number", {"people.staff_number_plain"}, {"import.number_advice"});
    if (is_blocked()) return;
    const Teacher* known = known_teacher(name, number);
    if (is_blocked()) return;
    std::string met = known ? known->staff_number : number;
    if (auto before = met_.find(met); before != met_.end()) return block("staff_number", {"import.repeats", {{"place", before->second}}}, {"import.repeats_advice"});
    std::string group_id = group_for(group);
    if (is_blocked()) return;
    met_[met] = task_.list.place(line, "staff_number");
    if (known) return change(known->id.value, name, subject, group_id);
    if (logins_.count(fold_login(number))) return block("staff_number", {"people.login_taken"}, {"import.login_taken_advice"});
    add(name, number, subject, group_id);
  }

  void finish() override {
    std::vector<std::string> missing;
    for (const auto& [id, one] : teachers_.rows()) {
      if (one.version > 0 && one.duty != model::Duty::kLeft && !met_.count(one.staff_number)) missing.push_back(one.name);
    }
    tell_new_groups();
    if (missing.empty()) return;
    std::size_t count = missing.size();
    std::sort(missing.begin(), missing.end());
    missing.resize(std::min(count, kNamesShown));
    aside.push_back({"import.staff_missing", {{"count", count}, {"names", join(missing, " ")}}});
  }

  Result<void> save() override {
    SHIDE_CHECK(save_order());
    for (Account& account : accounts_) {
      SHIDE_CHECK(task_.unit.of<Account>().save(account));
      SHIDE_CHECK(task_.unit.audit(account, "name login roles teacher_id"));
    }
    return {};
  }

 private:
  /// Who the line means among those who are there; without a number by the name alone.
  const Teacher* known_teacher(const std::string& name, const std::string& number) {
    std::vector<const Teacher*> of_name;
    const Teacher* known = nullptr;
    for (const auto& [id, one] : teachers_.rows()) {
      if (!number.empty() && one.staff_number == number) known = &one;
      if (one.name == name) of_name.push_back(&one);
    }
    if (number.empty() && of_name.size() == 1) known = of_name.front();
    if (number.empty() && of_name.empty()) block("staff_number", {"import.number_missing"}, {"import.number_advice"});
    if (number.empty() && of_name.size() > 1) block("staff_number", {"import.teacher_twice"}, {"import.number_advice"});
    if (known && known->duty == model::Duty::kLeft) block("name", {"import.teacher_left"}, {"import.staff_left_advice"});
    if (!known && !of_name.empty() && !is_blocked()) remark("name", {"import.same_name", {{"number", of_name.front()->staff_number}}}, {"import.same_name_advice"});
    return known;
  }

  /// The id of the group; one that is missing is made when its name says which grade it is.
  std::string group_for(const std::string& name) {
    if (name.empty()) return {};
    if (const GradeGroup* found = group_named(name)) return found->id.value;
    auto grade = visit::grade_of(name);
    if (!grade && !is_arts_group(name)) {
      std::vector<std::string> names;
      for (const auto& [id, one] : groups_.rows()) names.push_back(one.name);
      std::string near = nearest(name, names);
      remark("grade_group", {"people.group_unknown"}, near.empty() ? Phrase{"import.group_advice"} : Phrase{"import.perhaps", {{"name", near}}});
      return {};
    }
    return make_group(name, grade);
  }

  std::string group_name(const std::string& id) const {
    const GradeGroup* group = groups_.find(id);
    return group ? group->name : "";
  }

  void change(const std::string& id, const std::string& name, const std::string& subject, const std::string& group) {
    const Teacher& now = *teachers_.find(id);
    bool renames = now.name != name, moves = !group.empty() && now.grade_group_id.value != group;
    if (renames) changes("name", now.name, name);
    if (!subject.empty() && now.subject != subject) changes("subject", now.subject, subject);
    if (moves) changes("grade_group", group_name(now.grade_group_id.value), group_name(group));
    auto account = account_of_.find(id);
    if (account != account_of_.end() && account->second.disabled) remark("name", {"import.disabled"}, {"import.disabled_advice"});
    if (account == account_of_.end()) current().changes.push_back({"import.gets_account"});
    if (current().changes.empty()) return;
    Teacher& row = teachers_.change(id);
    row.name = name;
    if (!subject.empty()) row.subject = subject;
    if (moves) row.grade_group_id = {group};
    if (account == account_of_.end()) return open_account(row);
    if (renames) {
      account->second.name = name;
      accounts_.push_back(account->second);
    }
  }

  void add(const std::string& name, const std::string& number, const std::string& subject, const std::string& group) {
    current().fate = Fate::kAdd;
    Teacher row;
    row.id = task_.ids.take<Teacher>();
    row.school_id = task_.actor.school;
    row.staff_number = number;
    row.name = name;
    row.subject = subject;
    row.grade_group_id = {group};
    open_account(teachers_.add(row));
  }

  void open_account(const Teacher& teacher) {
    Account account;
    account.id = task_.ids.take<Account>();
    account.school_id = task_.actor.school;
    account.teacher_id = teacher.id;
    account.name = teacher.name;
    account.login = fold_login(teacher.staff_number);
    account.roles = {model::Role::kTeacher};
    account.must_change_password = true;
    logins_.insert(account.login);
    accounts_.push_back(std::move(account));
  }

  std::set<std::string> logins_;
  std::map<std::string, Account> account_of_;  // by teacher
  std::vector<Account> accounts_;              // to be saved
  std::map<std::string, std::string> met_;     // staff numbers of the list -> place
};

}  // namespace

std::unique_ptr<ImportPlanner> staff_planner(const ImportTask& task) { return std::make_unique<StaffPlanner>(task); }

}  // namespace shide::workflow
