#include "web/api_routes.h"

#include "base/resource.h"
#include "web/call.h"
#include "web/metrics.h"
#include "web/session.h"

namespace shide::web {
namespace {

Result<Response> alive(Call& call) { return call.json({{"status", "alive"}}); }

Result<Response> show_description(Call&) {
  auto bytes = resource("schema/api/openapi.json");
  if (!bytes) return not_found();
  Response response;
  set_header(response, "Content-Type", "application/json; charset=utf-8");
  response.body = std::string(*bytes);
  return response;
}

/// For whoever watches the machine from the machine itself; for everybody else there is no such page.
Result<Response> show_metrics(Call& call) {
  if (!is_from_this_machine(call.request())) return not_found();
  Response response;
  set_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  set_header(response, "Cache-Control", "no-store");
  response.body = call.metrics().to_text();
  return response;
}

}  // namespace

std::vector<Route> api_routes() {
  return {{.method = Method::kGet, .pattern = "/health", .permission = public_(), .handler = alive, .asks_who = false},
          {.method = Method::kGet, .pattern = "/metrics", .permission = public_(), .handler = show_metrics, .asks_who = false},
          {.method = Method::kGet, .pattern = "/api/v1/openapi.json", .permission = public_(), .handler = show_description, .asks_who = false}};
}

}  // namespace shide::web
