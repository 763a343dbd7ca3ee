#include "web/account_routes.h"

#include "web/call.h"
#include "web/day.h"
#include "web/session.h"
#include "workflow/second_factor.h"
#include "workflow/sessions.h"

namespace shide::web {
namespace {

using nlohmann::json;

std::string_view token_of(const Call& call) { return cookie(call.request(), Cookie::kSession); }

json session_view(const Call& call, const workflow::OpenSession& open) {
  return {{"id", open.session.id.value}, {"begun", day_and_time_text(open.session.created_at, call.language())},
          {"seen", day_and_time_text(open.session.seen_at, call.language())}, {"this_one", open.is_this}};
}

Result<Response> show_account(ports::Ports& ports, Call& call) {
  SHIDE_TRY(open, workflow::open_sessions(ports, call.actor(), call.actor().account, token_of(call)));
  json view = {{"title", call.say({"account.title"})}, {"name", call.actor().name}, {"sessions", json::array()}, {"others", open.size() > 1},
               {"second_factor_line", nullptr}};
  if (ports.second_factor != ports::SecondFactorPolicy::kOff) {
    SHIDE_TRY(state, workflow::second_factor(ports, call.actor()));
    view["second_factor_line"] = state.since ? call.say({"second_factor.since", {{"day", day_text(date_of(*state.since), call.language())}}}) : call.say({"second_factor.is_off"});
  }
  for (const auto& one : open) view["sessions"].push_back(session_view(call, one));
  return call.page("account", std::move(view));
}

Result<Response> end_one(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Session>("id"));
  SHIDE_CHECK(workflow::end_session(ports, call.actor(), id));
  return call.redirect("/account");
}

Result<Response> end_others(ports::Ports& ports, Call& call) {
  SHIDE_CHECK(workflow::end_other_sessions(ports, call.actor(), token_of(call)));
  return call.redirect("/account");
}

}  // namespace

std::vector<Route> account_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  return {
      {Method::kGet, "/account", signed_in(), bound(show_account)},
      {Method::kPost, "/account/sessions/{id}/end", signed_in(), bound(end_one)},
      {Method::kPost, "/account/sessions/end-others", signed_in(), bound(end_others)},
  };
}

}  // namespace shide::web
