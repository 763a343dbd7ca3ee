#include "web/class_routes.h"

#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "workflow/class_register.h"
#include "workflow/classes.h"
#include "workflow/memberships.h"

namespace shide::web {
namespace {

using model::GradeGroup;
using model::GradeGroupKind;
using model::Role;
using model::SchoolClass;
using model::Teacher;
using nlohmann::json;
using workflow::SchoolOrder;

std::string class_path(const Id<SchoolClass>& id) { return "/classes/" + id.value; }
std::string group_path(const Id<GradeGroup>& id) { return "/grade-groups/" + id.value; }

std::string name_of(const SchoolOrder& order, const Id<Teacher>& id) {
  const Teacher* teacher = order.teacher(id);
  return teacher ? teacher->name : "";
}

json class_views(const Call& call, const SchoolOrder& order, const Id<GradeGroup>& group) {
  json rows = json::array();
  for (const SchoolClass& one : order.classes) {
    if (one.grade_group_id != group) continue;
    rows.push_back({{"name", one.name}, {"address", call.link(class_path(one.id))}, {"homeroom", name_of(order, one.homeroom_teacher_id)},
                    {"students", one.pupil_count}});
  }
  return rows;
}

Result<Response> show_order(ports::Ports& ports, Call& call) {
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  json view = {{"title", call.say({"classes.title"})}, {"school_year", order.school_year}, {"groups", json::array()}, {"may_add_class", !order.groups.empty()}};
  for (const GradeGroup& one : order.groups) {
    json classes = class_views(call, order, one.id);
    view["groups"].push_back({{"name", one.name}, {"address", call.link(group_path(one.id))}, {"leader", name_of(order, one.leader_id)},
                              {"classes_shown", !classes.empty()}, {"classes", std::move(classes)}});
  }
  std::string next = order.teachers.empty() ? "classes.teachers_first" : "classes.groups_first";
  view["empty"] = order.groups.empty() ? empty_state(call.say({"classes.empty"}), call.say({next})) : json();
  return call.page("classes", std::move(view));
}

/// Everybody who may be chosen, an empty line first.
std::vector<Option> teacher_options(const SchoolOrder& order) {
  std::vector<Option> options = {{"", {"classes.choose"}}};
  for (const Teacher& one : order.teachers) options.push_back({one.id.value, {"classes.teacher", {{"name", one.name}, {"number", one.staff_number}}}});
  return options;
}

std::vector<Option> member_options(const SchoolOrder& order, const Id<GradeGroup>& group) {
  std::vector<Option> options;
  for (const Teacher& one : order.teachers) {
    const GradeGroup* other = one.grade_group_id == group ? nullptr : order.group(one.grade_group_id);
    Phrase label = other ? Phrase{"classes.member_elsewhere", {{"name", one.name}, {"group", other->name}}} : Phrase{"choose.name", {{"name", one.name}}};
    options.push_back({one.id.value, std::move(label)});
  }
  return options;
}

std::vector<Option> group_options(const SchoolOrder& order) {
  std::vector<Option> options = {{"", {"classes.choose"}}};
  for (const GradeGroup& one : order.groups) options.push_back({one.id.value, {"choose.name", {{"name", one.name}}}});
  return options;
}

int status_of_refusal(const Error* error) { return !error ? 200 : error->code == ErrorCode::kStale ? 412 : 422; }

bool is_refusal(const Error& error) { return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kStale; }

/// "沈若楠 2020年9月1日—2021年1月20日", for those who are it no more.
json post_views(const Call& call, const SchoolOrder& order, const std::vector<model::TeacherPost>& posts) {
  json list = json::array();
  for (const model::TeacherPost& one : posts) {
    if (!one.to || one.kind == model::TeacherPostKind::kMember) continue;
    std::string name = name_of(order, one.teacher_id);
    list.push_back({{"words", call.say({"classes.held", {{"name", name.empty() ? call.say({"classes.somebody_left"}) : name}, {"from", field_day(one.from, call.language())},
                                                         {"to", field_day(*one.to, call.language())}}})}});
  }
  return list;
}

Result<Response> group_page(ports::Ports& ports, Call& call, const SchoolOrder& order, const GradeGroup& group, const Error* error) {
  Fields fields = error ? call.fields(error->problems) : call.fields();
  std::vector<std::string> members;
  for (const Teacher& one : order.teachers) {
    if (!group.id.empty() && one.grade_group_id == group.id) members.push_back(one.id.value);
  }
  json view = {{"title", group.id.empty() ? call.say({"classes.new_group"}) : group.name}, {"errors", fields.summary()}, {"version", group.version},
               {"action", call.link(group.id.empty() ? "/grade-groups" : group_path(group.id))},
               {"refused", error && error->problems.empty() ? json(call.say(error->phrase)) : json()}};
  view["name_field"] = fields.text("name", "classes.group_name", {.value = group.name, .limit = 20});
  view["kind_field"] = fields.choices("kind", "classes.kind", {{"grade", {"classes.kind_grade"}}, {"arts_sports", {"classes.kind_arts_sports"}}}, model::code_of(group.kind));
  view["grade_field"] = fields.text("grade", "classes.grade", {.value = group.grade > 0 ? std::to_string(group.grade) : "", .optional = true, .limit = 2});
  view["leader_field"] = fields.select("leader_id", "classes.leader", teacher_options(order), group.leader_id.value);
  view["members_field"] = fields.boxes("member_ids", "classes.members", member_options(order, group.id), members, {.optional = true});
  SHIDE_TRY(posts, workflow::posts_of_group(ports, call.actor(), group.id));
  view["held"] = post_views(call, order, posts);
  view["held_shown"] = !view["held"].empty();
  return call.page("grade_group", std::move(view), status_of_refusal(error));
}

workflow::GradeGroupForm group_form(const Form& typed) {
  auto text = [&](std::string_view name) { return std::string(typed.text(name)); };
  return {text("name"), text("kind"), text("grade"), text("leader_id"), typed.all("member_ids")};
}

/// The group of the address, or a new one.
Result<GradeGroup> group_in(const SchoolOrder& order, const Id<GradeGroup>& id) {
  if (id.empty()) return GradeGroup{};
  const GradeGroup* found = order.group(id);
  if (!found) return not_found();
  return *found;
}

Result<Response> save_group(ports::Ports& ports, Call& call, const Id<GradeGroup>& id) {
  auto saved = workflow::save_grade_group(ports, call.actor(), id, call.form().number("version"), group_form(call.form()));
  if (saved) return call.redirect("/classes");
  if (!is_refusal(saved.error())) return saved.error();
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  SHIDE_TRY(group, group_in(order, id));
  return group_page(ports, call, order, group, &saved.error());
}

Result<Response> show_new_group(ports::Ports& ports, Call& call) {
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  return group_page(ports, call, order, {}, nullptr);
}

Result<Response> show_group(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<GradeGroup>("id"));
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  SHIDE_TRY(group, group_in(order, id));
  return group_page(ports, call, order, group, nullptr);
}

Result<Response> change_group(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<GradeGroup>("id"));
  return save_group(ports, call, id);
}

Result<Response> add_group(ports::Ports& ports, Call& call) { return save_group(ports, call, {}); }

json register_rows(const Call& call, const std::vector<model::Student>& students) {
  json rows = json::array();
  for (const model::Student& one : students) rows.push_back({{"name", one.name}, {"number", one.student_number}, {"address", call.link("/students/" + one.id.value + "/timeline")}});
  return rows;
}

struct ClassPage {
  const SchoolOrder& order;
  const SchoolClass& row;
  const Error* error = nullptr;                       // of the class or the register, by what was sent
  const workflow::RegisterChange* change = nullptr;   // what the list just sent has done
};

Result<Response> class_page(ports::Ports& ports, Call& call, const ClassPage& page) {
  const SchoolClass& row = page.row;
  // Two forms: what was typed into the one that was sent stays, the other shows what is stored.
  bool class_sent = call.form().has("name");
  Fields typed = page.error ? call.fields(page.error->problems) : call.fields();
  Fields fields = class_sent ? typed : call.fields();
  json view = {{"title", row.id.empty() ? call.say({"classes.new_class"}) : row.name}, {"errors", typed.summary()}, {"version", row.version},
               {"action", call.link(row.id.empty() ? "/classes" : class_path(row.id))},
               {"refused", page.error && page.error->problems.empty() ? json(call.say(page.error->phrase)) : json()},
               {"has_register", false}, {"held_shown", false}, {"held", json::array()}, {"done", nullptr}};
  view["name_field"] = fields.text("name", "classes.class_name", {.value = row.name, .limit = 20});
  view["group_field"] = fields.select("grade_group_id", "classes.group", group_options(page.order), row.grade_group_id.value);
  view["homeroom_field"] = fields.select("homeroom_teacher_id", "classes.homeroom", teacher_options(page.order), row.homeroom_teacher_id.value);
  if (row.id.empty()) return call.page("class", std::move(view), status_of_refusal(page.error));
  SHIDE_TRY(students, workflow::register_of(ports, call.actor(), row.id));
  SHIDE_TRY(posts, workflow::posts_of_class(ports, call.actor(), row.id));
  view["held"] = post_views(call, page.order, posts);
  view["held_shown"] = !view["held"].empty();
  view["has_register"] = true;
  view["register_action"] = call.link(class_path(row.id) + "/register");
  view["students"] = register_rows(call, students);
  view["students_shown"] = !students.empty();
  view["count"] = students.size();
  view["students_field"] = (class_sent ? call.fields() : typed).area("students", "classes.students", {.rows = 12});
  view["whole"] = page.error && call.form().text("whole") == "yes";
  if (page.change) {
    view["done"] = call.say({"classes.register_done", {{"added", page.change->added}, {"changed", page.change->changed},
                                                       {"removed", page.change->removed}, {"standing", page.change->standing}}});
  }
  return call.page("class", std::move(view), status_of_refusal(page.error));
}

Result<SchoolClass> class_in(const SchoolOrder& order, const Id<SchoolClass>& id) {
  if (id.empty()) return SchoolClass{};
  for (const SchoolClass& one : order.classes) {
    if (one.id == id) return one;
  }
  return not_found();
}

Result<Response> save_class(ports::Ports& ports, Call& call, const Id<SchoolClass>& id) {
  auto text = [&](std::string_view name) { return std::string(call.form().text(name)); };
  auto saved = workflow::save_class(ports, call.actor(), id, call.form().number("version"), {text("name"), text("grade_group_id"), text("homeroom_teacher_id")});
  if (saved) return call.redirect(class_path(saved->id));
  if (!is_refusal(saved.error())) return saved.error();
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  SHIDE_TRY(row, class_in(order, id));
  return class_page(ports, call, {order, row, &saved.error()});
}

Result<Response> show_new_class(ports::Ports& ports, Call& call) {
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  return class_page(ports, call, {order, {}});
}

Result<Response> show_class(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<SchoolClass>("id"));
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  SHIDE_TRY(row, class_in(order, id));
  return class_page(ports, call, {order, row});
}

Result<Response> change_class(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<SchoolClass>("id"));
  return save_class(ports, call, id);
}

Result<Response> add_class(ports::Ports& ports, Call& call) { return save_class(ports, call, {}); }

Result<Response> paste_register(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<SchoolClass>("id"));
  auto pasted = workflow::paste_register(ports, call.actor(), id, call.form().text("students"), call.form().text("whole") == "yes");
  if (auto* error = pasted.if_error(); error && !is_refusal(*error)) return std::move(*error);
  SHIDE_TRY(order, workflow::school_order(ports, call.actor()));
  SHIDE_TRY(row, class_in(order, id));
  return class_page(ports, call, {order, row, pasted.if_error(), pasted ? &*pasted : nullptr});
}

}  // namespace

std::vector<Route> class_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  const Permission office = roles({Role::kStudentOffice});
  return {
      {Method::kGet, "/classes", office, bound(show_order), BarLink{"nav.classes", 65}},
      {Method::kPost, "/classes", office, bound(add_class)},
      {Method::kGet, "/classes/new", office, bound(show_new_class)},
      {Method::kGet, "/classes/{id}", office, bound(show_class)},
      {Method::kPost, "/classes/{id}", office, bound(change_class)},
      {Method::kPost, "/classes/{id}/register", office, bound(paste_register)},
      {Method::kPost, "/grade-groups", office, bound(add_group)},
      {Method::kGet, "/grade-groups/new", office, bound(show_new_group)},
      {Method::kGet, "/grade-groups/{id}", office, bound(show_group)},
      {Method::kPost, "/grade-groups/{id}", office, bound(change_group)},
  };
}

}  // namespace shide::web
