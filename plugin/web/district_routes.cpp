#include "web/district_routes.h"

#include "web/call.h"
#include "workflow/district_figures.h"

namespace shide::web {
namespace {

using nlohmann::json;

std::string told(const Call& call, const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : call.say({"district.not_told"}); }

json figure_view(const Call& call, const workflow::DistrictFigure& figure) {
  std::string prefix = "district." + figure.code;
  json parts = json::array();
  for (std::size_t i = 0; i < figure.parts.size(); ++i) parts.push_back({{"label", call.say({prefix + "." + figure.parts[i]})}, {"count", told(call, figure.counts.parts[i])}});
  return {{"name", call.say({prefix})}, {"parts", parts}, {"total", told(call, figure.counts.total)}};
}

Result<Response> show_figures(ports::Ports& ports, Call& call) {
  auto found = workflow::district_figures(ports, call.actor());
  if (auto* error = found.if_error()) return call.before_campaign(*error);
  json figures = json::array();
  for (const auto& figure : found->figures) figures.push_back(figure_view(call, figure));
  return call.page("district", {{"title", call.say({"district.title"})}, {"campaign", found->campaign.title}, {"figures", figures}});
}

}  // namespace

std::vector<Route> district_routes(ports::Ports& ports) {
  return {{Method::kGet, "/district", roles({model::Role::kDistrict}), [&ports](Call& call) { return show_figures(ports, call); }, BarLink{"nav.district", 10}}};
}

}  // namespace shide::web
