#include "workflow/people.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/field_check.h"
#include "base/pasted_lines.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/school_year.h"
#include "workflow/job.h"
#include "workflow/login.h"
#include "workflow/memberships.h"
#include "workflow/sessions.h"
#include "workflow/slips.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::GradeGroup;
using model::Role;
using model::Teacher;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::size_t kMostLines = 500;

Error last_administrator(std::string path) { return Error{ErrorCode::kInvalid, {"people.last_administrator"}}.with(std::move(path), {"people.last_administrator"}); }

bool is_administrator(const Actor& actor) { return actor.has(Role::kItAdmin); }
bool administers(const Account& account) { return account.roles.count(Role::kItAdmin) > 0 && !account.disabled; }

model::Reach account_reach(const Actor& actor) { return privacy::reach(actor, model::DataKind::kAccount); }

/// Who and what a new or changed person must agree with.
struct Standing {
  std::set<std::string> logins;
  std::map<std::string, Teacher> teachers;        // by staff number
  std::set<std::string> staff_numbers;            // of those who have an account
  std::map<std::string, Id<GradeGroup>> groups;   // of this school year, by id and by name
  std::int64_t administrators = 0;
};

/// All but the account `except`.
Result<Standing> standing_people(Unit& unit, const Actor& actor, Date today, const Id<Account>& except = {}) {
  Standing standing;
  SHIDE_TRY(teachers, unit.of<Teacher>().list({}));
  std::map<Id<Teacher>, std::string> numbers;
  for (const Teacher& one : teachers) {
    standing.teachers[one.staff_number] = one;
    numbers[one.id] = one.staff_number;
  }
  SHIDE_TRY(accounts, unit.of<Account>().list({}, account_reach(actor)));
  for (const Account& one : accounts) {
    if (one.id == except) continue;
    standing.logins.insert(one.login);
    standing.administrators += administers(one);
    if (!one.teacher_id.empty()) standing.staff_numbers.insert(numbers[one.teacher_id]);
  }
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, visit::school_year_of(today))));
  for (const GradeGroup& one : groups) standing.groups[one.id.value] = standing.groups[one.name] = one.id;
  return standing;
}

/// A form that was understood.
struct Person {
  std::string name, login, staff_number, subject;
  std::set<Role> roles;
  Id<GradeGroup> grade_group;
  bool teaches() const { return roles.count(Role::kTeacher) > 0; }
};

std::string check_staff_number(FieldCheck& check, const std::string& typed, bool required) {
  std::string number = to_half_width(check.line("staff_number", typed, {required ? std::size_t{1} : 0, 20}));
  bool plain = std::all_of(number.begin(), number.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; });
  if (!plain) check.problem("staff_number", {"people.staff_number_plain"});
  return number;
}

std::set<Role> check_roles(FieldCheck& check, const std::vector<std::string>& codes) {
  std::vector<Role> offered = roles_to_give();
  std::set<Role> chosen;
  for (const std::string& code : codes) {
    auto role = model::from_code<Role>(code);
    if (role && std::find(offered.begin(), offered.end(), *role) != offered.end()) chosen.insert(*role);
    else check.problem("roles", {"field.not_offered"});
  }
  if (chosen.empty()) check.problem("roles", {"people.role_choose"});
  if (chosen.count(Role::kItAdmin) && chosen.count(Role::kAuditor)) check.problem("roles", {"people.roles_apart"});
  return chosen;
}

Person check_person(FieldCheck& check, const PersonForm& form, const Standing& standing) {
  Person person;
  person.name = check.line("name", form.name, {1, 40});
  person.roles = check_roles(check, form.roles);
  person.staff_number = check_staff_number(check, form.staff_number, person.teaches());
  person.login = trim(form.login).empty() && check.fine("staff_number") ? fold_login(person.staff_number) : check_login(check, "login", form.login);
  if (person.login.empty() && check.fine("login")) check.problem("login", {"field.empty"});
  if (standing.logins.count(person.login)) check.problem("login", {"people.login_taken"});
  if (person.teaches() && standing.staff_numbers.count(person.staff_number)) check.problem("staff_number", {"people.staff_number_taken"});
  person.subject = check.line("subject", form.subject, {0, 40});
  std::string group = clean_line(form.grade_group).value_or("");
  auto found = standing.groups.find(group);
  if (found != standing.groups.end()) person.grade_group = found->second;
  else if (!group.empty()) check.problem("grade_group", {"people.group_unknown"});
  return person;
}

/// The row of who teaches: a number that taught here before is the same person again.
Result<Teacher> save_teacher(Unit& unit, const Actor& actor, const Person& person, Teacher teacher, const Id<Teacher>& fresh) {
  if (teacher.id.empty()) teacher.id = fresh;
  teacher.school_id = actor.school;
  teacher.staff_number = person.staff_number;
  teacher.name = person.name;
  teacher.subject = person.subject;
  teacher.grade_group_id = person.grade_group;
  if (teacher.duty == model::Duty::kLeft) teacher.duty = model::Duty::kInPost;
  SHIDE_CHECK(unit.of<Teacher>().save(teacher));
  SHIDE_CHECK(unit.audit(teacher, "staff_number name subject grade_group_id duty"));
  return teacher;
}

Result<Teacher> teacher_of(Unit& unit, const Account& account) {
  if (account.teacher_id.empty()) return Teacher{};
  return unit.of<Teacher>().load(account.teacher_id);
}

/// Whoever teaches no more stays in the records of the past and leaves the lists of the present.
Result<void> release_teacher(Unit& unit, Account& account) {
  SHIDE_TRY(teacher, teacher_of(unit, account));
  account.teacher_id = {};
  if (teacher.id.empty()) return {};
  teacher.duty = model::Duty::kLeft;
  SHIDE_CHECK(unit.of<Teacher>().save(teacher));
  return unit.audit(teacher, "duty");
}

struct NewIds {
  Id<Account> account;
  Id<Teacher> teacher;
};

std::vector<NewIds> fresh_ids(std::size_t count, Time now) {
  std::vector<NewIds> ids(count);
  for (NewIds& one : ids) one = {new_id<Account>(now), new_id<Teacher>(now)};
  return ids;
}

Teacher earlier_teacher(const Standing& standing, const Person& person) {
  auto found = standing.teachers.find(person.staff_number);
  return found == standing.teachers.end() ? Teacher{} : found->second;
}

Result<Colleague> save_new(Unit& unit, const Actor& actor, const Person& person, const Standing& standing, const NewIds& ids) {
  Colleague made;
  if (person.teaches()) {
    SHIDE_TRY(teacher, save_teacher(unit, actor, person, earlier_teacher(standing, person), ids.teacher));
    made.teacher = teacher;
    made.account.teacher_id = teacher.id;
  }
  made.account.id = ids.account;
  made.account.school_id = actor.school;
  made.account.name = person.name;
  made.account.login = person.login;
  made.account.roles = person.roles;
  made.account.must_change_password = true;
  SHIDE_CHECK(unit.of<Account>().save(made.account));
  SHIDE_CHECK(unit.audit(made.account, "name login roles teacher_id"));
  return made;
}

Result<Colleague> with_teacher(Unit& unit, Account account, std::optional<Time> slip_until = {}) {
  SHIDE_TRY(teacher, teacher_of(unit, account));
  Colleague one{std::move(account), std::nullopt, slip_until};
  if (!teacher.id.empty()) one.teacher = teacher;
  return one;
}

PersonForm form_of_line(const PastedLine& line) {
  return {line.cell(0), line.cell(1), "", line.cell(2), line.cell(3), {std::string(model::code_of(Role::kTeacher))}};
}

/// The lines as people, each checked against those who are there and those of the lines before it.
std::vector<Person> check_lines(const std::vector<PastedLine>& lines, Standing& standing, std::vector<Problem>& problems) {
  std::vector<Person> people;
  for (const PastedLine& line : lines) {
    FieldCheck check;
    if (line.cells.size() > 4) check.problem("lines", {"people.line_too_many"});
    people.push_back(check_person(check, form_of_line(line), standing));
    standing.logins.insert(people.back().login);
    standing.staff_numbers.insert(people.back().staff_number);
    if (!check.fine()) problems.push_back(line_problem("lines", line.number, check.error().problems.front().phrase));
  }
  return people;
}

Error invalid(std::vector<Problem> problems) {
  Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", problems.size()}}}};
  error.problems = std::move(problems);
  return error;
}

}  // namespace

std::vector<Role> roles_to_give() {
  return {Role::kTeacher, Role::kStudentOffice, Role::kUnionEditor, Role::kEthicsCommittee, Role::kHr,
          Role::kHead, Role::kItAdmin, Role::kAuditor, Role::kDistrict};
}

Result<Actor> operator_of(ports::Ports& ports) {
  SHIDE_TRY(school, ports.store->read(job_actor({}, "operator"), [](Unit& unit) { return unit.of<model::School>().first({}); }));
  Actor actor = job_actor(school.id, "operator");
  actor.roles = {Role::kItAdmin};
  return actor;
}

Result<std::vector<Colleague>> colleagues(ports::Ports& ports, const Actor& actor) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<Colleague>> {
    SHIDE_TRY(accounts, unit.of<Account>().list(Query<Account>{}.order_by(&Account::name), account_reach(actor)));
    SHIDE_TRY(teachers, unit.of<Teacher>().list({}));
    std::map<Id<Teacher>, Teacher> by_id;
    for (const Teacher& one : teachers) by_id[one.id] = one;
    SHIDE_TRY(slips, good_slips(unit, actor.school, now));
    std::map<Id<Account>, Time> until;
    for (const model::SignInSlip& one : slips) until[one.account_id] = one.expires_at;
    std::vector<Colleague> list;
    for (const Account& account : accounts) {
      auto teacher = by_id.find(account.teacher_id);
      auto slip = until.find(account.id);
      list.push_back({account, teacher == by_id.end() ? std::nullopt : std::optional(teacher->second), slip == until.end() ? std::nullopt : std::optional(slip->second)});
    }
    return list;
  });
}

Result<Colleague> colleague(ports::Ports& ports, const Actor& actor, const Id<Account>& id) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<Colleague> {
    SHIDE_TRY(account, unit.of<Account>().load(id, account_reach(actor)));
    SHIDE_TRY(slips, good_slips(unit, actor.school, now));
    auto own = std::find_if(slips.begin(), slips.end(), [&](const model::SignInSlip& one) { return one.account_id == id; });
    return with_teacher(unit, account, own == slips.end() ? std::nullopt : std::optional(own->expires_at));
  });
}

Result<Colleague> colleague_of_login(ports::Ports& ports, const Actor& actor, std::string_view login) {
  if (!is_administrator(actor)) return not_for_this_role();
  std::string folded = fold_login(clean_line(login).value_or(""));
  return ports.store->read(actor, [&](Unit& unit) -> Result<Colleague> {
    SHIDE_TRY(account, unit.of<Account>().first(Query<Account>{}.where(&Account::login, folded), account_reach(actor)));
    return with_teacher(unit, account);
  });
}

Result<Colleague> add_colleague(ports::Ports& ports, const Actor& actor, const PersonForm& form) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  NewIds ids = fresh_ids(1, now).front();
  FreshIds post_ids(2 * kIdsForPosts, now);
  return ports.store->transact(actor, "add_colleague", [&](Unit& unit) -> Result<Colleague> {
    post_ids.rewind();
    SHIDE_CHECK(note_posts(unit, actor.school, visit::school_year_of(date_of(now)), date_of(now), post_ids));
    SHIDE_TRY(standing, standing_people(unit, actor, date_of(now)));
    FieldCheck check;
    Person person = check_person(check, form, standing);
    if (!check.fine()) return check.error();
    SHIDE_TRY(made, save_new(unit, actor, person, standing, ids));
    SHIDE_CHECK(note_posts(unit, actor.school, visit::school_year_of(date_of(now)), date_of(now), post_ids));
    return made;
  });
}

Result<std::vector<Colleague>> add_colleagues(ports::Ports& ports, const Actor& actor, std::string_view text) {
  if (!is_administrator(actor)) return not_for_this_role();
  std::vector<PastedLine> lines = pasted_lines(text);
  if (lines.empty()) return invalid({{"lines", {"field.empty"}}});
  if (lines.size() > kMostLines) return invalid({{"lines", {"field.too_many_lines", {{"max", kMostLines}}}}});
  Time now = ports.clock->now();
  std::vector<NewIds> ids = fresh_ids(lines.size(), now);
  FreshIds post_ids(2 * kIdsForPosts, now);
  return ports.store->transact(actor, "add_colleagues", [&](Unit& unit) -> Result<std::vector<Colleague>> {
    post_ids.rewind();
    SHIDE_CHECK(note_posts(unit, actor.school, visit::school_year_of(date_of(now)), date_of(now), post_ids));
    SHIDE_TRY(standing, standing_people(unit, actor, date_of(now)));
    std::vector<Problem> problems;
    std::vector<Person> people = check_lines(lines, standing, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    std::vector<Colleague> added;
    for (std::size_t i = 0; i < people.size(); ++i) {
      SHIDE_TRY(one, save_new(unit, actor, people[i], standing, ids[i]));
      added.push_back(one);
    }
    SHIDE_CHECK(note_posts(unit, actor.school, visit::school_year_of(date_of(now)), date_of(now), post_ids));
    return added;
  });
}

Result<Colleague> change_colleague(ports::Ports& ports, const Actor& actor, const Id<Account>& id, std::int64_t expected_version, const PersonForm& form) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  NewIds ids = fresh_ids(1, now).front();
  FreshIds post_ids(2 * kIdsForPosts, now);
  std::string year = visit::school_year_of(date_of(now));
  return ports.store->transact(actor, "change_colleague", [&](Unit& unit) -> Result<Colleague> {
    post_ids.rewind();
    SHIDE_CHECK(note_posts(unit, actor.school, year, date_of(now), post_ids));
    SHIDE_TRY(account, unit.of<Account>().load(id, account_reach(actor)));
    if (account.version != expected_version) return Error{ErrorCode::kStale, {"error.stale"}};
    SHIDE_TRY(standing, standing_people(unit, actor, date_of(now), id));
    SHIDE_TRY(own, teacher_of(unit, account));
    FieldCheck check;
    Person person = check_person(check, form, standing);
    Teacher earlier = earlier_teacher(standing, person);
    // Two who taught under two numbers stay two, with their records.
    bool is_another = !own.id.empty() && !earlier.id.empty() && own.id != earlier.id;
    if (person.teaches() && is_another) check.problem("staff_number", {"people.staff_number_taken"});
    // Nobody widens what they may do themselves: it takes a second administrator (domain 9).
    bool to_oneself = id == actor.account && !std::includes(account.roles.begin(), account.roles.end(), person.roles.begin(), person.roles.end());
    if (to_oneself) check.problem("roles", {"people.not_to_oneself"});
    if (!check.fine()) return check.error();
    bool gives_up = administers(account) && !person.roles.count(Role::kItAdmin);
    if (gives_up && standing.administrators == 0) return last_administrator("roles");
    if (person.teaches()) {
      SHIDE_TRY(teacher, save_teacher(unit, actor, person, own.id.empty() ? earlier : own, ids.teacher));
      account.teacher_id = teacher.id;
    } else {
      SHIDE_CHECK(release_teacher(unit, account));
    }
    account.name = person.name;
    account.login = person.login;
    account.roles = person.roles;
    SHIDE_CHECK(unit.of<Account>().save(account));
    SHIDE_CHECK(unit.audit(account, "name login roles teacher_id"));
    SHIDE_CHECK(note_posts(unit, actor.school, year, date_of(now), post_ids));
    return with_teacher(unit, account);
  });
}

Result<Colleague> set_disabled(ports::Ports& ports, const Actor& actor, const Id<Account>& id, bool disabled) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  return ports.store->transact(actor, disabled ? "disable_account" : "enable_account", [&](Unit& unit) -> Result<Colleague> {
    SHIDE_TRY(account, unit.of<Account>().load(id, account_reach(actor)));
    SHIDE_TRY(standing, standing_people(unit, actor, date_of(now), id));
    if (disabled && administers(account) && standing.administrators == 0) return last_administrator("disabled");
    account.disabled = disabled;
    SHIDE_CHECK(unit.of<Account>().save(account));
    if (disabled) SHIDE_CHECK(end_sessions(unit, actor.school, id));
    if (disabled) SHIDE_CHECK(void_slips(unit, actor.school, id));
    SHIDE_CHECK(unit.audit(account, "disabled"));
    return with_teacher(unit, account);
  });
}

}  // namespace shide::workflow
