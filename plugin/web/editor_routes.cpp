#include "web/editor_routes.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "web/call.h"
#include "web/json_fields.h"
#include "web/note_view.h"
#include "web/parts.h"
#include "web/problem.h"
#include "web/row_form.h"
#include "workflow/copies.h"
#include "workflow/post.h"
#include "workflow/public_tasks.h"
#include "workflow/section.h"

namespace shide::web {
namespace {

using model::Post;
using model::PostKind;
using model::PostState;
using model::PublicTask;
using model::RedactedRecord;
using model::Role;
using model::Shelf;
using nlohmann::json;

json paragraph_list(const std::string& text) {
  json list = json::array();
  for (std::string_view one : split(text, '\n')) {
    if (!trim(one).empty()) list.push_back(std::string(trim(one)));
  }
  return list;
}

ChipState chip_of(PostState state) {
  switch (state) {
    case PostState::kPublished: return ChipState::kDone;
    case PostState::kInReview:
    case PostState::kApproved: return ChipState::kNow;
    case PostState::kRejected: return ChipState::kBad;
    case PostState::kWithdrawn: return ChipState::kNotApplicable;
    case PostState::kDraft: break;
  }
  return ChipState::kOpen;
}

json work_item(const Call& call, const Post& post) {
  return {{"address", call.link("/editor/" + post.id.value)}, {"name", post.title},
          {"kind", call.say({"post_kind." + std::string(model::code_of(post.kind))})},
          {"state", chip(chip_of(post.state), call.say({"post_state." + std::string(model::code_of(post.state))}))}};
}

std::int64_t copies_waiting(ports::Ports& ports, const Call& call) {
  auto copies = workflow::copies_at_desk(ports, call.actor());
  return copies ? std::count_if(copies->begin(), copies->end(), workflow::needs_person) : 0;
}

/// What the reader must act on: posts waiting for a yes, what has to go from outside, and copies that wait for a person.
std::int64_t waiting_at_desk(ports::Ports& ports, Call& call) {
  auto tasks = workflow::open_public_tasks(ports, call.actor());
  std::int64_t waiting = (tasks ? static_cast<std::int64_t>(tasks->size()) : 0) + copies_waiting(ports, call);
  if (!call.actor().has(Role::kStudentOffice) && !call.actor().has(Role::kHead)) return waiting;
  auto posts = workflow::posts_at_work(ports, call.actor());
  if (!posts) return waiting;
  return waiting + std::count_if(posts->begin(), posts->end(), [&](const Post& post) { return post.state == PostState::kInReview && post.author_id != call.actor().account; });
}

/// "学生姓名2处，电话1处": PublicTask::found in the reader's words.
std::string found_words(const Call& call, const std::string& found) {
  std::vector<std::string> parts;
  std::vector<std::string_view> words = split(found, ' ');
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    Phrase kind{"redact.kind." + std::string(words[i])};
    if (words[i] == "photo_traces") kind = {"public_task.photo_traces"};
    parts.push_back(call.say({"public_task.found", {{"kind", kind}, {"count", std::string(words[i + 1])}}}));
  }
  return join(parts, call.say({"public_task.and"}));
}

json task_view(const Call& call, const PublicTask& task, const RowRefusal& refusal) {
  bool is_leak = task.kind == model::PublicTaskKind::kLeak;
  json view = {{"id", task.id.value}, {"place", task.address}, {"due", call.say({"public_task.due", {{"when", to_text_minutes(task.due_at)}}})},
               {"what", is_leak ? call.say({"public_task.leak", {{"found", found_words(call, task.found)}}}) : call.say({"public_task.take_down"})},
               {"help", call.say({is_leak ? "public_task.leak_what" : "public_task.take_down_what"})}, {"late", call.now() > task.due_at}};
  view["outcome"] = fields_of(call, refusal, task.id.value).text("outcome", "public_task.outcome", {.limit = 300});
  view["post"] = task.post_id.empty() ? json() : json({{"address", call.link("/editor/" + task.post_id.value)}});
  return view;
}

Result<Response> editor_page(ports::Ports& ports, Call& call, const RowRefusal& refusal) {
  SHIDE_TRY(posts, workflow::posts_at_work(ports, call.actor()));
  SHIDE_TRY(tasks, workflow::open_public_tasks(ports, call.actor()));
  SHIDE_TRY(records, workflow::staff_view(ports, call.actor(), call.school_year()));
  json view = {{"title", call.say({"editor.title"})}, {"posts", json::array()}, {"grades", json::array()},
               {"may_compose", call.actor().has(Role::kUnionEditor) || call.actor().has(Role::kStudentOffice)}};
  for (const Post& post : posts) view["posts"].push_back(work_item(call, post));
  std::map<std::string, std::pair<std::string, int>> grades;
  for (const RedactedRecord& record : records) {
    auto& grade = grades[record.grade_name];
    grade.first = record.place.grade_group_id;
    if (record.doubts == 0) ++grade.second;
  }
  for (const auto& [name, grade] : grades) {
    view["grades"].push_back({{"name", name}, {"enough", grade.second >= 5}, {"count", call.say({"editor.ready", {{"count", grade.second}}})},
                              {"address", call.link("/editor/compose?kind=digest&grade=" + grade.first)}});
  }
  view["empty"] = posts.empty() ? empty_state(call.say({"editor.empty"}), call.say({"editor.empty_what"})) : json();
  view["tasks"] = json::array();
  for (const PublicTask& task : tasks) view["tasks"].push_back(task_view(call, task, refusal));
  view["tasks_shown"] = !tasks.empty();
  std::int64_t copies = copies_waiting(ports, call);
  view["copies_waiting"] = copies > 0 ? json(call.say({"copies.waiting", {{"count", copies}}})) : json();
  view["errors"] = fields_of(call, refusal, refusal.row).summary();
  return call.page("editor", std::move(view), refusal.status);
}

Result<Response> show_editor(ports::Ports& ports, Call& call) { return editor_page(ports, call, {}); }

Result<Response> close_task(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<PublicTask>("id"));
  auto closed = workflow::close_public_task(ports, call.actor(), id, call.form().text("outcome"));
  if (closed) return call.redirect("/editor");
  if (!is_mendable(closed.error())) return closed.error();
  return editor_page(ports, call, refused(id.value, closed.error(), "outcome"));
}

Result<Response> compose_page(ports::Ports& ports, Call& call, const Post& post, const std::string& grade, const std::vector<Problem>& problems, int status) {
  SHIDE_TRY(records, workflow::staff_view(ports, call.actor(), post.school_year.empty() ? call.school_year() : post.school_year));
  std::set<std::string> chosen;
  for (std::string_view id : split(post.visit_ids, ' ')) chosen.insert(std::string(id));
  Fields fields = call.fields(problems);
  bool digest = post.kind == PostKind::kDigest;
  json sources = json::array();
  for (const RedactedRecord& record : records) {
    bool of_grade = grade.empty() || record.place.grade_group_id == grade;
    if (!opens(record) || record.doubts > 0 || (!chosen.count(record.id.value) && !of_grade)) continue;
    // A digest takes reflections and methods, never the course of a visit or a family's words (D1).
    sources.push_back({{"id", record.id.value}, {"text", digest ? record.reflection : record.narrative + "\n" + record.reflection}, {"month", record.month},
                       {"grade", record.grade_name}, {"chosen", chosen.count(record.id.value) > 0 || call.request().method == "GET"}});
  }
  json view = {{"title", call.say({"editor.compose"})}, {"id", post.id.empty() ? call.new_id("id") : post.id.value}, {"version", post.version}, {"kind", model::code_of(post.kind)}, {"grade", grade}, {"sources", sources},
               {"digest", digest}, {"errors", fields.summary()}, {"rejected", post.state == PostState::kRejected ? note(Tone::kBad, call.say({"editor.rejected"}), "", post.review_reason) : json()}};
  view["title_field"] = fields.text("title", "editor.field_title", {.value = post.title, .limit = 80});
  view["quote_field"] = fields.area("quote", "editor.field_quote", {.value = post.quote, .optional = true, .limit = 200, .rows = 2});
  view["body_field"] = fields.area("body", "editor.field_body", {.value = post.body, .limit = 8000, .rows = 14});
  view["source_field"] = fields.text("source", "editor.field_source", {.value = post.source.empty() ? call.say({"editor.own_source"}) : post.source, .limit = 40});
  return call.page("compose", std::move(view), status);
}

Result<Response> show_compose(ports::Ports& ports, Call& call) {
  Post post;
  post.kind = model::from_code<PostKind>(call.query("kind")).value_or(PostKind::kDigest);
  if (!call.query("record").empty()) {
    SHIDE_TRY(record, workflow::redacted_record(ports, call.actor(), {std::string(call.query("record"))}));
    post.visit_ids = record.id.value;
    post.body = record.narrative + "\n\n" + record.reflection;
    return compose_page(ports, call, post, "none", {}, 200);
  }
  std::string grade(call.query("grade"));
  SHIDE_TRY(records, workflow::staff_view(ports, call.actor(), call.school_year()));
  for (const RedactedRecord& record : records) {
    if (record.place.grade_group_id == grade && record.doubts == 0 && opens(record)) post.body += (post.body.empty() ? "" : "\n\n") + record.reflection;
  }
  return compose_page(ports, call, post, grade.empty() ? "none" : grade, {}, 200);
}

Result<Response> save_post(ports::Ports& ports, Call& call) {
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  workflow::PostForm form{call.new_id("id"), text("kind"), text("title"), text("quote"), text("body"), text("source"), "", call.form().all("visits"), call.form().number("version")};
  auto composed = workflow::compose_post(ports, call.actor(), form);
  if (auto* error = composed.if_error()) {
    if (!is_mendable(*error)) return std::move(*error);
    Post typed;
    typed.id.value = form.id;
    typed.kind = model::from_code<PostKind>(form.kind).value_or(PostKind::kDigest);
    typed.visit_ids = join(form.visits, " ");
    // Saving once more is the choice between the two versions.
    auto stored = workflow::post_at_work(ports, call.actor(), typed.id);
    typed.version = stored ? stored->version : 0;
    std::vector<Problem> problems = problems_of(*error, "title");
    for (Problem& problem : problems) {
      if (problem.path == "visits") problem.path = "body";
    }
    return compose_page(ports, call, typed, text("grade"), problems, status_of(error->code));
  }
  if (text("act") == "review") {
    SHIDE_TRY(asked, workflow::request_review(ports, call.actor(), composed->id));
    (void)asked;
  }
  return call.redirect("/editor/" + composed->id.value);
}

std::vector<Option> shelf_choices() {
  std::vector<Option> options;
  for (std::string_view code : codes(Shelf{})) options.push_back({std::string(code), {"shelf." + std::string(code)}});
  return options;
}

Response post_page(Call& call, const Post& post, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  bool decides = call.actor().has(Role::kStudentOffice) || call.actor().has(Role::kHead);
  bool own = post.author_id == call.actor().account;
  bool editable = post.state == PostState::kDraft || post.state == PostState::kInReview || post.state == PostState::kRejected;
  bool single = post.kind == PostKind::kSingleNote;
  json view = work_item(call, post);
  view["title"] = post.title;
  view["id"] = post.id.value;
  view["quote"] = post.quote;
  view["paragraphs"] = paragraph_list(post.body);
  view["drawn"] = call.say({"editor.drawn", {{"count", post.visit_count}}});
  view["rejected"] = !post.review_reason.empty() ? note(Tone::kBad, call.say({"editor.rejected"}), "", post.review_reason) : json();
  view["withdrawn"] = post.state == PostState::kWithdrawn ? note(Tone::kWarm, call.say({"editor.withdrawn"}), "", post.withdrawn_reason) : json();
  view["may_edit"] = editable && own && (call.actor().has(Role::kUnionEditor) || call.actor().has(Role::kStudentOffice));
  view["may_ask"] = view["may_edit"].get<bool>() && post.state != PostState::kInReview;
  view["may_decide"] = decides && !own && post.state == PostState::kInReview;
  view["may_withdraw"] = post.state == PostState::kPublished || post.state == PostState::kApproved;
  view["has_bundle"] = post.state == PostState::kPublished || post.state == PostState::kWithdrawn;
  view["single"] = single;
  view["may_move"] = call.actor().has(Role::kUnionEditor) || call.actor().has(Role::kStudentOffice);
  view["shelf"] = fields.select("shelf", "editor.shelf", shelf_choices(), std::string(model::code_of(post.shelf)));
  view["decision"] = single ? fields.text("school_decision", "editor.decision", {.limit = 80}) : json();
  view["reason"] = fields.area("reason", "editor.reason", {.limit = 300, .rows = 2});
  view["errors"] = fields.summary();
  return call.page("post_work", std::move(view), status);
}

Result<Response> show_post_work(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  SHIDE_TRY(post, workflow::post_at_work(ports, call.actor(), id));
  return post_page(call, post, {}, 200);
}

Result<Response> show_post_edit(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  SHIDE_TRY(post, workflow::post_at_work(ports, call.actor(), id));
  return compose_page(ports, call, post, "none", {}, 200);
}

Result<Response> act_on_post(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  std::string_view act = call.form().text("act"), reason = call.form().text("reason");
  Result<Post> done = Error{ErrorCode::kInvalid, {"field.not_offered"}};
  if (act == "ask") done = workflow::request_review(ports, call.actor(), id);
  if (act == "approve") done = workflow::approve_post(ports, call.actor(), id, call.form().text("school_decision"));
  if (act == "reject") done = workflow::reject_post(ports, call.actor(), id, reason);
  if (act == "withdraw") done = workflow::withdraw_post(ports, call.actor(), id, reason);
  if (act == "move") done = workflow::move_post(ports, call.actor(), id, call.form().text("shelf"));
  if (done) return call.redirect("/editor/" + id.value);
  if (!is_mendable(done.error())) return done.error();
  SHIDE_TRY(post, workflow::post_at_work(ports, call.actor(), id));
  return post_page(call, post, problems_of(done.error(), "reason"), status_of(done.error().code));
}

Result<Response> api_approve(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  std::string decision;
  if (!call.body().empty()) {
    SHIDE_TRY(body, call.json_body());
    JsonFields fields(body);
    decision = fields.text("school_decision");
    SHIDE_CHECK(fields.check());
  }
  SHIDE_TRY(post, workflow::approve_post(ports, call.actor(), id, decision));
  return call.json({{"id", post.id.value}, {"state", model::code_of(post.state)}});
}

Result<Response> api_withdraw(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Post>("id"));
  SHIDE_TRY(body, call.json_body());
  JsonFields fields(body);
  std::string reason = fields.text("reason", Presence::kRequired);
  SHIDE_CHECK(fields.check());
  SHIDE_TRY(post, workflow::withdraw_post(ports, call.actor(), id, reason));
  return call.json({{"id", post.id.value}, {"state", model::code_of(post.state)}});
}

}  // namespace

std::vector<Route> editor_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> desk = {Role::kUnionEditor, Role::kStudentOffice, Role::kHead};
  std::set<Role> deciders = {Role::kStudentOffice, Role::kHead};
  return {
      {Method::kGet, "/editor", roles(desk), bound(show_editor), BarLink{"nav.editor", 50, [&ports](Call& call) { return waiting_at_desk(ports, call); }}},
      {Method::kPost, "/editor", roles({Role::kUnionEditor, Role::kStudentOffice}), bound(save_post)},
      {Method::kGet, "/editor/compose", roles({Role::kUnionEditor, Role::kStudentOffice}), bound(show_compose)},
      {Method::kPost, "/editor/tasks/{id}", roles({Role::kUnionEditor, Role::kStudentOffice}), bound(close_task)},
      {Method::kGet, "/editor/{id}", roles(desk), bound(show_post_work)},
      {Method::kGet, "/editor/{id}/edit", roles({Role::kUnionEditor, Role::kStudentOffice}), bound(show_post_edit)},
      {Method::kPost, "/editor/{id}", roles(desk), bound(act_on_post)},
      {Method::kPost, "/api/v1/posts/{id}/approve", roles(deciders), bound(api_approve)},
      {Method::kPost, "/api/v1/posts/{id}/withdraw", roles(desk), bound(api_withdraw)},
  };
}

}  // namespace shide::web
