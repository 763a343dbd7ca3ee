#include "web/copies_routes.h"

#include "web/call.h"
#include "web/parts.h"
#include "web/problem.h"
#include "web/row_form.h"
#include "workflow/copies.h"

namespace shide::web {
namespace {

using model::CopyState;
using model::DeliveryKind;
using model::DeliveryState;
using model::PostCopy;
using model::Role;
using nlohmann::json;
using workflow::CopyAtDesk;

bool is_dead(const CopyAtDesk& one) { return one.delivery && one.delivery->state == DeliveryState::kDead; }
bool is_waiting(const CopyAtDesk& one) { return one.delivery && one.delivery->state == DeliveryState::kWaiting; }
bool is_withdrawal(const CopyAtDesk& one) { return one.delivery && one.delivery->kind == DeliveryKind::kWithdraw; }

/// What is under way says more than what was seen last.
std::string state_code(const CopyAtDesk& one) {
  if (is_dead(one)) return "dead";
  if (is_waiting(one)) return is_withdrawal(one) ? "withdrawing" : "publishing";
  return std::string(model::code_of(one.copy.state));
}

ChipState chip_of(const CopyAtDesk& one) {
  if (workflow::needs_person(one)) return ChipState::kBad;
  if (is_waiting(one)) return ChipState::kNow;
  switch (one.copy.state) {
    case CopyState::kStanding: return ChipState::kDone;
    case CopyState::kWithdrawn:
    case CopyState::kLeft: return ChipState::kNotApplicable;
    default: return ChipState::kOpen;
  }
}

/// Why it failed, when it is tried again, what was done to it there.
std::vector<std::string> lines_of(const Call& call, const CopyAtDesk& one) {
  std::vector<std::string> lines;
  if (one.delivery && !one.delivery->problem.empty()) lines.push_back(call.say({one.delivery->problem}));
  if (is_waiting(one) && one.delivery->attempts > 0) {
    lines.push_back(call.say({"copies.tried", {{"count", one.delivery->attempts}, {"when", to_text_minutes(one.delivery->next_attempt_at)}}}));
  } else if (is_waiting(one)) {
    lines.push_back(call.say({"copies.now"}));
  }
  if (one.delivery) return lines;
  if (one.copy.state == CopyState::kChanged) lines.push_back(call.say({"copy_state.changed_what"}));
  if (one.copy.state == CopyState::kGone) lines.push_back(call.say({"copy_state.gone_what"}));
  if (one.copy.state == CopyState::kLeft) lines.push_back(call.say({"copy_state.left_what"}));
  return lines;
}

std::string seen_words(const Call& call, const PostCopy& copy) {
  std::string words;
  if (copy.seen_at) words = call.say({"copies.seen", {{"when", to_text_minutes(*copy.seen_at)}}});
  if (copy.views) words += (words.empty() ? "" : " · ") + call.say({"copies.views", {{"count", *copy.views}}});
  return words;
}

json copy_view(const Call& call, const CopyAtDesk& one, bool may_decide) {
  bool by_hand = !one.delivery && (one.copy.state == CopyState::kChanged || one.copy.state == CopyState::kGone);
  bool is_left = !one.delivery && one.copy.state == CopyState::kLeft;
  const char* give_up = by_hand ? "copies.give_up_changed" : is_withdrawal(one) ? "copies.give_up_withdraw" : "copies.give_up";
  json view = {{"id", one.copy.id.value}, {"name", one.title}, {"state", chip(chip_of(one), call.say({"copy_state." + state_code(one)}))},
               {"seen", seen_words(call, one.copy)}, {"lines", json::array()}, {"post_address", call.link("/editor/" + one.copy.post_id.value)}};
  for (std::string& line : lines_of(call, one)) view["lines"].push_back(std::move(line));
  bool stands = one.copy.state == CopyState::kStanding || one.copy.state == CopyState::kChanged || one.copy.state == CopyState::kLeft;
  view["there"] = stands && !one.copy.address.empty() ? json({{"address", one.copy.address}}) : json();
  view["retry"] = may_decide && (is_dead(one) || by_hand || is_left) ? json(call.say({by_hand || is_left ? "copies.retry_replace" : "copies.retry"})) : json();
  view["give_up"] = may_decide && (one.delivery || by_hand) ? json(call.say({give_up})) : json();
  view["decide"] = !view["retry"].is_null() || !view["give_up"].is_null();
  return view;
}

Result<Response> copies_page(ports::Ports& ports, Call& call, const RowRefusal& refusal) {
  SHIDE_TRY(copies, workflow::copies_at_desk(ports, call.actor()));
  SHIDE_TRY(silent, workflow::silent_host(ports, call.actor()));
  bool is_joined = !ports.publisher->host().empty();
  bool may_decide = call.actor().has(Role::kUnionEditor) || call.actor().has(Role::kStudentOffice);
  json view = {{"title", call.say({"copies.title"})}, {"copies", json::array()}, {"empty", json()}, {"silent", json()},
               {"errors", fields_of(call, refusal, refusal.row).summary()}};
  for (const CopyAtDesk& one : copies) view["copies"].push_back(copy_view(call, one, may_decide));
  if (copies.empty()) view["empty"] = is_joined ? empty_state(call.say({"copies.empty"}), call.say({"copies.empty_what"})) : empty_state(call.say({"copies.none"}), call.say({"copies.none_what"}));
  if (silent && silent->silent_since) {
    view["silent"] = note(Tone::kWarm, call.say({"copies.silent", {{"when", to_text_minutes(*silent->silent_since)}}}), "",
                          (silent->problem.empty() ? "" : call.say({silent->problem}) + " ") + call.say({"copies.silent_what"}));
  }
  return call.page("copies", std::move(view), refusal.status);
}

Result<Response> show_copies(ports::Ports& ports, Call& call) { return copies_page(ports, call, {}); }

Result<Response> decide(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<PostCopy>("id"));
  std::string_view act = call.form().text("act");
  Result<PostCopy> done = Error{ErrorCode::kInvalid, {"field.not_offered"}};
  if (act == "retry") done = workflow::retry_copy(ports, call.actor(), id);
  if (act == "give_up") done = workflow::give_up_copy(ports, call.actor(), id);
  if (done) return call.redirect("/editor/copies");
  if (!is_mendable(done.error())) return done.error();
  return copies_page(ports, call, refused(id.value, done.error(), "act"));
}

}  // namespace

std::vector<Route> copies_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  return {
      {Method::kGet, "/editor/copies", roles({Role::kUnionEditor, Role::kStudentOffice, Role::kHead}), bound(show_copies)},
      {Method::kPost, "/editor/copies/{id}", roles({Role::kUnionEditor, Role::kStudentOffice}), bound(decide)},
  };
}

}  // namespace shide::web
