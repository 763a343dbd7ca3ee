#include "web/companions_routes.h"

#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/row_form.h"
#include "workflow/companions.h"

namespace shide::web {
namespace {

using model::AskState;
using model::HandOver;
using model::TeamWish;
using nlohmann::json;
using workflow::CoVisitorSheet;
using workflow::HandOverView;
using workflow::OpenPlace;
using workflow::WishView;

ChipState chip_of(AskState state) {
  switch (state) {
    case AskState::kAccepted: return ChipState::kDone;
    case AskState::kAsked: return ChipState::kNow;
    case AskState::kRefused:
    case AskState::kWithdrawn: break;
  }
  return ChipState::kNotApplicable;
}

json state_chip(const Call& call, AskState state) { return chip(chip_of(state), call.say({"ask_state." + std::string(model::code_of(state))})); }

json wish_view(const Call& call, const WishView& one) {
  bool asked = one.wish.version > 0, waiting = asked && one.wish.state == AskState::kAsked, agreed = asked && one.wish.state == AskState::kAccepted;
  return {{"id", one.wish.id.value}, {"class_id", one.school_class.id.value}, {"class", one.school_class.name}, {"teacher", one.teacher.name}, {"subject", one.teacher.subject},
          {"why", call.say({one.club ? "companions.club" : "companions.lesson"})}, {"state", asked ? state_chip(call, one.wish.state) : json()},
          {"askable", !waiting && !agreed}, {"may_withdraw", waiting || agreed}};
}

json place_view(const Call& call, const OpenPlace& place, const RowRefusal& refusal) {
  std::string row = place.visit.id.value + "-" + place.from.id.value;
  std::vector<Option> people = {{"", {"allocation.nobody"}}};
  for (const model::Teacher& one : place.colleagues) people.push_back({one.id.value, {"choose.name", {{"name", one.name}}}});
  std::string when = place.visit.appointment_at ? day_and_time_text(*place.visit.appointment_at, call.language()) : call.say({"my.no_date"});
  return {{"visit_id", place.visit.id.value}, {"from_id", place.from.id.value}, {"opened", refusal.row == row},
          {"what", call.say({place.from.id == call.actor().teacher ? "companions.own_place" : "companions.place_of", {{"class", place.school_class.name}, {"teacher", place.from.name}}})},
          {"when", when}, {"to", fields_of(call, refusal, row).select("to_id", "companions.to", people, "")}};
}

json hand_over_view(const Call& call, const HandOverView& one) {
  std::vector<PhraseArgument> who = {{"class", one.school_class.name}, {"from", one.from.name}, {"to", one.to.name}};
  return {{"id", one.hand_over.id.value}, {"asks", call.say({"companions.asks", who})}, {"what", call.say({"companions.asked_to", who})},
          {"state", state_chip(call, one.hand_over.state)}, {"may_withdraw", one.hand_over.state == AskState::kAsked}};
}

Result<Response> companions_page(ports::Ports& ports, Call& call, const RowRefusal& refusal = {}) {
  auto sheet = workflow::co_visitor_sheet(ports, call.actor());
  if (auto* error = sheet.if_error()) return call.before_campaign(*error);
  json view = {{"title", call.say({"companions.title"})}, {"may_ask", json::array()}, {"to_answer", json::array()}, {"places", json::array()}, {"asked", json::array()},
               {"given", json::array()}, {"may_ask_shown", !sheet->may_ask.empty()}, {"answers_shown", sheet->waiting() > 0}, {"places_shown", !sheet->places.empty()},
               {"given_shown", !sheet->given.empty()}, {"empty", nullptr}};
  Fields fields = call.fields(refusal.problems);
  view["errors"] = refusal.problems.empty() ? json() : refusal.row.empty() ? fields.summary() : fields.in_row(refusal.row).summary();
  for (const WishView& one : sheet->may_ask) view["may_ask"].push_back(wish_view(call, one));
  for (const WishView& one : sheet->to_answer) view["to_answer"].push_back(wish_view(call, one));
  for (const OpenPlace& one : sheet->places) view["places"].push_back(place_view(call, one, refusal));
  for (const HandOverView& one : sheet->asked) view["asked"].push_back(hand_over_view(call, one));
  for (const HandOverView& one : sheet->given) view["given"].push_back(hand_over_view(call, one));
  bool nothing = sheet->may_ask.empty() && sheet->waiting() == 0 && sheet->places.empty() && sheet->given.empty();
  if (nothing) view["empty"] = empty_state(call.say({"companions.empty"}), call.say({"companions.empty_what"}));
  return call.page("companions", std::move(view), refusal.status);
}

Result<Response> show_companions(ports::Ports& ports, Call& call) { return companions_page(ports, call); }

template <class T>
Result<Response> done(ports::Ports& ports, Call& call, const Result<T>& result, const std::string& row, std::string_view otherwise) {
  if (result) return call.redirect("/companions");
  if (!is_mendable(result.error())) return result.error();
  return companions_page(ports, call, refused(row, result.error(), otherwise));
}

Result<Response> ask(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::SchoolClass>("id"));
  return done(ports, call, workflow::ask_to_join(ports, call.actor(), id), "", "class_id");
}

Result<Response> settle_wish(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<TeamWish>("id"));
  std::string_view act = call.form().text("act");
  if (act == "withdraw") return done(ports, call, workflow::withdraw_wish(ports, call.actor(), id), "", "class_id");
  return done(ports, call, workflow::answer_wish(ports, call.actor(), id, act == "yes"), "", "class_id");
}

Result<Response> give_place(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Visit>("id"));
  Id<model::Teacher> from{std::string(call.form().text("from_id"))}, to{std::string(call.form().text("to_id"))};
  return done(ports, call, workflow::hand_over(ports, call.actor(), id, from, to), id.value + "-" + from.value, "to_id");
}

Result<Response> settle_hand_over(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<HandOver>("id"));
  std::string_view act = call.form().text("act");
  if (act == "withdraw") return done(ports, call, workflow::withdraw_hand_over(ports, call.actor(), id), "", "to_id");
  return done(ports, call, workflow::answer_hand_over(ports, call.actor(), id, act == "yes"), "", "to_id");
}

}  // namespace

std::vector<Route> companions_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  Permission teachers = roles({model::Role::kTeacher});
  return {
      {Method::kGet, "/companions", teachers, bound(show_companions)},
      {Method::kPost, "/companions/classes/{id}", teachers, bound(ask)},
      {Method::kPost, "/companions/wishes/{id}", teachers, bound(settle_wish)},
      {Method::kPost, "/companions/visits/{id}", teachers, bound(give_place)},
      {Method::kPost, "/companions/hand-overs/{id}", teachers, bound(settle_hand_over)},
  };
}

}  // namespace shide::web
